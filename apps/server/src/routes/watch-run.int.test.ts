import { emptyReceipt } from "@headgate/core";
import { runSchema, type Run } from "@headgate/contract";
import { claimRun, enqueueRun, finishRun, saveProgress } from "@headgate/store";
import { makeFlow } from "../testing/make-flow.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function newRun(): Promise<Run> {
  const run = await enqueueRun(server.store, await makeFlow(server.store), "manual");
  if (run === "active") throw new Error("active");
  return run;
}

/** The runs a stream tells of, one by one. */
async function* follow(response: Response): AsyncGenerator<Run> {
  let rest = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks)
      if (block.startsWith("data: ")) yield runSchema.parse(JSON.parse(block.slice("data: ".length)));
  }
}

async function next(runs: AsyncGenerator<Run>): Promise<Run> {
  const { value } = (await runs.next()) as { value: Run };
  return value;
}

test("a watched run is told at once, then with every change, and the stream ends with it", async () => {
  const run = await newRun();
  const response = await server.open("get", `/api/runs/${run.id}/events`);
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  expect(response.headers.get("content-encoding")).toBeNull();
  const runs = follow(response);
  expect(await next(runs)).toMatchObject({ status: "queued" });

  const claimed = await claimRun(server.store.db, run.id, { id: "w" });
  if (!claimed) throw new Error("not claimed");
  expect(await next(runs)).toMatchObject({ status: "running", progress: null });
  await saveProgress(server.store.db, claimed, { stage: "reading", rowsRead: 7, bytes: 70, rowsEstimated: 20 });
  expect(await next(runs)).toMatchObject({ progress: { rowsRead: 7 } });
  await finishRun(server.store.db, claimed, { status: "succeeded", receipt: emptyReceipt });
  expect(await next(runs)).toMatchObject({ status: "succeeded" });
  expect(await runs.next()).toEqual({ done: true, value: undefined });
});

test("a run that has ended is told once", async () => {
  const run = await newRun();
  await server.ask("post", `/api/runs/${run.id}/cancel`, { body: {} });
  const told = await server.ask("get", `/api/runs/${run.id}/events`);
  expect(told.text.match(/^data: /gm)).toHaveLength(1);
});

test("a run that does not exist is a normal refusal, not a stream", async () => {
  const answer = await server.ask("get", `/api/runs/${crypto.randomUUID()}/events`);
  expect(answer.problem().type).toBe("error:run/not-found");
});

test("a flow that is deleted while its run is watched ends the stream", async () => {
  const run = await newRun();
  const runs = follow(await server.open("get", `/api/runs/${run.id}/events`));
  await next(runs);
  await server.ask("delete", `/api/flows/${run.flowId}`, { body: {} });
  expect(await runs.next()).toEqual({ done: true, value: undefined });
});

test("a page that goes away stops the questions to the store; a server that stops ends its streams", async () => {
  const run = await newRun();
  const gone = new AbortController();
  const runs = follow(await server.open("get", `/api/runs/${run.id}/events`, { signal: gone.signal }));
  await next(runs);
  gone.abort();
  await expect(runs.next()).rejects.toThrow(/abort/i);

  const other = await startTestServer();
  const started = await enqueueRun(other.store, await makeFlow(other.store), "manual");
  if (started === "active") throw new Error("active");
  const watched = follow(await other.open("get", `/api/runs/${started.id}/events`));
  await next(watched);
  await other.close();
  expect(await watched.next()).toEqual({ done: true, value: undefined });
  await other.store.close();
});
