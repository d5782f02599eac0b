import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunHeld } from "../mirror-guards.ts";
import { modes, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

const changes = [
  { name: "another server by the same address", part: "system", value: "1" },
  { name: "a server that went on from an earlier moment", part: "timeline", value: "99" },
] as const;

const asked: Readonly<Record<string, string>> = {
  append: "place_lost",
  mirror: "source_changed",
  replace: "source_changed",
};

describe.each(modes)("$mode ($read)", (combination) => {
  const { mode } = combination;

  it.each(changes)(
    `from $name, where transactions have other numbers: it asks a person, or reads every row again [F20 ${mode}]`,
    async ({ part, value }) => {
      const flow = await lane.flow(combination);
      await lane.query(
        `update headgate.flow_state set source_identity = jsonb_set(source_identity, $2, to_jsonb($3::text)) where flow_id = $1`,
        [flow.flowId, [part], value],
      );
      const ended = await flow.run().then(
        () => "ran",
        (error: unknown) => (error instanceof RunHeld ? error.hold.reason : error),
      );
      const hold = asked[mode];
      expect(ended).toBe(hold ?? "ran");
      await flow.expectContent(hold ? "before" : "after");
    },
  );
});
