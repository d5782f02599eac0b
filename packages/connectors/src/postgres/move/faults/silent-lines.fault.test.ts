import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asks, modes, openFaultLane, tag, type FaultLane } from "../../../testing/fault-lane.ts";
import { contextWith } from "../../../testing/targets.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

const points = [
  { name: "amid its rows", at: tag("COPY"), nth: 1, content: "before" },
  { name: "before COMMIT arrives", at: asks("commit"), nth: 2, content: "before" },
  { name: "before COMMIT is answered", at: tag("COMMIT"), nth: 2, content: "after" },
] as const;

describe.each(modes)("$mode ($read)", (combination) => {
  it.each(points)(
    `$name its destination falls silent: found out within a minute, and then all of it once [F5 ${combination.mode}]`,
    async ({ at, nth, content }) => {
      const flow = await lane.flow(combination);
      const fault = lane.destination.arm({ at, nth, action: "hold" });
      const began = performance.now();
      const ended = await flow.run({ context: contextWith({ stallMs: 1_000 }) }).catch((error: unknown) => error);
      expect(performance.now() - began).toBeLessThan(60_000);
      expect(fault.struck()).toBe(true);
      const cut = { failure: { origin: "destination", code: "line_cut", retryable: true } };
      expect(ended).toMatchObject(content === "after" ? { alreadyApplied: false } : cut);
      await flow.expectContent(content);
      lane.destination.letGo();
      await flow.expectConverges();
      await lane.expectNothingLeft();
    },
  );
});
