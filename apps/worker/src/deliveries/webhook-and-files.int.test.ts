import { createHash, createHmac } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { GivenConnection } from "@headgate/contract";
import { makeTestFolder, startHttpServer, startS3Server, type TestFolder } from "@headgate/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { canary, saveReceiver, sentFlow } from "../testing/receivers.ts";
import { openScene, untilRun, type Scene } from "../testing/scene.ts";

let scene: Scene;
let folder: TestFolder;
beforeAll(async () => {
  [scene, folder] = await Promise.all([openScene(), makeTestFolder()]);
});
afterAll(async () => {
  await scene.close();
  await folder.remove();
});

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

async function work(filesDir: string | undefined = folder.path): Promise<void> {
  const settings = { ...scene.settings, ...(filesDir !== "" && { filesDir }) };
  closing.unshift(await scene.startWorker({ settings, pauses: [0, 0, 0] }));
}

async function run(kind: "webhook" | "files", connection: GivenConnection, rows = 250) {
  const flow = await scene.newFlow(sentFlow(kind, await saveReceiver(scene.store, connection), rows));
  const ended = await untilRun(scene.store, (await flow.start()).id, "succeeded", "failed");
  return { flow, ended };
}

test("a webhook gets signed messages with all rows, and its secrets are told nowhere", async () => {
  const receiver = await startHttpServer(() => ({ status: 200 }));
  closing.push(receiver);
  await work();
  const secrets = { signingKey: canary, authorization: `Bearer ${canary}` };
  const settings = { url: `${receiver.origin}/rows?team=a`, signatureEncoding: "hex", batchSize: 100 } as const;
  const { ended } = await run("webhook", { kind: "webhook", name: "Hook", settings, secrets });
  expect(ended.receipt).toMatchObject({ read: 250, created: 250, rejected: 0 });
  expect(receiver.requests).toHaveLength(3);
  for (const { headers, body, path: asked } of receiver.requests) {
    expect(asked).toBe("/rows?team=a");
    expect(headers["x-signature"]).toBe(createHmac("sha256", canary).update(body).digest("hex"));
    expect(headers["authorization"]).toBe(`Bearer ${canary}`);
  }
  const rows = receiver.requests.flatMap(({ body }) => JSON.parse(body.toString()) as { id: number }[]);
  expect(rows.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
  const { rows: stored } = await scene.store.db.query(
    `select to_jsonb(runs)::text from runs union all select to_jsonb(d)::text from deliveries d
     union all select to_jsonb(b)::text from delivery_batches b union all select to_jsonb(c)::text from connections c`,
  );
  expect(JSON.stringify(stored)).not.toContain(canary);
});

const csv = { lineEnd: "lf", delimiter: ",", header: true } as const;

test.each([
  { name: "csv", lines: 251, settings: { format: "csv", csv }, first: "id,label,weight\n1,item 1,0.14" },
  {
    name: "csv.gz",
    lines: 251,
    settings: { format: "csv", compression: "gzip" },
    first: "id,label,weight\r\n1,item 1,0.14",
  },
  { name: "jsonl", lines: 250, settings: { format: "jsonl" }, first: '{"id":1,"label":"item 1","weight":0.14' },
  { name: "parquet", lines: undefined, settings: { format: "parquet" }, first: "PAR1" },
] as const)("a folder gets one whole $name file with its manifest", async ({ name, settings, first, lines }) => {
  await work();
  const place = { place: "folder", folder: `shop/${name}`, nameTemplate: "{table}-{run}", ...settings } as const;
  const { ended, flow } = await run("files", { kind: "files", name: `Folder ${name}`, settings: place, secrets: {} });
  expect(ended.receipt).toMatchObject({ read: 250, created: 250, rejected: 0 });
  const directory = path.join(folder.path, "shop", name);
  const file = `${flow.table}-${ended.id}.${name}`;
  expect((await readdir(directory)).toSorted()).toEqual([file, `${file}.manifest.json`].toSorted());
  const bytes = await readFile(path.join(directory, file));
  const manifest = JSON.parse(await readFile(path.join(directory, `${file}.manifest.json`), "utf8")) as object;
  expect(manifest).toMatchObject({ rows: 250, bytes: bytes.length, run: ended.id, flow: flow.id });
  expect(manifest).toMatchObject({ sha256: createHash("sha256").update(bytes).digest("hex") });
  const text = (name === "csv.gz" ? gunzipSync(bytes) : bytes).toString("latin1");
  expect(text.startsWith(first)).toBe(true);
  expect(lines === undefined || text.trimEnd().split("\n").length === lines).toBe(true);
});

test("a run that is done again after its file was finished writes nothing, and says the same", async () => {
  await work();
  const settings = { place: "folder", folder: "twice", format: "csv", csv } as const;
  const { ended } = await run("files", { kind: "files", name: "Twice", settings, secrets: {} });
  const before = await readdir(path.join(folder.path, "twice"));
  // As if the worker had died between the file and the store.
  await scene.store.db.query("delete from deliveries where flow_id = $1", [ended.flowId]);
  await scene.store.db.query(
    "update runs set status = 'queued', finished_at = null, receipt = null, not_before = now() where id = $1",
    [ended.id],
  );
  const again = await untilRun(scene.store, ended.id, "succeeded", "failed");
  expect(again).toMatchObject({ attempt: 2, receipt: { read: 250, created: 250 } });
  expect(await readdir(path.join(folder.path, "twice"))).toEqual(before);
});

test("S3 gets one whole object with its manifest", async () => {
  const storage = await startS3Server({ secretKey: canary });
  closing.push(storage);
  await work();
  const place = {
    place: "s3",
    endpoint: storage.origin,
    region: "eu-central-1",
    bucket: "exports",
    prefix: "shop",
  } as const;
  const settings = { ...place, accessKeyId: "AKIDTEST", format: "jsonl" } as const;
  const { ended } = await run("files", { kind: "files", name: "Bucket", settings, secrets: { secretKey: canary } });
  expect(ended.receipt).toMatchObject({ read: 250, created: 250 });
  const keys = [...storage.objects.keys()];
  expect(keys).toHaveLength(2);
  const object = storage.objects.get(keys.find((key) => key.endsWith(".jsonl")) ?? "");
  expect(object?.toString().trimEnd().split("\n")).toHaveLength(250);
});

test("without a folder set aside a run says so", async () => {
  await work("");
  const settings = { place: "folder", folder: "", format: "csv" } as const;
  const { ended } = await run("files", { kind: "files", name: "Nowhere", settings, secrets: {} });
  expect(ended.failure).toMatchObject({ origin: "destination", code: "file_place_missing", kind: "settings" });
});
