import type { Draft } from "@headgate/contract";
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

function save(draft: Draft, body: object) {
  return server.ask("put", `/api/drafts/${draft.id}/step`, {
    body: { revision: draft.revision, finished: false, ...body },
  });
}

test("what is typed is kept as it is, finished or not, and the other steps stay", async () => {
  const draft = await wizard.begin();
  const typed = { choice: "new", form: { name: "  Shop ", port: "54x", host: "" } };
  const one = (await save(draft, { step: "credentials", values: typed })).json<Draft>();
  const two = (await save(one, { step: "review", values: { name: "Nightly" } })).json<Draft>();
  expect(two).toMatchObject({ revision: 3, steps: { credentials: typed, review: { name: "Nightly" } } });
  expect((await server.ask("get", `/api/drafts/${draft.id}`)).json()).toEqual(two);
  const list = (await server.ask("get", "/api/drafts")).json<{ drafts: Draft[] }>();
  expect(list.drafts.map(({ id }) => id)).toContain(draft.id);
});

test("a password cannot be put into a draft [R24]", async () => {
  const draft = await wizard.begin();
  const answer = await save(draft, { step: "credentials", values: { choice: "new", form: { password: "hunter2" } } });
  expect(answer.problem().fields).toEqual({ "values.form.password": "This field is not known." });
});

test("values of one step cannot be saved as another's", async () => {
  const answer = await save(await wizard.begin(), { step: "table", values: { every: 5 } });
  expect(answer.problem()).toMatchObject({ status: 422, fields: { "values.every": "This field is not known." } });
});

test("two tabs meet: the second save from the same state is refused and loses nothing", async () => {
  const draft = await wizard.begin();
  const saved = (await save(draft, { step: "review", values: { name: "First" } })).json<Draft>();
  const refused = await save(draft, { step: "review", values: { name: "Second" } });
  expect(refused.problem()).toMatchObject({ type: "error:draft/outdated", status: 409 });
  expect((await server.ask("get", `/api/drafts/${draft.id}`)).json()).toEqual(saved);
  const both = ["A", "B"].map((name) => save(saved, { step: "review", values: { name } }));
  expect((await Promise.all(both)).map(({ status }) => String(status)).toSorted()).toEqual(["200", "409"]);
});

test("Continue names what is missing and saves nothing", async () => {
  const draft = await wizard.begin();
  const answer = await save(draft, { step: "destination", values: { target: "existing" }, finished: true });
  expect(answer.problem()).toMatchObject({ type: "error:request/invalid", status: 422 });
  expect(Object.keys(answer.problem().fields ?? {})).toEqual(
    expect.arrayContaining(["connectionId", "schema", "name", "writeMode"]),
  );
  expect((await server.ask("get", `/api/drafts/${draft.id}`)).json()).toEqual(draft);
});

test("a connection that does not exist cannot be chosen", async () => {
  const draft = await wizard.begin();
  const values = { choice: "saved", connectionId: crypto.randomUUID() };
  const answer = await save(draft, { step: "credentials", values, finished: true });
  expect(answer.problem().fields).toEqual({ connectionId: expect.stringContaining("deleted") });
});

test("the test step counts our own record of the check, for exactly the state that was tested", async () => {
  const draft = await wizard.begin();
  const settings = { host: "127.0.0.1", port: 1, database: "shop", user: "reader", tlsMode: "prefer" };
  const body = { name: "Never tested", settings, secrets: {} };
  const { id } = (await server.ask("post", "/api/connections", { body })).json<{ id: string }>();
  await wizard.finish(draft.id, "credentials", { choice: "saved", connectionId: id });
  const untested = await wizard.finish(draft.id, "test", { connectionId: id, connectionRevision: 1 });
  expect(untested.problem().fields).toEqual({ connectionRevision: "Test this connection first." });

  await server.ask("post", `/api/connections/${id}/check`, { body: {} });
  const failed = await wizard.finish(draft.id, "test", { connectionId: id, connectionRevision: 1 });
  expect(failed.problem().status).toBe(422);

  const passed = wizard.sourceConnection;
  await wizard.finish(draft.id, "credentials", { choice: "saved", connectionId: passed.id });
  const older = await wizard.finish(draft.id, "test", {
    connectionId: passed.id,
    connectionRevision: passed.revision + 1,
  });
  expect(older.problem().status).toBe(422);
  const right = await wizard.finish(draft.id, "test", { connectionId: passed.id, connectionRevision: passed.revision });
  expect(right.status).toBe(200);
});

test.each([
  ["", 422, " [B176]"],
  ["* * * * * *", 422, " [B177]"],
  ["61 * * * *", 422, " [B179]"],
  ["0 0 30 2 *", 422, " [B180]"],
  ["@reboot", 422, " [B181]"],
  ["*/0 * * * *", 422, " [B178]"],
  ["every day", 422, " [B182]"],
  ["0 7 * * 1-5", 200, ""],
])("the cron expression %j gets %d%s", async (expression, status) => {
  const draft = await wizard.begin();
  const values = { kind: "cron", expression, timeZone: "Europe/Paris", missed: "skip" };
  const answer = await wizard.finish(draft.id, "schedule", values);
  expect(answer.status).toBe(status);
});

test("a draft can be thrown away, once; its connections stay", async () => {
  const draft = await wizard.begin();
  expect((await server.ask("delete", `/api/drafts/${draft.id}`)).status).toBe(200);
  for (const method of ["get", "delete"])
    expect((await server.ask(method, `/api/drafts/${draft.id}`)).problem().type).toBe("error:draft/not-found");
});

test("without sample data, practice says so; with it, both connections are made once and kept current", async () => {
  const refused = await server.ask("post", "/api/drafts", { body: { practice: true } });
  expect(refused.problem()).toMatchObject({ type: "error:practice/unavailable", status: 409 });

  const side = (port: number) => ({
    settings: { host: "127.0.0.1", port, database: "sample_shop", user: "shop_reader", tlsMode: "prefer" as const },
    password: "sample",
  });
  for (const port of [5001, 5002]) {
    const practice = await startTestServer({ practice: { source: side(port), destination: side(port) } });
    const draft = (await practice.ask("post", "/api/drafts", { body: { practice: true } })).json<Draft>();
    await practice.ask("post", "/api/drafts", { body: { practice: true } });
    expect(draft).toMatchObject({ practice: true, steps: { credentials: { choice: "saved" } } });
    const { connections } = (await practice.ask("get", "/api/connections")).json<{ connections: object[] }>();
    expect(connections).toHaveLength(2);
    expect(connections).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "Sample shop", practice: true, settings: side(port).settings }),
        expect.objectContaining({ name: "Practice destination", practice: true }),
      ]),
    );
    await practice.stop();
  }
});

test("a pattern that PostgreSQL cannot compile, or that could take for ever, is refused at its field", async () => {
  const draft = await wizard.finishAll((await wizard.begin()).id);
  const withPattern = (pattern: string) =>
    wizard.finish(draft.id, "mapping", {
      fields: [
        { source: "id", destination: "id" },
        { source: "title", destination: "title", rules: [{ kind: "pattern", pattern, effect: "set_aside" }] },
      ],
    });
  const place = "fields.1.rules.0.pattern";
  expect((await withPattern("[a-z")).problem()).toMatchObject({ status: 422, fields: { [place]: expect.any(String) } });
  expect((await withPattern("(a+)\\1")).problem().fields).toHaveProperty([place]);
  expect((await withPattern("^Order \\d+$")).status).toBe(200);
});
