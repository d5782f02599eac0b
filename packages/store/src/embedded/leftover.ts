import { execFile } from "node:child_process";
import { readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Deals with what a start cut short left in a data directory: stops a server that still runs there (fast, so that
 * nothing is lost), and removes the lock of one that is gone. PostgreSQL itself takes any living process with the
 * recorded number for a server, which after a container restart is usually a stranger.
 */
export async function clearLeftover(dataDir: string): Promise<void> {
  const lock = path.join(dataDir, "postmaster.pid");
  const pid = Number((await readFile(lock, "utf8").catch(() => "")).split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (!(await isServerOf(pid, dataDir))) {
    await rm(lock, { force: true });
    return;
  }
  for (const [signal, seconds] of [
    ["SIGINT", 20],
    ["SIGQUIT", 10],
  ] as const) {
    if (!tryKill(pid, signal)) return;
    if (await isGoneWithin(seconds, pid)) return;
  }
  throw new Error(`A PostgreSQL server (process ${pid}) still runs in ${dataDir} and does not stop. Stop it by hand.`);
}

async function isServerOf(pid: number, dataDir: string): Promise<boolean> {
  if (!tryKill(pid, 0)) return false;
  const command = (await stat("/proc/self/cmdline").catch(() => undefined))
    ? (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ")
    : (await run("ps", ["-o", "command=", "-p", String(pid)])).stdout;
  return command.includes("postgres") && command.includes(dataDir);
}

function tryKill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function isGoneWithin(seconds: number, pid: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    if (!tryKill(pid, 0)) return true;
    await pause(25);
  }
  return false;
}
