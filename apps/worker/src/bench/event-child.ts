import { randomUUID } from "node:crypto";
import { createEgressGate, createEventWriter, readBatches, type RowBatch } from "@headgate/connectors";
import { Client } from "pg";
import { to } from "pg-copy-streams";
import { benchTable, columnNames } from "./bench-table.ts";
import { readObjects, sendObjects } from "./event-objects.ts";
// Everything a worker has loaded counts as its memory.
import "../start.ts";

const [way = "headgate", source = "", origin = "", lanes = "4"] = process.argv.slice(2);
const types = "int8 uuid text text text text jsonb numeric timestamptz timestamptz bool _text".split(" ");
const columns = columnNames.map((name, place) => ({ name, typeName: `pg_catalog.${types[place] ?? "text"}` }));

function read(client: Client): AsyncIterable<RowBatch> {
  const select = `select ${columnNames.join(", ")}, xmin from ${benchTable.name}`;
  return readBatches(client.query(to(`copy (${select}) to stdout`)), (_line, seq) => String(seq));
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
  for await (const { delivered } of write(read(client))) rows += delivered;
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
  reading: () => readObjects(client),
  copying: () => onlyRead(client),
};
const rows = await ways[way]?.();
await client.end();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ rows, seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes }));
process.exit(0);
