import { randomUUID } from "node:crypto";
import type { FlowDefinition } from "@headgate/contract";
import { createDatabase, startPostgres, type TestDatabase, type TestServer } from "@headgate/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf, type FlowParts, type Runner } from "../../../testing/flows.ts";
import { contextWith, targetOf } from "../../../testing/targets.ts";
import { RunHeld } from "../mirror-guards.ts";
import { lookAtUndo, undoRun } from "./undo-run.ts";

const table = { schema: "dst", name: "people" };
const columns = ["id", "name", "t"];

let server: TestServer;
let database: TestDatabase;
beforeAll(async () => {
  // Of its own: an open transaction of another test would keep new rows from being read.
  server = await startPostgres({ settings: { autovacuum: "off" } });
  database = await createDatabase({ server });
});
afterAll(() => server.stop());
beforeEach(async () => {
  await database.query(
    `drop schema if exists src cascade; drop schema if exists dst cascade; create schema src; create schema dst;
     create table src.people (id int primary key, name text, t int, ballast text default repeat('x', 200));
     create table dst.people (id int primary key, name text, t int, note text default 'mine', no int generated always as identity,
                              twice int generated always as (t * 2) stored);
     insert into src.people (id, name, t) select i, 'p' || i, i from generate_series(1, 300) i;
     insert into dst.people (id, name, t, note) select i, 'old' || i, i, 'theirs' from generate_series(1, 20) i`,
  );
});

type Mode = FlowDefinition["writeMode"];
type Undoing = Runner & {
  /** Runs, saying yes to what it asks; answers the run's id. */
  go(): Promise<string>;
  look(undoes: string): ReturnType<typeof lookAtUndo>;
  undo(undoes: string): ReturnType<typeof undoRun>;
};

function undoing(writeMode: Mode, parts: Partial<FlowParts> = {}): Undoing {
  const syncKey = writeMode === "append" || writeMode === "replace" ? [] : ["id"];
  const from = { schema: "src", name: "people" };
  const definition = { ...flowOf({ from, to: table, columns, writeMode, syncKey, ...parts }), keepsUndo: true };
  const target = targetOf(database);
  const runner = runnerOf(definition, target, target);
  let epoch = 0;
  const ctx = contextWith({ pageBytes: 16_384 });
  const run = { flowId: runner.flowId, table, syncKey };
  return {
    ...runner,
    go: async () => {
      const runId = randomUUID();
      const again = { runId, context: ctx };
      await runner.run({ ...again, epoch: String(++epoch) }).catch((error: unknown) => {
        if (!(error instanceof RunHeld)) throw error;
        const { reason, deleted } = error.hold;
        return runner.run({ ...again, epoch: String(++epoch), confirmation: { reason, deleted } });
      });
      return runId;
    },
    look: (undoes) => lookAtUndo({ ...run, undoes }, target, ctx),
    undo: (undoes) =>
      undoRun({
        ...run,
        undoes,
        runId: randomUUID(),
        epoch: String(++epoch),
        destination: target,
        ctx,
        onProgress: () => {},
      }),
  };
}

async function differs(): Promise<number> {
  const { rows } = await database.query<{ n: number }>(
    `select count(*)::int as n from ((table dst.people except all table dst.before)
       union all (table dst.before except all table dst.people)) x`,
  );
  return rows[0]?.n ?? -1;
}

const remember = () => database.query("drop table if exists dst.before; create table dst.before as table dst.people");
const change = (sql: string) => database.query(sql);

describe.each<{ mode: Mode; parts?: Partial<FlowParts> }>([
  { mode: "append" },
  { mode: "insert_missing" },
  { mode: "update" },
  { mode: "upsert" },
  { mode: "upsert", parts: { readMode: "incremental" } },
  { mode: "mirror" },
  { mode: "replace" },
])("undoing $mode $parts", ({ mode, parts }) => {
  beforeEach(async () => {
    // Rows that are only added need a table that takes them again.
    if (mode === "append") await change("alter table dst.people drop constraint people_pkey");
  });

  it("leaves the table as it was before the first run, and before a later one", async () => {
    const flow = undoing(mode, parts);
    await remember();
    const first = await flow.go();
    expect(await differs()).toBeGreaterThan(0);
    const seen = await flow.look(first);
    const { receipt } = await flow.undo(first);
    expect(seen).toMatchObject({ possible: true, removed: receipt.deleted, restored: receipt.updated, left: 0 });
    expect(receipt.read).toBe(receipt.created + receipt.updated + receipt.skipped);
    expect(await differs()).toBe(0);

    await flow.go();
    await remember();
    await change(
      "delete from src.people where id in (3, 150); update src.people set name = 'new' where id in (4, 200)",
    );
    await change("insert into src.people (id, name, t) values (1000, 'late', 1)");
    await flow.go().then((later) => flow.undo(later));
    expect(await differs()).toBe(0);
  });
});

it("leaves rows that somebody changed since, and counts them", async () => {
  const flow = undoing("mirror");
  await flow.go();
  await change(
    "delete from src.people where id in (50, 51); update src.people set name = 'new' where id in (60, 61, 62)",
  );
  await change("insert into src.people (id, name, t) values (1000, 'late', 1), (1001, 'later', 2)");
  await remember();
  const run = await flow.go();
  await change(
    `update dst.people set note = 'since' where id in (60, 1000); delete from dst.people where id = 61;
     insert into dst.people (id, name) values (50, 'theirs')`,
  );
  expect(await flow.look(run)).toEqual({ possible: true, removed: 1, restored: 1, returned: 1, left: 4 });
  const { receipt } = await flow.undo(run);
  expect(receipt).toMatchObject({ read: 6, deleted: 1, updated: 1, created: 1, skipped: 4 });
  const { rows } = await database.query<{ row: string }>(
    `select id || ' ' || name || ' ' || note as row from dst.people where id in (50, 51, 60, 61, 62, 1000, 1001) order by id`,
  );
  expect(rows.map(({ row }) => row)).toEqual([
    "50 theirs mine",
    "51 p51 mine",
    "60 new since",
    "62 p62 mine",
    "1000 late since",
  ]);
  // Somebody else's row under a key that the mirror once carried is not the mirror's to delete.
  await flow.go();
  expect(
    (await database.query(`select count(*)::int as rows from dst.people where name = 'theirs'`)).rows[0],
  ).toMatchObject({ rows: 1 });
});

it("lets the next run bring the rows again", async () => {
  const flow = undoing("upsert", { readMode: "incremental" });
  await flow.go();
  await change(
    "update src.people set name = 'new' where id <= 30; insert into src.people (id, name) values (1000, 'late')",
  );
  const run = await flow.go();
  await remember();
  await flow.undo(run);
  expect(await differs()).toBeGreaterThan(0);
  expect((await flow.run({ epoch: "9" })).receipt).toMatchObject({ created: 1, updated: 30 });
  const { rows } = await database.query("select id, name, t from dst.people except select id, name, t from dst.before");
  expect(rows).toEqual([]);
});

it("undoes what was written under savepoints, beside rows that were set aside", async () => {
  await change("alter table dst.people add check (name <> 'p77')");
  for (const mode of ["upsert", "append"] as const) {
    if (mode === "append") await change("alter table dst.people drop constraint people_pkey");
    const flow = undoing(mode, { badRows: "set_aside" });
    await remember();
    const run = await flow.go();
    expect(await flow.look(run)).toMatchObject({ left: 0 });
    await flow.undo(run);
    expect(await differs()).toBe(0);
  }
});

it("undoes only the last run, only once, and only in the table it wrote to", async () => {
  const flow = undoing("upsert");
  const first = await flow.go();
  const second = await flow.go();
  const marks = `headgate."undo_${flow.flowId.replaceAll("-", "_")}_marks"`;
  // More than one page, each with its own mark.
  expect((await database.query(`select from ${marks}`)).rows.length).toBeGreaterThan(2);
  expect(await flow.look(first)).toEqual({ possible: false, reason: "newer_run" });
  await expect(flow.undo(first)).rejects.toMatchObject({ failure: { code: "undo_impossible" } });
  await change("alter table dst.people add column since int");
  expect(await flow.look(second)).toEqual({ possible: false, reason: "table_changed" });
  await change("alter table dst.people drop column since");
  await change("create table dst.pets (owner int references dst.people on delete cascade)");
  expect(await flow.look(second)).toEqual({ possible: false, reason: "linked" });
  await change("drop table dst.pets");
  await change(
    `create function dst.nothing() returns trigger language plpgsql as 'begin return new; end';
     create trigger nothing after insert on dst.people for each row execute function dst.nothing()`,
  );
  expect(await flow.look(second)).toEqual({ possible: false, reason: "triggers" });
  await change("drop trigger nothing on dst.people");
  await change(`update ${marks} set at = now() - interval '8 days'`);
  expect(await flow.look(second)).toEqual({ possible: false, reason: "too_late" });
  const third = await flow.go();
  await flow.undo(third);
  expect(await flow.look(third)).toEqual({ possible: false, reason: "not_kept" });
});
