import { runSchema, type Run } from "@headgate/contract";
import { instant, many, maybeOne, type Queryable } from "../db.ts";

/** The columns of one run as the contract names them; the table is called `runs` in the query. */
export const runColumns = `runs.id, runs.flow_id as "flowId", runs.trigger, runs.status, runs.attempt,
  runs.cancel_requested as "cancelRequested", ${instant("runs.scheduled_for")} as "scheduledFor",
  ${instant("runs.started_at")} as "startedAt", ${instant("runs.finished_at")} as "finishedAt",
  runs.progress, runs.receipt, runs.failure, runs.hold, runs.notes`;

/** One run, or undefined. */
export function findRun(db: Queryable, id: string): Promise<Run | undefined> {
  return maybeOne(db, runSchema, `select ${runColumns} from runs where id = $1`, [id]);
}

/** The last runs of a flow, newest first. */
export function listRuns(db: Queryable, flowId: string, limit: number): Promise<Run[]> {
  return many(
    db,
    runSchema,
    `select ${runColumns} from runs where flow_id = $1 order by created_at desc, id limit $2`,
    [flowId, limit],
  );
}
