import { confirmationHours, runSchema, type PlaceChoice, type Run } from "@headgate/contract";
import { maybeOne, type Queryable } from "../db.ts";
import type { RunQueue } from "../queue.ts";
import { enqueueRun } from "./enqueue.ts";
import { findRun, runColumns } from "./run-rows.ts";

/**
 * Answers a held run with yes: starts another that may do what was asked. Only the flow's newest run can be answered,
 * and only for a day, because later its numbers say little. Call it in a transaction.
 */
export async function confirmRun(
  store: { readonly db: Queryable; readonly queue: RunQueue },
  runId: string,
  { number, choice }: { readonly number: string; readonly choice?: PlaceChoice | undefined },
): Promise<Run | "active" | "not_asking" | "not_found" | "other_number"> {
  const asking = await maybeOne(
    store.db,
    runSchema,
    `select ${runColumns} from runs
      where id = $1 and status = 'needs_confirmation' and finished_at > now() - make_interval(hours => $2)
        and not exists (select from runs newer where newer.flow_id = runs.flow_id and newer.created_at > runs.created_at)
        for update`,
    [runId, confirmationHours],
  );
  if (!asking?.hold) return (await findRun(store.db, runId)) ? "not_asking" : "not_found";
  const { reason, created, deleted, confirmWith } = asking.hold;
  const goesOn = reason === "place_lost" && choice === "go_on";
  if (number !== confirmWith && !goesOn) return "other_number";
  // Where there are two ways on, a number alone says which rows but not whether to add them again.
  if (reason === "place_lost" && choice === undefined) return "other_number";
  const confirmation = { reason, created, deleted, ...(choice && { choice }) };
  return enqueueRun(store, asking.flowId, "manual", { confirmation });
}
