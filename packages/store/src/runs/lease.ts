import {
  confirmationSchema,
  flowDefinitionSchema,
  rereadSchema,
  type Confirmation,
  type FlowDefinition,
  type Hold,
  type Progress,
  type Receipt,
  type RunFailure,
  type Reread,
  type RunNote,
} from "@headgate/contract";
import { pausesFlow } from "@headgate/core";
import { z } from "zod";
import { isRefusedBy, maybeOne, one, type Queryable } from "../db.ts";

/**
 * How long a claim lasts without renewal, by the store's clock; renew every third of it. It equals the queue's
 * heartbeat: when the queue gives a dead worker's job to another, the lease is over too.
 */
export const defaultLeaseSeconds = 15;

export type Claimant = { readonly id: string; readonly leaseSeconds?: number };

const claimedRunSchema = z.object({
  runId: z.string(),
  flowId: z.string(),
  flowName: z.string(),
  definition: flowDefinitionSchema,
  /** Grows with every claim of any run; as text because it is a bigint. The destination accepts only the newest. */
  epoch: z.string(),
  attempt: z.int(),
  confirmation: confirmationSchema.nullable(),
  acceptedColumns: z.string().nullable(),
  scheduledFor: z.date(),
  reread: rereadSchema.nullable(),
  retryOf: z.string().nullable(),
  undoes: z.string().nullable(),
});
export type ClaimedRun = {
  readonly runId: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly definition: FlowDefinition;
  readonly epoch: string;
  readonly attempt: number;
  /** A person's yes to what the run before asked. */
  readonly confirmation: Confirmation | null;
  /** Digest of the columns that somebody said yes to by resuming the flow. */
  readonly acceptedColumns: string | null;
  /** The moment it was planned for, which every attempt keeps. */
  readonly scheduledFor: Date;
  /** A person's wish to read rows again. */
  readonly reread: Reread | null;
  /** The run whose rows that were set aside are tried again, and no others. */
  readonly retryOf: string | null;
  /** The run whose rows this one takes back, and then it does nothing else. */
  readonly undoes: string | null;
};

/** What became of a run. `again` puts it back in the queue for another attempt after a pause. */
export type RunOutcome =
  | { readonly status: "succeeded"; readonly receipt: Receipt }
  | { readonly status: "failed"; readonly failure: RunFailure }
  | { readonly status: "needs_confirmation"; readonly hold: Hold }
  | { readonly status: "cancelled" }
  | { readonly status: "again"; readonly failure: RunFailure; readonly afterSeconds: number };

/**
 * Takes a run that waits, or whose worker stopped renewing its lease; undefined when another worker holds it, it has
 * ended, or its pause is not over. Then the job may be dropped: the tick sends again what nobody works on.
 */
export async function claimRun(db: Queryable, runId: string, worker: Claimant): Promise<ClaimedRun | undefined> {
  try {
    return await maybeOne(
      db,
      claimedRunSchema,
      `update runs
          set status = 'running', attempt = attempt + 1, epoch = nextval('run_epoch'), worker_id = $2,
              lease_expires_at = now() + make_interval(secs => $3), started_at = coalesce(runs.started_at, now()),
              progress = null
         from flows
        where runs.id = $1 and flows.id = runs.flow_id and not runs.cancel_requested
          and (   (runs.status = 'queued' and runs.not_before <= now())
               or (runs.status = 'running' and runs.lease_expires_at < now()))
       returning runs.id as "runId", runs.flow_id as "flowId", flows.name as "flowName", flows.definition,
                 runs.epoch::text as epoch, runs.attempt, runs.confirmation,
                 flows.accepted_columns as "acceptedColumns", runs.retry_of as "retryOf", runs.undoes,
                 case when runs.retry_of is null and runs.undoes is null then flows.reread end as reread,
                 runs.scheduled_for as "scheduledFor"`,
      [runId, worker.id, worker.leaseSeconds ?? defaultLeaseSeconds],
    );
  } catch (error) {
    // Two workers met on two runs of one flow; the index let the other win.
    if (isRefusedBy(error, "one_running_run_per_flow")) return undefined;
    throw error;
  }
}

type Held = Pick<ClaimedRun, "runId" | "epoch">;

const isHeld = `id = $1 and epoch = $2::bigint and status = 'running'`;

/**
 * Holds on to a run for another while. `lost` means that another worker may have taken it: stop before the next commit.
 * `cancelRequested` means that a person asked the run to stop.
 */
export async function renewLease(
  db: Queryable,
  { runId, epoch }: Held,
  leaseSeconds = defaultLeaseSeconds,
): Promise<{ readonly lost: boolean; readonly cancelRequested: boolean }> {
  const row = await maybeOne(
    db,
    z.object({ cancelRequested: z.boolean() }),
    `update runs set lease_expires_at = now() + make_interval(secs => $3) where ${isHeld}
     returning cancel_requested as "cancelRequested"`,
    [runId, epoch, leaseSeconds],
  );
  return { lost: row === undefined, cancelRequested: row?.cancelRequested ?? false };
}

/** Shows how far a run is; false when the run is no longer ours. */
export async function saveProgress(db: Queryable, { runId, epoch }: Held, progress: Progress): Promise<boolean> {
  const { rowCount } = await db.query(`update runs set progress = $3 where ${isHeld}`, [
    runId,
    epoch,
    JSON.stringify(progress),
  ]);
  return rowCount === 1;
}

/**
 * Writes down what of a run is at its destination to stay, whatever becomes of the rest; false when the run is no longer
 * ours. Its end keeps it unless it has a receipt of its own.
 */
export async function saveCommitted(db: Queryable, { runId, epoch }: Held, receipt: Receipt): Promise<boolean> {
  const { rowCount } = await db.query(`update runs set receipt = $3 where ${isHeld}`, [
    runId,
    epoch,
    JSON.stringify(receipt),
  ]);
  return rowCount === 1;
}

/** Writes down what a run noticed and went on; false when the run is no longer ours. */
export async function saveNotes(db: Queryable, { runId, epoch }: Held, notes: readonly RunNote[]): Promise<boolean> {
  const { rowCount } = await db.query(`update runs set notes = $3 where ${isHeld}`, [
    runId,
    epoch,
    JSON.stringify(notes),
  ]);
  return rowCount === 1;
}

/**
 * Writes what became of a run, and pauses its flow where no other run could fare better; false when the run is no longer
 * ours, and then nothing is written.
 */
export async function finishRun(
  db: Queryable,
  { runId, epoch, reread }: Held & Partial<Pick<ClaimedRun, "reread">>,
  outcome: RunOutcome,
): Promise<boolean> {
  const again = outcome.status === "again" ? outcome.afterSeconds : null;
  const pausedFor = outcome.status === "failed" && pausesFlow(outcome.failure.code) ? outcome.failure.code : null;
  const { ended } = await one(
    db,
    z.object({ ended: z.boolean() }),
    // A person's wish to stop beats another attempt, but not an end that was reached anyway.
    `with ended as (update runs
        set status = case when $3 <> 'again' then $3 when cancel_requested then 'cancelled' else 'queued' end,
            finished_at = case when $3 <> 'again' or cancel_requested then now() end,
            not_before = now() + make_interval(secs => coalesce($4::float8, 0)),
            lease_expires_at = null, worker_id = null, receipt = coalesce($5, receipt), failure = $6,
            hold = $7
      where ${isHeld} returning flow_id),
     obeyed as (update flows set reread = null
                 where $3 = 'succeeded' and reread ->> 'id' = $9 and id in (select flow_id from ended)),
     paused as (update flows set paused_at = coalesce(paused_at, now()), paused_for = $8, next_run_at = null
                 where $8::text is not null and id in (select flow_id from ended))
     select exists (select from ended) as ended`,
    [
      runId,
      epoch,
      outcome.status,
      again,
      outcome.status === "succeeded" ? JSON.stringify(outcome.receipt) : null,
      "failure" in outcome ? JSON.stringify(outcome.failure) : null,
      outcome.status === "needs_confirmation" ? JSON.stringify(outcome.hold) : null,
      pausedFor,
      reread?.id ?? null,
    ],
  );
  return ended;
}
