import { randomUUID } from "node:crypto";
import type { WriteMode } from "@headgate/contract";
import { emptyReceipt } from "@headgate/core";
import { claimRun, enqueueRun, finishRun, saveRejectedRows, type RunOutcome } from "@headgate/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFlow } from "../testing/make-flow.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const rows = [{ key: "(17)", column: null, constraint: "positive", code: "value_refused" as const }];
const succeeded: RunOutcome = { status: "succeeded", receipt: { ...emptyReceipt, read: 1, rejected: 1 } };

async function keyedFlow(writeMode: WriteMode = "upsert", syncKey: readonly string[] = ["id"]): Promise<string> {
  const flowId = await makeFlow(server.store);
  await server.store.db.query("update flows set definition = definition || $2 where id = $1", [
    flowId,
    JSON.stringify({ writeMode, syncKey }),
  ]);
  return flowId;
}

async function finish(runId: string, outcome: RunOutcome) {
  const claimed = await claimRun(server.store.db, runId, { id: "w" });
  if (!claimed) throw new Error("not claimed");
  await finishRun(server.store.db, claimed, outcome);
  return claimed;
}

async function runWithRows(flowId: string): Promise<string> {
  const run = await enqueueRun(server.store, flowId, "manual");
  if (run === "active") throw new Error("active");
  await finish(run.id, succeeded);
  await saveRejectedRows(server.store, run.id, rows);
  return run.id;
}

const retry = (runId: string) => server.ask("post", `/api/runs/${runId}/retry-rejected`);
const listed = async (runId: string) => (await server.ask("get", `/api/runs/${runId}/rejected`)).json();

/** What is said of a run whose rows nobody can try again, and what to somebody who tries. */
async function answersOf(runId: string): Promise<unknown[]> {
  return [await listed(runId), (await retry(runId)).json()];
}
const refused = [{ retryable: false }, { type: "error:run/not-retryable", status: 409 }];

test("rows are tried again by a run of their own, until one has succeeded; then they leave the list", async () => {
  const flowId = await keyedFlow();
  const first = await runWithRows(flowId);
  expect(await listed(first)).toEqual({ rows, retryable: true, retriedBy: null });
  // A wish to read all rows again is for another run.
  await server.ask("post", `/api/flows/${flowId}/reread`, { body: {} });

  const failing = (await retry(first)).json() as { id: string };
  expect(failing).toMatchObject({ flowId, trigger: "retry", status: "queued" });
  expect((await retry(first)).json()).toMatchObject({ type: "error:flow/run-active" });
  expect(await finish(failing.id, { status: "cancelled" })).toMatchObject({ retryOf: first, reread: null });
  expect(await listed(first)).toEqual({ rows, retryable: true, retriedBy: null });

  const second = (await retry(first)).json() as { id: string };
  await finish(second.id, succeeded);
  expect(await listed(first)).toEqual({ rows: [], retryable: false, retriedBy: second.id });
  expect(await answersOf(first)).toMatchObject(refused);
  expect((await server.ask("get", `/api/flows/${flowId}`)).json()).toMatchObject({ reread: { from: null } });
  await saveRejectedRows(server.store, second.id, rows);
  expect(await listed(second.id)).toMatchObject({ rows, retryable: true });
});

test.each([
  ["append", []],
  ["mirror", ["id"]],
  ["replace", []],
] as const)("rows of %s cannot be, because no key leads to them or none are set aside", async (mode, syncKey) => {
  expect(await answersOf(await runWithRows(await keyedFlow(mode, syncKey)))).toMatchObject(refused);
});

test("nor rows of an older run, of a list that is gone, or of no run at all", async () => {
  const flowId = await keyedFlow();
  const older = await runWithRows(flowId);
  const newer = await runWithRows(flowId);
  expect(await answersOf(older)).toMatchObject(refused);
  await server.store.db.query("delete from rejected_rows where run_id = $1", [newer]);
  expect(await answersOf(newer)).toMatchObject(refused);
  expect((await retry(randomUUID())).json()).toMatchObject({ type: "error:run/not-found" });
});

test("nor where SQL of a person's own might clear the table before these few rows come", async () => {
  const flowId = await keyedFlow();
  await server.store.db.query("update flows set definition = definition || $2 where id = $1", [
    flowId,
    JSON.stringify({ sqlBefore: "truncate orders" }),
  ]);
  expect(await answersOf(await runWithRows(flowId))).toMatchObject(refused);
});

test("a paused flow tries nothing again until it is resumed", async () => {
  const flowId = await keyedFlow();
  const run = await runWithRows(flowId);
  await server.ask("post", `/api/flows/${flowId}/pause`);
  expect((await retry(run)).json()).toMatchObject({ type: "error:flow/paused" });
});
