import { randomUUID } from "node:crypto";
import type { Acknowledgement, BatchWriter, Column, RowBatch, TextRow, WriterOrder } from "../batch-writer.ts";
import type { Clock } from "../delivery/clock.ts";

export const columns: readonly Column[] = [
  { name: "id", typeName: "pg_catalog.int8" },
  { name: "name", typeName: "pg_catalog.text" },
];

/** Rows `(n, 'name n')` from `first` on, cut into batches, each row with a version of its own. */
export async function* batchesOf(rows: number, batchRows: number, version = "1"): AsyncGenerator<RowBatch> {
  for (let seq = 0; seq * batchRows < rows; seq += 1) {
    const from = seq * batchRows;
    const length = Math.min(batchRows, rows - from);
    const list = Array.from({ length }, (_, index): TextRow => [String(from + index + 1), `name ${from + index + 1}`]);
    yield { seq, rows: list, versions: list.map(() => version), position: `after ${from + length}` };
  }
}

/** The given rows as one batch. */
export async function* oneBatch(rows: readonly TextRow[], versions?: readonly string[]): AsyncGenerator<RowBatch> {
  yield { seq: 0, rows, versions: versions ?? rows.map(() => "1"), position: "end" };
}

export function orderWith(change: Partial<WriterOrder> = {}): WriterOrder {
  return {
    flowId: "5c1d2a46-7f4e-4f0a-9e43-5d9c55d4a4a1",
    runId: randomUUID(),
    columns,
    key: ["id"],
    from: "start",
    signal: new AbortController().signal,
    rejectLimit: 100,
    ...change,
  };
}

export type Written = {
  readonly delivered: number;
  readonly rejected: Acknowledgement["rejected"];
  readonly positions: readonly string[];
};

/** Writes everything and adds up what was acknowledged. */
export async function writeAll(writer: BatchWriter, batches: AsyncIterable<RowBatch>): Promise<Written> {
  const acknowledged: Acknowledgement[] = [];
  for await (const one of writer(batches)) acknowledged.push(one);
  return {
    delivered: acknowledged.reduce((sum, { delivered }) => sum + delivered, 0),
    rejected: acknowledged.flatMap(({ rejected }) => rejected),
    positions: acknowledged.map(({ position }) => position),
  };
}

export type PlayedClock = Clock & { readonly pauses: readonly number[] };

/** A clock on which pauses take no time, and chance always says `chance`. */
export function playedClock(chance = 0.5): PlayedClock {
  let now = Date.parse("2026-03-01T12:00:00Z");
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    random: () => chance,
    pause: async (milliseconds, signal) => {
      signal.throwIfAborted();
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
}
