import { randomBytes } from "node:crypto";
import { createDatabase } from "@headgate/testkit";
import { expect, test } from "vitest";
import { openPool } from "./db.ts";
import { migrate, migrationState } from "./migrate.ts";
import { openStore } from "./store.ts";

test("processes that start together wait for each other, and starting again changes nothing", async () => {
  const { url } = await createDatabase();
  await Promise.all([migrate(url), migrate(url), migrate(url)]);
  const db = openPool(url, 1, "test");
  const applied = "select id, name, run_on from migrations order by id";
  const before = await db.query(applied);
  await migrate(url);
  expect((await db.query(applied)).rows).toEqual(before.rows);
  expect(await migrationState(db)).toEqual({ current: true, missing: [], unknown: [] });
  await db.end();
});

test("a store that was not migrated does not open, and says what is missing", async () => {
  const { url } = await createDatabase();
  await expect(openStore({ databaseUrl: url, masterKey: randomBytes(32) })).rejects.toThrow(/lacks .*0001_people/);
});

test("a store of a newer version is neither migrated nor opened", async () => {
  const database = await createDatabase();
  await migrate(database.url);
  await database.query("insert into migrations (name, run_on) values ('9999_future', now())");
  await expect(migrate(database.url)).rejects.toThrow(/newer Headgate/);
  await expect(openStore({ databaseUrl: database.url, masterKey: randomBytes(32) })).rejects.toThrow(/newer Headgate/);
});

test("every table of ours names its constraints, and moments know their zone", async () => {
  const database = await createDatabase();
  await migrate(database.url);
  const unnamed = await database.query(
    `select conname from pg_constraint join pg_class on conrelid = pg_class.oid
      where relnamespace = 'public'::regnamespace and relname <> 'migrations' and contype in ('c', 'f', 'u')
        and conname ~ '_(check|fkey|key)[0-9]*$'`,
  );
  const zoneless = await database.query(
    `select table_name, column_name from information_schema.columns
      where table_schema = 'public' and table_name <> 'migrations' and data_type in ('timestamp without time zone', 'json')`,
  );
  expect([...unnamed.rows, ...zoneless.rows]).toEqual([]);
});
