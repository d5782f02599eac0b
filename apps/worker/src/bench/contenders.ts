import { execFile, execFileSync } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { ServerAddress } from "@headgate/testkit";
import { benchTable, type BenchServers } from "./bench-table.ts";

const run = promisify(execFile);

export type Measured = {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly bytes?: number;
  readonly peakMegabytes?: number;
};

export type Contender = { readonly name: string; measure(servers: BenchServers): Promise<Measured> };

/** Headgate's own way, in a process of its own as in production; the time begins before it connects. */
export const headgate: Contender = {
  name: "Headgate append",
  measure: (servers) => child(process.env["HEADGATE_BENCH_CHILD"] ?? "move-child.ts", servers),
};

/** psql where there is one, because everybody has it beside them; else a COPY pipe of our own, under that name. */
export function yardstick(): Contender {
  try {
    execFileSync("psql", ["--version"], { stdio: "ignore" });
    return { name: "psql COPY TO | psql COPY FROM", measure: psqlPipe };
  } catch {
    return {
      name: "bare COPY pipe (no psql on this machine)",
      measure: (servers) => child("copy-pipe-child.ts", servers),
    };
  }
}

async function child(file: string, { source, destination }: BenchServers): Promise<Measured> {
  const sides = JSON.stringify({ source: address(source), destination: address(destination) });
  const { stdout } = await run(process.execPath, [path.resolve(import.meta.dirname, file), sides]);
  return JSON.parse(stdout) as Measured;
}

/** The time of both processes from start to end; `times` adds up what they used of the CPU. */
async function psqlPipe({ source, destination }: BenchServers): Promise<Measured> {
  const call = (word: string, server: string): string =>
    `psql -X -q -v ON_ERROR_STOP=1 "$${server}" -c "copy ${benchTable.name} ${word}"`;
  const script = `set -e; ${call("to stdout", "SOURCE")} | ${call("from stdin", "DESTINATION")}; times`;
  const env = { PATH: process.env["PATH"], SOURCE: source.url(), DESTINATION: destination.url() };
  const started = performance.now();
  const { stdout } = await run("/bin/sh", ["-c", script], { env });
  const seconds = (performance.now() - started) / 1000;
  // The second line of `times` is the children's: 0m0.120s 0m0.080s.
  const used = [...(stdout.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  return { seconds, cpuSeconds: used.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0) };
}

function address({ host, port, user, password }: ServerAddress): ServerAddress {
  return { host, port, user, password };
}
