import { randomUUID } from "node:crypto";
import { createEgressGate, createEventWriter, decodeRows, type RowBatch } from "@headgate/connectors";
import { Client } from "pg";
import { to } from "pg-copy-streams";
import { benchTable, columnNames } from "./bench-table.ts";
import { sendObjects } from "./event-objects.ts";
// Everything a worker has loaded counts as its memory.
import "../start.ts";

export type EventWay = "headgate" | "objects" | "reading";

const [way = "headgate", source = "", origin = "", lanes = "4"] = process.argv.slice(2);
const types = "int8 uuid text text text text jsonb numeric timestamptz timestamptz bool _text".split(" ");
const columns = columnNames.map((name, place) => ({ name, typeName: `pg_catalog.${types[place] ?? "text"}` }));

async function* read(client: Client): AsyncGenerator<RowBatch> {
  const select = `select ${columnNames.join(", ")}, xmin from ${benchTable.name}`;
  let seq = 0;
  for await (const lines of decodeRows(client.query(to(`copy (${select}) to stdout`)))) {
    const versions = lines.map((row) => row[columnNames.length] ?? "");
    yield { seq, rows: lines, versions, position: String(seq) };
    seq += 1;
  }
}

/** COPY sends pieces of 64 KB, some 230 rows; requests are best with 1,000. */
async function* gather(batches: AsyncIterable<RowBatch>): AsyncGenerator<RowBatch> {
  let held: RowBatch[] = [];
  let seq = 0;
  const join = (): RowBatch => {
    const rows = held.flatMap((batch) => batch.rows);
    const versions = held.flatMap((batch) => batch.versions);
    held = [];
    return { seq: seq++, rows, versions, position: String(seq) };
  };
  for await (const batch of batches) {
    held.push(batch);
    if (held.reduce((sum, { rows }) => sum + rows.length, 0) >= 1_000) yield join();
  }
  if (held.length > 0) yield join();
}

async function send(client: Client): Promise<number> {
  const mapping = {
    type: "identify" as const,
    userId: "id",
    traits: columnNames.slice(1).map((name) => ({ source: name, key: name })),
    constants: [],
  };
  const settings = { dialect: "rudderstack" as const, dataPlaneUrl: origin, lanes: Number(lanes), gzip: true };
  const order = {
    flowId: randomUUID(),
    runId: randomUUID(),
    columns,
    key: ["id"],
    from: "",
    signal: new AbortController().signal,
    rejectLimit: 0,
  };
  const gate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });
  const write = createEventWriter({ settings, secrets: { writeKey: "bench" }, mapping }, order, { gate });
  let rows = 0;
  for await (const { delivered } of write(gather(read(client)))) rows += delivered;
  return rows;
}

async function onlyRead(client: Client): Promise<number> {
  let rows = 0;
  for await (const batch of read(client)) rows += batch.rows.length;
  return rows;
}

const before = process.cpuUsage();
const started = performance.now();
const client = new Client({ connectionString: source, ssl: false });
await client.connect();
const ways: Record<string, () => Promise<number>> = {
  headgate: () => send(client),
  objects: () => sendObjects(client, origin, Number(lanes)),
  reading: () => onlyRead(client),
};
const rows = await ways[way]?.();
await client.end();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ rows, seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes }));
process.exit(0);
