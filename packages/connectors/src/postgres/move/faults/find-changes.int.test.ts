import type { Changes, WriteMode } from "@headgate/contract";
import { createDatabase, startPostgres, withClient, type TestDatabase, type TestServer } from "@headgate/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flowFrom, runnerOf } from "../../../testing/flows.ts";
import { targetOf } from "../../../testing/targets.ts";

const writers = 4;
const turns = 125;
/** Rows written in one turn of one writer: 10,000 changes in all. */
const rowsPerTurn = 20;

// A server of our own: a transaction that others have open in any of its databases keeps rows from being settled.
let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  server = await startPostgres({ settings: { autovacuum: "off", fsync: "off" } });
  database = await createDatabase({ server });
  await database.query("create schema src; create schema dst");
});
afterAll(() => server.stop());

/** Small numbers in an order that a seed decides. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const ways: readonly { name: string; mode: WriteMode; changes: Changes; view?: boolean }[] = [
  { name: "by the mark", mode: "upsert", changes: { by: "xmin" } },
  { name: "by the mark", mode: "append", changes: { by: "xmin" } },
  { name: "by the narrowed mark", mode: "upsert", changes: { by: "xmin", cursor: { column: "at", lookBackHours: 1 } } },
  { name: "by a cursor", mode: "upsert", changes: { by: "cursor", column: "at", lookBackMinutes: 10 }, view: true },
  { name: "by comparing", mode: "upsert", changes: { by: "compare" }, view: true },
  { name: "by comparing", mode: "append", changes: { by: "compare" }, view: true },
];

it("10,000 changes by writers with late commits, savepoints, ties and rollbacks are found, none lost or wrong, in every way [V19] [V20] [V21]", async () => {
  const seed = Math.trunc(Math.random() * 2 ** 31);
  await database.query(
    `create table src.t (id int, body text, at timestamptz not null default date_trunc('second', clock_timestamp()));
     create index on src.t (at); create unique index on src.t (id); create view src.v as select * from src.t;
     insert into src.t select i, 'first', '2026-01-01' from generate_series(1, 500) i`,
  );
  const flows = await Promise.all(
    ways.map(async ({ mode, changes, view }, place) => {
      const name = `t${place}`;
      await database.query(
        `create table dst.${name} (id int ${mode === "append" ? "" : "primary key"}, body text, at timestamptz)`,
      );
      const parts = { to: { schema: "dst", name }, columns: ["id", "body", "at"], writeMode: mode, changes };
      const flow = flowFrom(
        { table: { schema: "src", name: view ? "v" : "t" } },
        { ...parts, syncKey: mode === "append" ? [] : ["id"], readMode: "incremental" },
      );
      return { name, ...runnerOf(flow, targetOf(database), targetOf(database)) };
    }),
  );
  for (const flow of flows) await flow.run();

  let open = writers;
  const write = (writer: number): Promise<void> =>
    withClient(database, database.database, async (client) => {
      const roll = dice(seed + writer);
      for (let turn = 0; turn < turns; turn += 1) {
        const first = 100_000 * (writer + 1) + turn * rowsPerTurn;
        const half = rowsPerTurn / 2;
        const added = (from: number): string =>
          `insert into src.t (id, body) select i, 'turn ${turn}' from generate_series(${from}, ${from + half - 1}) i`;
        await client.query(`begin; ${added(first)}; savepoint s; ${added(first + half)}`);
        if (roll(5) === 0) await client.query("rollback to s");
        // Only rows of its own, so that writers never wait for each other.
        if (roll(3) === 0)
          await client.query(
            `update src.t set body = 'changed in ${turn}', at = date_trunc('second', clock_timestamp())
              where id between ${100_000 * (writer + 1)} and ${100_000 * (writer + 1) + roll(20)}`,
          );
        if (roll(4) === 0) await client.query(`select pg_sleep(${roll(20) / 1000})`);
        await client.query(roll(12) === 0 ? "rollback" : "commit");
      }
    }).finally(() => (open -= 1));
  const all = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  while (open > 0) for (const flow of flows) await flow.run();
  await all;
  for (const flow of flows) await flow.run();

  for (const [place, { mode, name: way }] of ways.entries()) {
    const name = `t${place}`;
    const adds = mode === "append";
    const there = "select id, body, at from src.t";
    // What is only added holds every version of a row, each once.
    const here = `select ${adds ? "distinct " : ""}id, body, at from dst.${name}`;
    const twice = `select id from dst.${name} group by id, body, at having count(*) > 1`;
    const lacking = await database.query(`${there} except all ${here} limit 3`);
    const surplus = await database.query(`${adds ? twice : `${here} except all ${there}`} limit 3`);
    expect({ seed, way, mode, lacking: lacking.rows, surplus: surplus.rows }).toEqual({
      seed,
      way,
      mode,
      lacking: [],
      surplus: [],
    });
  }
  for (const flow of flows.filter((_, place) => ways[place]?.changes.by !== "cursor"))
    expect((await flow.run()).receipt).toMatchObject({ created: 0, updated: 0 });
});
