import type { Changes } from "@headgate/contract";
import type { Relation } from "@headgate/core";
import { createDatabase, startPostgres, withClient, type TestDatabase, type TestServer } from "@headgate/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flowFrom, runnerOf, type FlowParts, type Runner } from "../../../testing/flows.ts";
import { targetOf } from "../../../testing/targets.ts";

// A server of our own: a transaction that others have open in any of its databases keeps rows from being settled.
let server: TestServer;
let source: TestDatabase;
let destination: TestDatabase;

beforeAll(async () => {
  server = await startPostgres({ settings: { autovacuum: "off" } });
});
afterAll(() => server.stop());

beforeEach(async () => {
  source = await createDatabase({ server });
  destination = await createDatabase();
  await source.query(
    `create table items (id int primary key, body text, at timestamptz);
     create index on items (at);
     insert into items select i, 'old', now() - interval '3 days' from generate_series(1, 300) i`,
  );
});

const items = { table: { schema: "public", name: "items" } };
const to = { schema: "public", name: "items" };

function flow(relation: Relation, changes: Changes | undefined, parts: Partial<FlowParts> = {}) {
  const {
    writeMode = "upsert",
    columns = ["id", "body", "at"],
    syncKey = writeMode === "append" ? [] : ["id"],
  } = parts;
  return flowFrom(relation, {
    to,
    columns,
    writeMode,
    syncKey,
    readMode: "incremental",
    ...(changes && { changes }),
    ...parts,
  });
}

async function runner(
  relation: Relation,
  changes: Changes | undefined,
  parts: Partial<FlowParts> = {},
): Promise<Runner> {
  const key = parts.writeMode === "append" ? "" : "primary key";
  await destination.query(`create table items (id int ${key}, body text, at timestamptz)`);
  return runnerOf(flow(relation, changes, parts), targetOf(source), targetOf(destination));
}

/** Rows of either side that the other lacks, duplicates counted. */
async function difference(from = "items"): Promise<unknown[]> {
  const text = (table: string) => `select id || ' ' || body || ' ' || coalesce(at::text, '') as row from ${table}`;
  const [there, here] = await Promise.all([
    source.query<{ row: string }>(`${text(from)} order by 1`),
    destination.query<{ row: string }>(`${text("items")} order by 1`),
  ]);
  const [one, other] = [there.rows.map(({ row }) => row), here.rows.map(({ row }) => row)];
  return JSON.stringify(one) === JSON.stringify(other)
    ? []
    : [
        ...one.filter((row) => !other.includes(row)),
        ...other.filter((row) => !one.includes(row)),
        one.length,
        other.length,
      ];
}

describe("by PostgreSQL's mark, narrowed by an indexed time", () => {
  const narrowed: Changes = { by: "xmin", cursor: { column: "at", lookBackHours: 24 } };

  it.each(["append", "upsert"] as const)(
    "%s takes late commits, savepoints and rows without a time once each [V19] [V20] [V21]",
    async (writeMode) => {
      const moving = await runner(items, narrowed, { writeMode });
      expect((await moving.run()).receipt).toMatchObject({ read: 300, created: 300 });
      await source.query("insert into items values (1000, 'marks the highest', now())");
      await moving.run();
      await withClient(source, source.database, async (late) => {
        await late.query(
          `begin; insert into items values (1001, 'late', now() - interval '5 hours'); savepoint s;
         insert into items values (1002, 'in a savepoint', now() - interval '5 hours'), (1003, 'no time', null); release s`,
        );
        await source.query("insert into items values (1004, 'early', now())");
        await moving.run();
        await late.query("commit");
      });
      await moving.run();
      expect(await difference()).toEqual([]);
      expect((await moving.run()).receipt).toMatchObject({ created: 0, updated: 0 });
    },
  );

  it("does not look at rows from before the look-back", async () => {
    const moving = await runner(items, narrowed);
    await moving.run();
    await source.query("insert into items values (1000, 'new', now())");
    await moving.run();
    await source.query(
      "update items set body = 'changed without its time' where id = 1; insert into items values (1001, 'new', now())",
    );
    expect((await moving.run()).receipt).toMatchObject({ read: 1, created: 1 });
  });

  it("is not led astray by a row dated far ahead", async () => {
    const moving = await runner(items, narrowed);
    await source.query("insert into items values (1000, 'a typing error', '2999-01-01')");
    await moving.run();
    await source.query("insert into items values (1001, 'today', now())");
    expect((await moving.run()).receipt).toMatchObject({ created: 1 });
  });
});

describe("by a cursor, where there is no mark", () => {
  const view = { table: { schema: "public", name: "seen" } };
  beforeEach(() => source.query("create view seen as select * from items"));

  it("loses none of 10,001 rows of one moment, wherever a run ends between them [F10 upsert]", async () => {
    const moving = await runner(view, { by: "cursor", column: "at", lookBackMinutes: 0 });
    const moment = "timestamptz '2020-01-01 00:00:00.123456+00'";
    await source.query(`truncate items; insert into items select i, 'tie', ${moment} from generate_series(1, 5000) i`);
    expect((await moving.run()).receipt).toMatchObject({ read: 5000, created: 5000 });
    await source.query(`insert into items select i, 'tie', ${moment} from generate_series(5001, 10001) i`);
    expect((await moving.run()).receipt).toMatchObject({ read: 10_001, created: 5001, unchanged: 5000 });
    expect(await difference("seen")).toEqual([]);
  });

  it("repeats the look-back, which finds what was committed late within it", async () => {
    const moving = await runner(view, { by: "cursor", column: "at", lookBackMinutes: 60 });
    await moving.run();
    await source.query("insert into items values (1000, 'on time', now())");
    await moving.run();
    await source.query(
      `insert into items values (1001, 'half an hour late', now() - interval '30 minutes'),
                                (1002, 'beyond the limit that is told', now() - interval '2 hours')`,
    );
    expect((await moving.run()).receipt).toMatchObject({ read: 2, created: 1, unchanged: 1 });
  });

  it("goes by a number as well", async () => {
    const moving = await runner(view, { by: "cursor", column: "id", lookBackMinutes: 0 });
    await moving.run();
    await source.query("insert into items values (1000, 'new', null)");
    expect((await moving.run()).receipt).toMatchObject({ read: 2, created: 1 });
  });

  it("refuses rows without a value, with their number, because they could never be found", async () => {
    const moving = await runner(view, { by: "cursor", column: "at", lookBackMinutes: 0 });
    await source.query("update items set at = null where id <= 3");
    await expect(moving.run()).rejects.toMatchObject({
      failure: { code: "cursor_empty", kind: "settings", facts: { column: "at", rows: "3" } },
    });
  });
});

describe("a flow that added all rows in every run, and shall now add only new ones", () => {
  it("goes on where its last run ended [V20]", async () => {
    const moving = await runner(items, undefined, { writeMode: "append", readMode: "full" });
    await moving.run();
    await source.query("insert into items values (1000, 'new', null)");
    const definition = flow(items, undefined, { writeMode: "append" });
    expect((await moving.run({ definition })).receipt).toMatchObject({ read: 1, created: 1 });
    expect(await difference()).toEqual([]);
  });

  it("asks where rows were under way that nobody can tell from those added, and does as it is told", async () => {
    const moving = await runner(items, undefined, { writeMode: "append", readMode: "full" });
    await withClient(source, source.database, async (late) => {
      await late.query("begin; insert into items values (1001, 'late', null)");
      await source.query("insert into items values (1002, 'early', null)");
      await moving.run();
      await late.query("commit");
    });
    const definition = flow(items, undefined, { writeMode: "append" });
    const hold = { reason: "place_lost", created: 302, confirmWith: "302" } as const;
    await expect(moving.run({ definition })).rejects.toMatchObject({ hold });
    const confirmation = { reason: hold.reason, deleted: 0 };
    expect(
      (await moving.run({ definition, confirmation: { ...confirmation, choice: "go_on" } })).receipt,
    ).toMatchObject({ read: 0 });
    await source.query("insert into items values (1003, 'after', null)");
    expect((await moving.run({ definition })).receipt).toMatchObject({ created: 1 });
  });
});

describe("read again, because a person asked for it", () => {
  const everything = { id: "6a7b2f0e-8f3c-4b59-9f0a-0c8f9f2b1d3e", from: null, askedAt: "2026-11-21T09:00:00.000Z" };

  it("changes nothing twice with a key, and repairs what somebody spoiled", async () => {
    const moving = await runner(items, undefined);
    await moving.run();
    await destination.query("delete from items where id <= 5; update items set body = 'spoiled' where id = 6");
    expect((await moving.run()).receipt).toMatchObject({ read: 0 });
    expect((await moving.run({ reread: everything })).receipt).toMatchObject({ read: 300, created: 5, updated: 1 });
    // The wish is taken back only afterwards; a run in between does not obey it a second time.
    expect((await moving.run({ reread: everything })).receipt).toMatchObject({ read: 0 });
  });

  it("adds all rows once more where they are only added", async () => {
    const moving = await runner(items, undefined, { writeMode: "append" });
    await moving.run();
    expect((await moving.run({ reread: everything })).receipt).toMatchObject({ created: 300 });
    expect((await moving.run({ reread: everything })).receipt).toMatchObject({ created: 0 });
    expect((await moving.run()).receipt).toMatchObject({ created: 0 });
  });

  it("from a point on reads that, and what is new besides", async () => {
    const changes: Changes = { by: "xmin", cursor: { column: "at", lookBackHours: 1 } };
    await source.query("insert into items values (1000, 'yesterday', now() - interval '1 day')");
    const moving = await runner(items, changes);
    await moving.run();
    await destination.query("delete from items where id >= 300");
    await source.query("insert into items values (1001, 'new', now())");
    const { rows } = await source.query<{ from: string }>("select (now() - interval '2 days')::text as from");
    const reread = { ...everything, from: { column: "at", value: rows[0]?.from ?? "" } };
    expect((await moving.run({ reread })).receipt).toMatchObject({ read: 2, created: 2 });
  });
});

it("a transaction of somebody else that stays open is remembered from when it was first met", async () => {
  const moving = await runner(items, undefined, { writeMode: "append" });
  const since = async (): Promise<unknown> =>
    (await destination.query<{ since: unknown }>("select position->>'since' as since from headgate.flow_state")).rows[0]
      ?.since;
  await withClient(source, source.database, async (late) => {
    await late.query("begin; insert into items values (1001, 'late', null)");
    await source.query("insert into items values (1002, 'waits for it', null)");
    await moving.run();
    const first = await since();
    expect(first).toMatch(/^\d{4}-.*Z$/);
    await moving.run();
    expect(await since()).toBe(first);
    await late.query("commit");
  });
  await moving.run();
  expect(await since()).toBeNull();
});
