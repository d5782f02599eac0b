import type { CheckEvent, CheckRequest, CheckStage } from "@headgate/contract";
import type { PostgresTarget } from "@headgate/core";
import { createDatabase, createRole, listen, startPostgres, type TestDatabase } from "@headgate/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { contextWith, targetOf } from "../testing/targets.ts";
import { checkPostgres } from "./check-postgres.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await database.query("create table orders (id int primary key); insert into orders values (1)");
});

type Change = Partial<PostgresTarget>;

/** The verdict, and the stages as they were told: those that passed, and those that failed. */
async function check(change: Change = {}, request: CheckRequest = {}, at: Parameters<typeof targetOf>[0] = database) {
  const events: CheckEvent[] = [];
  const verdict = await checkPostgres(targetOf(at, change), contextWith(), (event) => events.push(event), request);
  const stages = (status: string): CheckStage[] =>
    events.flatMap((event) => (event.type === "stage" && event.status === status ? [event.stage] : []));
  return { verdict, events, passed: stages("passed"), failed: stages("failed") };
}

async function failure(change: Change) {
  const { verdict } = await check(change);
  return verdict.status === "failed" ? verdict.failure : verdict;
}

const asSource = ["name", "route", "port", "tls", "sign_in", "database", "schema", "table"];

describe("a database that can be read", () => {
  it("passes its stages in order, each with its time, and ends with the verdict", async () => {
    const { verdict, events, passed } = await check();
    expect(verdict).toMatchObject({
      status: "succeeded",
      serverVersion: expect.stringMatching(/^1[0-9]/),
      tableCount: 1,
      latencyMs: expect.any(Number),
    });
    expect(passed).toEqual(asSource);
    const told = events.filter((event) => event.type === "stage" && event.status === "passed");
    expect(told.every((event) => "milliseconds" in event && typeof event.milliseconds === "number")).toBe(true);
    expect(told.map((event) => "note" in event && event.note)).toEqual(
      expect.arrayContaining(["127.0.0.1", "not encrypted", "1 table", "public.orders"]),
    );
    expect(events.at(-1)).toEqual({ type: "verdict", verdict });
  });

  it("an empty database in which tables may be created is a good destination", async () => {
    const empty = await createDatabase();
    expect((await check({}, {}, empty)).verdict).toMatchObject({ status: "succeeded", tableCount: 0 });
  });

  it("exactly the table that was asked for is read", async () => {
    await database.query("create table parcels (id int)");
    const { events } = await check({}, { table: { schema: "public", name: "parcels" } });
    expect(events).toContainEqual(expect.objectContaining({ stage: "table", note: "public.parcels" }));
    await database.query("drop table parcels");
  });
});

describe("what is worth saying although it works", () => {
  it("the login could write, or rules everything", async () => {
    expect((await check()).verdict).toMatchObject({ hints: ["superuser", "can_write"] });
    const reader = await createRole(database, { grants: ["select on orders"] });
    expect((await check(reader)).verdict).toMatchObject({ status: "succeeded", hints: [] });
  });

  it("a policy hides rows from this login, of any table or of the one that was asked for", async () => {
    const own = await createDatabase();
    await own.query(`create table mine (id int); create table open (id int);
      alter table mine enable row level security; create policy none on mine using (false)`);
    const reader = await createRole(own, { grants: ["select on mine", "select on open"] });
    const hints = async (request: CheckRequest) => (await check(reader, request, own)).verdict;
    expect(await hints({})).toMatchObject({ hints: ["rows_hidden"] });
    expect(await hints({ table: { schema: "public", name: "mine" } })).toMatchObject({ hints: ["rows_hidden"] });
    expect(await hints({ table: { schema: "public", name: "open" } })).toMatchObject({ hints: [] });
  });

  it("a server that follows another one: good to read from, not to write to", async () => {
    const standby = await startPostgres({ standby: true });
    const at = { ...standby, database: "postgres" };
    expect((await check({}, {}, at)).verdict).toMatchObject({ hints: ["superuser", "read_replica"] });
    const written = await check({}, { as: "destination" }, at);
    expect(written.verdict).toMatchObject({
      failure: { stage: "write", code: "read_only_server", facts: { reason: "replica" } },
    });
    await standby.stop();
  });
});

describe("a database that is to be written to", () => {
  const table = { schema: "public", name: "orders" };

  it("has one stage more", async () => {
    const { verdict, passed } = await check({}, { as: "destination", table, writeMode: "upsert" });
    expect(verdict).toMatchObject({ status: "succeeded", hints: ["superuser"] });
    expect(passed).toEqual([...asSource, "write"]);
  });

  it("need not hold the table yet, nor any that can be read", async () => {
    const empty = await createDatabase();
    const request = { as: "destination", table: { schema: "public", name: "to be made" } } as const;
    expect((await check({}, request, empty)).verdict).toMatchObject({ status: "succeeded" });
  });

  it("is no destination for a login that only reads, whose source it may well be", async () => {
    const reader = await createRole(database, { grants: ["select on orders"] });
    const { verdict, passed, failed } = await check(reader, { as: "destination", table });
    expect(verdict).toMatchObject({
      failure: { code: "write_forbidden", facts: { table: "orders", rights: expect.stringContaining("INSERT") } },
    });
    expect(passed).toEqual(asSource);
    expect(failed).toEqual(["write"]);
  });
});

describe("what can be wrong with the login", () => {
  it.each([
    { name: "an unknown user", change: { user: "nobody_of_that_name" }, code: "password_wrong", id: "" },
    { name: "SQL in place of a user", change: { user: "'; DROP ROLE x;--" }, code: "password_wrong", id: "[B91]" },
    { name: "no password at all", change: { password: undefined }, code: "password_missing", id: "" },
  ])("$name $id", async ({ change, code }) => {
    expect(await failure(change)).toMatchObject({ stage: "sign_in", code });
  });

  it("never repeats the password, whatever the server says [R31]", async () => {
    const password = "s3cret-s3cret";
    const found = await failure({ user: password, password });
    expect(found).toMatchObject({ code: "password_wrong", detail: 'password authentication failed for user "•••"' });
    expect(JSON.stringify(found)).not.toContain(password);
  });

  it("an expired role [B94]", async () => {
    const role = await createRole(database, { attributes: "valid until '2020-01-01'" });
    expect(await failure(role)).toMatchObject({ code: "password_wrong" });
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

it("certificates that cannot be used are told as a fault of that stage, before anything is sent", async () => {
  const { verdict, events, passed, failed } = await check({ tlsMode: "verify-full", caCertificate: "garbage" });
  expect(verdict).toMatchObject({ failure: { stage: "tls", code: "tls_bad_authority" } });
  expect([passed, failed]).toEqual([[], ["tls"]]);
  expect(events).toHaveLength(3);
});

it("an unknown database is answered with the nearest known ones", async () => {
  const found = await failure({ database: `${database.database}x` });
  expect(found).toMatchObject({ code: "database_unknown", facts: { databases: database.database } });
});
