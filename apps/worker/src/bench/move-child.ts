import { randomUUID } from "node:crypto";
import type { TableName, WriteMode } from "@headgate/contract";
import { createEgressGate, moveRows } from "@headgate/connectors";
import { writeModeRules } from "@headgate/core";
import { benchTable, columnNames } from "./bench-table.ts";
// Everything a worker has loaded counts as its memory.
import "../start.ts";

/** Which rows go where, and how; `npm run bench append` as it is. */
export type MoveOptions = { readonly from?: TableName; readonly to?: TableName; readonly mode?: WriteMode };

type Sides = Record<"source" | "destination", { host: string; port: number; user: string; password: string }>;

const sides = JSON.parse(process.argv[2] ?? "{}") as Sides;
const { from = benchTable, to = benchTable, mode = "append" } = JSON.parse(process.argv[3] ?? "{}") as MoveOptions;
const target = (name: keyof Sides) => ({ ...sides[name], database: "postgres", tlsMode: "disable" as const });

const before = process.cpuUsage();
const started = performance.now();
const { receipt } = await moveRows({
  runId: randomUUID(),
  flowId: randomUUID(),
  epoch: "1",
  definition: {
    source: { table: from },
    destination: { table: to },
    writeMode: mode,
    readMode: "full",
    badRows: "stop",
    syncKey: writeModeRules[mode].needsSyncKey ? ["id"] : [],
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
