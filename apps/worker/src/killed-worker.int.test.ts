import { spawn } from "node:child_process";
import { once } from "node:events";
import { findRun } from "@headgate/store";
import { withClient } from "@headgate/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { raiseBarrier } from "./testing/barrier.ts";
import { openScene, untilRun, type Scene } from "./testing/scene.ts";
import { startWorkerProcess } from "./testing/worker-process.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** Locks the store's row of a run, so that a worker can commit at the destination and then not say so. */
async function silence(runIds: readonly string[]): Promise<() => Promise<void>> {
  const locked = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const holding = withClient(scene.store.database, scene.store.database.database, async (client) => {
    await client.query("begin");
    await client.query("select from runs where id = any($1) for update", [runIds]);
    locked.resolve();
    await over.promise;
    await client.query("rollback");
  });
  await Promise.race([locked.promise, holding]);
  return async () => {
    // What a dead worker had asked for still waits at the server for our lock, and must not be done after all.
    await scene.store.db.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    over.resolve();
    await holding;
  };
}

// One worker cannot hold six runs, so two processes do; both are killed with all six at their points.
test("a worker killed with -9 in the middle, at COMMIT and after COMMIT: another takes over, nothing lost, nothing twice [F1 append] [F1 upsert]", async () => {
  const make = async (mode: "append" | "upsert") => ({
    middle: await scene.newFlow({ mode, rows: 5_000 }),
    commit: await scene.newFlow({ mode, rows: 5_000 }),
    after: await scene.newFlow({ mode, rows: 5_000 }),
  });
  const append = await make("append");
  const upsert = await make("upsert");
  const before = await raiseBarrier(scene.destination);
  const after = await raiseBarrier(scene.destination, 7_002);
  for (const { middle, commit, after: last } of [append, upsert]) {
    await before.guard(middle.table, "row", 3_000);
    await before.guard(commit.table, "commit", 3_000);
    await after.guard(last.table, "row", 3_000);
  }
  const workers = [await startWorkerProcess(scene), await startWorkerProcess(scene)];

  // After COMMIT, before the store knows: held in the middle until the store's rows are locked, then let through.
  const lastFlows = [append.after, upsert.after];
  const lastRuns = await Promise.all(lastFlows.map((flow) => flow.start()));
  await after.untilWaiting(2);
  const speak = await silence(lastRuns.map((run) => run.id));
  await after.open();
  const flows = [append.middle, append.commit, upsert.middle, upsert.commit];
  const runs = await Promise.all(flows.map((flow) => flow.start()));
  await before.untilWaiting(4);
  await vi.waitFor(
    async () => {
      const { rows } = await scene.destination.query("select from headgate.flow_state where run_id = any($1)", [
        lastRuns.map((run) => run.id),
      ]);
      expect(rows).toHaveLength(2);
    },
    { timeout: 60_000, interval: 20 },
  );

  for (const worker of workers) expect(await worker.kill("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
  await speak();
  for (const run of [...runs, ...lastRuns])
    expect(await findRun(scene.store.db, run.id)).toMatchObject({ status: "running", attempt: 1 });
  await before.open();

  const rescuer = await scene.startWorker({ concurrency: 6 });
  for (const [index, flow] of [...flows, ...lastFlows].entries()) {
    const ended = await untilRun(scene.store, [...runs, ...lastRuns][index]?.id ?? "", "succeeded", "failed");
    expect(ended).toMatchObject({ status: "succeeded", attempt: 2, receipt: { read: 5000, created: 5000 } });
    expect(await flow.difference()).toEqual({ missing: 0, extra: 0, rows: 5000 });
  }
  await rescuer.close();
});

test("a worker told to stop finishes what is under way, exits with 0, and has written no secret", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 5_000 });
  const barrier = await raiseBarrier(scene.destination);
  await barrier.guard(flow.table, "row", 3_000);
  const worker = await startWorkerProcess(scene);
  const run = await flow.start();
  await barrier.untilWaiting(1);
  const gone = worker.kill("SIGTERM");
  await vi.waitFor(() => expect(worker.output()).toContain("worker stops"), { timeout: 60_000, interval: 20 });
  await barrier.open();
  expect(await gone).toEqual({ code: 0, signal: null });
  expect(await findRun(scene.store.db, run.id)).toMatchObject({ status: "succeeded", attempt: 1 });
  expect(await flow.difference()).toEqual({ missing: 0, extra: 0, rows: 5000 });
  expect(worker.output()).not.toContain(scene.source.password);
  expect(worker.output()).not.toContain(scene.store.database.password);
});

test("a worker stops although whoever read its log died in the middle of it", async () => {
  const reader = spawn("sleep", ["1000"], { stdio: ["pipe", "ignore", "ignore"] });
  onTestFinished(() => void reader.kill("SIGKILL"));
  const worker = await startWorkerProcess(scene, reader);
  reader.kill("SIGKILL");
  await once(reader, "exit");
  expect(await worker.kill("SIGTERM")).toEqual({ code: 0, signal: null });
});
