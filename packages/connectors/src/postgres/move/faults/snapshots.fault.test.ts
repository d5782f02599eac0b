import { withClient } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modes, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";

const writers = 4;
const turns = 400;

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

describe.each(modes.filter(({ mode }) => mode === "mirror" || mode === "replace"))("$mode", (combination) => {
  const { mode } = combination;

  it(`amid writers that move amounts between rows, each run holds one moment: no amount is lost or twice [F10 ${mode}]`, async () => {
    const flow = await lane.flow(combination);
    await flow.run();
    await flow.expectContent("after");
    const sum = async (schema: string): Promise<object[]> =>
      lane.query(`select sum(n)::text as sum, count(*)::int as count from ${schema}.${flow.table} where id <= 50`);
    const amounts = await sum("src");
    let open = writers;
    const write = (writer: number): Promise<void> =>
      withClient(lane.database, lane.database.database, async (client) => {
        for (let turn = 0; turn < turns; turn += 1) {
          // The lower row first, so that two writers never wait for each other in a ring.
          const from = 1 + ((writer * 7 + turn) % 49);
          await client.query(`begin; update src.${flow.table} set n = n - ${turn} where id = ${from}; savepoint s`);
          await client.query(`update src.${flow.table} set n = n + ${turn} where id = ${from + 1}`);
          await client.query(turn % 7 === 0 ? "rollback" : "commit");
        }
      }).finally(() => (open -= 1));
    const all = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    const moments = new Set<string>();
    let runs = 0;
    while (open > 0) {
      await flow.run();
      moments.add(JSON.stringify(await sum("dst")));
      runs += 1;
    }
    await all;
    expect(runs).toBeGreaterThan(1);
    expect([...moments]).toEqual([JSON.stringify(amounts)]);
    await flow.run();
    expect(await sum("dst")).toEqual(amounts);
    await lane.query(
      `update model.${flow.table}_after m set n = s.n from src.${flow.table} s where s.id = m.id and s.id <= 50`,
    );
    await flow.expectContent("after");
  });
});
