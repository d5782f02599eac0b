import { emptyReceipt } from "@headgate/core";
import { createStore, type TestStore } from "@headgate/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inTransaction } from "./db.ts";
import type { RunJob } from "./queue.ts";
import { enqueueRun } from "./runs/enqueue.ts";
import { claimRun, finishRun } from "./runs/lease.ts";
import { recoverRuns } from "./runs/recover.ts";
import { findRun } from "./runs/run-rows.ts";
import { openStore, type Store } from "./store.ts";
import { makeFlow } from "./testing/make-flow.ts";

let store: TestStore;
const others: Store[] = [];
beforeEach(async () => {
  store = await createStore();
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()));
  await store.close();
});

/** Another process' view of the same store. */
async function another(): Promise<Store> {
  const other = await openStore({ databaseUrl: store.database.url, masterKey: store.masterKey });
  others.push(other);
  return other;
}

/** Something that is waited for, without looking again and again. */
function moment<T>(): { readonly reached: Promise<T>; reach(value: T): void } {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { reached: promise, reach: resolve };
}

async function newRun(flowId: string) {
  const run = await inTransaction(store.db, (db) => enqueueRun({ db, queue: store.queue }, flowId, "manual"));
  if (run === "active") throw new Error("active");
  return run;
}

test("a worker is woken by a committed job, and by nothing that was rolled back", async () => {
  const seen: RunJob[] = [];
  const woken = moment<RunJob>();
  await (
    await another()
  ).queue.work(async (job) => {
    seen.push(job);
    woken.reach(job);
  });
  const flowId = await makeFlow(store);
  const undone = inTransaction(store.db, async (db) => {
    await enqueueRun({ db, queue: store.queue }, flowId, "manual");
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");

  const run = await newRun(flowId);
  expect(await woken.reached).toEqual({ runId: run.id, flowId });
  expect(seen).toHaveLength(1);
});

test("what travels through the queue are ids only [R25]", async () => {
  await newRun(await makeFlow(store));
  const { rows } = await store.db.query("select data from pgboss.job where name = 'runs'");
  expect(rows.map(({ data }) => Object.keys(data as object).toSorted())).toEqual([["flowId", "runId"]]);
});

test("a run that was taken while its flow's last job was not settled yet is woken by the tick", async () => {
  const flowId = await makeFlow(store);
  const first = await newRun(flowId);
  const inHandler = moment<void>();
  const letGo = moment<void>();
  const second = moment<RunJob>();
  const worker = await another();
  await worker.queue.work(async (job) => {
    if (job.runId !== first.id) return second.reach(job);
    inHandler.reach();
    await letGo.reached;
  });
  await inHandler.reached;
  // The run is over for everybody, but its job is not yet: sending the next one is refused by the queue.
  const claimed = await claimRun(store.db, first.id, { id: "w" });
  if (!claimed) throw new Error("not claimed");
  await finishRun(store.db, claimed, { status: "succeeded", receipt: emptyReceipt });
  const next = await newRun(flowId);
  letGo.reach();

  await store.db.query("update runs set created_at = created_at - interval '1 minute'");
  while (!(await Promise.race([second.reached, recoverRuns(store).then(() => undefined)])));
  expect(await second.reached).toEqual({ runId: next.id, flowId });
});

test("two workers share the work and no flow is worked on twice at once", async () => {
  const flowIds = await Promise.all(Array.from({ length: 12 }, () => makeFlow(store)));
  const done = moment<void>();
  const busy = new Set<string>();
  const finished: string[] = [];
  let overlaps = 0;
  for (const name of ["a", "b"]) {
    const worker = await another();
    await worker.queue.work(async ({ runId, flowId }) => {
      if (busy.has(flowId)) overlaps += 1;
      busy.add(flowId);
      const claimed = await claimRun(worker.db, runId, { id: name });
      if (claimed) await finishRun(worker.db, claimed, { status: "succeeded", receipt: emptyReceipt });
      busy.delete(flowId);
      finished.push(runId);
      if (finished.length === flowIds.length) done.reach();
    });
  }
  const runs = await Promise.all(flowIds.map(newRun));
  await done.reached;
  expect(overlaps).toBe(0);
  for (const { id } of runs) expect(await findRun(store.db, id)).toMatchObject({ status: "succeeded", attempt: 1 });
});
