import { enqueueRun, inTransaction } from "@headgate/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openScene, untilRun, type Scene } from "./testing/scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await openScene();
  await scene.startWorker();
});
afterAll(() => scene.close());

test("a worker undoes a run as a run of its own, which leaves a receipt, and the next run brings the rows again", async () => {
  const flow = await scene.newFlow({ mode: "upsert", rows: 50, more: { keepsUndo: true } });
  const first = await flow.start();
  await untilRun(scene.store, first.id, "succeeded", "failed");
  const undo = await inTransaction(scene.store.db, (db) =>
    enqueueRun({ db, queue: scene.store.queue }, flow.id, "undo", { undoes: first.id }),
  );
  if (undo === "active") throw new Error("active");
  expect(await untilRun(scene.store, undo.id, "succeeded", "failed")).toMatchObject({
    status: "succeeded",
    trigger: "undo",
    receipt: { read: 0, deleted: 50, updated: 0, created: 0, skipped: 0 },
  });
  expect(await flow.difference()).toEqual({ missing: 50, extra: 0, rows: 0 });
  const next = await flow.start();
  await untilRun(scene.store, next.id, "succeeded", "failed");
  expect(await flow.difference()).toEqual({ missing: 0, extra: 0, rows: 50 });
});
