import { spawn } from "node:child_process";
import { chmod, chown, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Account } from "./account.ts";

/** The environment of PostgreSQL's programs: nothing of ours, and English messages, because some are read. */
export const programEnv: NodeJS.ProcessEnv = {
  PATH: process.env["PATH"] ?? "",
  LANG: "C",
  LC_MESSAGES: "C",
  TZ: "UTC",
};

export type InitOptions = {
  readonly dataDir: string;
  readonly programs: string;
  readonly account: Account | undefined;
  readonly password: string;
};

/** Makes a new cluster (0.9 s measured) unless there is one. It is made beside and renamed: whole or absent. */
export async function initCluster({ dataDir, programs, account, password }: InitOptions): Promise<void> {
  if (await stat(path.join(dataDir, "PG_VERSION")).catch(() => undefined)) return;
  const unfinished = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await chmod(unfinished, 0o700);
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account) {
      await chown(unfinished, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    await initdb(programs, account, [
      `--pgdata=${unfinished}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C.UTF-8",
      "--no-instructions",
    ]);
    await rm(dataDir, { recursive: true, force: true });
    await rename(unfinished, dataDir);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

function initdb(programs: string, account: Account | undefined, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(programs, "bin", "initdb"), args, { ...account, cwd: "/", env: programEnv });
    let said = "";
    child.stdout.resume();
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`PostgreSQL's initdb failed (exit code ${code ?? "none"}).\n${said.trim()}`));
    });
  });
}
