import { createDatabase, createRole, withClient, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf, type Runner } from "../../../testing/flows.ts";
import { contextWith, targetOf } from "../../../testing/targets.ts";
import { describeTable } from "./describe-table.ts";

const table = { schema: "public", name: "people" };
const flow = flowOf({ from: table, to: table, columns: ["id", "name"], writeMode: "replace" });
// Statistics that arrive in between would say that the table is small.
const quiet = "with (autovacuum_enabled = off)";

let source: TestDatabase;
let destination: TestDatabase;
let replacing: Runner;

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  await source.query("create table people (id int primary key, name text)");
  await source.query("insert into people select i, 'new ' || i from generate_series(1, 500) i");
  await destination.query(`create table people (id int primary key, name text) ${quiet}`);
  await destination.query("insert into people select i, 'old ' || i from generate_series(1, 400) i");
  replacing = runnerOf(flow, targetOf(source), targetOf(destination));
});

async function oid(): Promise<number> {
  const { rows } = await destination.query<{ oid: number }>("select 'public.people'::regclass::oid as oid");
  return rows[0]?.oid ?? 0;
}

async function content(): Promise<{ rows: number; new: number }> {
  const { rows } = await destination.query<{ rows: number; new: number }>(
    "select count(*)::int as rows, count(*) filter (where name like 'new %')::int as new from only people",
  );
  return rows[0] ?? { rows: -1, new: -1 };
}

/** What two catalogs of the SQL standard and a few functions say, which the product itself does not ask. */
const everythingElse = [
  "select column_name, rank() over (order by ordinal_position), column_default, is_nullable, data_type, collation_name, is_generated, generation_expression from information_schema.columns where table_name = 'people' order by 2",
  "select grantor, grantee, privilege_type, is_grantable from information_schema.table_privileges where table_name = 'people' order by 1, 2, 3",
  "select grantor, grantee, column_name, privilege_type from information_schema.column_privileges where table_name = 'people' order by 1, 2, 3, 4",
  "select indexname, tablespace, indexdef from pg_indexes where tablename = 'people' order by 1",
  "select conname, pg_get_constraintdef(oid), obj_description(oid) from pg_constraint where conrelid = 'people'::regclass order by 1",
  "select attname, attstorage, attcompression, attstattarget, attoptions, col_description(attrelid, attnum) from pg_attribute where attrelid = 'people'::regclass and attnum > 0 and not attisdropped order by 1",
  "select relpersistence, reloptions, obj_description(c.oid), (select reloptions from pg_class t where t.oid = c.reltoastrelid) from pg_class c where oid = 'people'::regclass",
  "select tablename, tableowner, tablespace from pg_tables where tablename = 'people'",
  "select relname, indisclustered, indisunique, obj_description(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid where indrelid = 'people'::regclass order by 1",
  "select typname from pg_type where typrelid = 'people'::regclass or typname = '_people' order by 1",
];

async function dump(): Promise<string> {
  return withClient(destination, destination.database, async (client) => {
    const query = async <R extends object>(sql: string, values?: unknown[]) =>
      (await client.query<R>(sql, values)).rows;
    const parts: unknown[] = [await describeTable({ query }, table)];
    for (const sql of everythingElse) parts.push(await query(sql));
    return JSON.stringify(parts, null, 1);
  });
}

const rich = (kind: string, role: string): string => `
  drop table people;
  create function public.fold(text) returns text language sql immutable as 'select lower($1)';
  create sequence public.numbers;
  create ${kind} table people (
    gone int, id int constraint "people id" primary key deferrable initially deferred, name text default 'no ''name''' collate "C",
    born date check (born > '1800-01-01'), amount numeric(10,2) not null default 0, number int default nextval('public.numbers'),
    shout text generated always as (upper(name)) stored, body text, constraint "name, not empty" check (name <> '') no inherit
  ) with (autovacuum_enabled = off, fillfactor = 70, toast.autovacuum_vacuum_scale_factor = 0.3);
  alter table people drop column gone;
  alter table people alter name set statistics 321, alter born set (n_distinct = -0.5), alter body set storage external, alter body set compression pglz;
  alter table people add constraint people_name_key unique nulls not distinct (name) include (born);
  create unique index "O'Brien's index" on people (public.fold(name) desc nulls last, id) with (fillfactor = 60) where id > 0;
  create index people_born_idx on people using brin (born) with (pages_per_range = 16);
  create index people_words_idx on people using gin (to_tsvector('simple', coalesce(body, '')));
  alter table people cluster on people_name_key;
  comment on table people is 'Who''s who'; comment on column people.name is 'as they say it';
  comment on index people_born_idx is 'by birth'; comment on constraint "people id" on people is 'one each';
  comment on constraint "name, not empty" on people is 'really';
  grant select on people to public; grant insert, update on people to ${role} with grant option;
  grant references (id), select (name) on people to ${role}; revoke truncate on people from current_user;
  insert into people (id, name) values (1, 'old 1')`;

describe("a table that nothing points at is replaced by another one", () => {
  it.each(["", "unlogged"])("of which no catalog can tell that it is not the old one %s", async (kind) => {
    const { user } = await createRole(destination);
    await destination.query(rich(kind, user));
    const [before, old] = [await dump(), await oid()];
    expect((await replacing.run()).receipt).toMatchObject({ read: 500, created: 500, deleted: 1 });
    expect(await dump()).toBe(before);
    expect(await oid()).not.toBe(old);
    expect(await content()).toEqual({ rows: 500, new: 500 });
    // Nothing of the old one is left over, and the new one is used and replaced like any other.
    const { rows } = await destination.query("select from pg_class where relname like 'headgate_new%'");
    expect(rows).toEqual([]);
    expect((await replacing.run()).receipt).toMatchObject({ created: 500, deleted: 500 });
    expect(await dump()).toBe(before);
  });

  it("and readers see the old rows or the new ones, whatever way they ask, and never an error", async () => {
    const old = await oid();
    const seen = new Set<string>();
    let ended = false;
    const reading = withClient(destination, destination.database, async (client) => {
      const ask = {
        name: "prepared",
        text: "select count(*)::int as n, min(left(name, 3)) as low, max(left(name, 3)) as high from people",
      };
      while (!ended) {
        await client.query("begin isolation level repeatable read");
        await client.query("select 1 as snapshot");
        const { rows } = await client.query<{ n: number; low: string; high: string }>(ask);
        await client.query("commit");
        for (const { n, low, high } of rows) seen.add(`${n} ${low} ${high}`);
      }
    });
    for (let run = 0; run < 5; run += 1) await replacing.run();
    ended = true;
    await reading;
    expect([...seen].filter((one) => one !== "400 old old" && one !== "500 new new")).toEqual([]);
    expect(await oid()).not.toBe(old);
  });

  it("but its rows are, in the old one, while somebody reads it for longer than this run waits", async () => {
    const old = await oid();
    await withClient(destination, destination.database, async (reader) => {
      await reader.query("begin isolation level repeatable read");
      await reader.query("select from people limit 1");
      const context = contextWith({ lockMs: 300 });
      expect((await replacing.run({ context })).receipt).toMatchObject({ created: 500, deleted: 400 });
      const { rows } = await reader.query<{ n: number }>(
        "select count(*)::int as n from people where name like 'old %'",
      );
      expect(rows[0]?.n).toBe(400);
      await reader.query("commit");
    });
    expect(await content()).toEqual({ rows: 500, new: 500 });
    expect(await oid()).toBe(old);
  });

  it("only after a person has said yes to what goes [G3]", async () => {
    const old = await oid();
    await source.query("truncate people");
    await expect(replacing.run()).rejects.toMatchObject({ hold: { reason: "source_empty", deleted: 400 } });
    expect(await content()).toEqual({ rows: 400, new: 0 });
    expect(await oid()).toBe(old);
    const confirmation = { reason: "source_empty" as const, deleted: 400 };
    expect((await replacing.run({ confirmation })).receipt).toMatchObject({ created: 0, deleted: 400 });
    expect(await content()).toEqual({ rows: 0, new: 0 });
  });

  it("and a row that one of its keys refuses is named by that key, not by one nobody knows", async () => {
    await destination.query("create unique index people_name on people (nullif(left(name, 3), 'old'))");
    await expect(replacing.run()).rejects.toMatchObject({
      failure: {
        code: "value_repeated",
        facts: { table: "people", constraint: "people_name" },
        detail: expect.stringContaining('"people_name"'),
      },
    });
    expect(await content()).toEqual({ rows: 400, new: 0 });
  });
});

describe("a table is emptied and filled again, and stays the one it is,", () => {
  it.each([
    ["where a view shows it", "create view seen as select * from people"],
    ["where a materialized view shows its key", "create materialized view seen as select id from people"],
    ["where a foreign key points at it", "create table child (id int references people deferrable initially deferred)"],
    [
      "where it points at another table",
      "create table parent (id int primary key); insert into parent select generate_series(1, 500); alter table people add foreign key (id) references parent",
    ],
    ["where a rule watches it", "create rule watch as on insert to people do also notify people"],
    [
      "where a trigger watches it",
      "create function nothing() returns trigger language plpgsql as 'begin return null; end'; create trigger watch after insert on people execute function nothing()",
    ],
    [
      "where a policy guards it",
      "alter table people enable row level security; create policy every on people using (true)",
    ],
    ["where it has a policy that is not in force", "create policy every on people using (true)"],
    ["where it is published", "create publication news for table people"],
    ["where all tables are published", "create publication news for all tables"],
    ["where its column counts by itself", "alter table people add counter int generated by default as identity"],
    ["where it owns a sequence", "alter table people add counter serial"],
    ["where another table inherits from it", "create table child () inherits (people)"],
    [
      "where a function gives its rows",
      "create function whole() returns setof people language sql as 'select * from people'",
    ],
    [
      "where a function of the standard reads it",
      "create function many() returns bigint language sql begin atomic select count(*) from people; end",
    ],
    ["where another table has a column of its type", "create table holder (one people)"],
    [
      "where statistics of several columns are kept",
      "create statistics together (dependencies) on id, name from people",
    ],
    ["where replicas know its rows by all their columns", "alter table people replica identity full"],
    [
      "where new tables are granted to somebody by default",
      "alter default privileges grant select on tables to public",
    ],
    ["where a check was never made good", "alter table people add check (id > 0) not valid"],
    ["where ranges are kept apart", "alter table people add exclude using gist (int4range(id, id, '[]') with &&)"],
    [
      "where it is of a composite type",
      "create type person as (id int, name text); drop table people; create table people of person",
    ],
    ["where it is known to be small", "analyze people"],
  ])("%s", async (_, sql) => {
    await destination.query(sql);
    const old = await oid();
    const { receipt } = await replacing.run();
    expect(receipt).toMatchObject({ read: 500, created: 500 });
    expect(await oid()).toBe(old);
    expect(await content()).toEqual({ rows: 500, new: 500 });
  });

  it("where it belongs to somebody else, or somebody else granted rights on it", async () => {
    const [writer, other] = [await createRole(destination), await createRole(destination)];
    await destination.query(
      `grant create on database ${destination.database} to ${writer.user}; grant create on schema public to ${writer.user};
       grant all on people to ${writer.user} with grant option`,
    );
    const runs = runnerOf(flow, targetOf(source), targetOf({ ...destination, ...writer }));
    const old = await oid();
    expect((await runs.run()).receipt).toMatchObject({ created: 500, deleted: 400 });
    expect(await oid()).toBe(old);
    await destination.query(`set role ${writer.user}; grant select on people to ${other.user}`);
    expect((await replacing.run()).receipt).toMatchObject({ created: 500, deleted: 500 });
    expect(await oid()).toBe(old);
    await destination.query(`alter table people owner to ${writer.user}`);
    expect((await runs.run()).receipt).toMatchObject({ created: 500, deleted: 500 });
    expect(await oid()).not.toBe(old);
  });

  it("where its owner may not read what a swap has to know", async () => {
    const owner = await createRole(destination);
    await destination.query(
      `grant create on database ${destination.database} to ${owner.user}; grant create on schema public to ${owner.user};
       alter table people owner to ${owner.user}; revoke select on pg_catalog.pg_seclabel from public`,
    );
    const runs = runnerOf(flow, targetOf(source), targetOf({ ...destination, ...owner }));
    const old = await oid();
    expect((await runs.run()).receipt).toMatchObject({ created: 500, deleted: 400 });
    expect(await oid()).toBe(old);
  });
});
