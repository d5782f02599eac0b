import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { combinations, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

const ends = [
  { side: "source", ids: (mode: string) => `[F3 ${mode}]` },
  { side: "destination", ids: (mode: string) => `[F2 ${mode}]` },
] as const;

describe.each(combinations)("$mode ($read)", (combination) => {
  it.each(ends.map(({ side, ids }) => ({ side, ids: ids(combination.mode) })))(
    "cut at each answer of the $side in turn: all of the run or nothing of it, and then all $ids",
    async ({ side }) => {
      let cuts = 0;
      for (let nth = 1; ; nth += 1) {
        const flow = await lane.flow(combination);
        const runId = randomUUID();
        const fault = lane[side].arm({
          at: ({ from, letter }) => from === "server" && letter === "C",
          nth,
          action: "cut",
        });
        const done = await flow.run({ runId }).catch(() => undefined);
        fault.disarm();
        await flow.expectContent(done ? "after" : "before");
        // The same run once more: what was done is not done again.
        expect((await flow.run({ runId })).alreadyApplied).toBe(done !== undefined);
        await flow.expectContent("after");
        await lane.expectNothingLeft();
        if (!fault.struck()) break;
        cuts += 1;
      }
      expect(cuts).toBeGreaterThan(10);
    },
  );
});
