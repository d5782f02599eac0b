import { afterAll, beforeAll, expect, test } from "vitest";
import { openScene, untilRun, type Scene } from "./testing/scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  await scene.startWorker();
});
afterAll(() => scene.close());

test("a flow whose destination keeps no state goes on where our own store says, and leaves nothing there", async () => {
  const more = { keepsState: "headgate" } as const;
  const flow = await scene.newFlow({ mode: "append", rows: 100, readMode: "incremental", more });
  const runOnce = async () => {
    const run = await flow.start();
    return untilRun(scene.store, run.id, "succeeded", "failed");
  };
  expect(await runOnce()).toMatchObject({ status: "succeeded", receipt: { created: 100 } });
  expect(await runOnce()).toMatchObject({ status: "succeeded", receipt: { read: 0 } });
  await scene.source.query(`insert into ${flow.table} values (101, 'late', 1)`);
  expect(await runOnce()).toMatchObject({ status: "succeeded", receipt: { read: 1, created: 1 } });
  expect(await flow.difference()).toEqual({ missing: 0, extra: 0, rows: 101 });
  const { rows } = await scene.destination.query("select from pg_namespace where nspname = 'headgate'");
  expect(rows).toEqual([]);
});
