import type { Relation } from "@headgate/core";
import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { flowFrom, runnerOf, type FlowParts, type Runner } from "../../../testing/flows.ts";
import { targetOf } from "../../../testing/targets.ts";

let source: TestDatabase;
let destination: TestDatabase;

beforeEach(async () => {
  [source, destination] = await Promise.all([createDatabase(), createDatabase()]);
  await source.query(
    `create table base (id int, body text, n numeric, doc json, place point);
     insert into base select i, 'old', i / 7.0, '{"a": 1}', point(i, i) from generate_series(1, 300) i`,
  );
});

const to = { schema: "public", name: "kept" };
const seen: Relation = { table: { schema: "public", name: "seen" } };

async function runner(relation: Relation, parts: Partial<FlowParts> = {}): Promise<Runner> {
  const { writeMode = "upsert", columns = ["id", "body", "n", "doc", "place"] } = parts;
  const key = writeMode === "append" ? "" : "primary key";
  await destination.query(`create table kept (id int ${key}, body text, n numeric, doc json, place point)`);
  const flow = flowFrom(relation, {
    to,
    columns,
    writeMode,
    syncKey: key ? ["id"] : [],
    readMode: "incremental",
    changes: { by: "compare" },
    ...parts,
  });
  return runnerOf(flow, targetOf(source), targetOf(destination));
}

type Kind = {
  readonly kind: string;
  readonly make: string | ((database: TestDatabase) => string);
  readonly refresh?: string;
  readonly relation?: Relation;
};

const kinds: readonly Kind[] = [
  { kind: "a view", make: "create view seen as select * from base" },
  {
    kind: "a materialized view",
    make: "create materialized view seen as select * from base",
    refresh: "refresh materialized view seen",
  },
  {
    kind: "a query",
    make: "select",
    relation: { query: { name: "All", sql: "select * from base -- all\n;", searchPath: ["public"] } },
  },
  {
    kind: "a foreign table",
    make: ({ host, port, database, user, password }) =>
      `create extension postgres_fdw;
       create server there foreign data wrapper postgres_fdw options (host '${host}', port '${port}', dbname '${database}');
       create user mapping for current_user server there options (user '${user}', password '${password}');
       create foreign table seen (id int, body text, n numeric, doc json, place point)
         server there options (schema_name 'public', table_name 'base')`,
  },
  {
    kind: "a partitioned table",
    make: `create table seen (like base) partition by hash (id);
      create table one partition of seen for values with (modulus 2, remainder 0);
      create table two partition of seen for values with (modulus 2, remainder 1); insert into seen select * from base;
      create function copied() returns trigger language plpgsql as 'begin
        delete from seen where id = coalesce(new.id, old.id); if tg_op <> ''DELETE'' then insert into seen select (new).*; end if; return null; end';
      create trigger t after insert or update or delete on base for each row execute function copied()`,
  },
];

describe.each(kinds)("$kind, compared with what the last run saw", ({ make, refresh = "select", relation = seen }) => {
  it("sends only rows that are new or changed, whatever was committed when [V19]", async () => {
    await source.query(typeof make === "string" ? make : make(source));
    const moving = await runner(relation);
    expect((await moving.run()).receipt).toMatchObject({ read: 300, created: 300 });
    expect((await moving.run()).receipt).toMatchObject({ read: 0 });
    await source.query(
      "update base set body = 'new' where id <= 3; insert into base values (301, 'O''Brien', 1, null, null)",
    );
    await source.query(refresh);
    expect((await moving.run()).receipt).toMatchObject({ read: 4, created: 1, updated: 3 });
    await source.query("update base set body = 'old' where id = 1; delete from base where id = 2");
    await source.query(refresh);
    // Back to what it was is a change as well; what is gone is not this mode's business.
    expect((await moving.run()).receipt).toMatchObject({ read: 1, updated: 1 });
    expect((await moving.run()).receipt).toMatchObject({ read: 0 });
  });
});

describe("a comparison", () => {
  beforeEach(() => source.query("create view seen as select * from base"));

  it("notices what is stored differently though it is equal, and types without a hash", async () => {
    const moving = await runner(seen);
    await moving.run();
    await source.query(
      `update base set n = '1.000' where id = 7; update base set doc = '{"a":1}' where id = 8; update base set place = '(1,2)' where id = 9`,
    );
    expect((await moving.run()).receipt).toMatchObject({ read: 3 });
  });

  it("adds each row once, and one more of equal rows as one row [F10 append]", async () => {
    const moving = await runner(seen, { writeMode: "append" });
    await source.query("insert into base select * from base where id <= 2");
    expect((await moving.run()).receipt).toMatchObject({ created: 302 });
    await source.query("insert into base select distinct on (id) id, body, n, doc, place from base where id <= 2");
    await source.query("insert into base values (900, 'new', null, null, null)");
    expect((await moving.run()).receipt).toMatchObject({ created: 3 });
    const { rows } = await destination.query("select count(*)::int as n from kept where id <= 2");
    expect(rows).toEqual([{ n: 6 }]);
    expect((await moving.run()).receipt).toMatchObject({ created: 0 });
  });

  it("keeps its list exactly when the rows are kept", async () => {
    const moving = await runner(seen, { writeMode: "append" });
    await moving.run();
    await source.query("insert into base values (900, 'new', null, null, null)");
    await destination.query("alter table kept add constraint no_new check (id < 900)");
    await expect(moving.run()).rejects.toMatchObject({ failure: { code: "value_refused" } });
    await destination.query("alter table kept drop constraint no_new");
    expect((await moving.run()).receipt).toMatchObject({ created: 1 });
  });

  it("begins anew with other columns where rows have a key, and asks where they are only added", async () => {
    const keyed = await runner(seen);
    const fewer = (flow: Partial<FlowParts>) => ({
      definition: flowFrom(seen, {
        to,
        columns: ["id", "body"],
        writeMode: "upsert",
        syncKey: ["id"],
        readMode: "incremental",
        changes: { by: "compare" },
        ...flow,
      }),
    });
    await keyed.run();
    expect((await keyed.run(fewer({}))).receipt).toMatchObject({ read: 300, unchanged: 300 });
    expect((await keyed.run(fewer({}))).receipt).toMatchObject({ read: 0 });
    await destination.query("drop table kept");
    const adding = await runner(seen, { writeMode: "append" });
    await adding.run();
    const other = fewer({ writeMode: "append", syncKey: [] });
    await expect(adding.run(other)).rejects.toMatchObject({ hold: { reason: "place_lost", created: 300 } });
    const confirmation = { reason: "place_lost", deleted: 0, choice: "go_on" } as const;
    expect((await adding.run({ ...other, confirmation })).receipt).toMatchObject({ created: 0 });
    await source.query("insert into base values (900, 'new', null, null, null)");
    expect((await adding.run(other)).receipt).toMatchObject({ created: 1 });
  });
});
