import type { PostgresConnection, GrantVerdict } from "@headgate/contract";
import { createDatabase, createRole, startPostgres } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let connection: PostgresConnection;

beforeAll(async () => {
  [server, postgres] = await Promise.all([startTestServer(), startPostgres()]);
  const database = await createDatabase({ server: postgres });
  await database.query("create table orders (id int)");
  const { user, password } = await createRole(database);
  const settings = { host: database.host, port: database.port, database: database.database, user, tlsMode: "prefer" };
  const answer = await server.ask("post", "/api/connections", {
    body: { name: "Shop", settings, secrets: { password } },
  });
  connection = answer.json<PostgresConnection>();
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
});

const ask = (body: object) => server.ask("post", `/api/connections/${connection.id}/grants`, { body });

test("the grants of a saved connection come with whether they are there", async () => {
  const answer = await ask({ role: "source", table: { schema: "public", name: "orders" } });
  const verdict = answer.json<GrantVerdict>();
  if (verdict.status === "failed") throw new Error(answer.text);
  expect(verdict.user).toBe(connection.settings.user);
  expect(verdict.lines.map(({ id, granted }) => [id, granted])).toEqual([
    ["connect", true],
    ["usage", true],
    ["select", false],
    ["future", false],
  ]);
  expect(verdict.rowSecurity).toBeNull();
  expect(answer.text).not.toContain('"right"');
});

test("the grants of a whole schema, and of a table still to be made, need no table", async () => {
  const ids = async (role: string) => {
    const verdict = (await ask({ role, table: { schema: "public" } })).json<GrantVerdict>();
    return verdict.status === "succeeded" ? verdict.lines.map(({ id }) => id) : verdict;
  };
  expect(await ids("source")).toEqual(["connect", "usage", "select", "future"]);
  expect(await ids("destination")).toEqual(["connect", "usage", "temporary", "create", "state"]);
});

test("a table that is not there is a verdict, and a question that makes no sense is refused", async () => {
  const missing = await ask({ role: "source", table: { schema: "public", name: "gone" } });
  expect(missing.json()).toMatchObject({ status: "failed", failure: { code: "table_missing" } });
  expect((await ask({ role: "both", table: { schema: "public", name: "orders" } })).status).toBe(422);
  expect((await ask({ role: "source", table: { schema: "", name: "orders" } })).problem().fields).toHaveProperty(
    "table.schema",
  );
});

test("a viewer may not ask", async () => {
  const body = { role: "source", table: { schema: "public", name: "orders" } };
  const answer = await server.ask("post", `/api/connections/${connection.id}/grants`, { as: "viewer", body });
  expect(answer.status).toBe(403);
});
