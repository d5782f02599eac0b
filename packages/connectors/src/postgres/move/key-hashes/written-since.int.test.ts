import { createDatabase, startFaultProxy, withClient, type FaultProxy, type TestDatabase } from "@headgate/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asks } from "../../../testing/fault-lane.ts";
import { flowOf, runnerOf, type Runner } from "../../../testing/flows.ts";
import { targetOf } from "../../../testing/targets.ts";

const table = { schema: "public", name: "people" };
const flow = flowOf({ from: table, to: table, columns: ["id", "name"], writeMode: "mirror", syncKey: ["id"] });

let source: TestDatabase;
let destination: TestDatabase;
let proxy: FaultProxy;
let runs: Runner;

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  for (const side of [source, destination]) await side.query("create table people (id int primary key, name text)");
  await source.query("insert into people select i, 'p' || i from generate_series(1, 1000) i");
  proxy = await startFaultProxy(source);
  runs = runnerOf(flow, targetOf({ ...source, port: proxy.port }, { tlsMode: "disable" }), targetOf(destination));
  // All rows travel, then all are compared by their hashes; from then on it is known where both sides stand.
  await runs.run();
  await runs.run();
});
afterEach(() => proxy.close());

/** Runs, and says which rows it looked at. */
async function run(): Promise<{ updated: number; deleted: number; looked: "at what was written" | "at all" }> {
  const written = proxy.arm({ at: asks(`copy (select "id", case when pg_catalog.age`), action: async () => {} });
  const { receipt } = await runs.run();
  return {
    updated: receipt.updated,
    deleted: receipt.deleted,
    looked: written.struck() ? "at what was written" : "at all",
  };
}

async function differing(): Promise<number> {
  const [from, to] = await Promise.all(
    [source, destination].map((side) =>
      side.query<{ row: string }>("select row(id, name)::text as row from people order by id"),
    ),
  );
  const there = new Set(to?.rows.map(({ row }) => row));
  return (from?.rows ?? []).filter(({ row }) => !there.has(row)).length;
}

describe("rows that neither side has written since they were alike are not looked at again", () => {
  it("but those that somebody changed at either side are, and what the run itself wrote is not", async () => {
    await source.query("update people set name = 'new' where id <= 10; delete from people where id = 20");
    await destination.query(
      "update people set name = 'by hand' where id between 8 and 15; delete from people where id = 30",
    );
    expect(await run()).toEqual({ updated: 15, deleted: 1, looked: "at what was written" });
    expect(await differing()).toBe(0);
    expect(await run()).toEqual({ updated: 0, deleted: 0, looked: "at what was written" });
  });

  it("also when the change was under way during a run and was committed after it", async () => {
    await withClient(source, source.database, (there) =>
      withClient(destination, destination.database, async (here) => {
        await there.query("begin; update people set name = 'late' where id = 1");
        await here.query(
          "begin; savepoint s; update people set name = 'late by hand' where id = 2; release savepoint s",
        );
        await source.query("update people set name = 'at once' where id = 3");
        expect(await run()).toMatchObject({ updated: 1 });
        await there.query("commit");
        await here.query("commit");
      }),
    );
    expect(await differing()).toBe(2);
    expect(await run()).toMatchObject({ updated: 2, looked: "at what was written" });
    expect(await differing()).toBe(0);
  });

  it.each([
    [
      "a column was made anew, with another default",
      "alter table people drop column name; alter table people add column name text default 'fresh'",
    ],
    ["another table inherits from it", "create table more () inherits (people)"],
  ])("unless %s: then all are", async (_, sql) => {
    await source.query(sql);
    expect(await run()).toMatchObject({ looked: "at all" });
    expect(await differing()).toBe(0);
  });

  it("unless a partition was put in another's place: then all are", async () => {
    for (const side of [source, destination])
      await side.query(
        `drop table people; create table people (id int primary key, name text) partition by range (id);
         create table low partition of people for values from (0) to (500); create table high partition of people for values from (500) to (2000)`,
      );
    await source.query("insert into people select i, 'p' || i from generate_series(1, 1000) i");
    await source.query("create table other (like low including all); insert into other select id, 'other' from low");
    runs = runnerOf(flow, targetOf({ ...source, port: proxy.port }, { tlsMode: "disable" }), targetOf(destination));
    for (let i = 0; i < 2; i += 1) await runs.run();
    expect(await run()).toEqual({ updated: 0, deleted: 0, looked: "at what was written" });
    await source.query(
      "alter table people detach partition low; alter table people attach partition other for values from (0) to (500)",
    );
    expect(await run()).toMatchObject({ updated: 499, looked: "at all" });
    expect(await differing()).toBe(0);
  });
});
