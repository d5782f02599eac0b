import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modes, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";
import { contextWith } from "../../../testing/targets.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

describe.each(modes)("$mode ($read)", (combination) => {
  it.each(["source", "destination"] as const)(
    `stopped at each answer of the %s in turn: all of the run or nothing of it, and then all [F22 ${combination.mode}]`,
    async (side) => {
      let stops = 0;
      for (let nth = 1; ; nth += 1) {
        const flow = await lane.flow(combination);
        const runId = randomUUID();
        const stop = new AbortController();
        const fault = lane[side].arm({
          at: ({ from, letter }) => from === "server" && letter === "C",
          nth,
          action: async () => stop.abort(new Error("stopped by a person")),
        });
        const stopped = await flow.run({ runId, context: contextWith({}, stop.signal) }).then(
          () => false,
          (error: unknown) => error === stop.signal.reason,
        );
        fault.disarm();
        await flow.expectContent(stopped ? "before" : "after");
        expect((await flow.run({ runId })).alreadyApplied).toBe(!stopped);
        await flow.expectContent("after");
        await lane.expectNothingLeft();
        if (!fault.struck()) break;
        stops += stopped ? 1 : 0;
      }
      expect(stops).toBeGreaterThan(8);
    },
  );
});
