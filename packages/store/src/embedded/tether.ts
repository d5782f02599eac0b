import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { Account } from "./account.ts";

export type TetherOptions = {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly account?: Account | undefined;
  /** What the child gets when we are gone, however we went: PostgreSQL takes INT as "stop now, cleanly". */
  readonly signal: "INT" | "TERM";
};

// Lets go of the event loop: a program that has nothing left to do may still end. Draining may wait for a database that
// died together with us, so it gets three seconds; what was under way is taken up again like after any kill.
const nodeLeash = `process.on("disconnect", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 3_000).unref();
});
process.channel?.unref();`;

// The pipe on descriptor 3 closes with the last process that holds its other end: us. The watcher then signals $$,
// which `exec` has turned into the program itself. /bin/sh has no other way to notice the kill -9 of a parent.
const leash =
  'ulimit -c 0; exec 3<&0; (exec >/dev/null 2>&1; cat <&3; kill "-$0" $$) & exec 3<&-; exec "$@" </dev/null';

/** Core files hold what was in memory, secrets among it. [R35] */
const withoutCore = ["/bin/sh", "-c", 'ulimit -c 0; exec "$@"', "sh"] as const;

/**
 * Starts a program that cannot outlive this process, not even after kill -9. It is in a session of its own, so that
 * Ctrl-C at the terminal reaches only us and things stop in the right order.
 */
export function spawnTethered(
  command: string,
  args: readonly string[],
  options: TetherOptions,
): ChildProcessWithoutNullStreams {
  const { account, signal, ...rest } = options;
  const common = { ...rest, ...account };
  const child =
    process.platform === "win32"
      ? spawn(command, args, common)
      : spawn("/bin/sh", ["-c", leash, signal, command, ...args], { ...common, detached: true });
  // The watcher would wait for the end of the pipe; let it go with the program.
  child.once("exit", () => child.stdin.destroy());
  child.stdin.on("error", () => {});
  return child;
}

/**
 * Like `spawnTethered`, for a Node program: it gets SIGTERM when we are gone, which its own channel tells. The shell is
 * there only to turn off core files.
 */
export function spawnTetheredNode(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  // A debugger reads the secrets in memory; by default SIGUSR1 opens a port for one.
  const flags = ["--disable-sigusr1", "--import", `data:text/javascript,${encodeURIComponent(nodeLeash)}`];
  const command = [process.execPath, ...flags, ...args] as const;
  const [program, ...rest] = process.platform === "win32" ? command : [...withoutCore, ...command];
  return spawn(program, rest, {
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: process.platform !== "win32",
  });
}
