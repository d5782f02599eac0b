import { randomUUID } from "node:crypto";
import type { Progress } from "@headgate/contract";
import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf, type Runner } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { dryRun } from "./dry-run.ts";

const table = { schema: "public", name: "orders" };
const columns = ["id", "note", "total"];
const create = "create table orders (id int primary key, note text, total numeric(10,2))";
const upsert = flowOf({ from: table, to: table, columns, writeMode: "upsert", syncKey: ["id"] });
const append = flowOf({ from: table, to: table, columns, writeMode: "append" });

let source: TestDatabase;
let destination: TestDatabase;
let upserting: Runner;
let appending: Runner;

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  await source.query(create);
  await source.query("insert into orders select i, 'order ' || i, i * 1.5 from generate_series(1, 1000) i");
  await destination.query(create);
  upserting = runnerOf(upsert, targetOf(source), targetOf(destination));
  appending = runnerOf(append, targetOf(source), targetOf(destination));
});

async function difference(): Promise<number> {
  const text = "select id, note, total::text from orders order by id";
  const [one, other] = await Promise.all([source.query(text), destination.query(text)]);
  return one.rows.filter((row, index) => JSON.stringify(row) !== JSON.stringify(other.rows[index])).length;
}

function count(sql = "select count(*)::int as n from orders"): Promise<number> {
  return destination.query<{ n: number }>(sql).then(({ rows }) => rows[0]?.n ?? -1);
}

describe("upsert", () => {
  it("changes exactly the one row that changed at the source, and says so beforehand", async () => {
    expect((await upserting.run()).receipt).toMatchObject({ read: 1000, created: 1000, updated: 0, unchanged: 0 });
    await source.query("update orders set note = 'changed' where id = 77");
    await source.query("insert into orders values (1001, null, null)");
    const foretold = await dryRun(upsert, targetOf(source), targetOf(destination), contextWith());
    expect(foretold).toMatchObject({ status: "succeeded", read: 1001, created: 1, updated: 1, unchanged: 999 });
    expect(await count()).toBe(1000);
    expect((await upserting.run()).receipt).toMatchObject({ read: 1001, created: 1, updated: 1, unchanged: 999 });
    expect(await difference()).toBe(0);
  });

  it("leaves destination columns that are not mapped as they are", async () => {
    await destination.query("alter table orders add remark text default 'new'");
    await upserting.run();
    await destination.query("update orders set remark = 'mine'");
    await source.query("update orders set note = 'changed'");
    await upserting.run();
    expect(await count("select count(*)::int as n from orders where remark = 'mine' and note = 'changed'")).toBe(1000);
  });

  it("with only the key mapped adds what is missing", async () => {
    await destination.query("insert into orders select generate_series(1, 10)");
    const definition = flowOf({ from: table, to: table, columns: ["id"], writeMode: "upsert", syncKey: ["id"] });
    const { receipt } = await upserting.run({ definition });
    expect(receipt).toMatchObject({ created: 990, updated: 0, unchanged: 10 });
  });

  it.each([
    { name: "repeated", rows: "(1, 'a'), (1, 'b'), (2, 'c')", code: "key_repeated" },
    { name: "repeated, though no value differs", rows: "(1, 'a'), (1, 'a')", code: "key_repeated" },
    { name: "empty", rows: "(null, 'a'), (1, 'b')", code: "key_empty" },
  ])("refuses a key that is $name, naming the column and never a value [V26]", async ({ rows, code }) => {
    await source.query("drop table orders; create table orders (id int, note text, total numeric)");
    await source.query(`insert into orders values ${rows}`);
    await destination.query("insert into orders values (1, 'a')");
    const failure = { origin: "source", kind: "settings", code, facts: { columns: "id", rows: "1" }, retryable: false };
    await expect(upserting.run()).rejects.toMatchObject({ failure });
    expect(await dryRun(upsert, targetOf(source), targetOf(destination), contextWith())).toMatchObject({
      failure: { code },
    });
    expect(await count()).toBe(1);
  });

  it("cannot use a deferrable or partial key [V26]", async () => {
    await destination.query("alter table orders drop constraint orders_pkey");
    await destination.query(
      "alter table orders add unique (id) deferrable; create unique index on orders (id) where id > 5",
    );
    await expect(upserting.run()).rejects.toMatchObject({
      failure: { origin: "destination", code: "no_unique_key", facts: { columns: "id", table: "orders" } },
    });
  });

  it("numbers columns and computes columns as the destination wants", async () => {
    await destination.query(`drop table orders; create table orders (
      id int generated always as identity primary key, note text, total numeric(10,2),
      doubled numeric generated always as (total * 2) stored)`);
    await source.query("alter table orders add doubled numeric default 0");
    const definition = flowOf({
      from: table,
      to: table,
      columns: [...columns, "doubled"],
      writeMode: "upsert",
      syncKey: ["id"],
    });
    expect((await upserting.run({ definition })).receipt).toMatchObject({ created: 1000 });
    expect(await count("select count(*)::int as n from orders where doubled = id * 3.0")).toBe(1000);
  });

  it("counts exactly on a partitioned table too", async () => {
    await destination.query(`drop table orders; create table orders (id int primary key, note text, total numeric(10,2))
      partition by hash (id); create table p0 partition of orders for values with (modulus 2, remainder 0);
      create table p1 partition of orders for values with (modulus 2, remainder 1)`);
    await upserting.run();
    await source.query("update orders set note = 'x' where id <= 3; insert into orders values (2000, 'y', 1)");
    expect((await upserting.run()).receipt).toMatchObject({ created: 1, updated: 3, unchanged: 997 });
  });

  it("compares keys as the index does, whatever the search path", async () => {
    await destination.query("create extension if not exists citext");
    await destination.query(
      "drop table orders; create table orders (id int, note citext primary key, total numeric(10,2))",
    );
    await destination.query("create function keep() returns trigger language plpgsql as 'begin return new; end'");
    await destination.query("create trigger keep before insert on orders for each row execute function keep()");
    await destination.query("insert into orders values (1, 'ORDER 1', 1.5)");
    const definition = flowOf({ from: table, to: table, columns, writeMode: "upsert", syncKey: ["note"] });
    expect((await upserting.run({ definition })).receipt).toMatchObject({ created: 999, updated: 0, unchanged: 1 });
  });
});

it("the source is let go before the destination merges", async () => {
  const text = "select state from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  let states: Promise<unknown> | undefined;
  await upserting.run({
    onProgress: ({ stage }) => {
      if (stage === "merging") states = source.query(text).then(({ rows }) => rows);
    },
  });
  expect(await states).not.toContainEqual({ state: "idle in transaction" });
});

describe("append", () => {
  it("adds all rows each time", async () => {
    expect((await appending.run()).receipt).toMatchObject({ read: 1000, created: 1000 });
    await source.query("delete from orders");
    await source.query("insert into orders values (5000, 'late', 1)");
    expect((await appending.run()).receipt).toMatchObject({ read: 1, created: 1 });
    expect(await count()).toBe(1001);
  });

  it("says 0 rows when there are none", async () => {
    await source.query("delete from orders");
    expect((await appending.run()).receipt).toMatchObject({ read: 0, created: 0, bytes: expect.any(Number) });
  });

  it("writes through a view, and under row security", async () => {
    await destination.query(
      "alter table orders rename to orders_base; create view orders as select * from orders_base",
    );
    expect((await appending.run()).receipt).toMatchObject({ created: 1000 });
    expect(await count()).toBe(1000);
  });
});

describe("what a run tells", () => {
  it("tells of its stages, and counts every row it passed on", async () => {
    for (const format of ["text", "binary"]) {
      if (format === "text") await destination.query("alter table orders alter note type varchar");
      else await destination.query("truncate orders; alter table orders alter note type text");
      await source.query("analyze orders");
      const told: Progress[] = [];
      const run = runnerOf(upsert, targetOf(source), targetOf(destination));
      const { receipt } = await run.run({ onProgress: (progress) => told.push(progress) });
      expect([...new Set(told.map(({ stage }) => stage))]).toEqual(["connecting", "reading", "merging", "finishing"]);
      expect(told.at(-1)).toMatchObject({ rowsRead: 1000, rowsEstimated: 1000, bytes: receipt.bytes });
    }
  });
});

describe("a run is applied once", () => {
  it("a second attempt of the same run finds it done and returns its receipt [V27]", async () => {
    const runId = randomUUID();
    const first = await appending.run({ runId });
    expect(first.alreadyApplied).toBe(false);
    const second = await appending.run({ runId });
    expect(second).toEqual({ receipt: first.receipt, alreadyApplied: true });
    expect(await count()).toBe(1000);
  });

  it("an attempt that was overtaken writes nothing", async () => {
    await upserting.run({ epoch: "8" });
    await source.query("update orders set note = 'late'");
    await expect(upserting.run({ epoch: "7" })).rejects.toMatchObject({
      failure: { origin: "flow", code: "another_run_took_over" },
    });
    expect(await count("select count(*)::int as n from orders where note = 'late'")).toBe(0);
  });
});
