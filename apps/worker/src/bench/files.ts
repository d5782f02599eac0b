import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { startBenchServers } from "./bench-table.ts";
import type { Measured } from "./contenders.ts";
import { benchTable } from "./bench-table.ts";
import { benchSize, inTurns, ratio, workerFlags, write, type Round } from "./rounds.ts";

/** `npm run bench csv`, `jsonl` or `parquet`: our files beside psql's `COPY … (format csv)` into a file. */
const format = process.env["HEADGATE_BENCH_FORMAT"] ?? "csv";
const goals: Readonly<Record<string, string>> = { csv: "at least 0.95", jsonl: "at least 0.50", parquet: "none" };
const { rows, rounds } = benchSize();
const run = promisify(execFile);
const child = process.env["HEADGATE_BENCH_CHILD"] ?? path.join(import.meta.dirname, "file-child.ts");
const folder = await mkdtemp(path.join(os.tmpdir(), "headgate-bench-"));
const servers = await startBenchServers(rows);

async function inFreshFolder<T>(work: (place: string) => Promise<T>): Promise<T> {
  const place = await mkdtemp(path.join(folder, "round-"));
  try {
    return await work(place);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

const ours: Round = {
  name: `Headgate ${format}`,
  measure: () =>
    inFreshFolder(async (place) => {
      const { stdout } = await run(process.execPath, [...workerFlags, child, format, servers.source.url(), place]);
      return JSON.parse(stdout) as Measured & { rows: number };
    }),
};
/** psql, and the same bringing to the disk that ours does. */
const theirs: Round = {
  name: "psql COPY csv > file; sync",
  measure: () =>
    inFreshFolder(async (place) => {
      const script = `set -e; psql -X -q -v ON_ERROR_STOP=1 "$SOURCE" -c "copy ${benchTable.name} to stdout (format csv)" > "$FILE"; sync "$FILE"; times`;
      const env = { PATH: process.env["PATH"], SOURCE: servers.source.url(), FILE: path.join(place, "file.csv") };
      const started = performance.now();
      const { stdout } = await run("/bin/sh", ["-c", script], { env });
      const seconds = (performance.now() - started) / 1000;
      const used = [...(stdout.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
      const cpuSeconds = used.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
      return { seconds, cpuSeconds };
    }),
};

try {
  write(`${format}: ${rows.toLocaleString("en-US")} rows x 12 columns into a file, ${rounds} rounds in turns`);
  const seconds = await inTurns([ours, theirs], rows, rounds);
  write(`ratio ${ratio(seconds, ours.name, theirs.name)} x psql COPY csv (goal: ${goals[format] ?? "none"})`);
} finally {
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
}
