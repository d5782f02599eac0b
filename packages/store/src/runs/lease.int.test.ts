import type { RunFailure } from "@headgate/contract";
import { emptyReceipt } from "@headgate/core";
import { createStore, type TestStore } from "@headgate/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inTransaction } from "../db.ts";
import { makeFlow } from "../testing/make-flow.ts";
import { requestCancel } from "./cancel.ts";
import { enqueueRun } from "./enqueue.ts";
import { claimRun, finishRun, renewLease, saveCommitted, saveProgress } from "./lease.ts";
import { mostAttempts, recoverRuns } from "./recover.ts";
import { findRun } from "./run-rows.ts";

let store: TestStore;
let flowId: string;
let runId: string;
beforeAll(async () => {
  store = await createStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  flowId = await makeFlow(store);
  const run = await enqueueRun(store, flowId, "manual");
  if (run === "active") throw new Error("A new flow has a run already.");
  runId = run.id;
});

const first = { id: "first" };
const second = { id: "second" };
const failure: RunFailure = {
  origin: "source",
  kind: "temporary",
  code: "source_unreachable",
  facts: {},
  detail: "",
  retryable: true,
};

async function letLeaseEnd(): Promise<void> {
  await store.db.query("update runs set lease_expires_at = now() - interval '1 second' where id = $1", [runId]);
}

async function claim(worker: { id: string }) {
  const claimed = await claimRun(store.db, runId, worker);
  if (!claimed) throw new Error("The run could not be claimed.");
  return claimed;
}

test("a waiting run is claimed once, with what a worker needs and no secret", async () => {
  const claimed = await claim(first);
  expect(claimed).toMatchObject({ runId, flowId, attempt: 1, flowName: "Orders" });
  expect(JSON.stringify(claimed)).not.toContain("hunter2");
  expect(await claimRun(store.db, runId, second)).toBeUndefined();
  expect(await findRun(store.db, runId)).toMatchObject({ status: "running", startedAt: expect.any(String) });
});

test("two workers that reach for one run at the same time: one gets it", async () => {
  const claims = await Promise.all(Array.from({ length: 8 }, (_, n) => claimRun(store.db, runId, { id: `w${n}` })));
  expect(claims.filter((claimed) => claimed !== undefined)).toHaveLength(1);
});

test("a run whose lease is over is taken up with a higher epoch, and the first worker is shut out", async () => {
  const lost = await claim(first);
  await letLeaseEnd();
  const taken = await claim(second);
  expect(taken.attempt).toBe(2);
  expect(BigInt(taken.epoch)).toBeGreaterThan(BigInt(lost.epoch));

  const progress = { stage: "reading", rowsRead: 1, bytes: 1, rowsEstimated: null } as const;
  expect(await renewLease(store.db, lost)).toEqual({ lost: true, cancelRequested: false });
  expect(await saveProgress(store.db, lost, progress)).toBe(false);
  expect(await finishRun(store.db, lost, { status: "succeeded", receipt: emptyReceipt })).toBe(false);
  expect(await findRun(store.db, runId)).toMatchObject({ status: "running", attempt: 2, progress: null });
  expect(await finishRun(store.db, taken, { status: "succeeded", receipt: emptyReceipt })).toBe(true);
});

test("renewing keeps a run; the lease counts by the store's clock", async () => {
  const claimed = await claim(first);
  await letLeaseEnd();
  expect(await renewLease(store.db, claimed, 15)).toEqual({ lost: false, cancelRequested: false });
  expect(await claimRun(store.db, runId, second)).toBeUndefined();
});

test("what a run had brought by then stays told when it fails, and is replaced by the receipt of all of it", async () => {
  const part = { ...emptyReceipt, read: 3, created: 3 };
  const claimed = await claim(first);
  expect(await saveCommitted(store.db, claimed, part)).toBe(true);
  await finishRun(store.db, claimed, { status: "again", failure, afterSeconds: 0 });
  expect(await findRun(store.db, runId)).toMatchObject({ status: "queued", receipt: part });
  const again = await claim(second);
  expect(await saveCommitted(store.db, claimed, emptyReceipt)).toBe(false);
  await finishRun(store.db, again, { status: "succeeded", receipt: { ...part, read: 5, created: 5 } });
  expect(await findRun(store.db, runId)).toMatchObject({ status: "succeeded", receipt: { read: 5 } });
});

test("a finished run stays as it ended", async () => {
  const claimed = await claim(first);
  await finishRun(store.db, claimed, { status: "failed", failure });
  expect(await finishRun(store.db, claimed, { status: "succeeded", receipt: emptyReceipt })).toBe(false);
  expect(await claimRun(store.db, runId, second)).toBeUndefined();
  expect(await findRun(store.db, runId)).toMatchObject({ status: "failed", failure, finishedAt: expect.any(String) });
});

test("another attempt waits for its pause and keeps the reason of the last", async () => {
  const claimed = await claim(first);
  await finishRun(store.db, claimed, { status: "again", failure, afterSeconds: 60 });
  expect(await findRun(store.db, runId)).toMatchObject({ status: "queued", failure, attempt: 1, finishedAt: null });
  expect(await claimRun(store.db, runId, second)).toBeUndefined();
  await store.db.query("update runs set not_before = now() where id = $1", [runId]);
  expect(await claim(second)).toMatchObject({ attempt: 2 });
});

test("a run that waits is cancelled at once, one under way by its worker", async () => {
  expect(await requestCancel(store.db, runId)).toMatchObject({ status: "cancelled", cancelRequested: true });
  expect(await claimRun(store.db, runId, first)).toBeUndefined();
  expect(await requestCancel(store.db, runId)).toBe("not_active");

  const next = await enqueueRun(store, flowId, "manual");
  if (next === "active") throw new Error("The cancelled run still counts.");
  runId = next.id;
  const claimed = await claim(first);
  expect(await requestCancel(store.db, runId)).toMatchObject({ status: "running", cancelRequested: true });
  expect(await renewLease(store.db, claimed)).toEqual({ lost: false, cancelRequested: true });
  await finishRun(store.db, claimed, { status: "again", failure, afterSeconds: 1 });
  expect(await findRun(store.db, runId)).toMatchObject({ status: "cancelled" });
});

test("a cancelled run whose worker died ends as cancelled", async () => {
  await claim(first);
  await requestCancel(store.db, runId);
  await letLeaseEnd();
  expect(await claimRun(store.db, runId, second)).toBeUndefined();
  await recoverRuns(store);
  expect(await findRun(store.db, runId)).toMatchObject({ status: "cancelled", finishedAt: expect.any(String) });
});

test("a run that keeps losing its worker is given up", async () => {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    await recoverRuns(store);
    await claim({ id: `w${attempt}` });
    await letLeaseEnd();
  }
  await recoverRuns(store);
  expect(await findRun(store.db, runId)).toMatchObject({ status: "failed", failure: { code: "worker_lost" } });
});

test("a flow has one open run at a time, whoever asks", async () => {
  expect(await enqueueRun(store, flowId, "manual")).toBe("active");
  const asked = Array.from({ length: 6 }, () =>
    inTransaction(store.db, async (db) => {
      const run = await enqueueRun({ db, queue: store.queue }, flowId, "manual");
      if (run === "active") throw new Error("active");
      return run;
    }).catch(() => "refused"),
  );
  await requestCancel(store.db, runId);
  const results = await Promise.all(asked);
  expect(results.filter((result) => result !== "refused").length).toBeLessThanOrEqual(1);
});
