import { emptyReceipt } from "@headgate/core";
import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFlow } from "../testing/make-flow.ts";
import { usualRows } from "./usual-rows.ts";

let store: TestStore;
beforeAll(async () => {
  store = await createStore();
});
afterAll(() => store.close());

/** Runs that ended one after the other, the first of them long ago. */
async function haveRun(flowId: string, status: string, reads: readonly number[]): Promise<void> {
  for (const read of reads)
    await store.db.query(
      `insert into runs (flow_id, trigger, status, scheduled_for, created_at, finished_at, receipt)
       values ($1, 'manual', $2, clock_timestamp(), clock_timestamp(), clock_timestamp(), $3)`,
      [flowId, status, JSON.stringify({ ...emptyReceipt, read, created: read })],
    );
}

test("what a run usually reads is the median of the last twenty that succeeded, once there are three [V22]", async () => {
  const flowId = await makeFlow(store);
  expect(await usualRows(store.db, flowId)).toBeUndefined();
  await haveRun(flowId, "succeeded", [90_000, 4]);
  await haveRun(flowId, "cancelled", [70_000, 70_000]);
  expect(await usualRows(store.db, flowId)).toBeUndefined();
  await haveRun(flowId, "succeeded", [7]);
  expect(await usualRows(store.db, flowId)).toBe(7);
  await haveRun(
    flowId,
    "succeeded",
    Array.from({ length: 20 }, () => 1_000),
  );
  expect(await usualRows(store.db, flowId)).toBe(1_000);
  expect(await usualRows(store.db, await makeFlow(store))).toBeUndefined();
});
