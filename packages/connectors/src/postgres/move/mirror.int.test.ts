import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf, type Runner } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { RunHeld } from "./mirror-guards.ts";

const table = { schema: "public", name: "people" };
const create = "create table people (id int primary key, name text, note text default 'mine')";
const flow = (columns = ["id", "name"], syncKey = ["id"]) =>
  flowOf({ from: table, to: table, columns, writeMode: "mirror", syncKey });

let source: TestDatabase;
let destination: TestDatabase;
let mirroring: Runner;

/** The same flow, with its differences looked for by keys and hashes, or with all rows travelling every time. */
const ways = [
  { way: "by its differences", diffRows: 10_000 },
  { way: "by all rows", diffRows: 0 },
];
let diffRows: number;

function runner(definition = flow(), from = targetOf(source)): Runner {
  const plain = runnerOf(definition, from, targetOf(destination));
  return { ...plain, run: (change) => plain.run({ context: contextWith({ diffRows }), ...change }) };
}

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  for (const side of [source, destination]) await side.query(create);
  await source.query("insert into people (id, name) select i, 'p' || i from generate_series(1, 1000) i");
});

async function count(where = "true"): Promise<number> {
  const { rows } = await destination.query<{ n: number }>(`select count(*)::int as n from people where ${where}`);
  return rows[0]?.n ?? -1;
}

async function heldBy(run: Promise<unknown>): Promise<RunHeld["hold"]> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RunHeld)) throw error ?? new Error("The run was not held.");
  return error.hold;
}

describe.each(ways)("a mirror $way", (how) => {
  beforeEach(() => {
    ({ diffRows } = how);
    mirroring = runner();
  });

  it("adds, updates, and deletes the rows it brought that are gone at the source", async () => {
    expect((await mirroring.run()).receipt).toMatchObject({ read: 1000, created: 1000, deleted: 0 });
    await source.query("delete from people where id <= 5; update people set name = 'new' where id = 7");
    await source.query("insert into people values (2000, 'O''Brien')");
    const { receipt } = await mirroring.run();
    expect(receipt).toMatchObject({ read: 996, created: 1, updated: 1, unchanged: 994, deleted: 5 });
    expect(await count()).toBe(996);
    expect((await mirroring.run()).receipt).toMatchObject({ created: 0, updated: 0, deleted: 0 });
  });

  it("never deletes a row it did not bring [G8]", async () => {
    await mirroring.run();
    await destination.query("insert into people values (5000, 'by hand')");
    await source.query("delete from people where id = 1");
    expect((await mirroring.run()).receipt).toMatchObject({ deleted: 1 });
    expect(await count("id = 5000")).toBe(1);
  });

  it("leaves columns that are not mapped as they are", async () => {
    await mirroring.run();
    await destination.query("update people set note = 'kept'");
    await source.query("update people set name = 'new'");
    await mirroring.run();
    expect(await count("note = 'kept' and name = 'new'")).toBe(1000);
  });

  it("with a composite key, and with a key that compares in its own way", async () => {
    for (const side of [source, destination])
      await side.query(
        "create extension citext; drop table people; create table people (area citext, id int, name text, primary key (area, id))",
      );
    await source.query("insert into people select 'North', i, 'n' from generate_series(1, 100) i");
    const runs = runner(flow(["area", "id", "name"], ["area", "id"]));
    await runs.run();
    await source.query("update people set area = 'NORTH'; delete from people where id = 1");
    expect((await runs.run()).receipt).toMatchObject({ deleted: 1, created: 0 });
    expect(await count()).toBe(99);
  });

  it.each([
    { name: "repeated", rows: "(1, 'a'), (1, 'b')", code: "key_repeated" },
    { name: "empty", rows: "(null, 'a'), (1, 'b')", code: "key_empty" },
  ])("refuses a key that is $name, and deletes nothing [G2]", async ({ rows, code }) => {
    await mirroring.run();
    await source.query("drop table people; create table people (id int, name text)");
    await source.query(`insert into people values ${rows}`);
    await expect(mirroring.run()).rejects.toMatchObject({ failure: { code } });
    expect(await count()).toBe(1000);
  });
});

describe.each(ways)("before rows go, a mirror $way asks a person", (how) => {
  beforeEach(() => {
    ({ diffRows } = how);
    mirroring = runner();
  });

  it("when the source is empty, and only then does what was agreed to [G3] [F4 mirror]", async () => {
    await mirroring.run();
    await source.query("truncate people");
    const hold = await heldBy(mirroring.run());
    expect(hold).toMatchObject({ reason: "source_empty", deleted: 1000, destinationRows: 1000, confirmWith: "1000" });
    expect(hold.sampleKeys).toHaveLength(20);
    expect(await count()).toBe(1000);
    const confirmation = { reason: "source_empty" as const, deleted: 1000 };
    expect((await mirroring.run({ confirmation })).receipt).toMatchObject({ read: 0, deleted: 1000 });
    expect(await count()).toBe(0);
  });

  it("when more than 15 % would go, but not for a few [G4]", async () => {
    await mirroring.run();
    await source.query("delete from people where id <= 151");
    expect(await heldBy(mirroring.run())).toMatchObject({ reason: "too_many_deletes", deleted: 151 });
    expect(await count()).toBe(1000);
    await source.query("insert into people (id, name) values (1, 'back')");
    expect((await mirroring.run()).receipt).toMatchObject({ deleted: 150 });
  });

  it("and a yes counts for that number and a tenth, not for more [G4]", async () => {
    await mirroring.run();
    await source.query("delete from people where id <= 400");
    const confirmation = { reason: "too_many_deletes" as const, deleted: 300 };
    expect(await heldBy(mirroring.run({ confirmation }))).toMatchObject({ deleted: 400 });
    const enough = { reason: "too_many_deletes" as const, deleted: 364 };
    expect((await mirroring.run({ confirmation: enough })).receipt).toMatchObject({ deleted: 400 });
  });

  it("when the table was filled before the first run, and from the yes on those rows belong to it [G7]", async () => {
    await destination.query("insert into people (id, name) values (1, 'older'), (7777, 'foreign')");
    const hold = await heldBy(mirroring.run());
    expect(hold).toMatchObject({
      reason: "first_on_filled",
      destinationRows: 2,
      created: 999,
      updated: 1,
      deleted: 0,
      confirmWith: "2",
    });
    expect(await count()).toBe(2);
    const confirmation = { reason: "first_on_filled" as const, deleted: 0 };
    expect((await mirroring.run({ confirmation })).receipt).toMatchObject({ created: 999, updated: 1, deleted: 0 });
    await source.query("delete from people where id = 1");
    expect((await mirroring.run()).receipt).toMatchObject({ deleted: 1 });
    expect(await count("id = 7777")).toBe(1);
  });

  it("when the source is another table than before [G5] [F20 mirror]", async () => {
    await mirroring.run();
    await source.query("alter table people rename to old; create table people as select * from old where id > 3");
    expect(await heldBy(mirroring.run())).toMatchObject({ reason: "source_changed", deleted: 3 });
  });

  it("when other columns travel than before [G7]", async () => {
    await mirroring.run();
    await source.query("delete from people where id = 3");
    expect(await heldBy(mirroring.run({ definition: flow(["id", "name", "note"]) }))).toMatchObject({
      reason: "question_changed",
      deleted: 1,
    });
  });

  it("and refuses to read a source that hides rows [G6]", async () => {
    await mirroring.run();
    await source.query(`alter table people enable row level security; alter table people force row level security`);
    await source.query(
      `create role seer_${source.database}_${diffRows} login password 'x'; grant select on people to seer_${source.database}_${diffRows}`,
    );
    await source.query("create policy part on people using (id > 500)");
    const seer = targetOf({ ...source, user: `seer_${source.database}_${diffRows}`, password: "x" });
    const runs = runner(flow(), seer);
    await expect(runs.run()).rejects.toMatchObject({ failure: { code: "rows_hidden" } });
    expect(await count()).toBe(1000);
  });
});
