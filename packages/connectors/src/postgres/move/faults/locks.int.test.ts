import { withClient } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { combinations, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";
import { contextWith } from "../../../testing/targets.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane({ deadlock_timeout: "300ms" });
});
afterAll(() => lane.close());

const locked = { failure: { origin: "destination", code: "table_locked", kind: "temporary", retryable: true } };

describe.each(combinations)("$mode ($read)", (combination) => {
  it(`meets a table somebody holds and then a deadlock: it may be tried again, and ends well [F17 ${combination.mode}]`, async () => {
    const flow = await lane.flow(combination);
    await withClient(lane.database, lane.database.database, async (other) => {
      await other.query(`begin; set local deadlock_timeout = '1h'; lock table dst.${flow.table} in exclusive mode`);
      await expect(flow.run({ context: contextWith({ lockMs: 100 }) })).rejects.toMatchObject(locked);

      // Our run holds the flow's row and waits for the table; the other holds the table and asks for that row.
      const ended = flow.run({ context: contextWith({ lockMs: 10_000 }) }).catch((error: unknown) => error);
      const waiting = `select from pg_locks where relation = 'dst.${flow.table}'::regclass and not granted`;
      await expect.poll(() => lane.query(waiting), { timeout: 30_000, interval: 5 }).not.toEqual([]);
      await other.query(`select from headgate.flow_state where flow_id = '${flow.flowId}' for update`);
      expect(await ended).toMatchObject(locked);
      await other.query("rollback");
    });
    await flow.expectContent("before");
    await lane.expectNothingLeft();
    await flow.expectConverges();
  });
});
