import { findRun, listRuns, liveWorkers } from "@headgate/store";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { raiseBarrier } from "./testing/barrier.ts";
import { openScene, untilRun, type Scene } from "./testing/scene.ts";
import { storeAway } from "./testing/store-away.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const hourly = { kind: "every", every: 1, unit: "hours", timeZone: "UTC", missed: "catch_up" } as const;

test("a due slot becomes one run, although two workers tick and take", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 500, schedule: hourly });
  const workers = [await scene.startWorker(), await scene.startWorker()];
  expect((await liveWorkers(scene.store.db)).map(({ id }) => id)).toEqual(
    expect.arrayContaining(workers.map(({ id }) => id)),
  );
  await scene.store.db.query("update flows set next_run_at = now() - interval '3 hours' where id = $1", [flow.id]);
  const run = await vi.waitFor(
    async () => {
      const [first] = await listRuns(scene.store.db, flow.id, 10);
      if (!first) throw new Error("no run yet");
      return first;
    },
    { timeout: 60_000, interval: 50 },
  );
  expect(await untilRun(scene.store, run.id, "succeeded", "failed")).toMatchObject({
    status: "succeeded",
    trigger: "schedule",
    attempt: 1,
  });
  for (const worker of workers) await worker.close();
  expect(await listRuns(scene.store.db, flow.id, 10)).toHaveLength(1);
  expect(await flow.difference()).toEqual({ missing: 0, extra: 0, rows: 500 });
  expect(await liveWorkers(scene.store.db)).toEqual([]);
});

test("a run that is not over when the worker must end goes back to the queue, and another one executes it [R83]", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 3_000 });
  const barrier = await raiseBarrier(scene.destination, 8_001);
  await barrier.guard(flow.table, "row", 2_000);
  const first = await scene.startWorker();
  const run = await flow.start();
  await barrier.untilWaiting(1);
  await first.close(100);
  expect(await findRun(scene.store.db, run.id)).toMatchObject({ status: "queued", attempt: 1, finishedAt: null });
  expect(await flow.difference()).toMatchObject({ rows: 0 });
  await barrier.open();
  const second = await scene.startWorker();
  expect(await untilRun(scene.store, run.id, "succeeded", "failed")).toMatchObject({ status: "succeeded", attempt: 2 });
  expect(await flow.difference()).toEqual({ missing: 0, extra: 0, rows: 3000 });
  await second.close();
});

test("a store that is away for a moment costs nothing: the run goes on and its end is told later [F8 append]", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 3_000 });
  const barrier = await raiseBarrier(scene.destination, 8_002);
  await barrier.guard(flow.table, "row", 2_000);
  const worker = await scene.startWorker();
  const run = await flow.start();
  await barrier.untilWaiting(1);
  const back = await storeAway(scene.store);
  await barrier.open();
  await vi.waitFor(async () => expect(await flow.difference()).toMatchObject({ rows: 3000 }), {
    timeout: 60_000,
    interval: 50,
  });
  await back();
  expect(await untilRun(scene.store, run.id, "succeeded", "failed")).toMatchObject({ status: "succeeded", attempt: 1 });
  const next = await scene.newFlow({ mode: "upsert", rows: 10 });
  const nextRun = await next.start();
  expect(await untilRun(scene.store, nextRun.id, "succeeded", "failed")).toMatchObject({ status: "succeeded" });
  expect(await flow.difference()).toEqual({ missing: 0, extra: 0, rows: 3000 });
  await worker.close();
});

test("a worker that cannot renew its lease ends the run by its own clock before the lease ends [F8 upsert]", async () => {
  const flow = await scene.newFlow({ mode: "upsert", rows: 3_000 });
  const barrier = await raiseBarrier(scene.destination, 8_003);
  await barrier.guard(flow.table, "row", 2_000);
  // Long enough that the margin at its end is not used up by a machine that is busy.
  const leaseSeconds = 8;
  const worker = await scene.startWorker({ leaseSeconds });
  const run = await flow.start();
  await barrier.untilWaiting(1);
  const back = await storeAway(scene.store);
  const cutOff = performance.now();
  await vi.waitFor(
    async () => {
      const { rows } = await scene.destination.query(
        "select from pg_stat_activity where datname = $1 and wait_event = 'advisory'",
        [scene.destination.database],
      );
      expect(rows).toEqual([]);
    },
    { timeout: 60_000, interval: 20 },
  );
  expect(performance.now() - cutOff).toBeLessThan(leaseSeconds * 1000);
  expect(await flow.difference()).toMatchObject({ rows: 0 });
  await barrier.open();
  await back();
  expect(await untilRun(scene.store, run.id, "succeeded", "failed")).toMatchObject({ status: "succeeded", attempt: 2 });
  expect(await flow.difference()).toEqual({ missing: 0, extra: 0, rows: 3000 });
  await worker.close();
});
