import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, readFile, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { filesSettingsSchema } from "@headgate/contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReadyBatch, RowBatch, WriterOrder } from "../batch-writer.ts";
import { batchesOf, orderWith, writeAll } from "../testing/batches.ts";
import { filesIn, makeFolder, sha256, type Folder } from "../testing/files.ts";
import { createFileWriter } from "./file-writer.ts";
import { openFolderPlace } from "./folder-place.ts";
import { readManifest } from "./manifest.ts";

const runId = "33333333-3333-4333-8333-333333333333";
const name = "orders-2026-03-01-060000";
const fields = ["id", "name"].map((column) => ({ source: column, destination: column }));

let root: Folder;
beforeEach(async () => {
  root = await makeFolder();
});
afterEach(() => root.remove());

type Change = {
  readonly settings?: Record<string, unknown>;
  readonly order?: Partial<WriterOrder>;
  readonly now?: number;
};

function writer({ settings, order, now }: Change = {}) {
  const chosen = { place: "folder", folder: "shop", format: "csv", nameTemplate: "{table}-{date}-{time}", ...settings };
  const parsed = filesSettingsSchema.parse(chosen);
  const whole = orderWith({ runId, ...order });
  const target = {
    settings: parsed,
    fields,
    facts: { flow: "Orders!", table: "orders", plannedFor: new Date("2026-03-01T06:00:00Z") },
  };
  const place = () =>
    openFolderPlace({
      root: root.path,
      folder: String(chosen.folder),
      runId: whole.runId,
      ...(now !== undefined && { now: () => now }),
    });
  return createFileWriter(target, whole, place);
}

const at = (file: string): string => path.join(root.path, "shop", file);
const lines = "id,name\r\n1,name 1\r\n2,name 2\r\n3,name 3\r\n";

it("leaves a complete file and its manifest, and nothing else", async () => {
  const written = await writeAll(writer(), batchesOf(3, 2));
  expect(written).toEqual({ delivered: 3, rejected: [], positions: ["after 2", "after 3"] });
  expect(await filesIn(root.path)).toEqual([`shop/${name}.csv`, `shop/${name}.csv.manifest.json`]);
  const bytes = await readFile(at(`${name}.csv`));
  expect(bytes.toString()).toBe(lines);
  expect(readManifest(await readFile(at(`${name}.csv.manifest.json`), "utf8"))).toEqual({
    headgate: 1,
    file: `${name}.csv`,
    format: "csv",
    compression: "none",
    columns: ["id", "name"],
    rows: 3,
    bytes: bytes.length,
    sha256: sha256(bytes),
    flow: orderWith().flowId,
    run: runId,
    from: "start",
    to: "after 3",
    rejected: [],
  });
});

it.each([
  ["jsonl", "gzip", `${name}.jsonl.gz`, '{"id":3000,"name":"name 3000"}\n'],
  ["csv", "gzip", `${name}.csv.gz`, "3000,name 3000\r\n"],
  ["parquet", "none", `${name}.parquet`, "PAR1"],
])("writes %s with %s as %s, its sum over the bytes as they lie there", async (format, compression, file, end) => {
  await writeAll(writer({ settings: { format, compression } }), batchesOf(3000, 700));
  const bytes = await readFile(at(file));
  const manifest = readManifest(await readFile(at(`${file}.manifest.json`), "utf8"));
  expect(manifest).toMatchObject({ rows: 3000, bytes: bytes.length, sha256: sha256(bytes) });
  const plain = compression === "gzip" ? gunzipSync(bytes) : bytes;
  expect(plain.toString("latin1").endsWith(end)).toBe(true);
});

it("takes bytes that the source has made ready as they are", async () => {
  const ready = async function* (): AsyncGenerator<ReadyBatch> {
    yield { seq: 0, bytes: Buffer.from("1,a\r\n2,"), ready: 0, position: "" };
    yield { seq: 1, bytes: Buffer.from("b\r\n"), ready: 2, position: "end" };
  };
  const acknowledged = [];
  for await (const { delivered } of writer()(ready())) acknowledged.push(delivered);
  expect(acknowledged).toEqual([0, 2]);
  expect((await readFile(at(`${name}.csv`))).toString()).toBe("id,name\r\n1,a\r\n2,b\r\n");
  expect(readManifest(await readFile(at(`${name}.csv.manifest.json`), "utf8"))).toMatchObject({ rows: 2, to: "end" });
});

it("names files by flow, table, planned time in UTC and run, and folders below", async () => {
  const settings = { folder: "", nameTemplate: "{date}/{flow}-{table}-{time}-{run}" };
  await writeAll(writer({ settings }), batchesOf(1, 1));
  expect(await filesIn(root.path)).toContain(`2026-03-01/Orders-orders-060000-${runId}.csv`);
});

it("an empty source is an empty file with a manifest [F4 file]", async () => {
  expect(await writeAll(writer(), batchesOf(0, 1))).toEqual({ delivered: 0, rejected: [], positions: [] });
  expect((await readFile(at(`${name}.csv`))).toString()).toBe("id,name\r\n");
  expect(readManifest(await readFile(at(`${name}.csv.manifest.json`), "utf8"))).toMatchObject({ rows: 0, to: "start" });
});

describe("a run that does not come to its end", () => {
  it("because the source dies leaves no file [F3 file]", async () => {
    const broken = async function* (): AsyncGenerator<RowBatch> {
      yield* batchesOf(4, 2);
      throw new Error("the source is gone");
    };
    await expect(writeAll(writer(), broken())).rejects.toThrow("the source is gone");
    expect(await filesIn(root.path)).toEqual([]);
  });

  it("because it is cancelled leaves no file, also at the very end [F22 file]", async () => {
    const stop = new AbortController();
    const last = async function* (): AsyncGenerator<RowBatch> {
      yield* batchesOf(4, 2);
      stop.abort(new Error("cancelled"));
    };
    await expect(writeAll(writer({ order: { signal: stop.signal } }), last())).rejects.toThrow("cancelled");
    expect(await filesIn(root.path)).toEqual([]);
  });

  it("because its process is killed leaves a hidden file only, and the next attempt is whole [F1 file]", async () => {
    const program = path.join(import.meta.dirname, "..", "testing", "write-half-a-file.ts");
    const child = spawn(process.execPath, [program, root.path, runId, `${name}.csv`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect((await filesIn(root.path)).every((file) => file.startsWith("shop/."))).toBe(true);
    await writeAll(writer(), batchesOf(3, 2));
    expect((await readFile(at(`${name}.csv`))).toString()).toBe(lines);
  });

  it("shows nothing under its name while it writes [F1 file]", async () => {
    const seen: string[][] = [];
    const watched = async function* (): AsyncGenerator<RowBatch> {
      for await (const batch of batchesOf(6, 2)) {
        yield batch;
        seen.push(await filesIn(root.path));
      }
    };
    await writeAll(writer(), watched());
    expect(seen.flat().every((file) => /^shop\/\.orders-.*\.part$/.test(file))).toBe(true);
    expect(seen).toHaveLength(3);
  });
});

describe("a run that is tried again", () => {
  it("does nothing when its file is complete, and tells the same counts [F1 file]", async () => {
    await writeAll(writer(), batchesOf(3, 2));
    const never = async function* (): AsyncGenerator<RowBatch> {
      yield await Promise.reject(new Error("was read again"));
    };
    expect(await writeAll(writer(), never())).toEqual({ delivered: 3, rejected: [], positions: ["after 3"] });
  });

  it("replaces what it left without a manifest [F1 file]", async () => {
    await mkdir(path.join(root.path, "shop"));
    await writeFile(at(`${name}.csv`), "half a fi");
    await writeAll(writer(), batchesOf(3, 2));
    expect((await readFile(at(`${name}.csv`))).toString()).toBe(lines);
  });

  it("while an earlier attempt still writes: the one that is late changes nothing [F9 file]", async () => {
    const late = writer();
    const slow = async function* (): AsyncGenerator<RowBatch> {
      yield* batchesOf(1, 1);
      await writeAll(writer(), batchesOf(3, 2));
    };
    await expect(writeAll(late, slow())).rejects.toMatchObject({ code: "file_taken" });
    expect((await readFile(at(`${name}.csv`))).toString()).toBe(lines);
    expect(await filesIn(root.path)).toHaveLength(2);
  });

  it("does not touch the file of another run that has the same name [F21 file]", async () => {
    await writeAll(writer(), batchesOf(3, 2));
    const other = writer({ order: { runId: randomUUID() } });
    await expect(writeAll(other, batchesOf(1, 1))).rejects.toMatchObject({ code: "file_taken", kind: "settings" });
    expect((await readFile(at(`${name}.csv`))).toString()).toBe(lines);
  });
});

it("sweeps hidden files of crashes when they are a day old, and only those", async () => {
  await mkdir(path.join(root.path, "shop"));
  const own = (letter: string): string => `.a.csv.${runId}.${letter.repeat(12)}.part`;
  for (const file of [own("a"), own("b"), ".other.part", "old.csv"]) await writeFile(at(file), "");
  const now = Date.now();
  for (const file of [own("a"), ".other.part", "old.csv"]) await utimes(at(file), 0, now / 1000 - 90_000);
  await writeAll(writer({ now }), batchesOf(1, 1));
  const left = await readdir(path.join(root.path, "shop"));
  expect(left.toSorted()).toEqual(
    [own("b"), ".other.part", "old.csv", `${name}.csv`, `${name}.csv.manifest.json`].toSorted(),
  );
});

describe("folders that will not do", () => {
  it("a folder that is a link out of the root is not entered, and nothing is made there", async () => {
    const outside = await makeFolder();
    await symlink(outside.path, path.join(root.path, "shop"));
    const settings = { nameTemplate: "deep/{run}" };
    await expect(writeAll(writer({ settings }), batchesOf(1, 1))).rejects.toMatchObject({
      code: "file_forbidden",
      facts: { folder: "shop" },
    });
    expect(await readdir(outside.path)).toEqual([]);
    await outside.remove();
  });

  it("one that may not be written to is named, and what the system said with it [F18 file]", async () => {
    await mkdir(path.join(root.path, "shop"));
    await chmod(root.path, 0o755);
    await chmod(path.join(root.path, "shop"), 0o555);
    const fault = await asOrdinaryUser(() => writeAll(writer(), batchesOf(1, 1)).catch((error: unknown) => error));
    expect(fault).toMatchObject({ code: "file_forbidden", facts: { folder: "shop", system: "EACCES" } });
  });

  it("a disk without room leaves no file [F7 file]", async () => {
    // The largest file this process may write stands for the room that is left: 64 blocks of 512 or 1024 bytes.
    const child = path.join(import.meta.dirname, "..", "testing", "write-large-file.ts");
    const command = `ulimit -f 64; exec "${process.execPath}" "${child}" "${root.path}"`;
    const { stdout } = await promisify(execFile)("/bin/sh", ["-c", command]);
    expect(JSON.parse(stdout)).toMatchObject({ code: "disk_full", kind: "temporary" });
    expect(await filesIn(root.path)).toEqual([]);
  });

  it("a file where a folder should be, or no root at all [F18 file]", async () => {
    await writeFile(path.join(root.path, "shop"), "");
    await expect(writeAll(writer(), batchesOf(1, 1))).rejects.toMatchObject({
      name: "WriterFault",
      code: "file_place_missing",
    });
    await root.remove();
    await expect(writeAll(writer(), batchesOf(1, 1))).rejects.toMatchObject({
      code: "file_place_missing",
      kind: "settings",
    });
  });
});

/** The superuser may write everywhere; then the work is done as nobody. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
