import { startFaultProxy, startStandby, withClient } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { RunHeld } from "../mirror-guards.ts";
import { asks, modes, openFaultLane, rowsFrom, type Combination, type FaultLane } from "../../../testing/fault-lane.ts";

let lane: FaultLane;

beforeAll(async () => {
  lane = await openFaultLane();
});
afterAll(() => lane.close());

/** A flow that reads from a replica of the lane's server, which ends whoever keeps it from following. */
async function flowFromReplica(combination: Combination) {
  const replica = await startStandby(lane.server, { max_standby_streaming_delay: "0", autovacuum: "off" });
  const line = await startFaultProxy(replica);
  onTestFinished(async () => {
    await line.close();
    await replica.stop();
  });
  const through = { source: line, destination: lane.destination };
  const flow = await lane.flow(combination, { through, beforeRun: () => replica.catchUp() });
  return { replica, line, flow };
}

/** The reason why a mode asks a person after a fail-over; the others read every row again. */
const asked: Readonly<Record<string, string>> = {
  append: "place_lost",
  mirror: "source_changed",
  replace: "source_changed",
};

describe.each(modes)("$mode ($read)", (combination) => {
  const { mode } = combination;

  it(`from a replica that cannot wait for the end of its rows: nothing happens, and the next run does it all [F14 ${mode}]`, async () => {
    const { replica, line, flow } = await flowFromReplica(combination);
    const action = async (): Promise<void> => {
      await lane.query(`begin; lock table src.${flow.table} in access exclusive mode; commit`);
      await replica.catchUp();
    };
    const fault = line.arm({ at: asks("copy"), action });
    await expect(flow.run()).rejects.toMatchObject({
      failure: { origin: "source", code: "line_cut", retryable: true },
    });
    expect(fault.struck()).toBe(true);
    await flow.expectContent("before");
    await flow.expectConverges();
  });

  it(`from a replica that becomes a primary amid its rows: nothing is missed afterwards, or a person is asked [F14 ${mode}]`, async () => {
    const { replica, line, flow } = await flowFromReplica(combination);
    const fault = line.arm({ at: rowsFrom("server"), action: () => replica.promote() });
    await flow.run();
    expect(fault.struck()).toBe(true);
    await flow.expectContent("after");
    await lane.query(`insert into dst.${flow.table} select 8000001, 'older', 0 where '${mode}' = 'update'`);
    await withClient(replica, lane.database.database, (client) =>
      // A mirror asks only where it would delete.
      client.query(
        `delete from src.${flow.table} where id = 7; insert into src.${flow.table} values (8000001, 'after the fork', 1)`,
      ),
    );
    const ended = await flow.run().then(
      () => "ran",
      (error: unknown) => (error instanceof RunHeld ? error.hold.reason : error),
    );
    expect(ended).toBe(asked[mode] ?? "ran");
    const arrived = await lane.query(`select from dst.${flow.table} where body = 'after the fork'`);
    expect(arrived).toHaveLength(asked[mode] ? 0 : 1);
  });
});
