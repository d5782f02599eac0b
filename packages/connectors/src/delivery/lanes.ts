import type { Acknowledgement, RejectedRow, RowBatch, WriterOrder } from "../batch-writer.ts";
import { WriterFault } from "../batch-writer.ts";
import { rowCount } from "../copy-text/copy-lines.ts";
import { createBell } from "./bell.ts";
import type { RefusedItem } from "./deliver.ts";
import type { Pace } from "./pace.ts";

/** What one request carries: items and the rows of the batch they were made from. */
export type Parcel<Item> = { readonly items: readonly Item[]; readonly rows: readonly number[] };

export type Packed<Item> = {
  readonly parcels: readonly Parcel<Item>[];
  readonly rejected: readonly RejectedRow[];
  readonly sha256: string;
  /** The key of a row, for those that are refused. */
  readonly keyOf: (row: number) => string;
};

export type LaneWork<Item> = {
  /** At most so many at once. */
  readonly lanes: number;
  /** How many of them go out now. */
  readonly pace: Pace;
  readonly pack: (batch: RowBatch) => Packed<Item>;
  readonly deliver: (items: readonly Item[], signal: AbortSignal, turn: number) => Promise<readonly RefusedItem[]>;
};

type Sending<Item> = { readonly from: OpenBatch; readonly parcel: Parcel<Item> };
/** A batch on its way, without its rows: those whom nobody holds any more are cleared away soonest. */
type OpenBatch = Pick<RowBatch, "seq" | "position"> &
  Pick<Packed<unknown>, "keyOf"> & { readonly count: number; readonly rejected: RejectedRow[]; left: number };

/**
 * Sends the parcels of all batches, `lanes` at once, and tells of every batch once all before it are done too. At most
 * one batch more than there are lanes is in memory, whoever is slow. With one lane parcels go out in order.
 */
export async function* sendInLanes<Item>(
  batches: AsyncIterable<RowBatch>,
  order: WriterOrder,
  { lanes, pace, pack, deliver }: LaneWork<Item>,
): AsyncGenerator<Acknowledgement> {
  const stop = new AbortController();
  const signal = AbortSignal.any([order.signal, stop.signal]);
  const news = createBell();
  const room = createBell();
  const open: OpenBatch[] = [];
  let rejectedRows = 0;
  const reject = (into: OpenBatch, rows: readonly RejectedRow[]): void => {
    into.rejected.push(...rows);
    rejectedRows += rows.length;
    if (rejectedRows <= order.rejectLimit) return;
    const facts = { rejected: String(rejectedRows), limit: String(order.rejectLimit) };
    throw new WriterFault("too_many_rejected", "settings", facts);
  };

  async function* parcels(): AsyncGenerator<Sending<Item>> {
    let from = order.from;
    for await (const batch of batches) {
      while (open.length > lanes && !signal.aborted) await room.heard();
      signal.throwIfAborted();
      const packed = pack(batch);
      const { seq, position } = batch;
      const count = rowCount(batch);
      await order.onPlanned?.({ seq, from, to: position, rows: count, sha256: packed.sha256 });
      from = position;
      const opened = { seq, position, count, keyOf: packed.keyOf, rejected: [], left: packed.parcels.length };
      open.push(opened);
      reject(opened, packed.rejected);
      news.ring();
      for (const parcel of packed.parcels) yield { from: opened, parcel };
    }
  }

  const source = parcels();
  const sendParcel = async ({ from, parcel }: Sending<Item>, turn: number): Promise<void> => {
    const refused = await deliver(parcel.items, signal, turn);
    reject(
      from,
      refused.map(({ index, code, sentence }) => ({
        key: from.keyOf(parcel.rows[index] ?? 0),
        code,
        sentence,
      })),
    );
    from.left -= 1;
    news.ring();
  };
  const runLane = async (): Promise<void> => {
    for (;;) {
      const turn = await pace.enter(signal);
      try {
        const next = await source.next();
        if (next.done) return;
        await sendParcel(next.value, turn);
      } finally {
        pace.leave();
      }
    }
  };
  const outcome: { failed?: { error: unknown }; ended?: true } = {};
  const finish = async (): Promise<void> => {
    const results = await Promise.allSettled(
      Array.from({ length: lanes }, async () => {
        try {
          await runLane();
        } catch (error) {
          outcome.failed ??= { error };
          stop.abort();
          room.ring();
        }
      }),
    );
    if (results.length > 0) outcome.ended = true;
    news.ring();
  };
  const onAbort = (): void => room.ring();
  signal.addEventListener("abort", onAbort, { once: true });
  const finished = finish();

  try {
    for (;;) {
      const first = open[0];
      if (first?.left === 0) {
        open.shift();
        room.ring();
        const { seq, position } = first;
        const delivered = first.count - first.rejected.length;
        yield { seq, position, delivered, rejected: first.rejected };
        continue;
      }
      if (outcome.ended) break;
      await news.heard();
    }
    order.signal.throwIfAborted();
    if (outcome.failed) throw outcome.failed.error;
  } finally {
    stop.abort();
    room.ring();
    await finished;
    await source.return(undefined);
  }
}
