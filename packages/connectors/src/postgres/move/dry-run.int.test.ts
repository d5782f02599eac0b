import { createDatabase, createRole, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { flowOf } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { dryRun, type DryRunPlan } from "./dry-run.ts";

const table = { schema: "public", name: "orders" };
const base = { from: table, to: table, columns: ["id", "note"] };
const upsert = flowOf({ ...base, writeMode: "upsert", syncKey: ["id"] });
const append = flowOf({ ...base, writeMode: "append" });

let source: TestDatabase;
let destination: TestDatabase;

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  await source.query("create table orders (id int, note text)");
  await source.query("insert into orders select i, 'n' || i from generate_series(1, 50) i");
  await destination.query("create table orders (id int primary key, note text)");
  await destination.query("insert into orders select i, 'n' || i from generate_series(41, 60) i");
});

function count(plan: DryRunPlan, limits = {}) {
  return dryRun(plan, targetOf(source), targetOf(destination), contextWith(limits));
}

describe("a dry run", () => {
  it.each([
    { missing: "INSERT", grants: ["select, update on orders"] },
    { missing: "SELECT", grants: ["insert, update on orders"] },
    { missing: "UPDATE", grants: ["select, insert on orders", "update (id) on orders"] },
  ])("says that the login lacks $missing before a run would meet it", async ({ missing, grants }) => {
    const role = await createRole(destination, {
      grants: [`create, temporary on database ${destination.database}`, ...grants],
    });
    const login = targetOf({ ...destination, ...role });
    expect(await dryRun(upsert, targetOf(source), login, contextWith({}))).toMatchObject({
      status: "failed",
      failure: { origin: "destination", code: "destination_forbidden", facts: { table: "orders", rights: missing } },
    });
  });

  it("says that the destination may not remember the flow, also for a table still to be made", async () => {
    const role = await createRole(destination, { grants: ["select, insert, update on orders"] });
    const login = targetOf({ ...destination, ...role });
    for (const plan of [upsert, { ...upsert, createsTable: true }]) {
      expect(await dryRun(plan, targetOf(source), login, contextWith({}))).toMatchObject({
        failure: { code: "state_forbidden", facts: { user: role.user } },
      });
    }
  });

  it("is content with a schema that an administrator made for the flows' state", async () => {
    const role = await createRole(destination, { grants: ["select, insert, update on orders"] });
    await destination.query(`create schema headgate authorization ${role.user}`);
    const login = targetOf({ ...destination, ...role });
    expect(await dryRun(upsert, targetOf(source), login, contextWith({}))).toMatchObject({ status: "succeeded" });
  });

  it.each([
    {
      name: "append adds all",
      plan: append,
      counts: { read: 50, created: 50, updated: 0, unchanged: 0, skipped: 0, deleted: 0 },
    },
    {
      name: "upsert leaves what is there",
      plan: upsert,
      counts: { read: 50, created: 40, updated: 0, unchanged: 10, skipped: 0, deleted: 0 },
    },
    {
      name: "a new table gets all",
      plan: { ...upsert, createsTable: true },
      counts: { read: 50, created: 50, updated: 0, unchanged: 0, skipped: 0, deleted: 0 },
    },
  ])("counts exactly: $name", async ({ plan, counts }) => {
    expect(await count(plan)).toEqual({ status: "succeeded", ...counts, milliseconds: expect.any(Number) });
  });

  it("writes nothing, not even a table of our own", async () => {
    await count(upsert);
    const { rows } = await destination.query("select count(*)::int as n, max(note) as last from orders");
    expect(rows).toEqual([{ n: 20, last: "n60" }]);
    expect((await destination.query("select from pg_namespace where nspname = 'headgate'")).rowCount).toBe(0);
  });

  it.each([
    {
      name: "a value that does not fit",
      change: "update orders set note = 'far too long' where id = 7",
      alter: "alter table orders alter note type varchar(4)",
      plan: append,
      code: "value_too_long",
    },
    {
      name: "a key that is repeated",
      change: "insert into orders values (1, 'again')",
      alter: "select 1",
      plan: upsert,
      code: "key_repeated",
    },
    {
      name: "a key that is empty",
      change: "insert into orders values (null, 'x')",
      alter: "select 1",
      plan: { ...upsert, createsTable: true },
      code: "key_empty",
    },
    {
      name: "a table that is gone",
      change: "select 1",
      alter: "drop table orders",
      plan: append,
      code: "destination_table_missing",
    },
  ])("finds $name before the first run does", async ({ change, alter, plan, code }) => {
    await source.query(change);
    await destination.query(alter);
    expect(await count(plan)).toMatchObject({ status: "failed", failure: { code } });
  });

  it("gives up in time", async () => {
    await source.query(`create function slow() returns text language sql as 'select ''x'' from pg_sleep(60)';
      create view dawdling as select 1 as id, slow() as note`);
    const plan = { ...append, source: { ...append.source, table: { schema: "public", name: "dawdling" } } };
    expect(await count(plan, { dryRunMs: 300 })).toMatchObject({ failure: { origin: "platform", code: "too_slow" } });
  });
});
