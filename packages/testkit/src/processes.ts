import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** The processes that a process started, and theirs, as numbers. */
export function descendantsOf(pid: number): number[] {
  const parents = listParents();
  const found: number[] = [];
  const visit = (parent: number): void => {
    for (const [child, itsParent] of parents)
      if (itsParent === parent) {
        found.push(child);
        visit(child);
      }
  };
  visit(pid);
  return found;
}

/** Waits until none of the processes is left; names those that are when `seconds` are over. */
export async function untilGone(pids: readonly number[], seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  let left = pids.filter(isAlive);
  while (left.length > 0) {
    if (Date.now() > deadline) throw new Error(`Still there: ${left.map(describe).join("; ")}`);
    await pause(20);
    left = left.filter(isAlive);
  }
}

function describe(pid: number): string {
  return process.platform === "linux" ? describeOnLinux(pid) : `process ${pid}`;
}

/** What a process is and where in the kernel it waits: whoever reads a failed test cannot ask it any more. */
function describeOnLinux(pid: number): string {
  const read = (name: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${name}`, "utf8");
    } catch {
      return "";
    }
  };
  const command = read("cmdline").replaceAll("\0", " ").trim();
  const facts = read("status").match(/^(State|PPid|SigQ|SigPnd|ShdPnd|SigBlk|SigIgn|SigCgt):.*$/gm) ?? [];
  return `process ${pid} (${command}), ${facts.join(", ").replaceAll("\t", " ")}, in ${read("wchan")}`;
}

/** A zombie, which waits for its parent to notice, counts as gone. */
function isAlive(pid: number): boolean {
  if (process.platform === "linux") return parseStatus(pid) !== undefined;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function listParents(): (readonly [number, number])[] {
  if (process.platform === "linux")
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const parent = parseStatus(Number(name));
        return parent === undefined ? [] : [[Number(name), parent] as const];
      });
  return execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0]) => [pid, parent] as const);
}

/** The parent of a living process on Linux. */
function parseStatus(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // After the name in brackets, which may hold anything.
    const [state, parent] = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}
