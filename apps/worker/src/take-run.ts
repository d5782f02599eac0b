import { setTimeout as pause } from "node:timers/promises";
import {
  claimRun,
  defaultLeaseSeconds,
  finishRun,
  type ClaimedRun,
  type RunJob,
  type RunOutcome,
} from "@headgate/store";
import { holdLease } from "./hold-lease.ts";
import type { Log } from "./log.ts";
import { outcomeOfError, outcomeOfReceipt, outcomeOfStop } from "./outcome.ts";
import { runFlow, type RunTools } from "./run-flow.ts";
import { stopCause } from "./run-stop.ts";

export type Taking = RunTools & {
  readonly workerId: string;
  readonly log: Log;
  /** Fires when this worker has waited long enough for its runs to end by themselves. */
  readonly stopping: AbortSignal;
  readonly leaseSeconds?: number;
  readonly pauses?: readonly number[];
};

/** Takes the run of a job unless somebody else has it, executes it, and writes down what became of it. */
export async function takeRun({ runId }: RunJob, worker: Taking): Promise<void> {
  const { store, workerId, leaseSeconds = defaultLeaseSeconds } = worker;
  const claimedAt = performance.now();
  const run = await claimRun(store.db, runId, { id: workerId, leaseSeconds });
  if (!run) return;
  const log = worker.log.child({ runId, flowId: run.flowId, attempt: run.attempt });
  log.info("run started");
  const lease = holdLease({ db: store.db, run, leaseSeconds, claimedAt });
  const outcome = await execute(run, worker, AbortSignal.any([lease.signal, worker.stopping]), log);
  await lease.release();
  if (!outcome) return;
  const written = await finish(run, outcome, worker, log);
  report(outcome, written, Math.round(performance.now() - claimedAt), log);
}

async function execute(
  run: ClaimedRun,
  worker: Taking,
  signal: AbortSignal,
  log: Log,
): Promise<RunOutcome | undefined> {
  try {
    const { receipt, alreadyApplied } = await runFlow(run, worker, signal);
    if (alreadyApplied) log.info("an earlier attempt had applied everything");
    return outcomeOfReceipt(receipt);
  } catch (error) {
    const why = stopCause(signal);
    if (why === "lost") log.warn("the lease was lost; the run is left to the next attempt");
    if (why) return outcomeOfStop(why);
    log.warn({ error }, "attempt failed");
    return outcomeOfError(error, run.attempt, worker.pauses);
  }
}

const finishEveryMs = 1_000;

/** Keeps trying while the store is away: nobody else can take the run in the meantime, and an end should be told. */
async function finish(run: ClaimedRun, outcome: RunOutcome, worker: Taking, log: Log): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await finishRun(worker.store.db, run, outcome);
    } catch (error) {
      if (tries === 1) log.error({ error }, "the end of the run could not be saved; trying on");
      if (worker.stopping.aborted) return false;
      await pause(finishEveryMs, undefined, { signal: worker.stopping }).catch(() => {});
    }
  }
}

function report(outcome: RunOutcome, written: boolean, milliseconds: number, log: Log): void {
  if (!written) return log.warn("another worker has the run; its end is not ours to tell");
  const { status } = outcome;
  if (outcome.status === "succeeded")
    return log.info({ status, milliseconds, rows: outcome.receipt.read, bytes: outcome.receipt.bytes }, "run ended");
  if (outcome.status === "cancelled" || outcome.status === "needs_confirmation")
    return log.info({ status, milliseconds }, "run ended");
  const { origin, kind, code } = outcome.failure;
  log.warn({ status, milliseconds, origin, kind, code }, "run ended");
}
