import { execFile, execFileSync } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { ServerAddress } from "@headgate/testkit";
import type { BenchServers } from "./bench-table.ts";
import type { Measured } from "./contenders.ts";

const run = promisify(execFile);

export type Piped = {
  /** The source's query or table, and the destination's table, of one COPY. */
  readonly from: string;
  readonly into: string;
  /** What one session at the destination does before the rows come, and after. */
  readonly before?: string;
  readonly after?: string;
};

/** Whether the tool everybody has beside their database is on this machine. */
export function hasPsql(): boolean {
  try {
    execFileSync("psql", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Pipes COPY to COPY by two psql, from their start to their end; without psql, by two bare sessions in one process. */
export async function pipeBySql({ source, destination }: BenchServers, piped: Piped): Promise<Measured> {
  if (!hasPsql()) return bareSessions(source, destination, piped);
  const call = (server: string, commands: readonly string[]): string =>
    `psql -X -q -v ON_ERROR_STOP=1 "$${server}" ${commands.map((name) => `-c "$${name}"`).join(" ")}`;
  const there = [...(piped.before ? ["BEFORE"] : []), "INTO", ...(piped.after ? ["AFTER"] : [])];
  const script = `set -e; ${call("SOURCE", ["FROM"])} | ${call("DESTINATION", there)}; times`;
  const env = {
    PATH: process.env["PATH"],
    SOURCE: source.url(),
    DESTINATION: destination.url(),
    FROM: `copy ${piped.from} to stdout`,
    INTO: `copy ${piped.into} from stdin`,
    BEFORE: piped.before,
    AFTER: piped.after,
  };
  return inShell(script, env);
}

/** Reads all rows of the source's table with psql, to /dev/null; without psql, with one bare session. */
export async function readBySql({ source, destination }: BenchServers, table: string): Promise<Measured> {
  if (!hasPsql()) return bareSessions(source, destination, { from: table, into: "" });
  const script = `set -e; psql -X -q "$SOURCE" -c "copy ${table} to stdout" > /dev/null; times`;
  return inShell(script, { PATH: process.env["PATH"], SOURCE: source.url() });
}

async function inShell(script: string, env: Record<string, string | undefined>): Promise<Measured> {
  const started = performance.now();
  const { stdout } = await run("/bin/sh", ["-c", script], { env });
  const seconds = (performance.now() - started) / 1000;
  // The second line of `times` is the children's: 0m0.120s 0m0.080s.
  const used = [...(stdout.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  return { seconds, cpuSeconds: used.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0) };
}

async function bareSessions(source: ServerAddress, destination: ServerAddress, piped: Piped): Promise<Measured> {
  const order = JSON.stringify({ source: address(source), destination: address(destination), piped });
  const { stdout } = await run(process.execPath, [path.join(import.meta.dirname, "bare-pipe-child.ts"), order]);
  return JSON.parse(stdout) as Measured;
}

export function address({ host, port, user, password }: ServerAddress): ServerAddress {
  return { host, port, user, password };
}
