import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RowBatch } from "../batch-writer.ts";
import { batchesOf, orderWith, writeAll } from "../testing/batches.ts";
import type { RefusedItem } from "./deliver.ts";
import { createPace } from "./pace.ts";
import { sendInLanes, type LaneWork, type Packed } from "./lanes.ts";

/** Two rows to a parcel; a row's text is its id. */
function pack({ rows }: RowBatch): Packed<string> {
  const parcels = [];
  for (let at = 0; at < rows.length; at += 2) {
    const places = [at, at + 1].filter((place) => place < rows.length);
    parcels.push({ items: places.map((place) => rows[place]?.[0] ?? ""), rows: places });
  }
  return { parcels, rejected: [], sha256: `rows ${rows.length}`, keyOf: (row) => `[${rows[row]?.[0]}]` };
}

function work(lanes: number, deliver: LaneWork<string>["deliver"]): LaneWork<string> {
  return { lanes, pace: createPace(lanes), pack, deliver };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("acknowledges every batch once and in order, whoever is done first, and never opens more than its lanes", async () => {
  const cases = fc.record({
    rows: fc.integer({ min: 0, max: 60 }),
    batchRows: fc.integer({ min: 1, max: 9 }),
    lanes: fc.integer({ min: 1, max: 16 }),
    delays: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 7 }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ rows, batchRows, lanes, delays }) => {
      const sent: string[] = [];
      let busy = 0;
      let most = 0;
      const deliver = async (items: readonly string[]): Promise<readonly RefusedItem[]> => {
        most = Math.max(most, (busy += 1));
        for (let left = delays[sent.length % delays.length] ?? 0; left > 0; left -= 1) await turn();
        sent.push(...items);
        busy -= 1;
        return [];
      };
      const written = await writeAll(
        (batches) => sendInLanes(batches, orderWith(), work(lanes, deliver)),
        batchesOf(rows, batchRows),
      );
      const ids = Array.from({ length: rows }, (_, index) => String(index + 1));
      // With one lane the order of the rows is kept.
      expect(lanes === 1 ? sent : sent.toSorted((a, b) => Number(a) - Number(b))).toEqual(ids);
      expect(most).toBeLessThanOrEqual(lanes);
      expect(written.delivered).toBe(rows);
      const ends = Array.from({ length: Math.ceil(rows / batchRows) }, (_, seq) =>
        Math.min((seq + 1) * batchRows, rows),
      );
      expect(written.positions).toEqual(ends.map((end) => `after ${end}`));
    }),
  );
});

it("sends nothing of a batch before its plan is written down [F8 HTTP]", async () => {
  const story: string[] = [];
  const order = orderWith({
    onPlanned: async ({ seq, from, to, rows, sha256 }) => {
      await turn();
      story.push(`plan ${seq}: ${rows} rows from ${from} to ${to}, ${sha256}`);
    },
  });
  const deliver = async (items: readonly string[]) => {
    story.push(`sent ${items.join()}`);
    return [];
  };
  await writeAll((batches) => sendInLanes(batches, order, work(1, deliver)), batchesOf(3, 2));
  expect(story).toEqual([
    "plan 0: 2 rows from start to after 2, rows 2",
    "sent 1,2",
    "plan 1: 1 rows from after 2 to after 3, rows 1",
    "sent 3",
  ]);
});

it("a plan that cannot be written down stops before anything is sent [F8 HTTP]", async () => {
  const sent: unknown[] = [];
  const order = orderWith({ onPlanned: () => Promise.reject(new Error("the store is away")) });
  const deliver = async (items: readonly string[]) => {
    sent.push(items);
    return [];
  };
  const written = writeAll((batches) => sendInLanes(batches, order, work(4, deliver)), batchesOf(10, 2));
  await expect(written).rejects.toThrow("the store is away");
  expect(sent).toEqual([]);
});

describe("a lane that fails", () => {
  it("ends the others and hands over what was whole before it", async () => {
    const seen: string[] = [];
    const deliver = async (items: readonly string[]) => {
      if (items.includes("5")) throw new Error("refused login");
      return [];
    };
    const reading = sendInLanes(batchesOf(20, 2), orderWith(), work(1, deliver));
    const read = async (): Promise<void> => {
      for await (const { position } of reading) seen.push(position);
    };
    await expect(read()).rejects.toThrow("refused login");
    expect(seen).toEqual(["after 2", "after 4"]);
  });

  it("as the reader does, with the reader's own error", async () => {
    const broken = async function* (): AsyncGenerator<RowBatch> {
      yield* batchesOf(2, 2);
      throw new Error("the source is gone");
    };
    const written = writeAll(
      (batches) =>
        sendInLanes(
          batches,
          orderWith(),
          work(3, async () => []),
        ),
      broken(),
    );
    await expect(written).rejects.toThrow("the source is gone");
  });
});

describe("rejected rows", () => {
  const refuse =
    (ids: readonly string[]) =>
    async (items: readonly string[]): Promise<readonly RefusedItem[]> =>
      items.flatMap((id, index) =>
        ids.includes(id) ? [{ index, code: "row_refused" as const, sentence: "No." }] : [],
      );

  it("are told with their key, and the counts add up", async () => {
    const written = await writeAll(
      (batches) => sendInLanes(batches, orderWith(), work(2, refuse(["2", "7"]))),
      batchesOf(10, 4),
    );
    expect(written.delivered).toBe(8);
    expect(written.rejected).toEqual([
      { key: "[2]", code: "row_refused", sentence: "No." },
      { key: "[7]", code: "row_refused", sentence: "No." },
    ]);
  });

  it("beyond the limit fail the run", async () => {
    const order = orderWith({ rejectLimit: 1 });
    const written = writeAll((batches) => sendInLanes(batches, order, work(1, refuse(["2", "7"]))), batchesOf(10, 4));
    await expect(written).rejects.toMatchObject({ code: "too_many_rejected", facts: { rejected: "2", limit: "1" } });
  });
});

describe("stopping", () => {
  it("ends with the reason given, also while nothing moves [F22 HTTP]", async () => {
    const stop = new AbortController();
    const deliver: LaneWork<string>["deliver"] = (_items, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        stop.abort(new Error("cancelled"));
      });
    const order = orderWith({ signal: stop.signal });
    const written = writeAll((batches) => sendInLanes(batches, order, work(4, deliver)), batchesOf(100, 2));
    await expect(written).rejects.toThrow("cancelled");
  });

  it("by whoever listens ends reading too", async () => {
    let closed = false;
    const endless = async function* (): AsyncGenerator<RowBatch> {
      try {
        for (let seq = 0; ; seq += 1) yield { seq, rows: [[String(seq)]], versions: ["1"], position: String(seq) };
      } finally {
        closed = true;
      }
    };
    for await (const { seq } of sendInLanes(
      endless(),
      orderWith(),
      work(2, async () => []),
    ))
      if (seq === 5) break;
    expect(closed).toBe(true);
  });
});
