import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";
import { startBenchServers } from "./bench-table.ts";
import type { Measured } from "./contenders.ts";
import { benchSize, inTurns, ratio, workerFlags, write, type Round } from "./rounds.ts";

/** `npm run bench events`: our events beside the usual way to send them, reading alone, and a slow receiver. */
const { rows, rounds } = benchSize();
const run = promisify(execFile);
const child = process.env["HEADGATE_BENCH_CHILD"] ?? path.join(import.meta.dirname, "event-child.ts");

type Sink = { readonly origin: string; readonly process: ChildProcess };

async function startSink(...options: string[]): Promise<Sink> {
  const started = spawn(process.execPath, [path.join(import.meta.dirname, "event-sink.ts"), ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = (await once(started.stdout, "data")) as [Buffer];
  return { origin: `http://127.0.0.1:${port.toString().trim()}`, process: started };
}

const servers = await startBenchServers(rows);
const sinks = await Promise.all([startSink("0"), startSink("50"), startSink("0", "count")]);
const [quick, slow, counting] = sinks;
try {
  const measure = async (way: string, { origin }: Sink, lanes: string): Promise<Measured & { rows: number }> => {
    // The usual way runs as Node runs it: a small nursery would cost its many objects a tenth of their speed.
    const flags = way === "headgate" ? workerFlags : [];
    const { stdout } = await run(process.execPath, [...flags, child, way, servers.source.url(), origin, lanes]);
    return JSON.parse(stdout) as Measured & { rows: number };
  };
  // The warm-up goes to a receiver that counts: whoever sends less is no contender.
  const counted = async (way: string, lanes: string): Promise<Measured & { rows: number }> => {
    const before = Number(await (await fetch(counting.origin)).text());
    const measured = await measure(way, counting, lanes);
    const arrived = Number(await (await fetch(counting.origin)).text()) - before;
    return { ...measured, rows: arrived };
  };
  const sender = (name: string, way: string, sink: Sink, lanes = "4"): Round => ({
    name,
    measure: (warmUp) => (warmUp ? counted(way, lanes) : measure(way, sink, lanes)),
  });
  const contenders = [
    sender("Headgate events", "headgate", quick),
    sender("cursor objects + JSON.stringify", "objects", quick),
    sender("Headgate events, 50 ms a request, 16 lanes", "headgate", slow, "16"),
    sender("Headgate events, 16 lanes", "headgate", quick, "16"),
    { name: "cursor objects, reading alone", measure: () => measure("reading", quick, "1") },
    { name: "COPY taken apart, reading alone", measure: () => measure("copying", quick, "1") },
  ];
  write(`events: ${rows.toLocaleString("en-US")} rows x 12 columns, ${rounds} rounds in turns`);
  const seconds = await inTurns(contenders, rows, rounds);
  const ours = contenders[0]?.name ?? "";
  write(`ratio ${ratio(seconds, ours, "cursor objects + JSON.stringify")} x cursor objects (goal: at least 1.80)`);
  // The study's reading is that of the objects it compares with (performance §4); that of COPY costs a third of it.
  const readingRatio = ratio(seconds, ours, "cursor objects, reading alone");
  write(`ratio ${readingRatio} x reading alone (goal: at least 0.80)`);
  write(`ratio ${ratio(seconds, ours, "COPY taken apart, reading alone")} x reading by COPY alone`);
  const slowRatio = ratio(seconds, "Headgate events, 50 ms a request, 16 lanes", "Headgate events, 16 lanes");
  write(`ratio ${slowRatio} with 50 ms a request x without (goal: at least 0.85)`);
} finally {
  for (const sink of sinks) sink.process.kill();
  await servers.stop();
}
