import { X509Certificate } from "node:crypto";
import { rotateSecretEventSchema, type PostgresConnection, type RotateSecretEvent } from "@headgate/contract";
import { updateConnection } from "@headgate/store";
import { createDatabase, createRole, makeAuthority, startPostgres, type TestDatabase } from "@headgate/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

const people = makeAuthority("Client authority");
let server: TestServer;
let database: TestDatabase;
let stopDatabase: () => Promise<void>;
let caCertificate = "";
beforeAll(async () => {
  server = await startTestServer({ settings: { rateLimits: "off" } });
  const hba = ["hostssl all certified all scram-sha-256 clientcert=verify-ca", "host all all all scram-sha-256"];
  const postgres = await startPostgres({ tls: true, clientAuthority: people.certificate, hba });
  ({ stop: stopDatabase, caCertificate = "" } = postgres);
  database = await createDatabase({ server: postgres });
  await database.query("create table orders (id int)");
});
afterAll(async () => {
  await server.stop();
  await stopDatabase();
});

/** A role and a saved connection that signs in as it. */
async function connect(change: { settings?: object; secrets?: object; attributes?: string; user?: string } = {}) {
  const role = await createRole(database, { grants: ["select on orders"], attributes: change.attributes ?? "" });
  if (change.user) await database.query(`alter role ${role.user} rename to ${change.user}`);
  const user = change.user ?? role.user;
  // A renamed role loses a password that was hashed with its name; SCRAM's is not.
  const { host, port } = database;
  const settings = { host, port, database: database.database, user, tlsMode: "require", ...change.settings };
  const body = { name: `Of ${user}`, settings, secrets: { password: role.password, ...change.secrets } };
  const connection = (await server.ask("post", "/api/connections", { body })).json<PostgresConnection>();
  return { connection, user, alter: (sql: string) => database.query(`alter role ${user} ${sql}`) };
}

function ask({ id, revision }: PostgresConnection, body: object, as: "editor" | "viewer" = "editor") {
  return server.ask("post", `/api/connections/${id}/rotate`, { as, body: { revision, secrets: {}, ...body } });
}

async function rotate(connection: PostgresConnection, body: object): Promise<RotateSecretEvent[]> {
  const answer = await ask(connection, body);
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain("canary");
  return [...answer.text.matchAll(/^data: (.*)$/gm)].map(([, json]) =>
    rotateSecretEventSchema.parse(JSON.parse(json ?? "")),
  );
}

const check = async ({ id }: PostgresConnection) =>
  (await server.ask("post", `/api/connections/${id}/check`, { body: {} })).text;
const stored = async ({ id }: PostgresConnection) =>
  (await server.ask("get", `/api/connections/${id}`)).json<PostgresConnection>();

const lastDay = (pem: string) => new X509Certificate(pem).validToDate.toISOString().slice(0, 10);
const someDay = expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as string;

describe("a new password", () => {
  test("is tried stage by stage, saved, and counts as tested", async () => {
    const { connection, alter } = await connect();
    await check(connection);
    await alter("password 'canary-new'");
    expect(await check(connection)).toContain("password_wrong");
    const events = await rotate(connection, { secrets: { password: "canary-new" } });
    expect(
      events.flatMap((event) => (event.type === "stage" && event.status === "passed" ? [event.stage] : [])),
    ).toEqual(expect.arrayContaining(["port", "tls", "sign_in", "table"]));
    expect(events.slice(-2)).toMatchObject([
      { type: "verdict", verdict: { status: "succeeded" } },
      { type: "saved", connection: { id: connection.id, revision: 2 } },
    ]);
    expect(await stored(connection)).toMatchObject({
      revision: 2,
      lastCheck: { status: "succeeded", revision: 2, by: "person" },
    });
    expect(await check(connection)).toContain('"status":"succeeded"');
  });

  test("that does not work changes nothing: the old one goes on", async () => {
    const { connection } = await connect();
    await check(connection);
    const before = await stored(connection);
    const events = await rotate(connection, { secrets: { password: "canary-wrong" } });
    expect(events.at(-1)).toMatchObject({ type: "verdict", verdict: { failure: { code: "password_wrong" } } });
    expect(await stored(connection)).toEqual(before);
    expect(await check(connection)).toContain('"status":"succeeded"');
    expect(JSON.stringify(server.logs)).not.toContain("canary");
  });

  test("repairs a connection whose stored one cannot be opened [R23]", async () => {
    const { connection, alter } = await connect();
    await server.store.db.query("update secrets set ciphertext = '\\x00' where connection_id = $1", [connection.id]);
    expect(await check(connection)).toContain("secret_unreadable");
    await alter("password 'canary-fresh'");
    const events = await rotate(connection, { secrets: { password: "canary-fresh" } });
    expect(events.at(-1)).toMatchObject({ type: "saved" });
    expect(await check(connection)).toContain('"status":"succeeded"');
  });

  test("is not saved over a connection that was changed meanwhile", async () => {
    const { connection } = await connect();
    const { name, settings } = connection;
    await updateConnection(server.store, connection.id, {
      name,
      settings: { ...settings, database: "x" },
      secrets: {},
      revision: 1,
    });
    const late = await ask(connection, { secrets: { password: "new" } });
    expect(late.problem()).toMatchObject({ type: "error:draft/outdated", status: 409 });
  });
});

test("a new client certificate comes with its key, and is tried with it before the old pair goes", async () => {
  const [first, second] = [people.issue({ names: ["first"] }), people.issue({ names: ["second"] })];
  const { connection } = await connect({
    user: "certified",
    settings: { clientCertificate: first.certificate },
    secrets: { clientKey: first.key, clientKeyPassphrase: "canary-old" },
  });
  const mixed = await rotate(connection, { secrets: { clientKey: second.key } });
  expect(mixed.at(-1)).toMatchObject({ verdict: { failure: { code: "tls_client_unreadable" } } });
  const events = await rotate(connection, {
    clientCertificate: second.certificate,
    secrets: { clientKey: second.key },
  });
  expect(events.at(-1)).toMatchObject({
    type: "saved",
    connection: {
      settings: { clientCertificate: second.certificate },
      // The passphrase belonged to the key before.
      secrets: { password: { set: true }, clientKey: { set: true }, clientKeyPassphrase: { set: false } },
      expiries: { client_certificate: lastDay(second.certificate), server_certificate: someDay },
    },
  });
});

describe("what is refused", () => {
  test.each<[string, object, string]>([
    ["nothing at all", {}, "secrets.password"],
    ["an empty password", { secrets: { password: "" } }, "secrets.password"],
    ["a secret of another way in", { secrets: { password: "x", entraSecret: "x" } }, "secrets.entraSecret"],
    ["a certificate where none is used", { clientCertificate: people.certificate }, "clientCertificate"],
    ["a day that is none", { secrets: { password: "x" }, entraSecretExpires: "soon" }, "entraSecretExpires"],
    ["another server", { secrets: { password: "x" }, settings: { host: "evil.example" } }, "settings"],
  ])("%s, by field [R24]", async (_what, body, field) => {
    const { connection } = await connect();
    const answer = await ask(connection, body);
    expect(answer.problem()).toMatchObject({ type: "error:request/invalid", status: 422 });
    expect(Object.keys(answer.problem().fields ?? {})).toEqual([field]);
    expect(await stored(connection)).toEqual(connection);
  });

  test("a viewer", async () => {
    const { connection } = await connect();
    expect((await ask(connection, { secrets: { password: "x" } }, "viewer")).status).toBe(403);
  });
});

describe("days on which something ends", () => {
  test("certificates are read when they are saved, and the server's and the login's when they are tested", async () => {
    const { connection } = await connect({
      settings: { tlsMode: "verify-full", host: "localhost", caCertificate },
      attributes: "valid until '2031-05-17 12:00Z'",
    });
    expect(connection.expiries).toEqual({ ca_certificate: lastDay(caCertificate) });
    await check(connection);
    expect((await stored(connection)).expiries).toEqual({
      ca_certificate: lastDay(caCertificate),
      server_certificate: someDay,
      password: "2031-05-17",
    });
  });

  test("a password without an end has none", async () => {
    const { connection } = await connect({ attributes: "valid until 'infinity'" });
    await check(connection);
    expect((await stored(connection)).expiries).toEqual({ server_certificate: someDay });
  });

  const azure = { host: "db.example.com", port: 5432, database: "d", user: "u", tlsMode: "require" };
  const entra = { tenantId: "contoso.example", clientId: "6b1f0c1d", cloud: "AzurePublic" };
  const put = ({ id, name, settings, revision }: PostgresConnection, change: object) =>
    server.ask("put", `/api/connections/${id}`, { body: { name, settings, secrets: {}, revision, ...change } });

  test("an application's secret ends on the day a person gave, and a new one without a day has none", async () => {
    const body = {
      name: "Entra by secret",
      settings: { ...azure, entra: { ...entra, credential: "secret" } },
      secrets: { entraSecret: "canary" },
      entraSecretExpires: "2027-03-01",
    };
    const connection = (await server.ask("post", "/api/connections", { body })).json<PostgresConnection>();
    expect(connection.expiries).toEqual({ entra_secret: "2027-03-01" });
    const later = (await put(connection, { entraSecretExpires: "2027-04-01" })).json<PostgresConnection>();
    expect(later).toMatchObject({ revision: 1, expiries: { entra_secret: "2027-04-01" } });
    expect((await put(later, { name: "Renamed" })).json<PostgresConnection>().expiries).toEqual({
      entra_secret: "2027-04-01",
    });
    const replaced = await put(later, { secrets: { entraSecret: "new" } });
    expect(replaced.json<PostgresConnection>()).toMatchObject({ revision: 2, expiries: {} });
  });

  test("an application's certificate ends when it says", async () => {
    const own = people.issue({ names: ["app"] });
    const body = {
      name: "Entra by certificate",
      settings: { ...azure, entra: { ...entra, credential: "certificate" } },
      secrets: { entraCertificate: own.certificate + own.key },
    };
    const connection = (await server.ask("post", "/api/connections", { body })).json<PostgresConnection>();
    expect(connection.expiries).toEqual({ entra_certificate: lastDay(own.certificate) });
    const other = people.issue({ names: ["app"], expired: true });
    const replaced = await put(connection, { secrets: { entraCertificate: other.certificate + other.key } });
    expect(replaced.json<PostgresConnection>().expiries).toEqual({ entra_certificate: lastDay(other.certificate) });
  });
});
