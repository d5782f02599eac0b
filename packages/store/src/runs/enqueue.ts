import { runSchema, type Confirmation, type Run } from "@headgate/contract";
import { isRefusedBy, one, type Queryable } from "../db.ts";
import type { RunQueue } from "../queue.ts";
import { runColumns } from "./run-rows.ts";

/** What a run may be for, besides the flow's own work. */
export type RunReason = {
  /** A person's yes to what the run before asked. */
  readonly confirmation?: Confirmation;
  /** The run whose rows that were set aside are tried again. */
  readonly retryOf?: string;
  /** The run whose rows are taken back. */
  readonly undoes?: string;
};

/**
 * Adds a run that is due now, with its job, on the given connection: call it in a transaction. Answers "active" when
 * one of the flow's runs is queued or running; the transaction is then over and must be rolled back.
 */
export async function enqueueRun(
  { db, queue }: { readonly db: Queryable; readonly queue: RunQueue },
  flowId: string,
  trigger: Run["trigger"],
  { confirmation, retryOf, undoes }: RunReason = {},
): Promise<Run | "active"> {
  try {
    const run = await one(
      db,
      runSchema,
      `insert into runs (flow_id, trigger, scheduled_for, confirmation, retry_of, undoes)
       values ($1, $2, now(), $3, $4, $5) returning ${runColumns}`,
      [flowId, trigger, confirmation ? JSON.stringify(confirmation) : null, retryOf ?? null, undoes ?? null],
    );
    await queue.send(db, { runId: run.id, flowId });
    return run;
  } catch (error) {
    if (isRefusedBy(error, "one_open_run_per_flow") || isRefusedBy(error, "one_run_per_slot")) return "active";
    throw error;
  }
}
