import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createMasterKey, migrate } from "@headgate/store";
import { createDatabase, descendantsOf, makeAuthority, makeTestFolder, startProduct } from "@headgate/testkit";
import { expect, it, onTestFinished } from "vitest";

const apps = path.resolve(import.meta.dirname, "..", "..");

/** Starts one of our programs and waits for its end. */
async function run(args: readonly string[], env: Record<string, string>) {
  const inherited = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };
  const child = spawn(process.execPath, args, { env: { ...inherited, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

/** What a process was started with, where the system tells; sessions of PostgreSQL may be gone by now. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

it.each(["server", "worker"])(
  "%s does not take a password from the environment, not even for its own store [R56] [V4]",
  async (app) => {
    const { host, port, user, password, database, url } = await createDatabase();
    await migrate(url);
    const folder = await makeTestFolder();
    const env = { PGPASSWORD: password, PGUSER: user, HEADGATE_MASTER_KEY: createMasterKey() };
    const DATABASE_URL = `postgres://${user}@${host}:${port}/${database}`;
    const main = path.join(apps, app, "src", "main.ts");
    const { code, said } = await run([main], { ...env, DATABASE_URL, HEADGATE_DATA_DIR: folder.path });
    expect(code).toBe(1);
    expect(said).toMatch(/password/i);
    expect(said).not.toContain(password);
    await folder.remove();
  },
);

it("the launcher hands none of them on to what it starts [R56]", async () => {
  const database = await createDatabase();
  const foreign = ["PGSERVICEFILE", "PGOPTIONS", "SSH_AUTH_SOCK", "NODE_EXTRA_CA_CERTS"];
  const env = { DATABASE_URL: database.url, HEADGATE_MASTER_KEY: createMasterKey() };
  const canaries = Object.fromEntries(foreign.map((name) => [name, `/nowhere/canary-${name}`]));
  const product = await startProduct({
    launcher: path.join(import.meta.dirname, "main.ts"),
    env: { ...env, ...canaries },
  });
  await product.ready;
  const family = descendantsOf(product.pid);
  const environments = family.map(environmentOf);
  expect(family.length).toBeGreaterThan(2);
  expect(environments.filter((text) => text.includes("canary"))).toEqual([]);
  await product.dispose();
});

it("an authority that the environment adds is not trusted by connections [R56]", async () => {
  const folder = await makeTestFolder();
  const { certificate } = makeAuthority("Added by the environment");
  const file = path.join(folder.path, "extra.pem");
  await writeFile(file, certificate);
  const module = path.resolve(apps, "..", "packages", "connectors", "src", "net", "ca-certificate.ts");
  const look = `
    import { getCACertificates } from "node:tls";
    import { defaultAuthorities } from ${JSON.stringify(module)};
    const added = getCACertificates("extra");
    const trusted = defaultAuthorities();
    console.log(added.length, added.filter((one) => trusted.includes(one)).length, trusted.length > 50);`;
  const { said } = await run(["--input-type=module", "--eval", look], { NODE_EXTRA_CA_CERTS: file });
  expect(said).toContain("1 0 true");
  await folder.remove();
});
