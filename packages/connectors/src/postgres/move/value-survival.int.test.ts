import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { flowOf, runnerOf } from "../../testing/flows.ts";
import { targetOf } from "../../testing/targets.ts";

/** Column type and values; each must arrive as the text it left as. */
const values: readonly (readonly [type: string, ...values: string[]])[] = [
  ["numeric(30,10)", "12345678901234567890.0123456789", "-0.0000000001", "NaN"],
  ["numeric", "1.0", "1.00", "1e100", "0.000000000000000000001", "Infinity"],
  ["bigint", "9007199254740993", "-9223372036854775808", "9223372036854775807"],
  ["double precision", "0.1", "-0", "NaN", "Infinity", "-Infinity", "1e308", "5e-324"],
  ["real", "0.1", "3.4028235e+38"],
  [
    "timestamptz",
    "2026-03-29 02:30:00.123456+01",
    "infinity",
    "-infinity",
    "0044-03-15 12:00:00+00 BC",
    "294276-01-01 00:00:00+00",
  ],
  ["timestamp", "2026-03-29 02:30:00.000001", "4713-01-01 00:00:00 BC"],
  ["date", "0001-01-01 BC", "infinity", "5874897-12-31"],
  ["time", "24:00:00", "00:00:00.000001"],
  ["timetz", "12:00:00+05:30"],
  ["interval", "1 mon -1 days +00:00:00.000001", "24:00:00", "1 day"],
  ["jsonb", '{"big": 12345678901234567890.123456789, "a": [1.0, 1.00]}', '"O\'Brien"', "null"],
  ["json", '{"a": 1,  "a": 2}', '{"n": 1.50}'],
  ["uuid", "00000000-0000-0000-0000-000000000001"],
  ["bytea", "\\x00ff0a0d5c", "\\x"],
  ["text", "O'Brien", "🐘 emoji", "", "line\nbreak\tand\\backslash", "\\N", "\\.", "\ufeffbom", "=cmd|' /C calc'!A0"],
  ["varchar(20)", "two  spaces "],
  ["char(5)", "ab"],
  ["boolean", "true", "false"],
  ["integer[]", "[3:5]={1,2,3}", "{}", "{NULL,1}", "{{1,2},{3,4}}"],
  ["text[]", '{"a,b","c\\"d",NULL,""}'],
  ["inet", "2001:db8::1/64", "10.0.0.1"],
  ["point", "(1.5,-0)"],
  ["box", "(2,2),(0,0)"],
  ["circle", "<(1,2),3>"],
  ["bit varying", "10101", ""],
  ["int4range", "[1,10)", "empty"],
  ["tsvector", "'cat':3A 'sat':2"],
  ["money", "$1,234.50"],
  ["xml", "<a>é</a>"],
  ["mood", "happy", "so-so"],
  ["positive", "3"],
  ["pair", '(1,"a b")'],
];

const ownTypes = `create type mood as enum ('happy', 'so-so');
  create domain positive as int check (value > 0);
  create type pair as (a int, b text)`;

let source: TestDatabase;
let destination: TestDatabase;

beforeAll(async () => {
  source = await createDatabase();
  destination = await createDatabase();
  for (const database of [source, destination]) {
    await database.query(ownTypes);
    for (const [index, [type]] of values.entries()) {
      await database.query(`create table t${index} (id int primary key, v ${type})`);
    }
  }
  for (const [index, [, ...texts]] of values.entries()) {
    const rows = texts.map((_, at) => `(${at}, $${at + 1})`);
    await source.query(`insert into t${index} values ${rows.join(", ")}, (-1, null)`, texts);
  }
});

async function textOf(database: TestDatabase, index: number): Promise<unknown[]> {
  const { rows } = await database.query(
    `select id, case when v is null then null else format('%s', v) end as v from t${index} order by id`,
  );
  return rows;
}

describe.each(values.map(([type], index) => ({ type, index })))("$type", ({ index }) => {
  const table = { schema: "public", name: `t${index}` };
  const flow = { from: table, to: table, columns: ["id", "v"] };

  it.each([
    { writeMode: "append", syncKey: [] },
    { writeMode: "upsert", syncKey: ["id"] },
  ] as const)("arrives unchanged by $writeMode, and a second time changes nothing [V25]", async (mode) => {
    await destination.query(`truncate t${index}`);
    const runner = runnerOf(flowOf({ ...flow, ...mode }), targetOf(source), targetOf(destination));
    const { receipt } = await runner.run();
    const sent = await textOf(source, index);
    expect(await textOf(destination, index)).toEqual(sent);
    expect(receipt).toMatchObject({ read: sent.length, created: sent.length });
    if (mode.writeMode === "append") return;
    const again = await runner.run();
    expect(again.receipt).toMatchObject({ read: sent.length, created: 0, updated: 0, unchanged: sent.length });
  });
});

it("values survive a destination whose role and database prefer other notations [V25]", async () => {
  await destination.query(`alter database ${destination.database} set datestyle = 'SQL, DMY'`);
  await destination.query(`alter database ${destination.database} set timezone = 'Asia/Kolkata'`);
  await source.query(`alter database ${source.database} set datestyle = 'German'`);
  await source.query(`alter database ${source.database} set bytea_output = 'escape'`);
  await source.query(`alter database ${source.database} set intervalstyle = 'sql_standard'`);
  for (const database of [source, destination]) {
    await database.query("create table styles (id int primary key, d date, i interval, b bytea, e mood)");
  }
  await source.query("insert into styles values (1, '2026-02-03', '1 mon -1 days', '\\x00ff', 'happy')");
  const table = { schema: "public", name: "styles" };
  const columns = ["id", "d", "i", "b", "e"];
  const definition = flowOf({ from: table, to: table, columns, writeMode: "append" });
  await runnerOf(definition, targetOf(source), targetOf(destination)).run();
  const shown = `select to_char(d, 'YYYY-MM-DD') as d, extract(epoch from i)::text as i, encode(b, 'hex') as b from styles`;
  expect((await destination.query(shown)).rows).toEqual((await source.query(shown)).rows);
});

it("changes that `=` cannot see are changes: a scale, a sign of zero, a box of the same area", async () => {
  const table = { schema: "public", name: "subtle" };
  for (const database of [source, destination]) {
    await database.query("create table subtle (id int primary key, n numeric, f float8, b box, j json)");
    await database.query("insert into subtle values (1, 1.0, 0, '(2,2),(0,0)', '1')");
  }
  const definition = flowOf({
    from: table,
    to: table,
    columns: ["id", "n", "f", "b", "j"],
    writeMode: "upsert",
    syncKey: ["id"],
  });
  const runner = runnerOf(definition, targetOf(source), targetOf(destination));
  for (const change of ["n = 1.00", "f = '-0'", "b = '(4,1),(0,0)'", "j = '1 '"]) {
    await source.query(`update subtle set ${change}`);
    expect((await runner.run()).receipt).toMatchObject({ updated: 1, unchanged: 0 });
  }
  const shown = "select n::text, f::text, b::text, j::text from subtle";
  expect((await destination.query(shown)).rows).toEqual((await source.query(shown)).rows);
});
