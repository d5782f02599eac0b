import { withClient } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { combinations, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";

const writers = 8;
const turns = 625;

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

describe.each(combinations.filter(({ read, mode }) => read === "incremental" && mode !== "update"))("$mode", (one) => {
  const { mode } = one;
  const change = mode === "upsert";

  it(`loses and repeats none of 10,000 changes of eight writers with savepoints and late commits [F10 ${mode}]`, async () => {
    const flow = await lane.flow(one);
    const { table } = flow;
    await flow.run();
    let open = writers;
    const write = (writer: number): Promise<void> =>
      withClient(lane.database, lane.database.database, async (client) => {
        for (let turn = 0; turn < turns; turn += 1) {
          const id = 3_000_000 + writer * 10_000 + turn * 2;
          await client.query(`begin; insert into src.${table} values (${id}, 'first', 1)`);
          await client.query("savepoint s");
          await client.query(`insert into src.${table} values (${id + 1}, 'second', 1.0)`);
          if (change)
            await client.query(
              `update src.${table} set body = 'turn ${turn}' where id = ${3_000_000 + writer * 10_000}`,
            );
          if (turn % 5 === 0) await client.query("rollback to s");
          await client.query(turn % 11 === 0 ? "rollback" : "commit");
        }
      }).finally(() => (open -= 1));
    const all = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    while (open > 0) await flow.run();
    await all;
    await flow.run();
    await lane.query(`insert into model.${table}_after select * from src.${table} where id > 3000000`);
    await flow.expectContent("after");
    expect((await flow.run()).receipt).toMatchObject({ read: 0 });
  });
});
