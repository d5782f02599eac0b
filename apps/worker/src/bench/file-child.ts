import { randomUUID } from "node:crypto";
import {
  createFileWriter,
  openFolderPlace,
  readBatches,
  readyCopyOptions,
  type ReadyBatch,
  type RowBatch,
} from "@headgate/connectors";
import { Client } from "pg";
import { to } from "pg-copy-streams";
import { benchTable, columnNames } from "./bench-table.ts";
// Everything a worker has loaded counts as its memory.
import "../start.ts";

const [format = "csv", source = "", root = ""] = process.argv.slice(2);
const types = "int8 uuid text text text text jsonb numeric timestamptz timestamptz bool _text".split(" ");
const columns = columnNames.map((name, place) => ({ name, typeName: `pg_catalog.${types[place] ?? "text"}` }));
const settings = {
  place: "folder" as const,
  folder: "",
  format: format as "csv" | "jsonl" | "parquet",
  nameTemplate: "{run}",
  compression: "none" as const,
  csv: {
    delimiter: "," as const,
    header: false,
    lineEnd: "lf" as const,
    nullText: "",
    guardFormulas: false,
    byteOrderMark: false,
  },
};

async function* ready(client: Client, options: string): AsyncGenerator<ReadyBatch> {
  const copy = client.query(
    to(`copy (select ${columnNames.join(", ")} from ${benchTable.name}) to stdout (${options})`),
  );
  let seq = 0;
  for await (const bytes of copy as AsyncIterable<Buffer>) yield { seq: seq++, bytes, ready: 0, position: "" };
  yield { seq, bytes: new Uint8Array(0), ready: copy.rowCount, position: "end" };
}

function lines(client: Client): AsyncIterable<RowBatch> {
  const select = `select ${columnNames.join(", ")}, xmin from ${benchTable.name}`;
  return readBatches(client.query(to(`copy (${select}) to stdout`)), () => "");
}

const before = process.cpuUsage();
const started = performance.now();
const client = new Client({ connectionString: source, ssl: false });
await client.connect();
const order = {
  flowId: randomUUID(),
  runId: randomUUID(),
  columns,
  key: ["id"],
  from: "",
  signal: new AbortController().signal,
  rejectLimit: 0,
};
const fields = columnNames.map((name) => ({ source: name, destination: name }));
const target = { settings, fields, facts: { flow: "bench", table: benchTable.name, plannedFor: new Date(0) } };
const options = readyCopyOptions(settings);
const writer = createFileWriter(target, order, () => openFolderPlace({ root, folder: "", runId: order.runId }));
let rows = 0;
for await (const { delivered } of writer(options ? ready(client, options) : lines(client))) rows += delivered;
await client.end();
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ rows, seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes }));
