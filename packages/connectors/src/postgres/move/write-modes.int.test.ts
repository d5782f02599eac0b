import { createDatabase, createRole, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf, type Runner } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";
import { dryRun } from "./dry-run.ts";

const table = { schema: "public", name: "people" };
const columns = ["id", "name"];
const create = "create table people (id int primary key, name text, note text default 'mine')";

let source: TestDatabase;
let destination: TestDatabase;

beforeEach(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  for (const side of [source, destination]) await side.query(create);
  await source.query("insert into people (id, name) values (1, 'Ann'), (2, 'Bob K.'), (3, null)");
  await destination.query("insert into people (id, name) values (1, 'Ann'), (2, 'Bob'), (9, 'Zoe')");
});

type Mode = "insert_missing" | "update" | "replace";

function flow(writeMode: Mode, syncKey = writeMode === "replace" ? [] : ["id"]) {
  return flowOf({ from: table, to: table, columns, writeMode, syncKey });
}

function runner(mode: Mode): Runner {
  return runnerOf(flow(mode), targetOf(source), targetOf(destination));
}

async function content(): Promise<string[]> {
  const { rows } = await destination.query<{ row: string }>("select t::text as row from people t order by id");
  return rows.map(({ row }) => row);
}

describe.each([
  {
    mode: "insert_missing" as const,
    after: ["(1,Ann,mine)", "(2,Bob,mine)", "(3,,mine)", "(9,Zoe,mine)"],
    counts: { read: 3, created: 1, updated: 0, unchanged: 0, skipped: 2, deleted: 0 },
    again: { created: 0, skipped: 3 },
    unallowed: { status: "succeeded" },
  },
  {
    mode: "update" as const,
    after: ["(1,Ann,mine)", '(2,"Bob K.",mine)', "(9,Zoe,mine)"],
    counts: { read: 3, created: 0, updated: 1, unchanged: 1, skipped: 1, deleted: 0 },
    again: { updated: 0, unchanged: 2, skipped: 1 },
    unallowed: { failure: { code: "destination_forbidden", facts: { rights: "UPDATE" } } },
  },
  {
    mode: "replace" as const,
    after: ["(1,Ann,mine)", '(2,"Bob K.",mine)', "(3,,mine)"],
    counts: { read: 3, created: 3, updated: 0, unchanged: 0, skipped: 0, deleted: 3 },
    again: { created: 3, deleted: 3 },
    unallowed: { failure: { code: "destination_forbidden", facts: { rights: "DELETE" } } },
  },
])("$mode", ({ mode, after, counts, again, unallowed }) => {
  it("does to new, changed and gone rows what its table says, as the dry run foretold", async () => {
    await destination.query("update people set note = 'mine'");
    const foretold = await dryRun(flow(mode), targetOf(source), targetOf(destination), contextWith());
    expect(foretold).toMatchObject({ status: "succeeded", ...counts });
    const runs = runner(mode);
    expect((await runs.run()).receipt).toMatchObject(counts);
    expect(await content()).toEqual(after);
    expect((await runs.run()).receipt).toMatchObject(again);
    expect(await content()).toEqual(after);
  });

  it("notices rows that a trigger swallows, and changes nothing then [F18]", async () => {
    await destination.query(`create function drop_row() returns trigger language plpgsql as 'begin return null; end'`);
    await destination.query(
      "create trigger swallow before insert or update on people for each row execute function drop_row()",
    );
    const before = await content();
    await expect(runner(mode).run()).rejects.toMatchObject({ failure: { code: "rows_swallowed" } });
    expect(await content()).toEqual(before);
  });

  it("is told before the first run which right is missing", async () => {
    const { user, password } = await createRole(destination);
    await destination.query(
      `grant select, insert on people to ${user}; grant create on database ${destination.database} to ${user}`,
    );
    const target = targetOf({ ...destination, user, password });
    const verdict = await dryRun(flow(mode), targetOf(source), target, contextWith());
    expect(verdict).toMatchObject(unallowed);
  });
});

describe("replace", () => {
  it("of an empty source keeps what is there until a person says yes [G3] [F4 replace]", async () => {
    await source.query("truncate people");
    const before = await content();
    await expect(runner("replace").run()).rejects.toMatchObject({
      hold: { reason: "source_empty", destinationRows: 3, deleted: 3, confirmWith: "3" },
    });
    expect(await content()).toEqual(before);
    const confirmation = { reason: "source_empty" as const, deleted: 3 };
    expect((await runner("replace").run({ confirmation })).receipt).toMatchObject({ read: 0, created: 0, deleted: 3 });
    expect((await runner("replace").run()).receipt).toMatchObject({ read: 0, created: 0, deleted: 0 });
  });

  it("shows readers the old rows until the new ones are committed, never a mixture", async () => {
    await source.query("insert into people (id, name) select i, 'new' from generate_series(10, 60000) i");
    const run = runner("replace").run();
    const seen = new Set<number>();
    let ended = false;
    void run.finally(() => (ended = true)).catch(() => {});
    while (!ended) {
      const { rows } = await destination.query<{ n: number }>("select count(*)::int as n from people");
      seen.add(rows[0]?.n ?? -1);
    }
    await run;
    expect([...seen].filter((count) => count !== 3 && count !== 59994)).toEqual([]);
  });
});
