import {
  createDatabase,
  createRole,
  startPostgres,
  type TestDatabase,
  type TestServer as TestPostgres,
} from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
/** Not the server with our own store, which no connection may lead to. */
let postgres: TestPostgres;
let database: TestDatabase;
beforeAll(async () => {
  server = await startTestServer();
  postgres = await startPostgres();
  database = await createDatabase({ server: postgres });
  await database.query("create table orders (id int)");
});
afterAll(async () => {
  await server.stop();
  await postgres.stop();
});

type Change = { readonly host?: string; readonly port?: number; readonly user?: string; readonly password?: string };

async function save(change: Change, at = server): Promise<string> {
  const { host, port, user, password } = { ...database, ...change };
  const settings = { host, port, user, database: database.database, tlsMode: "prefer" };
  const name = `Connection ${crypto.randomUUID()}`;
  const saved = await at.ask("post", "/api/connections", { body: { name, settings, secrets: { password } } });
  return saved.json<{ id: string }>().id;
}

async function check(id: string, body: object, at = server): Promise<string> {
  return (await at.ask("post", `/api/connections/${id}/check`, { body })).text;
}

async function lastCheck(id: string): Promise<unknown> {
  return (await server.ask("get", `/api/connections/${id}`)).json()["lastCheck"];
}

describe("tested as a destination", () => {
  test("a login that may only read fails, but its connection is as good as before", async () => {
    const id = await save(await createRole(database, { grants: ["select on orders"] }));
    expect(await check(id, {})).toContain('"status":"succeeded"');
    const before = await lastCheck(id);
    expect(await check(id, { as: "destination" })).toMatch(/"stage":"write","code":"write_forbidden"/);
    expect(await lastCheck(id)).toEqual(before);
  });

  test("a login that may create tables passes the stage", async () => {
    const text = await check(await save({}), { as: "destination", table: { schema: "public", name: "copies" } });
    expect(text).toMatch(/"stage":"write","status":"passed"/);
  });

  test("an unknown wish is refused by name", async () => {
    const answer = await server.ask("post", `/api/connections/${await save({})}/check`, { body: { as: "mirror" } });
    expect(answer.problem()).toMatchObject({ type: "error:request/invalid", fields: { as: expect.any(String) } });
  });
});

test("in a container, localhost is explained as what it is there", async () => {
  const inside = await startTestServer({ inContainer: true });
  const id = await save({ host: "localhost", port: 1 }, inside);
  expect(await check(id, {}, inside)).toMatch(/"type":"verdict".*"stage":"port","code":"container_localhost"/);
  await inside.stop();
});
