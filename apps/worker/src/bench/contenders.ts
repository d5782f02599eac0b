import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { benchTable, type BenchServers } from "./bench-table.ts";
import type { MoveOptions } from "./move-child.ts";
import { workerFlags } from "./rounds.ts";
import { address, hasPsql, pipeBySql } from "./psql-script.ts";

const run = promisify(execFile);

export type Measured = {
  readonly rows?: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly bytes?: number;
  readonly peakMegabytes?: number;
};

/** Headgate's own way, in a process of its own as in production; the time begins before it connects. */
export function headgate(servers: BenchServers, options: MoveOptions = {}): Promise<Measured> {
  return child(process.env["HEADGATE_BENCH_CHILD"] ?? "move-child.ts", servers, JSON.stringify(options));
}

/** The plainest way there is: psql where there is one, because everybody has it beside them; else a bare COPY pipe. */
export function yardstick(servers: BenchServers): { readonly name: string; readonly measure: () => Promise<Measured> } {
  const { name } = benchTable;
  return {
    name: hasPsql() ? "psql COPY TO | psql COPY FROM" : "bare COPY pipe (no psql on this machine)",
    measure: () => pipeBySql(servers, { from: name, into: name }),
  };
}

async function child(file: string, { source, destination }: BenchServers, ...more: string[]): Promise<Measured> {
  const sides = JSON.stringify({ source: address(source), destination: address(destination) });
  const program = path.resolve(import.meta.dirname, file);
  const { stdout } = await run(process.execPath, [...workerFlags, program, sides, ...more]);
  return JSON.parse(stdout) as Measured;
}
