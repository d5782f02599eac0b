import { createWriteStream } from "node:fs";
import { spawnTetheredNode } from "@headgate/store/embedded";
import { backOff, type Pause } from "./back-off.ts";

export type KeptProgram = {
  /** Tells how it ended the first time, if it ever does unasked. */
  readonly firstEnd: Promise<string>;
  stop(): Promise<void>;
};

export type KeptProgramOptions = {
  readonly name: string;
  /** Arguments for Node, the program first. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly report: (text: string) => void;
};

/** The worker lets runs under way end for 30 s and then gives them back, which takes 5 s at most. */
const drainMs = 40_000;

/** One of our Node programs, started again with growing pauses whenever it ends although nobody stopped it. */
export function keepProgram({ name, args, env, logFile, report }: KeptProgramOptions): KeptProgram {
  const log = createWriteStream(logFile, { flags: "a", mode: 0o600 });
  let stopping = false;
  let child: ReturnType<typeof spawnTetheredNode> | undefined;
  let pause: Pause | undefined;
  const firstEnd = Promise.withResolvers<string>();
  const ended = run();

  async function run(): Promise<void> {
    const delays = backOff();
    while (!stopping) {
      const how = await runOnce();
      if (stopping) return;
      firstEnd.resolve(`The ${name} ended unexpectedly (${how.reason}).${how.lastWords}`);
      report(`The ${name} ended unexpectedly (${how.reason}) and is started again. Its log: ${logFile}`);
      pause = delays.next();
      await pause.over;
    }
  }

  function runOnce(): Promise<{ reason: string; lastWords: string }> {
    const started = spawnTetheredNode(args, env);
    child = started;
    let complaints = "";
    started.stdout?.pipe(log, { end: false });
    started.stderr?.pipe(log, { end: false });
    started.stderr?.on("data", (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-2000)));
    return new Promise((resolve) => {
      const settle = (reason: string): void =>
        resolve({ reason, lastWords: complaints === "" ? "" : `\n${complaints.trim()}` });
      started.once("error", (error) => settle(error.message));
      started.once("exit", (code, signal) => settle(signal ?? `exit code ${code}`));
    });
  }

  return {
    firstEnd: firstEnd.promise,
    stop: async () => {
      stopping = true;
      pause?.cutShort();
      child?.kill("SIGTERM");
      const impatient = setTimeout(() => child?.kill("SIGKILL"), drainMs);
      await ended;
      clearTimeout(impatient);
      log.end();
    },
  };
}
