import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findImportFaults } from "./lint-imports.mjs";
import { findSizeFaults } from "./lint-size.mjs";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "headgate-lint-"));
  await put("package.json", JSON.stringify({ devDependencies: { vitest: "1" } }));
  await put(
    "apps/web/package.json",
    JSON.stringify({ dependencies: { "@headgate/core": "1", "@headgate/store": "1" } }),
  );
  await put("packages/core/package.json", JSON.stringify({ dependencies: { "@headgate/contract": "1" } }));
  await put("packages/connectors/package.json", JSON.stringify({ dependencies: { pg: "1", ssh2: "1" } }));
  await put("packages/contract/package.json", JSON.stringify({ dependencies: { zod: "1", croner: "1" } }));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the import rule", () => {
  it.each([
    ["packages/core/src/a.ts", `import { b } from "@headgate/store";`, "may not import @headgate/store"],
    ["packages/core/src/a.ts", `import { b } from "../../store/src/db.ts";`, "reaches into another workspace"],
    ["packages/core/src/a.ts", `export * from "@headgate/contract/src/host.ts";`, "may not import"],
    ["packages/core/src/a.ts", `import pg from "pg";`, "pg is not in the package's dependencies"],
    ["packages/core/src/a.ts", `import { it } from "vitest";`, "for tests only"],
    ["packages/core/src/a.ts", `import net from "net";`, "write node:net"],
    ["packages/contract/src/a.ts", `import { Cron } from "croner";`, "nothing but zod"],
    ["apps/web/src/lib/a.ts", `import { pool } from "@headgate/store";`, "may not import @headgate/store"],
    ["apps/web/src/lib/a.ts", `const b = import("../features/flows/b.ts");`, "may not import the feature flows"],
    ["apps/web/src/features/flows/a.ts", `import { b } from "../people/b.ts";`, "may not import the feature people"],
    ["apps/web/src/features/flows/a.ts", `import {\n  b,\n} from "../../app/b.ts";`, "src/features/ may not import"],
  ])("finds in %s: %s", async (file, text, fault) => {
    await put(file, text);
    expect(findImportFaults(folder)).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    ["packages/core/src/a.ts", `import { b } from "@headgate/contract";\nimport { c } from "./c.ts";`],
    ["packages/core/src/a.test.ts", `import { it } from "vitest";`],
    ["packages/core/src/a.ts", `const said = "taken from 'pg', or import 'net'";`],
    ["apps/web/src/features/flow-wizard/a.ts", `import { b } from "../connections/form/b.ts";`],
    ["apps/web/src/app/a.ts", `import { b } from "../features/flows/b.ts";`],
  ])("lets pass in %s: %s", async (file, text) => {
    await put(file, text);
    expect(findImportFaults(folder)).toEqual([]);
  });

  it("names file and line", async () => {
    await put("packages/core/src/a.ts", `\n\nimport { b } from "@headgate/store";`);
    expect(findImportFaults(folder)[0]).toMatch(/^packages\/core\/src\/a\.ts:3 /);
  });
});

describe("sockets", () => {
  const elsewhere = "packages/connectors/src/postgres/a.ts";

  it.each([
    [elsewhere, `import { connect } from "node:net";`, "ask the egress gate"],
    [elsewhere, `import { isIP, connect } from "node:net";`, "ask the egress gate"],
    [elsewhere, `const { lookup } = await import("node:dns/promises");`, "ask the egress gate"],
    [elsewhere, `import { Client } from "ssh2";`, "ask the egress gate"],
    [elsewhere, `import { DatabaseError, Client } from "pg";`, "may make clients of pg"],
    ["packages/core/src/a.ts", `import https from "node:https";`, "ask the egress gate"],
  ])("are opened by no module but one: %s: %s [R40]", async (file, text, fault) => {
    await put(file, text);
    expect(findImportFaults(folder)).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    [elsewhere, `import type { Socket } from "node:net";`],
    [elsewhere, `import { isIP } from "node:net";`],
    [elsewhere, `import { DatabaseError, type Client } from "pg";`],
    ["packages/connectors/src/net/a.ts", `import { connect } from "node:net";`],
  ])("are not what %s imports: %s", async (file, text) => {
    await put(file, text);
    expect(findImportFaults(folder)).toEqual([]);
  });

  it("are not opened by what the language brings along either [R40]", async () => {
    const texts = [
      `await fetch("http://x");`,
      `new WebSocket("ws://x");`,
      `import { connect } from "tls";\nconnect(1);`,
    ];
    await copyFile(path.join(import.meta.dirname, "..", ".oxlintrc.json"), path.join(folder, ".oxlintrc.json"));
    for (const place of ["packages/connectors/src/postgres", "apps/server/src", "apps/worker/src", "packages/core/src"])
      for (const [index, text] of texts.entries()) await put(`${place}/a${index}.ts`, text);
    await put("packages/connectors/src/net/a.ts", texts.join("\n"));
    const oxlint = path.join(import.meta.dirname, "..", "node_modules", "oxlint", "bin", "oxlint");
    const { stdout } = spawnSync(process.execPath, [oxlint, "--format=unix"], { cwd: folder, encoding: "utf8" });
    const found = stdout.split("\n").filter((line) => line.includes("no-restricted-"));
    expect(found).toHaveLength(12);
    expect(found.filter((line) => line.includes("src/net/"))).toEqual([]);
  });
});

it("lets a file grow to 350 lines and a test to 500, and no further", async () => {
  await put("packages/core/src/fits.ts", "x\n".repeat(350));
  await put("packages/core/src/fits.test.ts", "x\n".repeat(500));
  expect(findSizeFaults(folder)).toEqual([]);
  await put("packages/core/src/long.ts", "x\n".repeat(351));
  await put("packages/core/src/long.test.ts", "x\n".repeat(501));
  expect(findSizeFaults(folder)).toHaveLength(2);
});

async function put(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}
