import { startSlowProxy, type SlowLine } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { modes, openFaultLane, type FaultLane } from "../../../testing/fault-lane.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

const lines: readonly (SlowLine & { readonly name: string })[] = [
  { name: "that take 300 ms there and back", latencyMs: 150 },
  { name: "of 64 KB/s", bytesPerSecond: 65_536 },
  { name: "that cut every message to single bytes", sliceBytes: 1 },
];

describe.each(modes)("$mode ($read)", (combination) => {
  it.each(lines)(`over lines $name: exact, in its time [F16 ${combination.mode}]`, async (line) => {
    const source = await startSlowProxy(lane.server, line);
    const destination = await startSlowProxy(lane.server, line);
    onTestFinished(async () => {
      await source.close();
      await destination.close();
    });
    const flow = await lane.flow(combination, { through: { source, destination } });
    expect((await flow.run()).receipt).toMatchObject({ rejected: 0 });
    await flow.expectContent("after");
  });
});

/** So many bytes of the source's rows in all. */
const bytes = 64_000_000;

it("holds no more in memory than what is on its way, however fast the source and slow the destination is [F16]", async () => {
  const destination = await startSlowProxy(lane.server, { bytesPerSecond: 8_000_000 });
  onTestFinished(() => destination.close());
  const more = (table: string): string =>
    `insert into ${table} select 3000000 + i, repeat(md5(i::text), 1000), i from generate_series(1, ${bytes / 32_000}) i`;
  const flow = await lane.flow(
    { mode: "append", read: "incremental" },
    { through: { source: lane.server, destination }, more },
  );
  await lane.query(
    `insert into model.${flow.table}_after select * from src.${flow.table} where id > 3000000 except all
     select * from model.${flow.table}_after`,
  );
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = 0;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  await flow.run().finally(() => clearInterval(look));
  await flow.expectContent("after");
  expect(most - before).toBeLessThan(bytes);
});
