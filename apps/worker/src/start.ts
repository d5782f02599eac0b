import { randomUUID } from "node:crypto";
import { createEgressGate } from "@headgate/connectors";
import type { Settings } from "@headgate/core";
import { beat, forgetRejectedRows, recoverRuns, sayGoodbye, tickDueFlows, type Store } from "@headgate/store";
import { egressRules } from "./egress-rules.ts";
import { keepDoing } from "./keep-doing.ts";
import type { Log } from "./log.ts";
import { RunStopped } from "./run-stop.ts";
import { takeRun } from "./take-run.ts";
import { testByNight } from "./test-by-night.ts";

export type WorkerOptions = {
  readonly settings: Settings & { readonly databaseUrl: string };
  readonly store: Store;
  readonly version: string;
  readonly log: Log;
  /** Where the sample data is, if there is any. */
  readonly practice?: readonly { readonly host: string; readonly port: number }[];
  /** Runs at the same time in this process (4). */
  readonly concurrency?: number;
  readonly leaseSeconds?: number;
  /** Seconds between attempts. */
  readonly pauses?: readonly number[];
};

export type Worker = {
  readonly id: string;
  /** Takes no new run, waits `drainMs` (30,000) for those under way, then gives them back to the queue. */
  close(drainMs?: number): Promise<void>;
};

const beatEveryMs = 5_000;
const tickEveryMs = 1_000;
const recoverEveryMs = 2_000;
const forgetEveryMs = 3_600_000;
const nightEveryMs = 60_000;
/** A run that is told to stop has rolled back within this time, or its connections are dead anyway. */
const giveBackMs = 5_000;

/** Starts taking runs, ticking the schedule and watching over runs nobody works on; any number of workers may. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { settings, store, version, log, concurrency = 4 } = options;
  const id = randomUUID();
  const gate = createEgressGate(egressRules(settings, settings.databaseUrl, options.practice));
  const closing = new AbortController();
  const stopping = new AbortController();
  const taking = { ...options, gate, filesDir: settings.filesDir, workerId: id, stopping: stopping.signal };

  await beat(store.db, { id, version });
  const onFault = (flowId: string, error: unknown): void => log.error({ flowId, error }, "a schedule cannot be read");
  const duties = [
    { name: "heartbeat", everyMs: beatEveryMs, work: () => beat(store.db, { id, version }) },
    { name: "schedule", everyMs: tickEveryMs, work: () => tickDueFlows(store, { onFault }) },
    { name: "forget rejected rows", everyMs: forgetEveryMs, work: () => forgetRejectedRows(store.db) },
    { name: "watch over runs", everyMs: recoverEveryMs, work: () => recoverRuns(store) },
    {
      name: "nightly tests",
      everyMs: nightEveryMs,
      work: () => testByNight({ store, gate, log, signal: closing.signal }),
    },
  ];
  const kept = duties.map((duty) => keepDoing(duty, log, closing.signal));
  const underWay = new Set<Promise<void>>();
  await store.queue.work(
    async (job) => {
      const taken = takeRun(job, taking).catch((error: unknown) =>
        log.error({ error, runId: job.runId }, "run not taken"),
      );
      underWay.add(taken);
      await taken.finally(() => underWay.delete(taken));
    },
    { concurrency, onError: (error) => log.warn({ error }, "queue") },
  );
  log.info({ workerId: id, version }, "worker started");

  return {
    id,
    async close(drainMs = 30_000) {
      log.info("worker stops");
      closing.abort();
      const giveBack = setTimeout(() => stopping.abort(new RunStopped("stopping")), drainMs);
      await store.queue.stop(drainMs + giveBackMs);
      // The queue's own stop may answer while a handler is still at work (seen with pg-boss 12.35).
      await Promise.all(underWay).finally(() => clearTimeout(giveBack));
      await Promise.all(kept);
      await sayGoodbye(store.db, id).catch(() => {});
    },
  };
}
