import type { Pool } from "pg";
import { z } from "zod";
import { inTransaction, maybeOne, one, type Queryable } from "./db.ts";

/** One attempt of a run, as `claimRun` handed it out. */
export type DeliveryOwner = { readonly flowId: string; readonly runId: string; readonly epoch: string };

const stateSchema = z.object({ position: z.unknown(), reading: z.unknown(), finished: z.boolean() });
const sumsSchema = z.object({
  batches: z.int(),
  position: z.string(),
  delivered: z.int(),
  rejected: z.int(),
});
export type BegunDelivery = z.infer<typeof stateSchema> & { readonly acknowledged: z.infer<typeof sumsSchema> };

/**
 * Makes this attempt the only one that may plan and acknowledge for its flow, and tells what is known; undefined when a
 * later attempt has already begun. What other runs planned is forgotten.
 */
export function beginDelivery(db: Pool, { flowId, runId, epoch }: DeliveryOwner): Promise<BegunDelivery | undefined> {
  return inTransaction(db, async (client) => {
    const state = await maybeOne(
      client,
      stateSchema,
      `insert into deliveries (flow_id, run_id, epoch) values ($1, $2, $3::bigint)
       on conflict (flow_id) do update
          set epoch = excluded.epoch, run_id = excluded.run_id,
              reading = case when deliveries.run_id = excluded.run_id then deliveries.reading end,
              finished = deliveries.finished and deliveries.run_id = excluded.run_id
        where deliveries.epoch <= excluded.epoch
       returning position, reading, finished`,
      [flowId, runId, epoch],
    );
    if (!state) return undefined;
    await client.query("delete from delivery_batches where flow_id = $1 and run_id <> $2", [flowId, runId]);
    const acknowledged = await one(
      client,
      sumsSchema,
      `select count(*)::int as batches, coalesce(sum(delivered), 0)::int as delivered,
              coalesce(sum(rejected), 0)::int as rejected,
              coalesce((array_agg(position order by seq desc))[1], '') as position
         from delivery_batches where flow_id = $1 and run_id = $2 and delivered is not null`,
      [flowId, runId],
    );
    return { ...state, acknowledged };
  });
}

/** Rows and columns of the one delivery that is still this attempt's. */
const held = "from deliveries where flow_id = $1 and run_id = $2 and epoch = $3::bigint";

/** Forgets the batches of this run; false when a later attempt has taken over, here and below. */
export async function restartDelivery(db: Queryable, { flowId, runId, epoch }: DeliveryOwner): Promise<boolean> {
  const { rowCount } = await db.query(
    `with mine as (select flow_id ${held}),
          gone as (delete from delivery_batches using mine where delivery_batches.flow_id = mine.flow_id)
     select from mine`,
    [flowId, runId, epoch],
  );
  return rowCount === 1;
}

/** Keeps the bounds of this run's reading for its next attempt. */
export async function keepReading(db: Queryable, owner: DeliveryOwner, reading: object): Promise<boolean> {
  const { flowId, runId, epoch } = owner;
  const { rowCount } = await db.query(
    "update deliveries set reading = $4 where flow_id = $1 and run_id = $2 and epoch = $3::bigint",
    [flowId, runId, epoch, JSON.stringify(reading)],
  );
  return rowCount === 1;
}

export type PlannedBatch = {
  readonly seq: number;
  readonly position: string;
  readonly rows: number;
  readonly sha256: string;
};

/** Writes down what is about to be sent, in place of what an earlier attempt meant to send there. */
export async function planBatch(db: Queryable, owner: DeliveryOwner, batch: PlannedBatch): Promise<boolean> {
  const { seq, position, rows, sha256 } = batch;
  const { rowCount } = await db.query(
    `insert into delivery_batches (flow_id, run_id, seq, position, row_count, sha256)
     select flow_id, run_id, $4::int, $5::text, $6::int, $7::text ${held}
     on conflict on constraint one_batch_per_place do update
        set position = excluded.position, row_count = excluded.row_count, sha256 = excluded.sha256, planned_at = now()`,
    [owner.flowId, owner.runId, owner.epoch, seq, position, rows, sha256],
  );
  return rowCount === 1;
}

export type SettledBatch = {
  readonly seq: number;
  readonly position: string;
  readonly delivered: number;
  readonly rejected: number;
};

/** Notes that a batch is safe at the destination; a file's batches were not planned, because a file is whole or absent. */
export async function acknowledgeBatch(db: Queryable, owner: DeliveryOwner, batch: SettledBatch): Promise<boolean> {
  const { seq, position, delivered, rejected } = batch;
  const { rowCount } = await db.query(
    `insert into delivery_batches (flow_id, run_id, seq, position, row_count, sha256, delivered, rejected)
     select flow_id, run_id, $4::int, $5::text, $6::int + $7::int, '', $6::int, $7::int ${held}
     on conflict on constraint one_batch_per_place do update
        set position = excluded.position, delivered = excluded.delivered, rejected = excluded.rejected`,
    [owner.flowId, owner.runId, owner.epoch, seq, position, delivered, rejected],
  );
  return rowCount === 1;
}

/** Moves the flow's position on: all that this run read is at the destination. */
export async function finishDelivery(db: Queryable, owner: DeliveryOwner, position: object): Promise<boolean> {
  const { flowId, runId, epoch } = owner;
  const { rowCount } = await db.query(
    `update deliveries set position = $4, finished = true
      where flow_id = $1 and run_id = $2 and epoch = $3::bigint`,
    [flowId, runId, epoch, JSON.stringify(position)],
  );
  return rowCount === 1;
}
