import { forgetRejectedRows, readRejectedRows } from "@headgate/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openScene, untilRun, type Scene } from "./testing/scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  await scene.startWorker();
});
afterAll(() => scene.close());

test("refused rows are set aside, listed sealed, and forgotten after two weeks [R34]", async () => {
  const flow = await scene.newFlow({ mode: "upsert", rows: 500, badRows: "set_aside" });
  await scene.destination.query(`alter table ${flow.table} add constraint no_canary check (label <> 'item 77')`);
  const run = await flow.start();
  expect(await untilRun(scene.store, run.id, "succeeded", "failed")).toMatchObject({
    status: "succeeded",
    receipt: { read: 500, created: 499, rejected: 1 },
  });
  const listed = [{ key: "(77)", column: null, constraint: "no_canary", code: "value_refused" }];
  expect(await readRejectedRows(scene.store, run.id)).toEqual(listed);
  const { rows } = await scene.store.db.query<{ sealed: Buffer }>("select ciphertext as sealed from rejected_rows");
  expect(rows[0]?.sealed.toString("latin1")).not.toContain("no_canary");

  expect(await forgetRejectedRows(scene.store.db)).toBe(0);
  await scene.store.db.query("update rejected_rows set created_at = now() - interval '15 days'");
  expect(await forgetRejectedRows(scene.store.db)).toBe(1);
  expect(await readRejectedRows(scene.store, run.id)).toEqual([]);
});
