import { randomUUID } from "node:crypto";
import { createEgressGate, moveRows } from "@headgate/connectors";
import { benchTable, columnNames } from "./bench-table.ts";
// Everything a worker has loaded counts as its memory.
import "../start.ts";

const [side, epoch = "1"] = [JSON.parse(process.argv[2] ?? "{}"), process.argv[3]] as [
  Record<"source" | "destination", { host: string; port: number; user: string; password: string }>,
  string | undefined,
];
const target = (name: "source" | "destination") => ({
  ...side[name],
  database: "postgres",
  tlsMode: "disable" as const,
});

const before = process.cpuUsage();
const started = performance.now();
const { receipt } = await moveRows({
  runId: randomUUID(),
  flowId: randomUUID(),
  epoch,
  definition: {
    source: { table: benchTable },
    destination: { table: benchTable },
    writeMode: "append",
    readMode: "full",
    badRows: "stop",
    syncKey: [],
    fields: columnNames.map((name) => ({ source: name, destination: name })),
  },
  source: target("source"),
  destination: target("destination"),
  ctx: {
    gate: createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] }),
    signal: new AbortController().signal,
  },
  onProgress: () => {},
});
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({
    rows: receipt.read,
    bytes: receipt.bytes,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
