import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asks, combinations, openFaultLane, rowsFrom, tag, type FaultLane } from "../../../testing/fault-lane.ts";
import { contextWith } from "../../../testing/targets.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

const cut = { kind: "temporary", code: "line_cut", retryable: true };

/** Ends at the server every session but ours that is doing this. */
async function endSessions(doing: string): Promise<void> {
  const ended = await lane.query("select pg_terminate_backend(pid) from pg_stat_activity where query ilike $1", [
    doing,
  ]);
  expect(ended).not.toEqual([]);
}

describe.each(combinations)("$mode ($read)", (combination) => {
  const { mode } = combination;

  it(`changes nothing when the source dies in the middle of its rows, and ends well afterwards [F3 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    const fault = lane.source.arm({ at: rowsFrom("server"), nth: 40, action: "cut" });
    await expect(flow.run()).rejects.toMatchObject({ failure: { origin: "source", ...cut } });
    expect(fault.struck()).toBe(true);
    await flow.expectContent("before");
    await lane.expectNothingLeft();
    await flow.expectConverges();
  });

  it(`changes nothing when the destination's session is ended amid the rows, and ends well afterwards [F6 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    const action = () => endSessions(`copy%from stdin%`);
    const fault = lane.destination.arm({ at: rowsFrom("client"), action });
    await expect(flow.run()).rejects.toMatchObject({ failure: { origin: "destination", ...cut } });
    expect(fault.struck()).toBe(true);
    await flow.expectContent("before");
    await lane.expectNothingLeft();
    await flow.expectConverges();
  });

  it(`stops at once when a person says so while rows arrive, and ends well afterwards [F22 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    const stop = new AbortController();
    const action = async (): Promise<void> => stop.abort(new Error("stopped by a person"));
    const fault = lane.destination.arm({ at: rowsFrom("client"), action });
    await expect(flow.run({ context: contextWith({}, stop.signal) })).rejects.toThrow("stopped by a person");
    expect(fault.struck()).toBe(true);
    await flow.expectContent("before");
    await lane.expectNothingLeft();
    await flow.expectConverges();
  });
});

describe.each([
  { mode: "append", read: "incremental" },
  { mode: "mirror", read: "full" },
] as const)("a destination that falls silent under $mode", (combination) => {
  it.each([
    { name: "before its COPY is ready", at: asks("copy") },
    { name: "when all rows are sent", at: tag("COPY") },
  ])(
    `$name is given up, nothing stays, and the next attempt ends well [F5 ${combination.mode}] [V29]`,
    async ({ at }) => {
      const flow = await lane.flow(combination);
      const fault = lane.destination.arm({ at, action: "hold" });
      const run = flow.run({ context: contextWith({ stallMs: 1_000 }) });
      await expect(run).rejects.toMatchObject({ failure: { origin: "destination", ...cut } });
      expect(fault.struck()).toBe(true);
      await flow.expectContent("before");
      // Whoever still holds the flow's row at the server is ended by the next attempt.
      await flow.expectConverges();
      lane.destination.letGo();
      await lane.expectNothingLeft();
    },
  );
});
