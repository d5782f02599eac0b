import { confirmRun, findRun, inTransaction } from "@headgate/store";
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
  return untilRun(scene.store, run.id, "succeeded", "failed", "needs_confirmation");
}

function answer(runId: string, number: string) {
  return inTransaction(scene.store.db, (db) => confirmRun({ db, queue: scene.store.queue }, runId, { number }));
}

test("a mirror that would delete too much ends as a question, and the typed number lets one run do it [G4]", async () => {
  const flow = await scene.newFlow({ mode: "mirror", rows: 1_000 });
  await runOnce(flow);
  await scene.source.query(`delete from ${flow.table} where id <= 300`);
  const asking = await runOnce(flow);
  expect(asking).toMatchObject({ status: "needs_confirmation", receipt: null, failure: null, attempt: 1 });
  expect(asking.hold).toMatchObject({ reason: "too_many_deletes", deleted: 300, confirmWith: "300" });
  expect(await flow.difference()).toMatchObject({ extra: 300 });

  expect(await answer(asking.id, "299")).toBe("other_number");
  const allowed = await answer(asking.id, "300");
  if (typeof allowed === "string") throw new Error(allowed);
  expect(await untilRun(scene.store, allowed.id, "succeeded", "failed", "needs_confirmation")).toMatchObject({
    status: "succeeded",
    receipt: { read: 700, deleted: 300 },
  });
  expect(await flow.difference()).toEqual({ missing: 0, extra: 0, rows: 700 });

  await scene.source.query(`delete from ${flow.table} where id <= 600`);
  expect(await runOnce(flow)).toMatchObject({ status: "needs_confirmation", hold: { deleted: 300 } });
});

test("an old question, and one that a newer run has overtaken, cannot be answered", async () => {
  const flow = await scene.newFlow({ mode: "mirror", rows: 100 });
  await runOnce(flow);
  await scene.source.query(`truncate ${flow.table}`);
  const first = await runOnce(flow);
  const second = await runOnce(flow);
  expect(await answer(first.id, "100")).toBe("not_asking");
  await scene.store.db.query("update runs set finished_at = now() - interval '25 hours' where id = $1", [second.id]);
  expect(await answer(second.id, "100")).toBe("not_asking");
  expect(await findRun(scene.store.db, second.id)).toMatchObject({ status: "needs_confirmation" });
});

test("a flow that only adds rows asks when its table was rewritten, and the typed number lets one run add them [V22]", async () => {
  const flow = await scene.newFlow({ mode: "append", readMode: "incremental", rows: 10_001 });
  await scene.destination.query(`alter table ${flow.table} drop constraint ${flow.table}_pkey`);
  for (const read of [10_001, 0, 0]) expect(await runOnce(flow)).toMatchObject({ receipt: { read } });
  await scene.source.query(`alter table ${flow.table} add rewritten float8 default random()`);
  const asking = await runOnce(flow);
  expect(asking).toMatchObject({
    status: "needs_confirmation",
    hold: { reason: "unusual_count", created: 10_001, usual: 0, confirmWith: "10001" },
  });
  const allowed = await answer(asking.id, "10001");
  if (typeof allowed === "string") throw new Error(allowed);
  expect(await untilRun(scene.store, allowed.id, "succeeded", "failed", "needs_confirmation")).toMatchObject({
    status: "succeeded",
    receipt: { read: 10_001, created: 10_001 },
  });
});
