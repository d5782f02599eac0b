import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asks, combinations, openFaultLane, tag, type FaultLane } from "../../../testing/fault-lane.ts";
import { contextWith } from "../../../testing/targets.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

// The first COMMIT of a run is that of its claim, the second that of its rows.
describe.each(combinations)("$mode ($read)", (combination) => {
  it(`whose COMMIT is answered into nothing has happened, once, and is not done again [F2 ${combination.mode}]`, async () => {
    const flow = await lane.flow(combination);
    const runId = randomUUID();
    const fault = lane.destination.arm({ at: tag("COMMIT"), nth: 2, action: "cut" });
    const first = await flow.run({ runId });
    expect(fault.struck()).toBe(true);
    expect(first.alreadyApplied).toBe(false);
    await flow.expectContent("after");
    expect(await flow.run({ runId })).toEqual({ receipt: first.receipt, alreadyApplied: true });
    await flow.expectContent("after");
    await lane.expectNothingLeft();
  });

  it("whose COMMIT never arrives leaves everything as it was, and the next attempt does it", async () => {
    const flow = await lane.flow(combination);
    const runId = randomUUID();
    const fault = lane.destination.arm({ at: asks("commit"), nth: 2, action: "cut" });
    await expect(flow.run({ runId })).rejects.toMatchObject({
      failure: { origin: "destination", code: "line_cut", retryable: true },
    });
    expect(fault.struck()).toBe(true);
    await flow.expectContent("before");
    expect((await flow.run({ runId })).alreadyApplied).toBe(false);
    await flow.expectContent("after");
    await lane.expectNothingLeft();
  });
});

describe("a line that goes dead without a word", () => {
  it.each([
    { name: "the answer to COMMIT is lost", at: tag("COMMIT"), content: "after" },
    { name: "COMMIT itself is lost", at: asks("commit"), content: "before" },
  ] as const)("when $name: it is noticed, and what became of it is found out [V29] [V30]", async ({ at, content }) => {
    const flow = await lane.flow({ mode: "mirror", read: "full" });
    const fault = lane.destination.arm({ at, nth: 2, action: "hold" });
    const ended = await flow.run({ context: contextWith({ stallMs: 1_000 }) }).catch((error: unknown) => error);
    expect(fault.struck()).toBe(true);
    expect(ended).toMatchObject(content === "after" ? { alreadyApplied: false } : { failure: { code: "line_cut" } });
    await flow.expectContent(content);
    lane.destination.letGo();
    await flow.expectConverges();
    await lane.expectNothingLeft();
  });
});
