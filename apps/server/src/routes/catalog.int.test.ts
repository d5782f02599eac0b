import { once } from "node:events";
import type { Socket } from "node:net";
import { createRole, listen } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";
import { openWizard, type Wizard } from "../testing/wizard.ts";

let server: TestServer;
let wizard: Wizard;
let base: string;
beforeAll(async () => {
  server = await startTestServer();
  wizard = await openWizard(server);
  base = `/api/connections/${wizard.sourceConnection.id}`;
});
afterAll(async () => {
  await server.stop();
  await wizard.close();
});

function named(schema: string, name: string): string {
  return new URLSearchParams({ schema, name }).toString();
}

test("schemas, tables, columns and rows of a database are answered as it has them", async () => {
  const catalog = (await server.ask("get", `${base}/catalog`, { as: "viewer" })).json();
  expect(catalog).toMatchObject({
    status: "succeeded",
    streams: [{ schema: "public", name: "orders", kind: "table" }],
  });
  const schema = (await server.ask("get", `${base}/catalog/schema?schema=public`, { as: "viewer" })).json();
  expect(schema).toMatchObject({ streams: [{ name: "orders", columnCount: 3, keyColumns: ["id"] }] });
  const table = (
    await server.ask("get", `${base}/catalog/table?${named("public", "orders")}`, { as: "viewer" })
  ).json();
  expect(table).toMatchObject({ stream: { fields: [{ name: "id" }, { name: "title" }, { type: "numeric(10,2)" }] } });
  const preview = (await server.ask("get", `${base}/preview?${named("public", "orders")}`)).json();
  expect(preview).toMatchObject({
    status: "succeeded",
    preview: { rows: expect.arrayContaining([["1", "Order 1", "1.50"]]) },
  });
});

test.each([
  'we "quoted" it',
  "a.b",
  "Capital Letters",
  "select",
  "{{x}} $1 %s",
  "\u00E9\u4E2D\u{1F600}",
  "__proto__",
  "tab\there",
])("a table called %j is found by its exact name", async (name) => {
  await wizard.source.query(`create table "${name.replaceAll('"', '""')}" (id int)`);
  const answer = await server.ask("get", `${base}/catalog/table?${named("public", name)}`);
  expect(answer.json()).toMatchObject({ status: "succeeded", stream: { name, fields: [{ name: "id" }] } });
});

test("a table that is gone, or may not be read, is an answer and not a fault", async () => {
  const gone = (await server.ask("get", `${base}/preview?${named("public", "gone")}`)).json();
  expect(gone).toMatchObject({ status: "failed", failure: { stage: "table", code: "table_missing" } });

  const { user, password } = await createRole(wizard.source);
  const { host, port, database } = wizard.source;
  const body = {
    name: "No rights",
    settings: { host, port, database, user, tlsMode: "prefer" },
    secrets: { password },
  };
  const { id } = (await server.ask("post", "/api/connections", { body })).json<{ id: string }>();
  const forbidden = (await server.ask("get", `/api/connections/${id}/preview?${named("public", "orders")}`)).json();
  expect(forbidden).toMatchObject({ status: "failed", failure: { code: "table_forbidden" } });
});

test("when the page goes away, the query at the other database is ended too", async () => {
  const slow = "slow_orders";
  await wizard.source.query(`create view ${slow} as select id, pg_sleep(60)::text as s from orders`);
  const sleeping = async () => {
    const { rows } = await wizard.source.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event = 'PgSleep' and pid <> pg_backend_pid()`,
    );
    return rows[0]?.n;
  };
  const page = new AbortController();
  const asked = server.open("get", `${base}/preview?${named("public", slow)}`, { signal: page.signal });
  await expect.poll(sleeping).toBe(1);
  page.abort();
  await expect(asked).rejects.toThrow(/abort/i);
  await expect.poll(sleeping).toBe(0);
  expect(server.logs.filter((line) => line.includes("fault of ours"))).toEqual([]);
});

test("a connection that was never saved is refused", async () => {
  for (const path of [
    "catalog",
    "catalog/schema?schema=x",
    `catalog/table?${named("x", "y")}`,
    `preview?${named("x", "y")}`,
  ]) {
    const answer = await server.ask("get", `/api/connections/${crypto.randomUUID()}/${path}`);
    expect(answer.problem()).toMatchObject({ type: "error:connection/not-found", status: 404 });
  }
});

async function connectionTo(name: string, port: number): Promise<string> {
  const settings = { host: "127.0.0.1", port, database: "x", user: "x", tlsMode: "prefer" };
  const saved = await server.ask("post", "/api/connections", { body: { name, settings, secrets: {} } });
  return saved.json<{ id: string }>().id;
}

async function lastCheck(id: string): Promise<unknown> {
  return (await server.ask("get", `/api/connections/${id}`)).json()["lastCheck"];
}

test("a check that a person stops hangs up, and is not remembered as a failure", async () => {
  const called = Promise.withResolvers<Socket>();
  const silent = await listen(called.resolve);
  const id = await connectionTo("Silent", silent.port);
  const page = new AbortController();
  const checking = server.ask("post", `/api/connections/${id}/check`, { body: {}, signal: page.signal });
  const hungUp = once(await called.promise, "close");
  (await called.promise).resume();
  page.abort();
  await expect(checking).rejects.toThrow(/abort/i);
  await hungUp;
  expect(await lastCheck(id)).toBeNull();
  await silent.close();
});

test("a check that fails is told stage by stage and remembered", async () => {
  const id = await connectionTo("Closed port", 1);
  const told = await server.ask("post", `/api/connections/${id}/check`, { body: {} });
  expect(told.text).toMatch(/"stage":"port","status":"failed"/);
  expect(told.text.trim().split("\n\n").at(-1)).toMatch(/"type":"verdict".*"code":"port_closed"/);
  expect(await lastCheck(id)).toMatchObject({ status: "failed", stage: "port", code: "port_closed", revision: 1 });
});
