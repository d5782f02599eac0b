import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modes, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
  await lane.query(`create function dst.refuse() returns trigger language plpgsql as
    'begin raise exception using errcode = ''23514'', message = ''refused''; end'`);
});
afterAll(() => lane.close());

// Each mode changes row 5 or brings row 2000007.
const bad = "(id = 5 and body like 'second%' or id = 2000007)";
const refusals = [
  {
    name: "as they come",
    add: (table: string) => `alter table ${table} add constraint no check (not ${bad}) not valid`,
    drop: (table: string) => `alter table ${table} drop constraint no`,
  },
  {
    name: "at COMMIT",
    add: (table: string) => `create constraint trigger no after insert or update on ${table} initially deferred
      for each row when (${bad.replaceAll(/\b(id|body)\b/g, "new.$1")}) execute function dst.refuse()`,
    drop: (table: string) => `drop trigger no on ${table}`,
  },
];

describe.each(modes)("$mode ($read)", (combination) => {
  it.each(refusals)(
    `whose rows the destination refuses $name ends whole where it may set none aside [F11 ${combination.mode}]`,
    async ({ add, drop }) => {
      const flow = await lane.flow(combination);
      await lane.query(add(`dst.${flow.table}`));
      await expect(flow.run()).rejects.toMatchObject({
        failure: { origin: "destination", code: "value_refused", kind: "settings" },
      });
      await flow.expectContent("before");
      await lane.query(drop(`dst.${flow.table}`));
      await flow.expectConverges();
      await lane.expectNothingLeft();
    },
  );
});
