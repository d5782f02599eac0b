import { findFlow, resumeFlow } from "@headgate/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openScene, untilRun, type Scene, type SceneFlow } from "./testing/scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  await scene.startWorker();
});
afterAll(() => scene.close());

async function runOnce(flow: SceneFlow) {
  const run = await flow.start();
  return untilRun(scene.store, run.id, "succeeded", "failed");
}

test("columns that do not travel may come and go: the run says so and goes on [F12 upsert]", async () => {
  const flow = await scene.newFlow({ mode: "upsert", rows: 100 });
  expect(await runOnce(flow)).toMatchObject({ status: "succeeded", notes: [] });
  await scene.source.query(`alter table ${flow.table} add a int, add b int, add c text`);
  await scene.destination.query(`alter table ${flow.table} alter weight set not null`);
  expect(await runOnce(flow)).toMatchObject({
    status: "succeeded",
    notes: [{ code: "columns_added", side: "source", columns: ["a", "b", "c"] }],
  });
  await scene.source.query(`alter table ${flow.table} drop a`);
  await scene.destination.query(`alter table ${flow.table} alter weight drop not null`);
  expect(await runOnce(flow)).toMatchObject({
    status: "succeeded",
    notes: [
      { code: "columns_gone", side: "source", columns: ["a"] },
      { code: "values_may_lack", side: "destination", columns: ["weight"] },
    ],
  });
  expect((await runOnce(flow)).notes).toEqual([]);
});

test("a column that travels and has another type pauses the flow; resuming says yes to exactly that [F12 insert_missing]", async () => {
  const flow = await scene.newFlow({ mode: "insert_missing", rows: 10 });
  const { db } = scene.store;
  await runOnce(flow);
  await scene.source.query(`alter table ${flow.table} alter label type varchar(40)`);
  const changed = { code: "schema_changed", retryable: false, facts: { column: "label", change: "column_type" } };
  expect(await runOnce(flow)).toMatchObject({ status: "failed", attempt: 1, failure: changed });
  const paused = { paused: true, pausedFor: "schema_changed", status: "needs_attention", nextRunAt: null };
  expect(await findFlow(db, flow.id)).toMatchObject(paused);

  // Another change than the one that somebody saw is not covered by the yes.
  await resumeFlow(db, flow.id);
  expect(await findFlow(db, flow.id)).toMatchObject({ paused: false, pausedFor: null });
  await scene.source.query(`alter table ${flow.table} alter label type varchar(30)`);
  expect(await runOnce(flow)).toMatchObject({ status: "failed", failure: changed });
  await resumeFlow(db, flow.id);
  expect(await runOnce(flow)).toMatchObject({ status: "succeeded", receipt: { skipped: 10 }, notes: [] });
  expect(await flow.difference()).toMatchObject({ missing: 0, rows: 10 });
});

test("a column that is gone cannot be accepted, and one that came is not taken for it [F12 mirror]", async () => {
  const flow = await scene.newFlow({ mode: "mirror", rows: 10 });
  await runOnce(flow);
  await scene.source.query(`alter table ${flow.table} rename label to title`);
  const gone = { code: "schema_changed", facts: { column: "label", change: "column_gone", added: "title" } };
  expect(await runOnce(flow)).toMatchObject({ failure: gone });
  await resumeFlow(scene.store.db, flow.id);
  expect(await runOnce(flow)).toMatchObject({ failure: gone });
  await resumeFlow(scene.store.db, flow.id);
  await scene.source.query(`alter table ${flow.table} rename title to label`);
  expect(await runOnce(flow)).toMatchObject({ status: "succeeded", receipt: { unchanged: 10, deleted: 0 } });
});

test("a flow whose table is not even there for its first run is paused too", async () => {
  const flow = await scene.newFlow({ mode: "append", rows: 1 });
  await scene.destination.query(`drop table ${flow.table}`);
  const run = await runOnce(flow);
  expect(run).toMatchObject({ failure: { code: "destination_table_missing" } });
  expect(await findFlow(scene.store.db, flow.id)).toMatchObject({ pausedFor: "destination_table_missing" });
});
