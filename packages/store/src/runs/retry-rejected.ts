import { flowDefinitionSchema, type Run } from "@headgate/contract";
import { isTableFlow, writeModeRules } from "@headgate/core";
import { z } from "zod";
import { maybeOne, type Queryable } from "../db.ts";
import type { RunQueue } from "../queue.ts";
import { enqueueRun } from "./enqueue.ts";

const askedSchema = z.object({
  flowId: z.string(),
  definition: flowDefinitionSchema,
  paused: z.boolean(),
  newest: z.boolean(),
  retriedBy: z.string().nullable(),
});

export type RetryState = {
  /** Whether the rows can be found by a key, are still listed, and no later run has had its say. */
  readonly retryable: boolean;
  readonly retriedBy: string | null;
};

type Asked = RetryState & { readonly flowId: string; readonly paused: boolean };

/** Only the newest run counts, whatever became of tries that failed: a later one may have brought the rows already. */
async function ask(db: Queryable, runId: string): Promise<Asked | undefined> {
  const row = await maybeOne(
    db,
    askedSchema,
    `select runs.flow_id as "flowId", flows.definition, flows.paused_at is not null as paused,
            runs.status = 'succeeded' and exists (select from rejected_rows where run_id = runs.id)
            and not exists (select from runs newer
                             where newer.flow_id = runs.flow_id and newer.created_at > runs.created_at
                               and (newer.retry_of is distinct from runs.id or newer.status = 'succeeded')) as newest,
            (select done.id from runs done where done.retry_of = runs.id and done.status = 'succeeded'
              limit 1) as "retriedBy"
       from runs join flows on flows.id = runs.flow_id where runs.id = $1`,
    [runId],
  );
  if (!row) return undefined;
  const { definition, newest, ...rest } = row;
  const { setsAside, needsSyncKey } = writeModeRules[definition.writeMode];
  const byKey = isTableFlow(definition) && setsAside && needsSyncKey && definition.syncKey.length > 0;
  // SQL that clears the table first would leave nothing but these few rows.
  const ownSql = definition.sqlBefore !== undefined || definition.sqlAfter !== undefined;
  return { ...rest, retryable: newest && byKey && !ownSql };
}

/** Whether the rows that a run set aside can be tried again, or were; undefined where there is no such run. */
export async function findRetryState(db: Queryable, runId: string): Promise<RetryState | undefined> {
  const asked = await ask(db, runId);
  return asked && { retryable: asked.retryable, retriedBy: asked.retriedBy };
}

/** Starts a run that tries the rows again which a run set aside. Call it in a transaction. */
export async function retryRejected(
  store: { readonly db: Queryable; readonly queue: RunQueue },
  runId: string,
): Promise<Run | "active" | "not_found" | "not_retryable" | "paused"> {
  const asked = await ask(store.db, runId);
  if (!asked) return "not_found";
  if (!asked.retryable) return "not_retryable";
  if (asked.paused) return "paused";
  return enqueueRun(store, asked.flowId, "retry", { retryOf: runId });
}
