import { randomUUID } from "node:crypto";
import { createEgressGate, moveRows } from "@headgate/connectors";
import type { FlowDefinition } from "@headgate/contract";
import { benchTable, columnNames } from "./bench-table.ts";
// Everything a worker has loaded counts as its memory.
import "../start.ts";

/** One run of a flow that makes one table what the other is, in a process of its own as in production. */
const order = JSON.parse(process.argv[2] ?? "{}") as Record<
  "source" | "destination",
  { host: string; port: number; user: string; password: string }
> & { flowId: string; epoch: string; writeMode: FlowDefinition["writeMode"]; readMode?: FlowDefinition["readMode"] };
const target = (side: "source" | "destination") => ({
  ...order[side],
  database: "postgres",
  tlsMode: "disable" as const,
});

const before = process.cpuUsage();
const started = performance.now();
const { receipt } = await moveRows({
  runId: randomUUID(),
  flowId: order.flowId,
  epoch: order.epoch,
  definition: {
    source: { table: benchTable },
    destination: { table: benchTable },
    writeMode: order.writeMode,
    readMode: order.readMode ?? "full",
    badRows: "stop",
    syncKey: order.writeMode === "replace" ? [] : ["id"],
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
    receipt,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
