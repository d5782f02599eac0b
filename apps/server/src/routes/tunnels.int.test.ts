import { generateKeyPairSync } from "node:crypto";
import { makeSshKeyPair } from "@headgate/connectors";
import type { PostgresConnection, Tunnel } from "@headgate/contract";
import { hashPassword } from "@headgate/store";
import { createDatabase, startPostgres, startSshServer, type SshServer, type TestDatabase } from "@headgate/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../testing/test-server.ts";

let server: TestServer;
let ssh: SshServer;
let database: TestDatabase;
let stopDatabase: () => Promise<void>;
beforeAll(async () => {
  server = await startTestServer({ settings: { rateLimits: "off" } });
  ssh = await startSshServer({ password: "canary-hop" });
  const postgres = await startPostgres();
  stopDatabase = postgres.stop;
  database = await createDatabase({ server: postgres });
  await database.query("create table orders (id int)");
});
afterAll(async () => {
  await server.stop();
  await ssh.close();
  await stopDatabase();
});

let counter = 0;
function answers(change: object = {}) {
  counter += 1;
  const { host, port } = ssh;
  return { name: `Hop ${counter}`, host, port, user: "tunnel", method: "password", secrets: {}, ...change };
}

async function create(change: object = {}): Promise<Tunnel> {
  const answer = await server.ask("post", "/api/tunnels", { body: answers(change) });
  expect(answer.text).not.toContain("canary");
  expect(answer.status).toBe(200);
  return answer.json<Tunnel>();
}

function update({ id, name, host, port, user, method, revision }: Tunnel, change: object = {}) {
  const body = { name, host, port, user, method, revision, secrets: {}, ...change };
  return server.ask("put", `/api/tunnels/${id}`, { body });
}

async function connectThrough(tunnel: Tunnel): Promise<PostgresConnection> {
  const { host, port, user } = database;
  const settings = { host, port, user, database: database.database, tlsMode: "prefer", tunnelId: tunnel.id };
  const body = { name: `Through ${tunnel.name}`, settings, secrets: { password: database.password } };
  return (await server.ask("post", "/api/connections", { body })).json<PostgresConnection>();
}

async function check({ id }: PostgresConnection) {
  const { text } = await server.ask("post", `/api/connections/${id}/check`, { body: {} });
  return text;
}

async function acceptKey({ id }: Tunnel) {
  await server.ask("post", `/api/tunnels/${id}/host-key`, { body: {} });
  return server.ask("put", `/api/tunnels/${id}/host-key`, { body: { fingerprint: ssh.fingerprint } });
}

test("a tunnel comes back without its secrets, in every answer [R24]", async () => {
  const { id, secrets } = await create({ secrets: { password: "canary-hop" } });
  expect(secrets.password).toEqual({ set: true, updatedAt: expect.stringMatching(/Z$/) });
  expect(secrets.privateKey).toEqual({ set: false, updatedAt: null });
  const one = await server.ask("get", `/api/tunnels/${id}`);
  const list = await server.ask("get", "/api/tunnels");
  for (const { text } of [one, list]) expect(text).not.toContain("canary");
  expect(JSON.stringify(server.logs)).not.toContain("canary");
});

describe("the key of the SSH server", () => {
  test("is shown first, accepted by a person, and only then is anything sent [R54]", async () => {
    const tunnel = await create({ secrets: { password: "canary-hop" } });
    const connection = await connectThrough(tunnel);
    const before = ssh.offered.length;
    expect(await check(connection)).toContain('"code":"ssh_host_key_unknown"');
    const asked = await server.ask("post", `/api/tunnels/${tunnel.id}/host-key`, { body: {} });
    expect(asked.json()).toEqual({
      status: "succeeded",
      fingerprint: ssh.fingerprint,
      algorithm: "ssh-rsa",
      known: false,
      changed: false,
    });
    expect(ssh.offered.length).toBe(before);
    const accepted = await acceptKey(tunnel);
    expect(accepted.json<Tunnel>()).toMatchObject({ hostKey: { fingerprint: ssh.fingerprint, algorithm: "ssh-rsa" } });
    expect(await check(connection)).toContain('"status":"succeeded"');
    const again = await server.ask("post", `/api/tunnels/${tunnel.id}/host-key`, { body: {} });
    expect(again.json()).toMatchObject({ known: true, changed: false });
  });

  test("cannot be accepted unless the server showed it", async () => {
    const tunnel = await create();
    const body = { fingerprint: `SHA256:${"A".repeat(43)}` };
    const unseen = await server.ask("put", `/api/tunnels/${tunnel.id}/host-key`, { body });
    expect(unseen.problem()).toMatchObject({ type: "error:tunnel/host-key-not-seen", status: 409 });
    await server.ask("post", `/api/tunnels/${tunnel.id}/host-key`, { body: {} });
    const other = await server.ask("put", `/api/tunnels/${tunnel.id}/host-key`, { body });
    expect(other.problem()).toMatchObject({ type: "error:tunnel/host-key-not-seen" });
  });

  test("is forgotten with the server it belongs to", async () => {
    const tunnel = await create();
    const { revision } = (await acceptKey(tunnel)).json<Tunnel>();
    const moved = await update({ ...tunnel, revision }, { port: tunnel.port === 22 ? 23 : 22 });
    expect(moved.json<Tunnel>()).toMatchObject({ hostKey: null });
  });

  test("a server that is not there is a verdict", async () => {
    const tunnel = await create({ host: "no-such-host.invalid" });
    const { text, status } = await server.ask("post", `/api/tunnels/${tunnel.id}/host-key`, { body: {} });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ status: "failed", failure: { stage: "name", code: "host_unknown" } });
  });
});

describe("a key of the SSH server that has changed", () => {
  const password = "a quiet green river";
  let hop: SshServer;
  let tunnel: Tunnel;
  beforeEach(async () => {
    hop = await startSshServer({ password: "canary-hop" });
    tunnel = await create({ port: hop.port, secrets: { password: "canary-hop" } });
    await ask("post");
    tunnel = (await ask("put", { fingerprint: hop.fingerprint })).json<Tunnel>();
    await server.store.db.query("update users set password_hash = $2 where id = $1", [
      server.users.editor.id,
      await hashPassword(password),
    ]);
    await server.store.db.query("delete from sign_in_failures");
    hop.changeHostKey();
  });
  afterEach(() => hop.close());

  function ask(method: "post" | "put", body: object = {}) {
    return server.ask(method, `/api/tunnels/${tunnel.id}/host-key`, { body });
  }

  async function acceptedNow() {
    return (await server.ask("get", `/api/tunnels/${tunnel.id}`)).json<Tunnel>().hostKey?.fingerprint;
  }

  test("stops every connection before a credential is sent, and both are told [B117] [R54]", async () => {
    const before = hop.offered.length;
    const text = await check(await connectThrough(tunnel));
    expect(text).toContain('"code":"ssh_host_key_changed"');
    expect(text).toContain(hop.fingerprint);
    expect(text).toContain(tunnel.hostKey?.fingerprint);
    expect(hop.offered.length).toBe(before);
    const asked = await ask("post");
    expect(asked.json()).toMatchObject({ fingerprint: hop.fingerprint, known: false, changed: true });
  });

  test("takes the place of the accepted one only with the person's own password [R54]", async () => {
    await ask("post");
    const { fingerprint } = hop;
    for (const [given, sentence] of [
      [{}, /^Enter the password/],
      [{ password: "" }, /^Enter the password/],
      [{ password: "canary-not-it" }, /^This is not/],
    ] as const) {
      const refused = await ask("put", { fingerprint, ...given });
      expect(refused.problem()).toMatchObject({ type: "error:auth/password-needed", status: 422 });
      expect(refused.problem().fields).toEqual({ password: expect.stringMatching(sentence) });
      expect(refused.text).not.toContain("canary");
    }
    expect(await acceptedNow()).toBe(tunnel.hostKey?.fingerprint);
    const replaced = await ask("put", { fingerprint, password });
    expect(replaced.json<Tunnel>()).toMatchObject({ hostKey: { fingerprint }, revision: tunnel.revision + 1 });
    // Said again, it is the accepted one and needs nothing.
    expect((await ask("put", { fingerprint })).status).toBe(200);
    expect(JSON.stringify(server.logs)).not.toContain(password);
  });

  test("guessing that password is braked as at sign-in [R54] [R7]", async () => {
    await ask("post");
    const { fingerprint } = hop;
    await ask("put", { fingerprint, password: "wrong wrong wrong" });
    await server.store.db.query("update sign_in_failures set failures = 20");
    const refused = await ask("put", { fingerprint, password });
    expect(refused.problem()).toMatchObject({ type: "error:auth/too-many-attempts", status: 429 });
    expect(await acceptedNow()).toBe(tunnel.hostKey?.fingerprint);
  });
});

describe("a private key that cannot be used", () => {
  const pair = makeSshKeyPair();
  const { privateKey: locked } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "pkcs1", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "canary-passphrase" },
  });

  test.each([
    ["a PuTTY file [B119]", { privateKey: "PuTTY-User-Key-File-3: ssh-ed25519" }, "privateKey", /PuTTYgen/],
    ["a public key [B120]", { privateKey: pair.publicKey }, "privateKey", /public key/],
    ["half a key", { privateKey: pair.privateKey.slice(0, 99) }, "privateKey", /whole/],
    ["a locked key alone", { privateKey: locked }, "passphrase", /locked/],
    ["with a wrong passphrase", { privateKey: locked, passphrase: "no" }, "passphrase", /not open/],
  ])("is refused at its field, and nothing is saved: %s", async (_what, secrets, field, sentence) => {
    const list = async () => (await server.ask("get", "/api/tunnels")).text;
    const before = await list();
    const refused = await server.ask("post", "/api/tunnels", { body: answers({ method: "private_key", secrets }) });
    expect(refused.problem()).toMatchObject({ type: "error:request/invalid", status: 422 });
    expect(refused.problem().fields).toEqual({ [`secrets.${field}`]: expect.stringMatching(sentence) });
    expect(refused.text).not.toContain("AAAA");
    expect(await list()).toBe(before);
  });

  test("one that can is kept", async () => {
    const tunnel = await create({
      method: "private_key",
      secrets: { privateKey: locked, passphrase: "canary-passphrase" },
    });
    expect(tunnel.secrets).toMatchObject({ privateKey: { set: true }, passphrase: { set: true } });
  });
});

describe("a key pair that Headgate makes", () => {
  test("opens only the ways its connections use, and stays when the tunnel changes", async () => {
    const tunnel = await create({ method: "headgate_key", user: "reader" });
    expect(tunnel.authorizedKeysLine).toBe(`restrict,port-forwarding ${tunnel.publicKey}`);
    expect(tunnel.publicKey).toMatch(/^ssh-ed25519 AAAA\S+ headgate-Hop-\d+$/);
    await connectThrough(tunnel);
    const used = (await server.ask("get", `/api/tunnels/${tunnel.id}`)).json<Tunnel>();
    expect(used.authorizedKeysLine).toBe(
      `restrict,port-forwarding,permitopen="${database.host}:${database.port}" ${tunnel.publicKey}`,
    );
    const renamed = (await update(used, { name: `${used.name} renamed` })).json<Tunnel>();
    expect(renamed).toMatchObject({ publicKey: tunnel.publicKey, revision: used.revision });
  });

  test("lets us in where its line was added", async () => {
    const tunnel = await create({ method: "headgate_key" });
    const own = await startSshServer({ authorizedKeys: [tunnel.publicKey ?? ""] });
    const moved = (await update(tunnel, { port: own.port })).json<Tunnel>();
    await server.ask("post", `/api/tunnels/${tunnel.id}/host-key`, { body: {} });
    const body = { fingerprint: own.fingerprint };
    await server.ask("put", `/api/tunnels/${tunnel.id}/host-key`, { body });
    expect(await check(await connectThrough(moved))).toContain('"status":"succeeded"');
    await own.close();
  });

  test("goes with the method", async () => {
    const tunnel = await create({ method: "headgate_key" });
    const changed = (await update(tunnel, { method: "password", secrets: { password: "canary-hop" } })).json<Tunnel>();
    expect(changed).toMatchObject({
      publicKey: null,
      secrets: { privateKey: { set: false }, password: { set: true } },
    });
  });
});

describe("what could lead secrets elsewhere", () => {
  test.each([
    ["user", { user: "other" }],
    ["host", { host: "evil.example" }],
    ["port", { port: 2222 }],
  ])("another %s asks for the password again [R24]", async (_what, change) => {
    const tunnel = await create({ secrets: { password: "canary-hop" } });
    expect((await update(tunnel, change)).problem()).toMatchObject({
      type: "error:tunnel/secret-required",
      fields: { "secrets.password": expect.any(String) },
    });
    const accepted = await update(tunnel, { ...change, secrets: { password: "canary-new" } });
    expect(accepted.json<Tunnel>()).toMatchObject({ revision: 2, ...change });
  });

  test("a tunnel in use stays where it is: the databases' passwords travel through it [R24]", async () => {
    const tunnel = await create({ secrets: { password: "canary-hop" } });
    const { name } = await connectThrough(tunnel);
    const moved = await update(tunnel, { host: "evil.example", secrets: { password: "mine" } });
    expect(moved.problem()).toMatchObject({ type: "error:tunnel/in-use", detail: `Used by: ${name}.` });
    expect((await server.ask("delete", `/api/tunnels/${tunnel.id}`, { body: {} })).problem()).toMatchObject({
      type: "error:tunnel/in-use",
    });
  });

  test("a connection that takes another way asks for its password again [R24]", async () => {
    const connection = await connectThrough(await create({ secrets: { password: "canary-hop" } }));
    const { tunnelId: _old, ...settings } = connection.settings;
    const other = await create();
    for (const changed of [settings, { ...settings, tunnelId: other.id }]) {
      const body = { name: connection.name, settings: changed, secrets: {}, revision: connection.revision };
      const answer = await server.ask("put", `/api/connections/${connection.id}`, { body });
      expect(answer.problem()).toMatchObject({ type: "error:connection/secret-required" });
    }
  });

  test("a change of the tunnel outdates what was tested through it", async () => {
    const tunnel = await create({ secrets: { password: "canary-hop" } });
    const connection = await connectThrough(tunnel);
    await update(tunnel, { secrets: { password: "canary-new" } });
    const after = (await server.ask("get", `/api/connections/${connection.id}`)).json<PostgresConnection>();
    expect(after.revision).toBe(connection.revision + 1);
  });
});

test("names tell tunnels apart, and a change on top of an older state is refused", async () => {
  const tunnel = await create();
  const twin = await server.ask("post", "/api/tunnels", { body: answers({ name: tunnel.name.toUpperCase() }) });
  expect(twin.problem()).toMatchObject({ type: "error:tunnel/name-taken" });
  await update(tunnel, { user: "other" });
  expect((await update(tunnel, { user: "third" })).problem()).toMatchObject({ type: "error:tunnel/outdated" });
});

test("a connection cannot use a tunnel that is not there; one nobody uses can be deleted, once", async () => {
  const tunnel = await create({ secrets: { password: "canary-hop" } });
  expect((await server.ask("delete", `/api/tunnels/${tunnel.id}`, { body: {} })).status).toBe(200);
  const again = await server.ask("delete", `/api/tunnels/${tunnel.id}`, { body: {} });
  expect(again.problem()).toMatchObject({ type: "error:tunnel/not-found" });
  const settings = { host: "db.example", port: 5432, user: "u", database: "d", tlsMode: "prefer", tunnelId: tunnel.id };
  const refused = await server.ask("post", "/api/connections", { body: { name: "Lost", settings, secrets: {} } });
  expect(refused.problem()).toMatchObject({ type: "error:tunnel/not-found" });
});

test("who may only look cannot make, change or test tunnels", async () => {
  const { id } = await create();
  expect((await server.ask("get", "/api/tunnels", { as: "viewer" })).status).toBe(200);
  for (const [method, path] of [
    ["post", "/api/tunnels"],
    ["post", `/api/tunnels/${id}/host-key`],
  ] as const) {
    const answer = await server.ask(method, path, { as: "viewer", body: {} });
    expect(answer.problem()).toMatchObject({ type: "error:auth/forbidden" });
  }
});
