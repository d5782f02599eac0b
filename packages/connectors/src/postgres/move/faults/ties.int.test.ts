import { withClient } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { combinations, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

describe.each(combinations.filter(({ read }) => read === "incremental"))("$mode", (combination) => {
  const { mode } = combination;

  it(`takes 10,001 rows of one moment, and one written late under a savepoint, once each [F10 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    const { table } = flow;
    await flow.run();
    await flow.expectContent("after");
    // Where a mode only changes rows, there have to be some to change.
    if (mode === "update")
      await lane.query(`insert into dst.${table} select 3000000 + i, 'x', 0 from generate_series(1, 10002) i`);
    await withClient(lane.database, lane.database.database, async (late) => {
      await late.query(
        `begin; savepoint s; insert into src.${table} values (3010002, 'O''Brien, late', 1.50); release s`,
      );
      await lane.query(
        `insert into src.${table} select 3000000 + i, 'same moment', 7 from generate_series(1, 10001) i`,
      );
      await flow.run();
      await late.query("commit");
    });
    await flow.run();
    await lane.query(`delete from model.${table}_after where id > 3000000;
      insert into model.${table}_after select * from src.${table} where id > 3000000`);
    await flow.expectContent("after");
    expect((await flow.run()).receipt).toMatchObject({ read: 0, created: 0, updated: 0 });
  });
});
