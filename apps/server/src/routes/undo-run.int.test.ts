import { randomUUID } from "node:crypto";
import { createEgressGate, defaultLimits, moveRows } from "@headgate/connectors";
import type { FlowDefinition, PostgresConnection, TableFlowDefinition } from "@headgate/contract";
import { claimRun, enqueueRun, findRun, finishRun, insertFlow, readTarget } from "@headgate/store";
import { createDatabase, startPostgres, type TestDatabase } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFlow } from "../testing/make-flow.ts";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let database: TestDatabase;
let connection: PostgresConnection;

beforeAll(async () => {
  [server, postgres] = await Promise.all([startTestServer(), startPostgres()]);
  database = await createDatabase({ server: postgres });
  await database.query(
    `create table orders (id int primary key, note text); create table copied (id int primary key, note text);
     insert into orders select i, 'n' || i from generate_series(1, 40) i; insert into copied values (1, 'old')`,
  );
  const { host, port, database: name, user, password } = database;
  const settings = { host, port, database: name, user, tlsMode: "prefer" };
  const body = { name: "Shop", settings, secrets: { password } };
  connection = (await server.ask("post", "/api/connections", { body })).json<PostgresConnection>();
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
});

/** A flow that has run once, as a worker would have run it. */
async function ranOnce(): Promise<string> {
  const place = (name: string) => ({ connectionId: connection.id, table: { schema: "public", name } });
  const definition: FlowDefinition & TableFlowDefinition = {
    source: place("orders"),
    destination: { kind: "postgres", ...place("copied") },
    writeMode: "upsert",
    readMode: "full",
    badRows: "stop",
    keepsUndo: true,
    syncKey: ["id"],
    fields: ["id", "note"].map((name) => ({ source: name, destination: name })),
    schedule: { kind: "manual" },
  };
  const flowId = randomUUID();
  await insertFlow(server.store.db, { id: flowId, name: "Orders", definition, practice: false });
  const run = await enqueueRun(server.store, flowId, "manual");
  if (run === "active") throw new Error("active");
  const claimed = await claimRun(server.store.db, run.id, { id: "w" });
  if (!claimed) throw new Error("not claimed");
  const target = await readTarget(server.store, connection.id);
  const gate = createEgressGate({ allow: [], loopbackAllowed: true, refuse: [] });
  const { receipt } = await moveRows({
    runId: run.id,
    flowId,
    epoch: claimed.epoch,
    definition,
    source: target,
    destination: target,
    ctx: { gate, signal: new AbortController().signal, limits: defaultLimits },
    onProgress: () => {},
  });
  await finishRun(server.store.db, claimed, { status: "succeeded", receipt });
  return run.id;
}

test("a run is counted, and undone by a run of its own once the number of its rows is typed", async () => {
  const id = await ranOnce();
  const undo = { possible: true, removed: 39, restored: 1, returned: 0, left: 0 };
  expect((await server.ask("get", `/api/runs/${id}/undo`)).json()).toEqual({ status: "succeeded", undo });
  const wrong = await server.ask("post", `/api/runs/${id}/undo`, { body: { number: "39" } });
  expect(wrong.json()).toMatchObject({ type: "error:request/invalid", fields: { number: expect.any(String) } });
  const viewer = await server.ask("post", `/api/runs/${id}/undo`, { as: "viewer", body: { number: "40" } });
  expect(viewer).toMatchObject({ status: 403 });
  const right = await server.ask("post", `/api/runs/${id}/undo`, { body: { number: "40" } });
  const begun = right.json<{ id: string }>();
  expect(begun).toMatchObject({ status: "queued", trigger: "undo" });
  expect(await claimRun(server.store.db, begun.id, { id: "w" })).toMatchObject({ undoes: id, reread: null });
  const again = await server.ask("post", `/api/runs/${id}/undo`, { body: { number: "40" } });
  expect(again.json()).toMatchObject({ type: "error:flow/run-active" });
  expect(await findRun(server.store.db, begun.id)).toMatchObject({ trigger: "undo", status: "running" });
});

test("a run of a flow that keeps nothing cannot be undone, nor one that is not there", async () => {
  const flowId = await makeFlow(server.store);
  const run = await enqueueRun(server.store, flowId, "manual");
  if (run === "active") throw new Error("active");
  const undo = { possible: false, reason: "not_kept" };
  expect((await server.ask("get", `/api/runs/${run.id}/undo`)).json()).toEqual({ status: "succeeded", undo });
  const none = await server.ask("post", `/api/runs/${run.id}/undo`, { body: { number: "1" } });
  expect(none.json()).toMatchObject({ type: "error:run/not-undoable", status: 409 });
  const gone = await server.ask("get", `/api/runs/${flowId}/undo`);
  expect(gone.json()).toMatchObject({ type: "error:run/not-found" });
});
