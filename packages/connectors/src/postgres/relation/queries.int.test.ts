import { createDatabase, createRole, type TestDatabase } from "@headgate/testkit";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { flowFrom, runnerOf } from "../../testing/flows.ts";
import { previewQuery } from "./preview-query.ts";

let source: TestDatabase;
let destination: TestDatabase;

beforeAll(async () => {
  source = await createDatabase();
  await source.query(
    `create schema sales; create table sales.orders (id int primary key, body text, price numeric(10,2), note json);
     insert into sales.orders select i, 'O''Brien ' || i, i / 3.0, '{"a": 1}' from generate_series(1, 300) i;
     create table victims (id int)`,
  );
});
beforeEach(async () => {
  destination = await createDatabase();
});

const query = (sql: string, searchPath: string[] = []) => ({ name: "Big orders", sql, searchPath });

function preview(sql: string, searchPath: string[] = []) {
  return previewQuery(targetOf(source), query(sql, searchPath), contextWith());
}

describe("a query", () => {
  it("is described with its types and shows its first rows, whether it ends in a semicolon or a remark", async () => {
    for (const end of ["", ";", " -- for the report\n", ";\n  ;"]) {
      const found = await preview(
        `with big as (select * from sales.orders)\nselect id, body, price from big order by id${end}`,
      );
      expect(found).toMatchObject({
        status: "succeeded",
        stream: {
          kind: "query",
          name: "Big orders",
          fields: [
            { name: "id", type: "integer", typeName: "pg_catalog.int4", builtIn: true },
            { name: "body", type: "text" },
            { name: "price", type: "numeric(10,2)", typeName: "pg_catalog.numeric" },
          ],
        },
        searchPath: ["public"],
      });
      expect(found.status === "succeeded" && found.preview.rows.slice(0, 1)).toEqual([["1", "O'Brien 1", "0.33"]]);
    }
  });

  it("that is wrong is answered with the line and column the database names", async () => {
    expect(await preview("select id,\n  'é', nothere\nfrom sales.orders")).toMatchObject({
      failure: { code: "query_refused", facts: { line: "2", column: "8", state: "42703" } },
    });
    expect(await preview("select from where")).toMatchObject({
      failure: { code: "query_refused", facts: { line: "1" } },
    });
    expect(await preview("select 1 / 0 as a")).toMatchObject({ failure: { code: "query_refused" } });
  });

  it("finds names only where it was told to look", async () => {
    const at = "select id from orders";
    expect(await preview(at)).toMatchObject({ failure: { code: "query_refused", facts: { state: "42P01" } } });
    expect(await preview(at, ["sales"])).toMatchObject({ status: "succeeded", searchPath: ["sales"] });
  });

  it("needs a name of its own for every column", async () => {
    expect(await preview("select id, id from sales.orders")).toMatchObject({
      failure: { code: "query_columns", facts: { column: "id" } },
    });
  });

  it("that takes too long is stopped", async () => {
    const limits = contextWith({ statementMs: 200 });
    const slow = await previewQuery(targetOf(source), query("select pg_sleep(30)::text as a"), limits);
    expect(slow).toMatchObject({ failure: { code: "too_slow" } });
  });
});

/** What people tried on `BEGIN READ ONLY`; each would write, end the transaction or become somebody else. */
const attacks = [
  "select 1 as id; commit; insert into victims values (1)",
  "select 1 as id) q; commit; insert into victims values (1); --",
  "select 1 as id) q) to stdout; commit; insert into victims values (1); --",
  "commit",
  "insert into victims values (1) returning id",
  "with w as (insert into victims values (1) returning id) select id from w",
  "select set_config('transaction_read_only', 'off', true) as id, (select count(*) from victims)",
  "set transaction read write",
  "select 1 as id into victims2",
  "select set_config('standard_conforming_strings', 'off', false) as id, '\\'' as b, ' ) q) to stdout; commit; insert into victims values (1); --' as c",
  "delete from victims",
  "select nextval('counter') as id",
  "select lo_create(0) as id",
];

describe("what a query tries", () => {
  beforeAll(() => source.query("create sequence if not exists counter"));

  it.each(attacks)("leaves the source as it was: %s [V17]", async (sql) => {
    await preview(sql);
    await destination.query("create table t (id text)");
    const flow = flowFrom(
      { query: query(sql) },
      { to: { schema: "public", name: "t" }, columns: ["id"], writeMode: "append" },
    );
    const moving = runnerOf(flow, targetOf(source), targetOf(destination));
    await moving.run().catch(() => {});
    await moving.run().catch(() => {});
    const { rows } = await source.query<{ n: number; value: string; large: number }>(
      `select (select count(*)::int from victims) as n, (select last_value::text from counter) as value,
              (select count(*)::int from pg_largeobject_metadata) as large`,
    );
    expect(rows).toEqual([{ n: 0, value: "1", large: 0 }]);
    const { rows: left } = await source.query(
      "select to_regclass('victims2') as t, current_setting('standard_conforming_strings') as s",
    );
    expect(left).toEqual([{ t: null, s: "on" }]);
  });

  it("a query that becomes another role is not taken [V17]", async () => {
    const role = await createRole(source, { grants: [] });
    await destination.query("create table t (id text)");
    const flow = flowFrom(
      { query: query(`select set_config('role', '${role.user}', true) as id`) },
      { to: { schema: "public", name: "t" }, columns: ["id"], writeMode: "append" },
    );
    await expect(runnerOf(flow, targetOf(source), targetOf(destination)).run()).rejects.toMatchObject({
      failure: { code: "query_refused" },
    });
    expect((await destination.query("select from t")).rowCount).toBe(0);
  });
});

describe("rows of a query", () => {
  const to = { schema: "public", name: "t" };

  it("travel by COPY as they are, by key, and again where a value changed", async () => {
    await destination.query("create table t (id int primary key, body text, price numeric, note json)");
    const flow = flowFrom(
      { query: query("select * from orders where id <= 250;", ["sales"]) },
      { to, columns: ["id", "body", "price", "note"], writeMode: "upsert", syncKey: ["id"] },
    );
    const moving = runnerOf(flow, targetOf(source), targetOf(destination));
    expect((await moving.run()).receipt).toMatchObject({ read: 250, created: 250 });
    await source.query("update sales.orders set price = price + 1 where id <= 3");
    expect((await moving.run()).receipt).toMatchObject({ read: 250, updated: 3, unchanged: 247 });
  });

  it("whose table was emptied after the snapshot are not taken for none [V23]", async () => {
    await source.query("create table busy as select * from sales.orders");
    await destination.query("create table t (id int primary key)");
    // Sleeps before it looks at the table, so that the TRUNCATE comes in between.
    const slow = "select b.id from (select pg_sleep(1)::text as t) s cross join lateral public.later(s.t) b";
    await source.query(
      `create function public.later(after text) returns setof busy language plpgsql stable as
       'begin return query execute ''select * from public.busy''; end'`,
    );
    const flow = flowFrom({ query: query(slow) }, { to, columns: ["id"], writeMode: "replace" });
    const running = runnerOf(flow, targetOf(source), targetOf(destination)).run();
    const waiting =
      "select from pg_stat_activity where wait_event = 'PgSleep' and query like 'copy%' and datname = current_database()";
    await expect.poll(async () => (await source.query(waiting)).rowCount, { timeout: 20_000 }).toBe(1);
    await source.query("truncate busy");
    await expect(running).rejects.toMatchObject({ failure: { code: "table_locked", kind: "temporary" } });
  });

  it("of a query whose column is gone are a fault that names what is wrong", async () => {
    await destination.query("create table t (id int)");
    const flow = flowFrom(
      { query: query("select gone as id from sales.orders") },
      { to, columns: ["id"], writeMode: "append" },
    );
    await expect(runnerOf(flow, targetOf(source), targetOf(destination)).run()).rejects.toMatchObject({
      failure: { origin: "source", kind: "settings", code: "source_column_missing" },
    });
  });
});
