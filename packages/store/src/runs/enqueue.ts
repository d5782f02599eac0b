import { runSchema, type Confirmation, type Run } from "@headgate/contract";
import { isRefusedBy, one, type Queryable } from "../db.ts";
import type { RunQueue } from "../queue.ts";
import { runColumns } from "./run-rows.ts";

/**
 * Adds a run that is due now, with its job, on the given connection: call it in a transaction. Answers "active" when
 * one of the flow's runs is queued or running; the transaction is then over and must be rolled back.
 */
export async function enqueueRun(
  { db, queue }: { readonly db: Queryable; readonly queue: RunQueue },
  flowId: string,
  trigger: Run["trigger"],
  confirmation?: Confirmation,
  retryOf?: string,
): Promise<Run | "active"> {
  try {
    const run = await one(
      db,
      runSchema,
      `insert into runs (flow_id, trigger, scheduled_for, confirmation, retry_of) values ($1, $2, now(), $3, $4)
       returning ${runColumns}`,
      [flowId, trigger, confirmation ? JSON.stringify(confirmation) : null, retryOf ?? null],
    );
    await queue.send(db, { runId: run.id, flowId });
    return run;
  } catch (error) {
    if (isRefusedBy(error, "one_open_run_per_flow") || isRefusedBy(error, "one_run_per_slot")) return "active";
    throw error;
  }
}
