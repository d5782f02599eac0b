import { runSchema, type Run } from "@headgate/contract";
import { z } from "zod";
import { maybeOne, type Queryable } from "../db.ts";
import { findRun, runColumns } from "./run-rows.ts";

/** Asks a run to stop. One that still waits ends at once; one under way ends when its worker has rolled back. */
export async function requestCancel(db: Queryable, runId: string): Promise<Run | "not_active" | "not_found"> {
  const run = await maybeOne(
    db,
    runSchema,
    `update runs
        set cancel_requested = true,
            status = case status when 'queued' then 'cancelled' else status end,
            finished_at = case status when 'queued' then now() end
      where id = $1 and status in ('queued', 'running') returning ${runColumns}`,
    [runId],
  );
  if (run) return run;
  return (await findRun(db, runId)) ? "not_active" : "not_found";
}

/** Whether a person asked this run to stop; `renewLease` answers it too. */
export async function isCancelRequested(db: Queryable, runId: string): Promise<boolean> {
  const row = await maybeOne(
    db,
    z.object({ requested: z.boolean() }),
    "select cancel_requested as requested from runs where id = $1",
    [runId],
  );
  return row?.requested ?? true;
}
