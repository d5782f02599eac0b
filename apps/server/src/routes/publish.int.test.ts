import type { Flow, Run } from "@headgate/contract";
import { claimRun, finishRun } from "@headgate/store";
import { createRole } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { openWizard, type Wizard } from "../testing/wizard.ts";

let server: TestServer;
let wizard: Wizard;
beforeAll(async () => {
  server = await startTestServer();
  wizard = await openWizard(server);
});
afterAll(async () => {
  await server.stop();
  await wizard.close();
});

test("a finished draft becomes a flow with its first run waiting, and the draft is gone", async () => {
  const { id } = await wizard.begin();
  await wizard.finishAll(id);
  const published = (await wizard.publish(id)).json<{ flowId: string; runId: string }>();

  const flow = (await server.ask("get", `/api/flows/${published.flowId}`)).json<Flow>();
  expect(flow).toMatchObject({
    name: "Orders to the shelf",
    status: "waiting",
    sourceName: "Source",
    destinationName: "Destination",
    definition: { writeMode: "upsert", syncKey: ["id"], schedule: { kind: "every", every: 15 } },
    activeRun: { id: published.runId, status: "queued", trigger: "manual" },
    lastRun: null,
  });
  expect(Date.parse(flow.nextRunAt ?? "")).toBeGreaterThan(Date.now() + 13 * 60_000);
  expect((await server.ask("get", `/api/drafts/${id}`)).status).toBe(404);
});

test("publishing again after the answer got lost gives the same answer and no second flow", async () => {
  const { id } = await wizard.begin();
  const draft = await wizard.finishAll(id);
  const body = { revision: draft.revision };
  const both = await Promise.all([1, 2].map(() => server.ask("post", `/api/drafts/${id}/publish`, { body })));
  const later = await server.ask("post", `/api/drafts/${id}/publish`, { body });
  const answers = [...both, later].map((answer) => answer.json());
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  const { runs } = (await server.ask("get", `/api/flows/${id}/runs`)).json<{ runs: Run[] }>();
  expect(runs).toHaveLength(1);
});

test("an unfinished draft is refused with every step's faults by name", async () => {
  const { id } = await wizard.begin();
  const problem = (await wizard.publish(id)).problem();
  expect(problem).toMatchObject({ type: "error:draft/incomplete", status: 422 });
  expect(Object.keys(problem.fields ?? {})).toEqual(
    expect.arrayContaining([
      "credentials.connectionId",
      "table.name",
      "destination.writeMode",
      "mapping.fields",
      "review.name",
    ]),
  );
});

test("a table that changed since it was mapped is noticed before the flow exists", async () => {
  const { id } = await wizard.begin();
  await wizard.finishAll(id);
  await wizard.source.query("alter table orders rename column title to caption");
  try {
    const problem = (await wizard.publish(id)).problem();
    expect(problem.fields).toEqual({ "mapping.fields.1": "orders has no column title any more." });
  } finally {
    await wizard.source.query("alter table orders rename column caption to title");
  }
  expect((await server.ask("get", `/api/flows/${id}`)).status).toBe(404);
});

test("a draft published from an older state is refused", async () => {
  const { id } = await wizard.begin();
  const { revision } = await wizard.finishAll(id);
  const answer = await server.ask("post", `/api/drafts/${id}/publish`, { body: { revision: revision - 1 } });
  expect(answer.problem().type).toBe("error:draft/outdated");
});

test("a new table is shown as SQL, created when publishing, and counted by the dry run before", async () => {
  const { id } = await wizard.begin();
  const created = {
    choice: "saved",
    connectionId: wizard.destinationConnection.id,
    target: "create",
    schema: "public",
  };
  await wizard.finishAll(id, {
    destination: { ...created, name: "Orders (new)", writeMode: "upsert", syncKey: ["id"] },
    mapping: {
      fields: [
        { source: "id", destination: "order id" },
        { source: "total", destination: "total" },
      ],
    },
  });
  const preview = (await server.ask("get", `/api/drafts/${id}/create-table`)).json<{ sql: string }>();
  expect(preview.sql).toContain(`create table "public"."Orders (new)"`);
  expect(preview.sql).toContain(`primary key ("order id")`);

  const counted = await server.ask("post", `/api/drafts/${id}/dry-run`, { body: {} });
  expect(counted.json()).toMatchObject({ status: "succeeded", read: 20, created: 20, updated: 0, unchanged: 0 });

  const { flowId } = (await wizard.publish(id)).json<{ flowId: string }>();
  const { rows } = await wizard.destination.query(`select attname from pg_attribute
    where attrelid = 'public."Orders (new)"'::regclass and attnum > 0 order by attnum`);
  expect(rows).toEqual([{ attname: "order id" }, { attname: "total" }]);
  const flow = (await server.ask("get", `/api/flows/${flowId}`)).json<Flow>();
  expect(flow.definition.syncKey).toEqual(["order id"]);
});

test("the SQL of a new table is shown before its columns are chosen", async () => {
  const { id } = await wizard.begin();
  const { sourceConnection, destinationConnection } = wizard;
  await wizard.finish(id, "credentials", { choice: "saved", connectionId: sourceConnection.id });
  await wizard.finish(id, "table", { schema: "public", name: "orders" });
  const place = { connectionId: destinationConnection.id, target: "create", schema: "public", name: "fresh" };
  await wizard.finish(id, "destination", { choice: "saved", ...place, writeMode: "append", syncKey: [] });
  const preview = (await server.ask("get", `/api/drafts/${id}/create-table`)).json<{ sql: string }>();
  expect(preview.sql).toMatch(/"id" integer[^]*"title" text[^]*"total" numeric\(10,2\)/);
});

test("a table that is to be created but stands there with rows is said beside its name, and nothing is made", async () => {
  const { id } = await wizard.begin();
  await wizard.destination.query("create table taken as select 1 as something");
  const place = { connectionId: wizard.destinationConnection.id, target: "create", schema: "public", name: "taken" };
  await wizard.finishAll(id, { destination: { choice: "saved", ...place, writeMode: "append", syncKey: [] } });
  const problem = (await wizard.publish(id)).problem();
  expect(problem.fields).toEqual({ "destination.name": expect.stringContaining("already there") });
  expect((await server.ask("get", `/api/flows/${id}`)).status).toBe(404);
  expect((await server.ask("get", `/api/drafts/${id}`)).status).toBe(200);
});

test("a destination where nothing may be created is said beside the table's name", async () => {
  const { user, password } = await createRole(wizard.destination);
  const { host, port, database } = wizard.destination;
  const settings = { host, port, database, user, tlsMode: "prefer" };
  const body = { name: "Guest", settings, secrets: { password } };
  const guest = (await server.ask("post", "/api/connections", { body })).json<{ id: string }>();
  const { id } = await wizard.begin();
  const place = { connectionId: guest.id, target: "create", schema: "public", name: "fresh_one" };
  await wizard.finishAll(id, { destination: { choice: "saved", ...place, writeMode: "append", syncKey: [] } });
  const problem = (await wizard.publish(id)).problem();
  expect(problem.fields).toEqual({
    "destination.name": expect.stringMatching(/could not be created.*permission denied/),
  });
});

test("a connection that a flow uses cannot be deleted, and the flow is named", async () => {
  const answer = await server.ask("delete", `/api/connections/${wizard.sourceConnection.id}`);
  expect(answer.problem()).toMatchObject({ type: "error:connection/in-use", status: 409 });
  expect(answer.problem().detail).toContain("Orders to the shelf");
});

test("a flow is paused, resumed, run by hand once at a time, and deleted", async () => {
  const { id } = await wizard.begin();
  await wizard.finishAll(id, { review: { name: "By hand", runNow: false } });
  expect((await wizard.publish(id)).json()).toEqual({ flowId: id, runId: null });

  expect((await server.ask("post", `/api/flows/${id}/pause`, { body: {} })).json()).toMatchObject({
    status: "paused",
    nextRunAt: null,
  });
  expect((await server.ask("post", `/api/flows/${id}/run`, { body: {} })).problem().type).toBe("error:flow/paused");
  expect((await server.ask("post", `/api/flows/${id}/resume`, { body: {} })).json()).toMatchObject({
    paused: false,
    nextRunAt: expect.any(String),
  });

  const run = (await server.ask("post", `/api/flows/${id}/run`, { body: {} })).json<Run>();
  const second = await server.ask("post", `/api/flows/${id}/run`, { body: {} });
  expect(second.problem()).toMatchObject({ type: "error:flow/run-active", status: 409 });
  const claimed = await claimRun(server.store.db, run.id, { id: "w" });
  if (!claimed) throw new Error("not claimed");
  expect((await server.ask("delete", `/api/flows/${id}`, { body: {} })).problem().type).toBe("error:flow/run-active");
  expect((await server.ask("post", `/api/runs/${run.id}/cancel`, { body: {} })).json()).toMatchObject({
    status: "running",
    cancelRequested: true,
  });
  await finishRun(server.store.db, claimed, { status: "cancelled" });
  expect((await server.ask("post", `/api/runs/${run.id}/cancel`, { body: {} })).problem().type).toBe(
    "error:run/not-active",
  );

  expect((await server.ask("delete", `/api/flows/${id}`, { body: {} })).status).toBe(200);
  expect((await server.ask("get", `/api/runs/${run.id}`)).problem().type).toBe("error:run/not-found");
});
