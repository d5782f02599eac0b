import type { Hold, Run } from "@headgate/contract";
import { claimRun, enqueueRun, finishRun } from "@headgate/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFlow } from "../testing/make-flow.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const hold: Hold = {
  reason: "too_many_deletes",
  destinationRows: 100,
  created: 0,
  updated: 0,
  deleted: 40,
  sampleKeys: ["(1)"],
  confirmWith: "40",
};

async function heldRun(): Promise<Run> {
  const run = await enqueueRun(server.store, await makeFlow(server.store), "manual");
  if (run === "active") throw new Error("active");
  const claimed = await claimRun(server.store.db, run.id, { id: "w" });
  if (!claimed) throw new Error("not claimed");
  await finishRun(server.store.db, claimed, { status: "needs_confirmation", hold });
  return run;
}

test("a held run is told with its numbers, and goes on only with the right one", async () => {
  const run = await heldRun();
  expect((await server.ask("get", `/api/runs/${run.id}`)).json()).toMatchObject({ status: "needs_confirmation", hold });
  const wrong = await server.ask("post", `/api/runs/${run.id}/confirm`, { body: { number: "41" } });
  expect(wrong).toMatchObject({ status: 422 });
  expect(wrong.json()).toMatchObject({ type: "error:request/invalid", fields: { number: expect.any(String) } });
  const right = await server.ask("post", `/api/runs/${run.id}/confirm`, { body: { number: " 40 " } });
  expect(right.json()).toMatchObject({ flowId: run.flowId, status: "queued", trigger: "manual" });
  const again = await server.ask("post", `/api/runs/${run.id}/confirm`, { body: { number: "40" } });
  expect(again.json()).toMatchObject({ type: "error:run/not-asking", status: 409 });
});

test("a run that asks nothing cannot be answered, nor one that is not there", async () => {
  const run = await enqueueRun(server.store, await makeFlow(server.store), "manual");
  if (run === "active") throw new Error("active");
  const none = await server.ask("post", `/api/runs/${run.id}/confirm`, { body: { number: "1" } });
  expect(none.json()).toMatchObject({ type: "error:run/not-asking" });
  const gone = await server.ask("post", `/api/runs/${run.flowId}/confirm`, { body: { number: "1" } });
  expect(gone.json()).toMatchObject({ type: "error:run/not-found" });
});
