import { findRetryState, forgetRejectedRows, inTransaction, readRejectedRows, retryRejected } from "@headgate/store";
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

test("rows that were put right at the source arrive when they are tried again, the others are listed once more", async () => {
  const flow = await scene.newFlow({ mode: "upsert", rows: 500, badRows: "set_aside" });
  await scene.destination.query(`alter table ${flow.table} add constraint no_canary check (label not like 'bad%')`);
  await scene.source.query(`update ${flow.table} set label = 'bad ' || id where id in (7, 77, 300)`);
  const run = await flow.start();
  await untilRun(scene.store, run.id, "succeeded", "failed");
  expect(await readRejectedRows(scene.store, run.id)).toHaveLength(3);
  await scene.source.query(`update ${flow.table} set label = 'good' where id = 7`);
  await scene.source.query(`delete from ${flow.table} where id = 300`);

  const retried = await inTransaction(scene.store.db, (db) => retryRejected({ db, queue: scene.store.queue }, run.id));
  if (typeof retried === "string") throw new Error(retried);
  expect(await untilRun(scene.store, retried.id, "succeeded", "failed")).toMatchObject({
    status: "succeeded",
    trigger: "retry",
    receipt: { read: 2, created: 1, rejected: 1 },
    notes: [{ code: "rows_not_found", rows: 1 }],
  });
  expect(await readRejectedRows(scene.store, retried.id)).toMatchObject([
    { key: "(300)", code: "row_not_found" },
    { key: "(77)", code: "value_refused" },
  ]);
  expect(await findRetryState(scene.store.db, run.id)).toEqual({ retryable: false, retriedBy: retried.id });
  expect(await flow.difference()).toMatchObject({ missing: 1, extra: 0 });
});
