import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { liveWorkers } from "@headgate/store";
import { onTestFinished, vi } from "vitest";
import type { Scene } from "./scene.ts";

export type WorkerProcess = {
  kill(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly pid: number;
  /** Everything it wrote. */
  output(): string;
};

/**
 * A real worker, a process of its own as in production; resolves when its first heartbeat has arrived. Its log goes to
 * `reader`'s standard input instead of `output()` if there is one.
 */
export async function startWorkerProcess(
  { store, settings }: Pick<Scene, "store" | "settings">,
  reader?: ChildProcess,
): Promise<WorkerProcess> {
  // By id: those of an earlier test that were killed count as alive for a while, and then no more.
  const before = new Set((await liveWorkers(store.db)).map(({ id }) => id));
  const child: ChildProcess = spawn(process.execPath, [path.resolve(import.meta.dirname, "../main.ts")], {
    env: {
      PATH: process.env["PATH"],
      DATABASE_URL: settings.databaseUrl,
      HEADGATE_MASTER_KEY: store.masterKey.toString("base64"),
    },
    stdio: ["ignore", reader?.stdin ?? "pipe", "pipe"],
  });
  // A test that fails must not leave it behind.
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const gone = once(child, "exit");
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`The worker ended: ${output}`);
      if ((await liveWorkers(store.db)).every(({ id }) => before.has(id))) throw new Error("no heartbeat yet");
    },
    { timeout: 60_000, interval: 50 },
  );
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async kill(signal) {
      child.kill(signal);
      await gone;
      return { code: child.exitCode, signal: child.signalCode };
    },
  };
}
