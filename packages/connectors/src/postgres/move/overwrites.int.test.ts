import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { dryRun } from "./dry-run.ts";

const table = { schema: "public", name: "people" };

let source: TestDatabase;
let destination: TestDatabase;

beforeEach(async () => {
  [source, destination] = await Promise.all([createDatabase(), createDatabase()]);
  await source.query(`create table people (id int primary key, name text, phone varchar(20), note text);
    insert into people values (1, null, null, 'new'), (2, 'Bob', '2', null), (3, 'Cem', null, 'c'), (4, null, '4', 'n')`);
  await destination.query(`create domain phone as varchar(20);
    create table people (id int primary key, name text, phone phone, note text);
    insert into people values (1, 'Ann', '1', 'old'), (2, null, null, null), (3, 'Cem', '3', 'kept')`);
});

function plan(writeMode: "update" | "upsert" | "mirror") {
  const overwrites = { name: "with_values", phone: "with_values", note: "empty_only" } as const;
  const columns = ["id", "name", "phone", "note"];
  return flowOf({ from: table, to: table, columns, writeMode, syncKey: ["id"], overwrites });
}

async function content(): Promise<string[]> {
  const { rows } = await destination.query<{ row: string }>("select p::text as row from people p order by id");
  return rows.map(({ row }) => row);
}

const kept = ["(1,Ann,1,old)", "(2,Bob,2,)", "(3,Cem,3,kept)"];

describe.each([
  {
    mode: "upsert" as const,
    rows: [...kept, "(4,,4,n)"],
    counts: { created: 1, updated: 1, unchanged: 2, skipped: 0 },
  },
  { mode: "update" as const, rows: kept, counts: { created: 0, updated: 1, unchanged: 2, skipped: 1 } },
])("$mode", ({ mode, rows, counts }) => {
  it("keeps values where the source is NULL, fills what is NULL, and counts only what really changed", async () => {
    const [from, to] = [targetOf(source), targetOf(destination)];
    expect(await dryRun(plan(mode), from, to, contextWith())).toMatchObject({ read: 4, ...counts });
    const runner = runnerOf(plan(mode), from, to);
    expect((await runner.run()).receipt).toMatchObject({ read: 4, ...counts });
    expect(await content()).toEqual(rows);
    expect((await runner.run()).receipt).toMatchObject({ updated: 0, created: 0 });
  });

  it("counts the same where a trigger might interfere", async () => {
    await destination.query(`create function pass() returns trigger language plpgsql as 'begin return new; end';
      create trigger pass before insert or update on people for each row execute function pass()`);
    const { receipt } = await runnerOf(plan(mode), targetOf(source), targetOf(destination)).run();
    expect(receipt).toMatchObject({ read: 4, ...counts });
    expect(await content()).toEqual(rows);
  });
});

it("a mirror is the source, whatever the columns ask", async () => {
  await destination.query("truncate people");
  await runnerOf(plan("mirror"), targetOf(source), targetOf(destination)).run();
  expect(await content()).toEqual(["(1,,,new)", "(2,Bob,2,)", "(3,Cem,,c)", "(4,,4,n)"]);
});
