import { createDatabase, createRole, type TestDatabase, type TestRole } from "@headgate/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { describeSchema } from "./describe-schema.ts";
import { describeStream } from "./describe-stream.ts";
import { discoverCatalog } from "./discover-catalog.ts";
import { previewStream } from "./preview-stream.ts";

let database: TestDatabase;
let reader: TestRole;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    create schema sales; create schema locked; create schema headgate;
    create table headgate.flow_state (id int); create table locked.secrets (id int);
    create type sales.mood as enum ('happy');
    create table sales.customers (
      id bigint generated always as identity primary key, email text unique, name varchar(40) not null default 'x',
      mood sales.mood, total numeric(30,10), doubled numeric generated always as (total * 2) stored, hidden text);
    comment on table sales.customers is 'People who buy'; comment on column sales.customers.email is 'Where to write';
    insert into sales.customers (email, name, total) select i || '@example.com', 'n', i from generate_series(1, 30) i;
    analyze sales.customers;
    create table sales.orders (region text, id int, primary key (region, id)) partition by list (region);
    create table sales.orders_eu partition of sales.orders for values in ('eu');
    create view sales.totals as select sum(total) from sales.customers;
    create materialized view sales.summary as select count(*) from sales.customers;
    create extension file_fdw; create server files foreign data wrapper file_fdw;
    create foreign table sales.outside (line text) server files options (filename '/dev/null');
    create table sales.keys (a int, b int, c int, d int not null);
    alter table sales.keys add constraint deferred unique (a) deferrable;
    create unique index partial on sales.keys (b) where b > 0;
    create unique index expression on sales.keys (abs(c));
    create unique index usable on sales.keys (d, a) include (c);
    create table sales.nothing ();
    create table sales.guarded (id int); alter table sales.guarded enable row level security;
    create table sales.unread (id int)`);
  reader = await createRole(database, {
    grants: [
      "usage on schema sales",
      "select on sales.orders, sales.totals, sales.summary, sales.outside, sales.keys, sales.guarded, sales.nothing",
      "select (id, email, name, mood, total, doubled) on sales.customers",
    ],
  });
});

const target = () => targetOf({ ...database, ...reader });
const named = (name: string) => ({ schema: "sales", name });

async function stream(name: string) {
  const found = await describeStream(target(), named(name), contextWith());
  if (found.status === "failed") throw new Error(found.failure.code);
  return found.stream;
}

describe("the catalog", () => {
  it("lists tables and views of every kind, partitions under their parent, and nothing of ours or the system's", async () => {
    const found = await discoverCatalog(target(), contextWith());
    if (found.status === "failed") throw new Error(found.failure.code);
    expect(Object.fromEntries(found.streams.map(({ name, kind }) => [name, kind]))).toEqual({
      customers: "table",
      guarded: "table",
      keys: "table",
      nothing: "table",
      orders: "partitioned_table",
      outside: "foreign_table",
      summary: "materialized_view",
      totals: "view",
      unread: "table",
    });
    expect(found.schemas).toEqual([
      { name: "public", tableCount: 0, mayCreate: false },
      { name: "sales", tableCount: 9, mayCreate: false },
    ]);
    expect(found.streams.filter(({ readable }) => !readable).map(({ name }) => name)).toEqual(["unread"]);
  });

  it("says unknown, not 0, where PostgreSQL has no estimate", async () => {
    const found = await describeSchema(target(), "sales", contextWith());
    if (found.status === "failed") throw new Error(found.failure.code);
    const estimates = Object.fromEntries(found.streams.map(({ name, rowEstimate }) => [name, rowEstimate]));
    expect(estimates).toMatchObject({ customers: 30, keys: null, totals: null });
  });

  it("shows size, key and comment of a schema's tables to a login that may only read", async () => {
    const found = await describeSchema(target(), "sales", contextWith());
    if (found.status === "failed") throw new Error(found.failure.code);
    const customers = found.streams.find(({ name }) => name === "customers");
    expect(customers).toMatchObject({ keyColumns: ["id"], comment: "People who buy", columnCount: 7 });
    expect(customers?.bytes).toBeGreaterThan(8192);
    expect(found.streams.find(({ name }) => name === "orders")).toMatchObject({
      keyColumns: ["region", "id"],
      bytes: expect.any(Number),
    });
  });

  it("works where the list of databases may not be read", async () => {
    const found = await discoverCatalog(target(), contextWith());
    expect(found.status).toBe("succeeded");
  });
});

describe("one table", () => {
  it("has columns with types, defaults, identity and rights", async () => {
    const { fields, may } = await stream("customers");
    expect(fields.map(({ name, type, builtIn, readable }) => [name, type, builtIn, readable])).toEqual([
      ["id", "bigint", true, true],
      ["email", "text", true, true],
      ["name", "character varying(40)", true, true],
      ["mood", "sales.mood", false, true],
      ["total", "numeric(30,10)", true, true],
      ["doubled", "numeric", true, true],
      ["hidden", "text", true, false],
    ]);
    expect(fields[0]).toMatchObject({ identity: "always", nullable: false, hasDefault: false });
    expect(fields[2]).toMatchObject({ nullable: false, hasDefault: true });
    expect(fields[5]).toMatchObject({ generated: true, hasDefault: false });
    expect(fields[1]).toMatchObject({ comment: "Where to write" });
    expect(may).toEqual({ select: true, insert: false, update: false, delete: false });
  });

  it("offers only keys that rows can be matched by [V26]", async () => {
    expect((await stream("keys")).uniqueKeys).toEqual([
      { name: "usable", columns: ["d", "a"], primary: false, nullable: true },
    ]);
    expect((await stream("customers")).uniqueKeys.map(({ columns }) => columns)).toEqual([["id"], ["email"]]);
  });

  it("says when a policy may hide rows [V24]", async () => {
    expect((await stream("guarded")).rowSecurity).toBe(true);
    expect((await stream("keys")).rowSecurity).toBe(false);
  });

  it.each([
    { name: "is gone [B149]", table: named("no_such"), code: "table_missing" },
    { name: "has a name with another case", table: named("Customers"), code: "table_missing" },
  ])("that $name is a verdict", async ({ table, code }) => {
    expect(await describeStream(target(), table, contextWith())).toMatchObject({ status: "failed", failure: { code } });
  });
});

describe("the preview", () => {
  it("shows 20 rows of the columns that may be read, as text", async () => {
    const found = await previewStream(target(), named("customers"), contextWith());
    if (found.status === "failed") throw new Error(found.failure.code);
    expect(found.preview.columns.map(({ name }) => name)).toEqual(["id", "email", "name", "mood", "total", "doubled"]);
    expect(found.preview.rows).toHaveLength(20);
    expect(found.preview.rows[0]).toEqual(["1", "1@example.com", "n", null, "1.0000000000", "2.0000000000"]);
  });

  it("cuts long values at the server", async () => {
    await database.query("create table sales.long as select repeat('é', 100000) as v");
    const found = await previewStream(targetOf(database), named("long"), contextWith());
    if (found.status === "failed") throw new Error(found.failure.code);
    expect(found.preview.rows[0]?.[0]).toBe(`${"é".repeat(500)}…`);
  });

  it("of a table without columns is empty [B146]", async () => {
    const found = await previewStream(target(), named("nothing"), contextWith());
    expect(found).toEqual({ status: "succeeded", preview: { columns: [], rows: [] } });
  });

  it("of a table that may not be read is a verdict", async () => {
    const found = await previewStream(target(), named("unread"), contextWith());
    expect(found).toMatchObject({ failure: { stage: "table", code: "table_forbidden", facts: { table: "unread" } } });
  });

  it("does not wait for a table somebody else has locked, nor for ever", async () => {
    await database.query(`create function sales.slow() returns int language sql as 'select 1 from pg_sleep(60)';
      create view sales.endless as select sales.slow()`);
    const found = await previewStream(targetOf(database), named("endless"), contextWith({ statementMs: 200 }));
    expect(found).toMatchObject({ failure: { code: "too_slow" } });
  });

  it("cannot change anything, whatever the view does", async () => {
    await database.query(`create function sales.bump() returns bigint language sql as
      'insert into sales.unread values (1) returning 1::bigint'; create view sales.trap as select sales.bump()`);
    const found = await previewStream(targetOf(database), named("trap"), contextWith());
    expect(found.status).toBe("failed");
    expect((await database.query("select from sales.unread")).rowCount).toBe(0);
  });
});
