import { z } from "zod";
import { maybeOne, type Queryable } from "../db.ts";

type Claim = { readonly flowId: string; readonly epoch: string };

/** What a run leaves behind for the next one; only the connector reads into it. */
export type OwnState = {
  readonly runId: string;
  readonly receipt: unknown;
  readonly position: unknown;
  readonly identity: unknown;
};

const stateSchema = z.object({
  seq: z.string(),
  epoch: z.string(),
  runId: z.string().nullable(),
  receipt: z.unknown(),
  position: z.unknown(),
  identity: z.unknown(),
});
export type KeptState = z.infer<typeof stateSchema>;

const columns = `seq::text as seq, epoch::text as epoch, run_id as "runId", receipt, position, source_identity as identity`;

/** Makes this attempt the flow's only one and answers its state; undefined when a later attempt already did. */
export function claimOwnState(db: Queryable, { flowId, epoch }: Claim): Promise<KeptState | undefined> {
  return maybeOne(
    db,
    stateSchema,
    `insert into flow_states as state (flow_id, epoch) values ($1, $2)
     on conflict (flow_id) do update set epoch = excluded.epoch, updated_at = now() where state.epoch <= excluded.epoch
     returning ${columns}`,
    [flowId, epoch],
  );
}

/** Whether this attempt still is the flow's only one, and stands where it thinks it does. */
export async function holdsOwnState(db: Queryable, { flowId, epoch }: Claim, seq: string): Promise<boolean> {
  const found = await db.query("select from flow_states where flow_id = $1 and epoch = $2 and seq = $3", [
    flowId,
    epoch,
    seq,
  ]);
  return found.rowCount === 1;
}

/** Writes down what has just been committed at the destination; false when a later attempt has taken over. */
export async function saveOwnState(
  db: Queryable,
  { flowId, epoch }: Claim,
  seq: string,
  { runId, receipt, position, identity }: OwnState,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update flow_states set seq = seq + 1, run_id = $4, receipt = $5, position = $6, source_identity = $7, updated_at = now()
      where flow_id = $1 and epoch = $2 and seq = $3`,
    [flowId, epoch, seq, runId, ...[receipt, position, identity].map((document) => JSON.stringify(document ?? null))],
  );
  return rowCount === 1;
}
