import { createDatabase, startPostgres, withClient, type TestDatabase, type TestServer } from "@headgate/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { flowOf, runnerOf, type Runner } from "../../testing/flows.ts";
import { contextWith, targetOf } from "../../testing/targets.ts";

const table = { schema: "public", name: "items" };
const columns = ["id", "body"];
const flow = (writeMode: "append" | "upsert" | "insert_missing" | "update") =>
  flowOf({
    from: table,
    to: table,
    columns,
    writeMode,
    readMode: "incremental",
    syncKey: writeMode === "append" ? [] : ["id"],
  });

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
  await source.query("create table items (id int primary key, body text)");
  await source.query("insert into items select i, 'old' from generate_series(1, 1000) i");
});

function runner(writeMode: Parameters<typeof flow>[0]): Runner {
  return runnerOf(flow(writeMode), targetOf(source), targetOf(destination));
}

/** Rows of either side that the other lacks. */
async function difference(): Promise<string[]> {
  const text = "select id || ':' || body as row from items order by id, body";
  const [there, here] = await Promise.all([
    source.query<{ row: string }>(text),
    destination.query<{ row: string }>(text),
  ]);
  const [one, other] = [there.rows.map(({ row }) => row), here.rows.map(({ row }) => row)];
  return [...one.filter((row) => !other.includes(row)), ...other.filter((row) => !one.includes(row))];
}

describe("only new and changed rows", () => {
  it("of a table are read after the first run, whatever the key and without any column to go by", async () => {
    await destination.query("create table items (id int primary key, body text)");
    const upserting = runner("upsert");
    expect((await upserting.run()).receipt).toMatchObject({ read: 1000, created: 1000 });
    expect((await upserting.run()).receipt).toMatchObject({ read: 0 });
    await source.query("update items set body = 'new' where id <= 10; insert into items values (1001, 'O''Brien')");
    expect((await upserting.run()).receipt).toMatchObject({ read: 11, created: 1, updated: 10 });
    expect(await difference()).toEqual([]);
  });

  it("of partitions and of subtransactions are found as well [V21]", async () => {
    await source.query("drop table items; create table items (id int, body text) partition by range (id)");
    await source.query("create table a partition of items for values from (0) to (500)");
    await source.query("create table b partition of items for values from (500) to (5000)");
    await source.query("insert into items select i, 'old' from generate_series(1, 1000) i");
    await destination.query("create table items (id int, body text)");
    const appending = runner("append");
    expect((await appending.run()).receipt).toMatchObject({ created: 1000 });
    await source.query(
      "begin; insert into items values (1, 'x'); savepoint s; insert into items values (600, 'y'); release s; commit",
    );
    expect((await appending.run()).receipt).toMatchObject({ read: 2, created: 2 });
  });

  it("committed late are neither missed nor added twice [F10 append] [V19] [V20]", async () => {
    await destination.query("create table items (id int, body text)");
    const appending = runner("append");
    await appending.run();
    await withClient(source, source.database, async (late) => {
      await late.query("begin; insert into items values (2001, 'late')");
      await source.query("insert into items values (2002, 'early')");
      // The early row waits for the late one: only below both is everything settled.
      expect((await appending.run()).receipt).toMatchObject({ read: 0 });
      await late.query("commit");
    });
    expect((await appending.run()).receipt).toMatchObject({ read: 2, created: 2 });
    expect((await appending.run()).receipt).toMatchObject({ read: 0 });
    expect(await difference()).toEqual([]);
  });

  it("are all there, and right, after runs amid six writers with savepoints and rollbacks [F10 upsert] [V20]", async () => {
    await destination.query("create table items (id int primary key, body text)");
    const upserting = runner("upsert");
    let open = 6;
    const writers = Array.from({ length: 6 }, (_, writer) =>
      withClient(source, source.database, async (client) => {
        for (let turn = 0; turn < 40; turn += 1) {
          await client.query("begin");
          await client.query("insert into items values ($1, 'first')", [10_000 + writer * 1000 + turn]);
          await client.query("savepoint s");
          await client.query("update items set body = $2 where id % 6 = $1 and id <= 60", [writer, `turn ${turn}`]);
          if (turn % 3 === 0) await client.query("rollback to s");
          await client.query(turn % 7 === 0 ? "rollback" : "commit");
        }
      }).finally(() => (open -= 1)),
    );
    while (open > 0) await upserting.run();
    await Promise.all(writers);
    await upserting.run();
    expect(await difference()).toEqual([]);
  });

  it("of a keyless append arrive once per version", async () => {
    await destination.query("create table items (id int, body text)");
    const appending = runner("append");
    await appending.run();
    await source.query("update items set body = 'second' where id = 5");
    await source.query("update items set body = 'third' where id = 5");
    expect((await appending.run()).receipt).toMatchObject({ read: 1, created: 1 });
  });
});

describe("when the source is not the one that was read", () => {
  it("adding stops and asks, because nobody could tell which rows are there already [F20 append]", async () => {
    await destination.query("create table items (id int, body text)");
    const appending = runner("append");
    await appending.run();
    await source.query(
      "alter table items rename to gone; create table items (id int, body text); insert into items values (1, 'x')",
    );
    await expect(appending.run()).rejects.toMatchObject({
      hold: { reason: "place_lost", created: 1, deleted: 0, confirmWith: "1" },
    });
    const { rowCount } = await destination.query("select from items");
    expect(rowCount).toBe(1000);
  });

  it("and a table that was rewritten is not added once more before a person has said how much [V22]", async () => {
    await destination.query("create table items (id int, body text)");
    const appending = runner("append");
    await appending.run();
    await source.query("alter table items add rewritten float8 default random()");
    const context = contextWith({ unusualRows: 100 });
    const hold = { reason: "unusual_count", created: 1000, deleted: 0, usual: 10, confirmWith: "1000" } as const;
    await expect(appending.run({ context, usualRows: 10 })).rejects.toMatchObject({ hold });
    const arrived = async (): Promise<number | null> => (await destination.query("select from items")).rowCount;
    expect(await arrived()).toBe(1000);

    const confirmation = { reason: "unusual_count", deleted: 0, created: 1000 } as const;
    const { receipt } = await appending.run({ context, usualRows: 10, confirmation });
    expect(receipt).toMatchObject({ read: 1000, created: 1000 });
    expect(await arrived()).toBe(2000);
  });

  it("modes with a key read everything again [F20 upsert]", async () => {
    await destination.query("create table items (id int primary key, body text)");
    const upserting = runner("upsert");
    await upserting.run();
    await source.query(
      "create table copy as select id, case id when 3 then 'changed' else body end as body from items",
    );
    await source.query("drop table items; alter table copy rename to items");
    expect((await upserting.run()).receipt).toMatchObject({ read: 1000, updated: 1, unchanged: 999 });
  });

  it("and when other columns travel, what was read before is read again", async () => {
    await source.query("alter table items add extra text default 'e'");
    await destination.query("create table items (id int primary key, body text, extra text)");
    const upserting = runner("upsert");
    await upserting.run();
    const fields = ["id", "body", "extra"].map((name) => ({ source: name, destination: name }));
    const more = { ...flow("upsert"), fields };
    expect((await upserting.run({ definition: more })).receipt).toMatchObject({ read: 1000, updated: 1000 });
    expect((await upserting.run({ definition: more })).receipt).toMatchObject({ read: 0 });
  });
});

it("a view remembers no changes, so all its rows are read every time", async () => {
  await source.query("alter table items rename to base; create view items as select * from base");
  await destination.query("create table items (id int primary key, body text)");
  const upserting = runner("upsert");
  await upserting.run();
  expect((await upserting.run()).receipt).toMatchObject({ read: 1000, unchanged: 1000 });
});

it("a login that may not ask the server who it is reads all the same", async () => {
  await destination.query("create table items (id int primary key, body text)");
  const upserting = runner("upsert");
  await source.query("revoke execute on function pg_control_system(), pg_control_checkpoint() from public");
  await upserting.run();
  expect((await upserting.run()).receipt).toMatchObject({ read: 0 });
});
