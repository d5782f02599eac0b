import type { RunFailure } from "@headgate/contract";
import type { Pool } from "pg";
import { z } from "zod";
import { many } from "../db.ts";
import type { RunQueue } from "../queue.ts";

/** A run whose workers died this often is given up: it may be what kills them. */
export const mostAttempts = 5;

const workerLost: RunFailure = {
  origin: "platform",
  kind: "temporary",
  code: "worker_lost",
  facts: { attempts: String(mostAttempts) },
  detail: "",
  retryable: true,
};

/**
 * Brings every open run back to work or to an end; to be called every few seconds by any number of processes. The queue
 * may lose or drop a job, the `runs` row decides: what waits without a job is sent again, what lost its worker too.
 */
export async function recoverRuns({ db, queue }: { readonly db: Pool; readonly queue: RunQueue }): Promise<void> {
  await db.query(
    `update runs
        set status = case when cancel_requested then 'cancelled' else 'failed' end,
            failure = case when cancel_requested then failure else $2::jsonb end,
            finished_at = now(), lease_expires_at = null, worker_id = null
      where status = 'running' and lease_expires_at < now() and (cancel_requested or attempt >= $1)`,
    [mostAttempts, JSON.stringify(workerLost)],
  );
  const waiting = await many(
    db,
    z.object({ runId: z.string(), flowId: z.string() }),
    `select id as "runId", flow_id as "flowId" from runs
      where (status = 'queued' and not_before <= now() and created_at < now() - interval '3 seconds')
         or (status = 'running' and lease_expires_at < now())
      order by created_at limit 1000`,
  );
  await queue.send(db, ...waiting);
}
