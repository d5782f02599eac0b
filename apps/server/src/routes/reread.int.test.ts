import type { Hold } from "@headgate/contract";
import { claimRun, enqueueRun, finishRun } from "@headgate/store";
import { emptyReceipt } from "@headgate/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFlow } from "../testing/make-flow.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function claim(flowId: string) {
  const run = await enqueueRun(server.store, flowId, "manual");
  if (run === "active") throw new Error("active");
  const claimed = await claimRun(server.store.db, run.id, { id: "w" });
  if (!claimed) throw new Error("not claimed");
  return claimed;
}

test("all rows are read again until a run has succeeded with it, and added again only after the word", async () => {
  const flowId = await makeFlow(server.store);
  const path = `/api/flows/${flowId}/reread`;
  const wrong = await server.ask("post", path, { body: {} });
  expect(wrong).toMatchObject({ status: 422 });
  expect(wrong.json()).toMatchObject({ fields: { word: expect.stringContaining("add again") } });
  const before = await claim(flowId);
  expect((await server.ask("post", path, { body: { word: "add again" } })).json()).toMatchObject({
    reread: { from: null, id: expect.any(String) },
  });
  // A run that began without the wish does not end it, nor does one that fails.
  await finishRun(server.store.db, before, { status: "succeeded", receipt: emptyReceipt });
  const stopped = await claim(flowId);
  expect(stopped.reread).toMatchObject({ from: null });
  await finishRun(server.store.db, stopped, { status: "cancelled" });
  const obeyed = await claim(flowId);
  expect(obeyed.reread).toEqual(stopped.reread);
  await finishRun(server.store.db, obeyed, { status: "succeeded", receipt: emptyReceipt });
  expect((await server.ask("get", `/api/flows/${flowId}`)).json()).toMatchObject({ reread: null });
});

test("the wish can name a point, be taken back, and is refused where it makes no sense", async () => {
  const flowId = await makeFlow(server.store);
  const path = `/api/flows/${flowId}/reread`;
  const from = { column: "updated_at", value: "2026-11-01" };
  expect((await server.ask("post", path, { body: { from, word: "add again" } })).json()).toMatchObject({
    reread: { from },
  });
  expect((await server.ask("delete", path)).json()).toMatchObject({ reread: null });
  const empty = { from: { column: "updated_at", value: " " }, word: "add again" };
  expect((await server.ask("post", path, { body: empty })).status).toBe(422);
  const gone = await server.ask("post", "/api/flows/6a7b2f0e-8f3c-4b59-9f0a-0c8f9f2b1d3e/reread", { body: {} });
  expect(gone.json()).toMatchObject({ type: "error:flow/not-found" });
});

test("a lost place is answered by going on, or by typing how many rows are added again", async () => {
  const hold: Hold = {
    reason: "place_lost",
    destinationRows: 0,
    created: 300,
    updated: 0,
    deleted: 0,
    sampleKeys: [],
    confirmWith: "300",
  };
  const answers = [
    { body: { number: "300" }, choice: undefined },
    { body: { number: "299", choice: "read_all" }, choice: undefined },
    { body: { number: "300", choice: "read_all" }, choice: "read_all" },
    { body: { number: "", choice: "go_on" }, choice: "go_on" },
  ];
  for (const { body, choice } of answers) {
    const flowId = await makeFlow(server.store);
    const asking = await claim(flowId);
    await finishRun(server.store.db, asking, { status: "needs_confirmation", hold });
    const answered = await server.ask("post", `/api/runs/${asking.runId}/confirm`, { body });
    expect(answered.status).toBe(choice ? 200 : 422);
    if (!choice) continue;
    const claimed = await claimRun(server.store.db, (answered.json() as { id: string }).id, { id: "w" });
    expect(claimed?.confirmation).toMatchObject({ reason: "place_lost", choice });
  }
});
