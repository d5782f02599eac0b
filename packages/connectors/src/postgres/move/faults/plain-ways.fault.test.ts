import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";
import { contextWith } from "../../../testing/targets.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

/** Ways a mode takes where its quick one cannot be taken: all rows travel, or the table stays and its rows go. */
const ways = [
  { mode: "mirror", read: "full", diffRows: 0 },
  { mode: "replace", read: "full", diffRows: 10_000 },
] as const;

describe.each(ways)("$mode in its plain way", ({ mode, read, diffRows }) => {
  it.each(["source", "destination"] as const)(
    `cut at each answer of the %s in turn: all of the run or nothing of it, and then all [F1 ${mode}]`,
    async (side) => {
      const context = contextWith({ diffRows, lockMs: 20_000, connectMs: 30_000 });
      let cuts = 0;
      for (let nth = 1; ; nth += 1) {
        const flow = await lane.flow({ mode, read });
        // A table that is known to be small is filled again in place.
        await lane.query(`analyze dst.${flow.table}`);
        const runId = randomUUID();
        const at = ({ from, letter }: { from: string; letter: string }): boolean => from === "server" && letter === "C";
        const fault = lane[side].arm({ at, nth, action: "cut" });
        const done = await flow.run({ runId, context }).catch(() => undefined);
        fault.disarm();
        await flow.expectContent(done ? "after" : "before");
        expect((await flow.run({ runId, context })).alreadyApplied).toBe(done !== undefined);
        await flow.expectContent("after");
        await lane.expectNothingLeft();
        if (!fault.struck()) break;
        cuts += 1;
      }
      expect(cuts).toBeGreaterThan(10);
    },
  );
});
