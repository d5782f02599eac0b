import type { WriteMode } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { createDatabase, withClient, type TestDatabase } from "@headgate/testkit";
import fc from "fast-check";
import { escapeIdentifier, type Client } from "pg";
import { RunHeld } from "../postgres/move/mirror-guards.ts";
import { flowOf, runnerOf } from "./flows.ts";
import { targetOf } from "./targets.ts";

// PostgreSQL's text holds every character but NUL, and lone surrogates are none.
const text = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 16 }),
    fc.constantFrom("O'Brien", "\\N", "\\.", "", "a\tb\nc\\d", "🐘", "\ufeffbom", "NULL", "{}", '"'),
  )
  .map((value) => value.replaceAll("\0", ""));
const quoted = (value: string): string => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const big = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(12))
  .map(([value, zeros]) => `${value}.${"0".repeat(zeros)}1`);
const float = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom("NaN", "Infinity", "-Infinity", "-0"),
);
const moment = fc.oneof(
  fc.integer({ min: -60_000_000_000, max: 250_000_000_000 }).map((s) => new Date(s * 1000).toISOString()),
  fc.constantFrom("infinity", "-infinity"),
);
const day = moment.map((value) => value.replace(/T.*$/, "").replace(/^[-+]0*(\d+)-/, "$1-"));
const bytes = fc.uint8Array({ maxLength: 12 }).map((value) => `\\x${Buffer.from(value).toString("hex")}`);
const json = fc
  .json({ noUnicodeString: false, maxDepth: 2 })
  .filter((value) => !/\\u0000|\\ud[89a-f]/i.test(value) && value.isWellFormed());
const range = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(50))
  .map(([from, more]) => `[${from},${from + more + 1})`);

type Value = string | number | bigint | boolean;

/** Column types and the texts of their values. */
const types: readonly (readonly [type: string, values: fc.Arbitrary<Value>])[] = [
  ["smallint", fc.integer({ min: -32_768, max: 32_767 })],
  ["integer", int],
  ["bigint", big],
  ["numeric", fc.oneof(decimal, fc.constantFrom("NaN", "Infinity", "0.00"))],
  ["numeric(12,3)", fc.integer({ min: -99_999_999, max: 99_999_999 }).map((n) => `${n}.5`)],
  ["double precision", float],
  ["real", fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }).map(String), fc.constantFrom("NaN", "-0"))],
  ["boolean", fc.boolean()],
  ["text", text],
  ["varchar(40)", text.map((value) => value.slice(0, 40).toWellFormed())],
  ["char(20)", text.map((value) => value.slice(0, 20).toWellFormed())],
  ["bytea", bytes],
  ["uuid", fc.uuid()],
  ["date", day],
  ["timestamp", moment],
  ["timestamptz", moment],
  ["time", fc.integer({ min: 0, max: 86_399 }).map((s) => new Date(s * 1000).toISOString().slice(11, 19))],
  ["interval", fc.tuple(fc.integer({ min: -99, max: 99 }), int).map(([months, s]) => `${months} mon ${s} sec`)],
  ["json", json],
  ["jsonb", json],
  ["integer[]", fc.array(fc.option(int), { maxLength: 4 }).map((all) => `{${all.map((n) => n ?? "NULL").join(",")}}`)],
  [
    "text[]",
    fc
      .array(fc.option(text), { maxLength: 4 })
      .map((all) => `{${all.map((v) => (v === null ? "NULL" : quoted(v))).join(",")}}`),
  ],
  ["int4range", fc.oneof(range, fc.constantFrom("empty", "(,)"))],
  ["numrange", range],
  ["int4multirange", range.map((one) => `{${one}}`)],
  ["inet", fc.oneof(fc.ipV4(), fc.ipV6())],
  ["bit varying", fc.array(fc.constantFrom("0", "1"), { maxLength: 20 }).map((bits) => bits.join(""))],
  ["point", fc.tuple(int, int).map(([x, y]) => `(${x},${y})`)],
  ["mood", fc.constantFrom("happy", "so-so")],
  ["positive", fc.integer({ min: 1, max: 2 ** 31 - 1 })],
  ["pair", fc.tuple(int, text).map(([n, word]) => `(${n},${quoted(word)})`)],
];
const ownTypes = `create type mood as enum ('happy', 'so-so');
  create domain positive as int check (value > 0);
  create type pair as (a int, b text)`;

const keyTypes = types.filter(([type]) =>
  ["integer", "bigint", "numeric(12,3)", "text", "uuid", "date", "boolean", "bytea", "timestamptz"].includes(type),
);
const names = [
  "id",
  "O'Brien",
  "Straße",
  "select",
  'a"b',
  "two words",
  "🐘",
  "UPPER",
  "x".repeat(63),
  "ctid2",
  "$1",
  "%s",
];

type Row = readonly (Value | null)[];
type Column = {
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly values: fc.Arbitrary<Value>;
};
type Shape = {
  readonly key: readonly Column[];
  readonly columns: readonly Column[];
  readonly order: readonly Column[];
};

/** Two to nine columns, the first one or two of which are the key; at the destination in another order, some renamed. */
const shapes: fc.Arbitrary<Shape> = fc
  .record({
    key: fc.array(fc.constantFrom(...keyTypes), { minLength: 1, maxLength: 2 }),
    rest: fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 7 }),
    names: fc.shuffledSubarray(names, { minLength: 9 }),
    renamed: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    places: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
  })
  .map(({ key, rest, names: named, renamed, places }) => {
    const columns = [...key, ...rest].map(([type, values], index): Column => {
      const from = named[index] ?? "";
      return { from, to: renamed[index] ? `new ${index}` : from, type, values };
    });
    const order = columns
      .map((column, index) => ({ column, place: places[index] ?? 0 }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ column }) => column);
    return { key: columns.slice(0, key.length), columns, order };
  });

const ident = escapeIdentifier;
const list = (columns: readonly Column[], which: "from" | "to"): string =>
  columns.map((one) => ident(one[which])).join();

async function makeTables(client: Client, { key, columns, order }: Shape): Promise<void> {
  const define = (all: readonly Column[], which: "from" | "to"): string =>
    `${all.map((one) => `${ident(one[which])} ${one.type}`).join()}, primary key (${list(key, which)})`;
  await client.query(
    `drop schema if exists src, dst, model cascade; create schema src; create schema dst; create schema model;
     create table src.t (${define(columns, "from")});
     create table dst.t (${define(order, "to")}, "not ours" text default 'own')`,
  );
}

/** Replaces a table's rows by these; of two with one key the first stays. */
async function fill(client: Client, { columns }: Shape, which: "from" | "to", rows: readonly Row[]): Promise<void> {
  const table = which === "from" ? "src.t" : "dst.t";
  const places = rows.map(
    (_, at) => `(${columns.map(({ type }, index) => `$${at * columns.length + index + 1}::text::${type}`).join()})`,
  );
  await client.query(`delete from ${table}`);
  await client.query(
    `insert into ${table} (${list(columns, which)}) values ${places.join()} on conflict do nothing`,
    rows.flat().map((value) => (value === null ? null : String(value))),
  );
}

/** What a mode makes of the two tables, in SQL; the reading of features §3.10 that the engine is held against. */
function modelOf(mode: WriteMode, { key, columns }: Shape): string {
  const of = (alias: string, which: "from" | "to"): string =>
    `row(${columns.map((one) => `${alias}.${ident(one[which])}`).join()})::text`;
  const same = key.map((one) => `s.${ident(one.from)} = d.${ident(one.to)}`).join(" and ");
  const [here, there] = [
    "select " + of("d", "to") + " from model.before d",
    "select " + of("s", "from") + " from src.t s",
  ];
  const models: Record<WriteMode, string> = {
    append: `${here} union all ${there}`,
    insert_missing: `${here} union all ${there} where not exists (select from model.before d where ${same})`,
    update: `${here} where not exists (select from src.t s where ${same}) union all
      ${there} where exists (select from model.before d where ${same})`,
    upsert: `${here} where not exists (select from src.t s where ${same}) union all ${there}`,
    // Here the flow brought every row that is there.
    mirror: there,
    replace: there,
  };
  return models[mode];
}

export type RandomTables = { readonly rows: number; readonly wrong: readonly object[] };

/** Moves random rows between random tables, one pair after the other, and compares each with the model both ways. */
export async function moveRandomTables(
  mode: WriteMode,
  { tables, rows, seed }: { readonly tables: number; readonly rows: number; readonly seed: number },
): Promise<RandomTables> {
  const database = await createDatabase();
  const wrong: object[] = [];
  let moved = 0;
  await withClient(database, database.database, async (client) => {
    await client.query(ownTypes);
    for (const [index, shape] of fc.sample(shapes, { numRuns: tables, seed }).entries()) {
      const outcome = await moveOne(database, client, { mode, shape, rows, seed: seed + index });
      moved += outcome.read;
      if (outcome.wrong.length > 0)
        wrong.push({
          index,
          columns: shape.columns.map(({ from, to, type }) => [from, to, type]),
          rows: outcome.wrong,
        });
    }
  });
  return { rows: moved, wrong };
}

type One = { readonly mode: WriteMode; readonly shape: Shape; readonly rows: number; readonly seed: number };

async function moveOne(database: TestDatabase, client: Client, { mode, shape, rows, seed }: One) {
  await makeTables(client, shape);
  const { key, columns } = shape;
  const row: fc.Arbitrary<Row> = fc.tuple(
    ...columns.map((one, index): fc.Arbitrary<Row[number]> =>
      index < key.length ? one.values : fc.option(one.values, { freq: 6, nil: null }),
    ),
  );
  const drawn = fc.sample(row, { numRuns: 2 * rows, seed });
  // Half of the keys of the one side are there on the other, too.
  const [first, second] = [drawn.slice(0, rows), drawn.slice(rows)];
  const met = second.map((values, at) =>
    at % 2 === 0 ? [...(first[at] ?? []).slice(0, key.length), ...values.slice(key.length)] : values,
  );
  const runner = runnerOf(
    flowOf({
      from: { schema: "src", name: "t" },
      to: { schema: "dst", name: "t" },
      columns: Object.fromEntries(columns.map(({ from, to }) => [from, to])),
      writeMode: mode,
      syncKey: writeModeRules[mode].needsSyncKey ? key.map(({ to }) => to) : [],
    }),
    targetOf(database),
    targetOf(database),
  );
  if (mode === "mirror") {
    await fill(client, shape, "from", first);
    await runner.run();
  } else await fill(client, shape, "to", first);
  await fill(client, shape, "from", met);
  // Adding a second row of one key is refused, as it should be; keys that are there already are no matter of its.
  if (mode === "append") await client.query("alter table dst.t drop constraint t_pkey");
  await client.query("create table model.before as table dst.t");
  const { receipt } = await runner.run().catch((error: unknown) => {
    if (!(error instanceof RunHeld)) throw error;
    return runner.run({ confirmation: { reason: error.hold.reason, deleted: error.hold.deleted } });
  });
  const model = modelOf(mode, shape);
  const here = `select row(${list(columns, "to")})::text from dst.t`;
  const { rows: wrong } = await client.query<object>(
    `(select 'lacking', * from ((${model}) except all ${here}) l limit 2) union all
     (select 'surplus', * from (${here} except all (${model})) s limit 2) union all
     (select 'not ours', t::text from dst.t where "not ours" is distinct from 'own' limit 2)`,
  );
  return { read: receipt.read, wrong };
}
