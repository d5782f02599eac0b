import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export type Lock = { release(): Promise<void> };

/**
 * Makes sure that one launcher at a time uses a data folder. A lock left by one that was killed is taken over; the
 * start time tells it from a later process that happens to have the same number.
 */
export async function lockFolder(folder: string): Promise<Lock> {
  const file = path.join(folder, "headgate.pid");
  const own = `${process.pid} ${await startOf(process.pid)}\n`;
  for (let attempt = 1; ; attempt++) {
    try {
      await writeFile(file, own, { flag: "wx", mode: 0o600 });
      return { release: () => rm(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST") || attempt === 3) throw error;
    }
    const holder = await readHolder(file);
    if (holder !== undefined)
      throw new Error(
        `Headgate already runs with the data in ${folder} (process ${holder}). ` +
          "Stop it first, or give this one a folder of its own in HEADGATE_DATA_DIR.",
      );
    await rm(file, { force: true });
  }
}

async function readHolder(file: string): Promise<number | undefined> {
  const [pid = "", ...start] = (await readFile(file, "utf8").catch(() => "")).trim().split(" ");
  const running = /^[0-9]+$/.test(pid) ? await startOf(Number(pid)) : "";
  return running !== "" && running === start.join(" ") ? Number(pid) : undefined;
}

/** When a process started, in whatever unit the system has; empty when there is no such process. */
async function startOf(pid: number): Promise<string> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // Field 22, counted after the program's name, which may hold spaces and brackets.
  if (status !== "") return status.slice(status.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  if (process.platform === "linux") return "";
  const listed = await run("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => ({ stdout: "" }));
  return listed.stdout.trim();
}
