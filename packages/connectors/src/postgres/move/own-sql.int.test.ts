import type { TableFlowDefinition } from "@headgate/contract";
import { createDatabase, withClient, type TestDatabase } from "@headgate/testkit";
import { beforeEach, expect, test } from "vitest";
import { flowOf, runnerOf } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { dryRun } from "./dry-run.ts";

const table = { schema: "public", name: "people" };

let source: TestDatabase;
let destination: TestDatabase;

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  for (const side of [source, destination]) await side.query("create table people (id int primary key, name text)");
  await source.query("insert into people select n, 'new' from generate_series(1, 3000) n");
  await destination.query("insert into people values (1, 'old'), (9999, 'old')");
  await destination.query("create table told (what text)");
});

type OwnSql = Pick<TableFlowDefinition, "sqlBefore" | "sqlAfter">;

function flow(sql: OwnSql, writeMode: TableFlowDefinition["writeMode"] = "append"): TableFlowDefinition {
  const syncKey = writeMode === "append" ? [] : ["id"];
  return { ...flowOf({ from: table, to: table, columns: ["id", "name"], writeMode, syncKey }), ...sql };
}

function runner(sql: OwnSql, writeMode?: TableFlowDefinition["writeMode"]) {
  return runnerOf(flow(sql, writeMode), targetOf(source), targetOf(destination));
}

/** Everything at the destination that a run could have left. */
async function left(): Promise<unknown> {
  const { rows } = await destination.query(
    `select (select count(*)::int from people) as rows, (select count(*)::int from people where name = 'old') as old,
            (select coalesce(array_agg(what order by what), '{}') from told) as told`,
  );
  return rows[0];
}

const untouched = { rows: 2, old: 2, told: [] };

test("SQL before and after the rows runs in their transaction, several statements and what they set included", async () => {
  const sqlBefore = "delete from people; set local datestyle = 'German'; insert into told values ('before')";
  const sqlAfter = "-- counts\ninsert into told select 'after ' || count(*) from people;";
  // Smaller than the table: without the SQL it would be committed in pages.
  const context = contextWith({ pageBytes: 8192 });
  const commits: unknown[] = [];
  const { receipt } = await runner({ sqlBefore, sqlAfter }, "upsert").run({
    context,
    onCommitted: (part) => commits.push(part),
  });
  expect(receipt).toMatchObject({ read: 3000, created: 3000, updated: 0 });
  expect(commits).toEqual([]);
  expect(await left()).toEqual({ rows: 3000, old: 0, told: ["after 3000", "before"] });
  const { rows } = await destination.query("select count(distinct xmin::text)::int as transactions from people");
  expect(rows).toEqual([{ transactions: 1 }]);
});

test.each(["sqlBefore", "sqlAfter"] as const)("nothing at all is kept when %s fails", async (which) => {
  const sql = { sqlBefore: "delete from people; insert into told values ('before')", [which]: "select gone()" };
  await expect(runner(sql).run()).rejects.toMatchObject({
    failure: {
      origin: "destination",
      code: "sql_refused",
      kind: "settings",
      retryable: false,
      facts: { when: which === "sqlBefore" ? "before" : "after" },
      detail: expect.stringContaining("gone()") as string,
    },
  });
  expect(await left()).toEqual(untouched);
});

test.each([
  "commit",
  "delete from people; commit; begin",
  "rollback",
  "savepoint mine",
  "prepare transaction 'mine'",
  "call commits()",
  "do $$ begin delete from people; commit; end $$",
])("no transaction is ended by %s", async (statement) => {
  await destination.query("create procedure commits() language plpgsql as $$ begin commit; end $$");
  for (const sql of [{ sqlBefore: statement }, { sqlAfter: statement }]) {
    await expect(runner({ sqlBefore: "delete from people", ...sql }).run()).rejects.toMatchObject({
      failure: { code: "sql_refused" },
    });
    expect(await left()).toEqual(untouched);
  }
});

test("a lock that somebody else holds is waited for no longer than by the run itself, and tried again", async () => {
  const running = runner({ sqlBefore: "lock table told" });
  await withClient(destination, destination.database, async (holder) => {
    await holder.query("begin; lock table told");
    const context = contextWith({ lockMs: 100 });
    await expect(running.run({ context })).rejects.toMatchObject({
      failure: { code: "table_locked", retryable: true },
    });
  });
});

test("a mirror sees what the SQL changes behind its back", async () => {
  await destination.query("delete from people");
  const mirror = runner({ sqlAfter: "update people set name = 'changed' where id = 7" }, "mirror");
  await mirror.run();
  for (let again = 0; again < 2; again += 1) expect((await mirror.run()).receipt).toMatchObject({ updated: 1 });
});

test("a dry run leaves it out", async () => {
  const definition = flow({ sqlBefore: "insert into told values ('dry')", sqlAfter: "select gone()" }, "upsert");
  const counted = await dryRun(definition, targetOf(source), targetOf(destination), contextWith());
  expect(counted).toMatchObject({ status: "succeeded", created: 2999, updated: 1 });
  expect(await left()).toEqual(untouched);
});
