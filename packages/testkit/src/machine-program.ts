import { chown, writeFile } from "node:fs/promises";
import path from "node:path";
import { serverAccount, spawnTethered, type Account } from "@headgate/store/embedded";
import { makeTestFolder, type TestFolder } from "./test-folder.ts";

export type ProgramFolder = {
  /** Who the program runs as; absent: whoever we are. */
  readonly account: Account | undefined;
  readonly file: (name: string) => string;
  /** Writes a file that only the program's account can read. */
  readonly write: (name: string, text: string) => Promise<void>;
  /** Starts a program and resolves when it has said `ready`; closing it removes the folder. */
  readonly start: (start: ProgramStart) => Promise<{ readonly close: () => Promise<void> }>;
};

export type ProgramStart = {
  readonly program: string;
  readonly args: readonly string[];
  /** What it says on standard error once it can be used. */
  readonly ready: string;
  /** Ends it. */
  readonly signal: "SIGTERM" | "SIGKILL";
};

/** A folder of its own for a server program of this machine, such as sshd, which must not run as root. */
export async function makeProgramFolder(): Promise<ProgramFolder> {
  const account = await serverAccount();
  const folder = await makeTestFolder();
  const file = (name: string): string => path.join(folder.path, name);
  return {
    account,
    file,
    write: async (name, text) => {
      await writeFile(file(name), text, { mode: 0o600 });
      if (account) await chown(file(name), account.uid, account.gid);
    },
    start: (start) => startIn(folder, account, start),
  };
}

async function startIn(folder: TestFolder, account: Account | undefined, start: ProgramStart) {
  const { program, args, ready, signal } = start;
  const child = spawnTethered(program, args, { account, signal: "TERM" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(ready)) resolve();
    });
    void ended.then(() => reject(new Error(`${program} ended before it was ready. It said:\n${said}`)));
  });
  return {
    close: async () => {
      child.kill(signal);
      await ended;
      await folder.remove();
    },
  };
}
