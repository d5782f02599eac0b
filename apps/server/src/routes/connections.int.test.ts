import type { PostgresConnection } from "@headgate/contract";
import { makeAuthority } from "@headgate/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const settings = { host: "db.example.com", port: 5432, database: "shop", user: "reader", tlsMode: "require" };
let counter = 0;

async function create(password?: string): Promise<PostgresConnection> {
  counter += 1;
  const secrets = password === undefined ? {} : { password };
  const body = { name: `Shop ${counter}`, settings, secrets };
  const answer = await server.ask("post", "/api/connections", { body });
  expect(answer.status).toBe(200);
  return answer.json<PostgresConnection>();
}

function change(connection: PostgresConnection, changed: object, secrets: object = {}, revision = connection.revision) {
  const body = { name: connection.name, settings: { ...settings, ...changed }, secrets, revision };
  return server.ask("put", `/api/connections/${connection.id}`, { body });
}

test("a saved connection comes back without its password, in every answer [R24]", async () => {
  const connection = await create("canary-hunter2");
  expect(connection.secrets.password).toEqual({ set: true, updatedAt: expect.stringMatching(/Z$/) });
  const one = await server.ask("get", `/api/connections/${connection.id}`);
  const list = await server.ask("get", "/api/connections");
  for (const { text } of [one, list]) expect(text).not.toContain("canary");
  expect(JSON.stringify(server.logs)).not.toContain("canary");
  for (const secret of Object.values((await create()).secrets)) expect(secret).toEqual({ set: false, updatedAt: null });
});

test.each<[string, object]>([
  ["host", { host: "evil.example" }],
  ["port", { port: 6432 }],
  ["user", { user: "other" }],
  ["TLS mode", { tlsMode: "disable" }],
  ["authority", { caCertificate: makeAuthority().certificate }],
])("changing the %s asks for the password again [R24]", async (_what, changed) => {
  const connection = await create("hunter2");
  const refused = await change(connection, changed);
  expect(refused.problem()).toMatchObject({ type: "error:connection/secret-required", status: 422 });
  expect(Object.keys(refused.problem().fields ?? {})).toEqual(["secrets.password"]);
  const stored = (await server.ask("get", `/api/connections/${connection.id}`)).json<PostgresConnection>();
  expect(stored).toEqual(connection);

  const accepted = await change(connection, changed, { password: "again" });
  expect(accepted.json<PostgresConnection>()).toMatchObject({ revision: 2, settings: changed });
});

test("an application's secret is asked for again wherever its token would go elsewhere [R24]", async () => {
  const entra = { tenantId: "contoso.example", clientId: "6b1f0c1d", cloud: "AzurePublic", credential: "secret" };
  const body = { name: "Azure", settings: { ...settings, entra }, secrets: { entraSecret: "canary-app" } };
  const connection = (await server.ask("post", "/api/connections", { body })).json<PostgresConnection>();
  for (const changed of [{ entra, host: "evil.example" }, { entra: { ...entra, tenantId: "evil.example" } }]) {
    const refused = await change(connection, changed);
    expect(Object.keys(refused.problem().fields ?? {})).toEqual(["secrets.entraSecret"]);
    expect((await change(connection, changed, { entraSecret: "again" })).status).toBe(200);
    connection.revision += 1;
  }
});

test.each([
  ["a directory that leads elsewhere", { tenantId: "evil.example/x?" }, "settings.entra.tenantId"],
  ["an application with a line break", { clientId: "a\r\nHost: evil" }, "settings.entra.clientId"],
  ["an unknown cloud", { cloud: "Mars" }, "settings.entra.cloud"],
])("%s is refused by name", async (_what, wrong, field) => {
  const entra = { tenantId: "t", clientId: "c", cloud: "AzurePublic", credential: "secret", ...wrong };
  const body = { name: "Wrong", settings: { ...settings, entra }, secrets: {} };
  const answer = await server.ask("post", "/api/connections", { body });
  expect(Object.keys(answer.problem().fields ?? {})).toEqual([field]);
});

test("a name or a database may change alone; only what was tested counts as a new revision", async () => {
  const connection = await create("hunter2");
  expect((await change({ ...connection, name: "Renamed" }, {})).json()).toMatchObject({ name: "Renamed", revision: 1 });
  expect((await change({ ...connection, name: "Renamed" }, { database: "other" })).json()).toMatchObject({
    revision: 2,
  });
});

test("a connection without a password may change freely", async () => {
  expect((await change(await create(), { host: "elsewhere.example" })).status).toBe(200);
});

test("a change made on top of an older state is refused", async () => {
  const connection = await create("hunter2");
  await change(connection, { database: "other" });
  expect((await change(connection, { database: "third" })).problem()).toMatchObject({ type: "error:draft/outdated" });
});

test("two connections cannot have the same name, whatever its capitals", async () => {
  const connection = await create();
  const body = { name: connection.name.toUpperCase(), settings, secrets: {} };
  const answer = await server.ask("post", "/api/connections", { body });
  expect(answer.problem()).toMatchObject({ type: "error:connection/name-taken", status: 409 });
  expect(answer.problem().fields).toHaveProperty("name");
});

test("a connection nobody uses can be deleted, once", async () => {
  const { id } = await create("hunter2");
  expect((await server.ask("delete", `/api/connections/${id}`)).status).toBe(200);
  expect((await server.ask("delete", `/api/connections/${id}`)).problem().type).toBe("error:connection/not-found");
  const { rows } = await server.store.db.query("select from secrets where connection_id = $1", [id]);
  expect(rows).toEqual([]);
});

test("a secret that cannot be decrypted makes that connection fail its check, and no other [R23]", async () => {
  const connection = await create("hunter2");
  await server.store.db.query("update secrets set ciphertext = '\\x00' where connection_id = $1", [connection.id]);
  const check = await server.ask("post", `/api/connections/${connection.id}/check`, { body: {} });
  expect(check.text).toContain("secret_unreadable");
  const catalog = await server.ask("get", `/api/connections/${connection.id}/catalog`);
  expect(catalog.json()).toMatchObject({ status: "failed", failure: { code: "secret_unreadable" } });
});
