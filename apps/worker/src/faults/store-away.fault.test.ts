import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { untilRun } from "../testing/scene.ts";
import { storeAway } from "../testing/store-away.ts";
import { batches, heldRuns, openWorkerLane, type WorkerLane } from "../testing/worker-lane.ts";

let lane: WorkerLane;

beforeAll(async () => {
  lane = await openWorkerLane();
});
afterAll(() => lane.close());

describe.each(batches)("runs of $names", ({ those }) => {
  const ids = those.map(({ mode }) => `[F8 ${mode}]`).join(" ");

  it(`while the store is away for five seconds: they end at the destination, and are told later ${ids}`, async () => {
    const { worker, runs } = await heldRuns(lane, those);
    const back = await storeAway(lane.store);
    const away = pause(5_000);
    for (const { halt } of runs) halt.letGo();
    const committed = "select from headgate.flow_state where run_id = any($1)";
    await vi.waitFor(
      async () =>
        expect((await lane.database.query(committed, [runs.map(({ id }) => id)])).rows).toHaveLength(runs.length),
      { timeout: 60_000, interval: 20 },
    );
    await away;
    await back();
    for (const { flow, ...run } of runs) {
      await untilRun(lane.store, run.id, "succeeded", "failed");
      await flow.expectHolds("after", run, { status: "succeeded", attempt: 1 }, [worker]);
      await flow.expectConverges();
    }
    expect(await worker.kill("SIGTERM")).toEqual({ code: 0, signal: null });
  });

  it(`while the store is away for too long: given up before the lease ends, and done by the next attempt ${ids}`, async () => {
    const { worker, runs } = await heldRuns(lane, those);
    const cutOff = performance.now();
    const back = await storeAway(lane.store);
    const ours = "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    await vi.waitFor(async () => expect((await lane.database.query(ours)).rows).toEqual([]), {
      timeout: 60_000,
      interval: 50,
    });
    // A lease is 15 s; whoever takes the run after that meets nobody.
    expect(performance.now() - cutOff).toBeLessThan(15_000);
    for (const { halt } of runs) halt.letGo();
    await back();
    for (const { flow, ...run } of runs) {
      await untilRun(lane.store, run.id, "succeeded", "failed");
      await flow.expectHolds("after", run, { status: "succeeded", attempt: 2 }, [worker]);
      await flow.expectConverges();
    }
    expect(await worker.kill("SIGTERM")).toEqual({ code: 0, signal: null });
  });
});
