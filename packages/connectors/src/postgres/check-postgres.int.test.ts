import type { CheckEvent } from "@headgate/contract";
import { createDatabase, createRole, listen, openDatabase, startPostgres, type TestDatabase } from "@headgate/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { createEgressGate } from "../net/egress-gate.ts";
import { contextWith, targetOf } from "../testing/targets.ts";
import { checkPostgres } from "./check-postgres.ts";
import type { Limits } from "./context.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await database.query("create table orders (id int primary key); insert into orders values (1)");
});

type Change = Parameters<typeof targetOf>[1];

function check(change: Change = {}, limits: Partial<Limits> = {}) {
  return checkPostgres(targetOf(database, change), contextWith(limits), () => {});
}

async function failure(change: Change, limits: Partial<Limits> = {}) {
  const verdict = await check(change, limits);
  return verdict.status === "failed" ? verdict.failure : verdict;
}

describe("a database that can be read", () => {
  it("passes its stages in order, each with its time, and ends with the verdict", async () => {
    const events: CheckEvent[] = [];
    const verdict = await checkPostgres(targetOf(database), contextWith(), (event) => events.push(event));
    expect(verdict).toMatchObject({
      status: "succeeded",
      serverVersion: expect.stringMatching(/^1[0-9]/),
      tableCount: 1,
    });
    const passed = events.flatMap((event) => (event.type === "stage" && event.status === "passed" ? [event] : []));
    expect(passed.map(({ stage }) => stage)).toEqual([
      "name",
      "route",
      "port",
      "tls",
      "sign_in",
      "database",
      "schema",
      "table",
    ]);
    expect(passed.every(({ milliseconds }) => typeof milliseconds === "number")).toBe(true);
    expect(events.at(-1)).toEqual({ type: "verdict", verdict });
  });

  it("an empty database in which tables may be created is a good destination", async () => {
    const empty = await createDatabase();
    const verdict = await checkPostgres(targetOf(empty), contextWith(), () => {});
    expect(verdict).toMatchObject({ status: "succeeded", tableCount: 0 });
  });

  it("says so when the login could write or rules everything", async () => {
    expect(await check()).toMatchObject({ hints: ["superuser", "can_write"] });
    const reader = await createRole(database, { grants: ["select on orders"] });
    expect(await check(reader)).toMatchObject({ status: "succeeded", hints: [] });
  });
});

describe("what can be wrong on the way", () => {
  it("unknown host", async () => {
    expect(await failure({ host: "no-such-host.invalid" })).toMatchObject({
      stage: "name",
      code: "host_unknown",
      facts: { host: "no-such-host.invalid" },
    });
  });

  it("closed port [B60]", async () => {
    const closed = await listen(() => {});
    await closed.close();
    const found = await failure({ port: closed.port });
    expect(found).toMatchObject({ stage: "port", code: "port_closed", facts: { port: String(closed.port) } });
  });

  it.each(["disable", "prefer"] as const)("a port that accepts and stays silent, with %s", async (tlsMode) => {
    const silent = await listen(() => {});
    const found = await failure({ port: silent.port, tlsMode }, { connectMs: 200 });
    expect(found).toMatchObject({ code: "port_silent" });
    await silent.close();
  });

  it("a whole check has a limit of its own", async () => {
    const silent = await listen(() => {});
    const found = await failure({ port: silent.port }, { checkMs: 1_000 });
    expect(found).toMatchObject({ code: "too_slow", facts: { seconds: "1" } });
    await silent.close();
  });

  it.each([
    ["a web server", "HTTP/1.1 400 Bad Request\r\n\r\n", "[B57]"],
    ["an SSH server", "SSH-2.0-OpenSSH_9.6\r\n", "[B58]"],
    ["MySQL", "J\0\0\0\n8.0.36\0", ""],
  ])("%s on that port %s", async (_name, greeting) => {
    for (const tlsMode of ["disable", "prefer", "verify-full"] as const) {
      const other = await listen((socket) => socket.once("data", () => socket.write(greeting)));
      expect(await failure({ port: other.port, tlsMode })).toMatchObject({ code: "not_postgres" });
      await other.close();
    }
  });

  it("a proxy that hangs up", async () => {
    const rude = await listen((socket) => socket.once("data", () => socket.destroy()));
    expect(await failure({ port: rude.port })).toMatchObject({ code: "line_cut" });
    await rude.close();
  });

  it("an address the gate refuses, without one packet [R43]", async () => {
    const gate = createEgressGate({ allow: [], loopbackAllowed: false, refuse: [] });
    const verdict = await checkPostgres(targetOf(database), { ...contextWith(), gate }, () => {});
    expect(verdict).toMatchObject({
      failure: {
        stage: "name",
        code: "address_denied",
        facts: { setting: "HEADGATE_EGRESS_ALLOW", reason: "loopback" },
      },
    });
  });
});

describe("what can be wrong with the login", () => {
  it.each([
    { name: "a wrong password", change: { password: "not-the-password" }, code: "password_wrong", id: "[B93]" },
    { name: "an unknown user", change: { user: "nobody_of_that_name" }, code: "password_wrong", id: "" },
    { name: "SQL in place of a user", change: { user: "'; DROP ROLE x;--" }, code: "password_wrong", id: "[B91]" },
    { name: "no password", change: { password: undefined }, code: "password_missing", id: "" },
    { name: "an empty password", change: { password: "" }, code: "password_missing", id: "[B88]" },
  ])("$name $id", async ({ change, code }) => {
    expect(await failure(change)).toMatchObject({ stage: "sign_in", code });
  });

  it("never repeats the password, whatever the server says [R31]", async () => {
    const password = "s3cret-s3cret";
    const found = await failure({ user: password, password });
    expect(found).toMatchObject({ code: "password_wrong", detail: 'password authentication failed for user "•••"' });
    expect(JSON.stringify(found)).not.toContain(password);
  });

  it("a role that may not log in", async () => {
    const role = await createRole(database);
    await database.query(`alter role ${role.user} nologin`);
    expect(await failure(role)).toMatchObject({ stage: "sign_in", code: "login_not_allowed" });
  });

  it("an expired role [B94]", async () => {
    const role = await createRole(database, { attributes: "valid until '2020-01-01'" });
    expect(await failure(role)).toMatchObject({ code: "password_wrong" });
  });

  it("a role at its limit of connections [B96]", async () => {
    const role = await createRole(database, { attributes: "connection limit 0" });
    expect(await failure(role)).toMatchObject({ code: "server_full" });
  });

  it("a NUL in a name never reaches the server [V6] [B85]", async () => {
    const witness = await listen((socket) => socket.on("data", () => {}));
    for (const change of [{ user: "bob\0options\0-c x=y" }, { database: "a\0b" }]) {
      const found = await failure({ ...change, port: witness.port, tlsMode: "disable" });
      expect(found).toMatchObject({ code: "unexpected", stage: "sign_in" });
    }
    expect([...witness.sockets].map((socket) => socket.bytesRead)).toEqual([0, 0]);
    await witness.close();
  });
});

describe("what can be wrong with the database", () => {
  it("an unknown name, with the nearest known ones", async () => {
    const found = await failure({ database: `${database.database}x` });
    expect(found).toMatchObject({
      stage: "database",
      code: "database_unknown",
      facts: { databases: database.database },
    });
  });

  it("an unknown name where the list of databases was revoked: still a verdict", async () => {
    const server = await startPostgres();
    const own = await createDatabase({ server });
    await createDatabase({ server, name: "postgres_twin" });
    await openDatabase(server, "postgres").query("revoke select on pg_database from public");
    const reader = await createRole(own);
    const target = targetOf({ ...own, ...reader, database: "postgres_twinn" });
    const verdict = await checkPostgres(target, contextWith(), () => {});
    expect(verdict).toMatchObject({ failure: { code: "database_unknown" } });
    await server.stop();
  });

  it("one that takes no connections [B92]", async () => {
    expect(await failure({ database: "template0" })).toMatchObject({ stage: "database", code: "database_closed" });
  });

  it("no right to connect [B95]", async () => {
    const closed = await createDatabase();
    await closed.query(`revoke connect on database ${closed.database} from public`);
    const role = await createRole(closed);
    const verdict = await checkPostgres(targetOf({ ...closed, ...role }), contextWith(), () => {});
    expect(verdict).toMatchObject({ failure: { stage: "database", code: "database_forbidden" } });
  });

  it("no table, and none may be created", async () => {
    const empty = await createDatabase();
    const role = await createRole(empty);
    const verdict = await checkPostgres(targetOf({ ...empty, ...role }), contextWith(), () => {});
    expect(verdict).toMatchObject({ failure: { stage: "schema", code: "no_tables" } });
  });

  it("tables, but no right to enter their schema", async () => {
    const locked = await createDatabase();
    await locked.query("create schema hidden; create table hidden.orders (id int)");
    const role = await createRole(locked);
    const verdict = await checkPostgres(targetOf({ ...locked, ...role }), contextWith(), () => {});
    expect(verdict).toMatchObject({
      failure: { stage: "schema", code: "schema_forbidden", facts: { schema: "hidden" } },
    });
  });

  it("tables, but no right to read any", async () => {
    const role = await createRole(database);
    expect(await failure(role)).toMatchObject({
      stage: "table",
      code: "table_forbidden",
      facts: { schema: "public", table: "orders" },
    });
  });
});

it("stopping ends the session at the database too", async () => {
  const slow = await createDatabase();
  await slow.query(`create function slow() returns int language sql as 'select 1 from pg_sleep(60)';
                    create view dawdling as select slow()`);
  const stop = new AbortController();
  const verdict = checkPostgres(targetOf(slow), contextWith({}, stop.signal), (event) => {
    if (event.type === "stage" && event.stage === "table" && event.status === "running")
      setImmediate(() => stop.abort());
  });
  expect(await verdict).toMatchObject({ failure: { code: "stopped", detail: "" } });
  const busy = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  await expect.poll(async () => (await slow.query(busy)).rowCount, { timeout: 5_000 }).toBe(0);
});
