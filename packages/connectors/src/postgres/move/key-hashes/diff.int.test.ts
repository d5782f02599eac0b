import { createDatabase, openDatabase, startFaultProxy, type TestDatabase } from "@headgate/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { asks } from "../../../testing/fault-lane.ts";
import { flowOf, runnerOf } from "../../../testing/flows.ts";
import { openMirrorScene, type KeyShape } from "../../../testing/mirror-scene.ts";
import { targetOf } from "../../../testing/targets.ts";

const words = `(array['a', 'B', 'ž', 'Z', '', 'aa', 'É', '🐘', 'O''Brien', 'a-b'])`;
const keys: Readonly<Record<string, KeyShape>> = {
  int2: { columns: "k int2", of: (i) => `${i - 30}` },
  uuid: { columns: "k uuid", of: (i) => `md5('${i}')::uuid` },
  "text, ordered by bytes": { columns: 'k text collate "C"', of: (i) => `${words}[${(i % 10) + 1}] || ${i}` },
  varchar: { columns: "k varchar", of: (i) => `${words}[${(i % 10) + 1}] || ${i}` },
  timestamptz: {
    columns: "k timestamptz",
    of: (i) => `timestamptz '2000-01-01 00:00+00' + ${i - 30} * interval '1.5 s'`,
  },
  "int4, by what was written": { columns: "k int4", of: (i) => `${i - 30}`, onlyPortable: true },
  "text and date, by what was written": {
    columns: "a text, k date",
    of: (i) => `${words}[${(i % 3) + 1}], date '1999-12-20' + ${i}`,
    onlyPortable: true,
  },
  "text and int8": { columns: "a text, k int8", of: (i) => `${words}[${(i % 3) + 1}], ${30 - i}` },
  "date, uuid and int2": {
    columns: "a date, b uuid, k int2",
    of: (i) =>
      `${i % 3 === 0 ? "'-infinity'::date" : `date '1999-12-31' + ${i % 2}`}, md5('${i % 5}')::uuid, ${i - 30}`,
  },
};

describe.each(Object.entries(keys))("a mirror by %s", (name, key) => {
  it("is its model's, row by row, whatever was changed on either side, and lets only rows that differ travel", async () => {
    const scene = await openMirrorScene(key, 60, name.length * 7919);
    const { wrong, bytes: whole } = await scene.run();
    expect(wrong).toEqual([]);
    for (const unseen of [false, false, true, false]) {
      await scene.disturb(12, unseen);
      const { wrong: rows, bytes, balanced } = await scene.run();
      expect({ rows, balanced }).toEqual({ rows: [], balanced: true });
      expect(unseen || bytes < whole / 2).toBe(true);
    }
  });
});

describe.each([
  {
    name: "numeric, where 1 and 1.0 are one key",
    key: { columns: "k numeric", of: (i: number) => `${i}.${"0".repeat(i % 3)}` },
    diffRows: 10_000,
  },
  { name: "int4 with more differences than are worth it", key: { columns: "k int4", of: String }, diffRows: 1 },
])("a mirror by $name", ({ key, diffRows }) => {
  it("lets all rows travel, and is its model's as well", async () => {
    const scene = await openMirrorScene(key, 60, 4711);
    const { bytes: whole } = await scene.run(diffRows);
    for (let step = 0; step < 2; step += 1) {
      await scene.disturb(25);
      const { wrong, bytes, balanced } = await scene.run(diffRows);
      expect({ wrong, balanced }).toEqual({ wrong: [], balanced: true });
      expect(bytes).toBeGreaterThan(whole / 2);
    }
  });
});

describe("the list of keys a mirror may delete", () => {
  const table = { schema: "public", name: "people" };
  const flow = flowOf({ from: table, to: table, columns: ["id", "name"], writeMode: "mirror", syncKey: ["id"] });
  let source: TestDatabase;
  let destination: TestDatabase;

  beforeEach(async () => {
    source = await createDatabase();
    destination = await createDatabase();
    for (const side of [source, destination]) await side.query("create table people (id int primary key, name text)");
    await source.query("insert into people select i, 'p' || i from generate_series(1, 1000) i");
  });

  const content = async (where: string): Promise<number> => {
    const { rows } = await destination.query<{ n: number }>(`select count(*)::int as n from people where ${where}`);
    return rows[0]?.n ?? -1;
  };

  it("forgets a key that left both sides, so that a row written later under it stays [G8]", async () => {
    const runs = runnerOf(flow, targetOf(source), targetOf(destination));
    await runs.run();
    await runs.run();
    await source.query("delete from people where id = 5");
    await destination.query("delete from people where id = 5");
    // As many come as go, and nothing differs: by its length alone the list would seem right.
    for (const side of [source, destination]) await side.query("insert into people values (2000, 'both')");
    expect((await runs.run()).receipt).toMatchObject({ created: 0, updated: 0, deleted: 0, unchanged: 1000 });
    await destination.query("insert into people values (5, 'by hand')");
    expect((await runs.run()).receipt).toMatchObject({ deleted: 0 });
    expect(await content("id = 5")).toBe(1);
    await source.query("delete from people where id = 2000");
    expect((await runs.run()).receipt).toMatchObject({ deleted: 1 });
    expect(await content("id = 2000")).toBe(0);
  });

  it("is kept by another login as well, which does not own it", async () => {
    const runs = runnerOf(flow, targetOf(source), targetOf(destination));
    await runs.run();
    const role = `heir_${destination.database}`;
    await destination.query(
      `create role ${role} login password 'x'; grant all on people to ${role}; grant usage, create on schema headgate to ${role};
       grant all on all tables in schema headgate to ${role}`,
    );
    await source.query("delete from people where id <= 5; update people set name = 'new' where id = 7");
    const heir = targetOf({ ...destination, user: role, password: "x" });
    expect((await runs.run({ destination: heir })).receipt).toMatchObject({ deleted: 5, updated: 1 });
    expect(await content("true")).toBe(995);
  });

  it("is not compared by hashes of a server that hashes otherwise, here because its words are in LATIN1", async () => {
    const name = `${destination.database}_latin1`;
    await destination.query(`create database ${name} template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'`);
    destination = openDatabase(destination, name);
    await destination.query("create table people (id int primary key, name text)");
    const proxy = await startFaultProxy(destination);
    const through = targetOf({ ...destination, port: proxy.port }, { tlsMode: "disable" });
    const runs = runnerOf(flow, targetOf(source), through);
    await runs.run();
    await source.query("delete from people where id <= 5; update people set name = 'é' where id = 6");
    const hashes = proxy.arm({ at: asks(`copy (select "id", pg_catalog.hash`), action: async () => {} });
    expect((await runs.run()).receipt).toMatchObject({ deleted: 5, updated: 1 });
    expect(hashes.struck()).toBe(false);
    await proxy.close();
  });
});
