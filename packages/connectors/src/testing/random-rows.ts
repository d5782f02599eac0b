import type { WriteMode } from "@headgate/contract";
import { writeModeRules } from "@headgate/core";
import { createDatabase, withClient, type TestDatabase } from "@headgate/testkit";
import fc from "fast-check";
import { RunHeld } from "../postgres/move/mirror-guards.ts";
import { flowOf, runnerOf } from "./flows.ts";
import { targetOf } from "./targets.ts";

const columns = ["area", "id", "amount", "tree", "words", "raw", "note", "at"];
const shape = `(area text, id int, amount numeric, tree jsonb, words text[], raw bytea, note text, at timestamptz`;

// PostgreSQL's text holds every character but NUL, and lone surrogates are none.
const text = fc.string({ unit: "grapheme", maxLength: 12 }).map((value) => value.replaceAll("\0", ""));
const digits = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(12));
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 6 });

function rowsWithin(ids: number) {
  return fc.record({
    area: fc.constantFrom("Nord", "O'Brien", "šumava", "🐘", ""),
    // Without a bias to small numbers, which would be repeated keys.
    id: fc.noBias(fc.nat(ids)),
    amount: maybe(digits.map(([value, scale]) => `${value}.${"0".repeat(scale)}1`)),
    tree: maybe(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.constant(null)), { maxKeys: 3 })),
    words: maybe(fc.array(maybe(text), { maxLength: 3 })),
    raw: maybe(fc.uint8Array({ maxLength: 8 }).map((bytes) => `\\x${Buffer.from(bytes).toString("hex")}`)),
    note: maybe(text),
    at: maybe(fc.integer({ min: -60_000_000_000, max: 250_000_000_000 }).map((s) => new Date(s * 1000).toISOString())),
  });
}

/** Rows by key, each as the text PostgreSQL gives it. */
type Content = ReadonlyMap<string, string>;

async function contentOf(database: TestDatabase): Promise<Content> {
  const { rows } = await database.query<{ key: string; row: string }>(
    "select row(area, id)::text as key, t::text as row from t",
  );
  return new Map(rows.map(({ key, row }) => [key, row]));
}

async function fill(database: TestDatabase, rows: readonly object[]): Promise<void> {
  await withClient(database, database.database, async (client) => {
    await client.query("truncate t");
    const from = "json_populate_recordset(null::t, $1)";
    await client.query(`insert into t select distinct on (area, id) * from ${from}`, [JSON.stringify(rows)]);
  });
}

/** What a mode makes of two tables, row by row; the reading of features §3.10 that the engine is held against. */
const models: Record<Exclude<WriteMode, "append">, (from: Content, to: Content) => Content> = {
  insert_missing: (from, to) => new Map([...from, ...to]),
  update: (from, to) => new Map([...to].map(([key, row]) => [key, from.get(key) ?? row])),
  upsert: (from, to) => new Map([...to, ...from]),
  // Here the flow brought every row that is there.
  mirror: (from) => from,
  replace: (from) => from,
};

export type Outcome = { readonly rows: number; readonly wrong: readonly string[]; readonly balanced: boolean };

/** Moves random rows into a table of other random rows and compares every row with the model. */
export async function moveRandomRows(mode: keyof typeof models, rows: number, seed: number): Promise<Outcome> {
  const [source, destination] = await Promise.all([createDatabase(), createDatabase()]);
  for (const side of [source, destination]) await side.query(`create table t ${shape}, primary key (area, id))`);
  const [first = [], second = []] = fc.sample(
    fc.array(rowsWithin(rows), { minLength: rows, maxLength: rows, size: "max" }),
    { numRuns: 2, seed },
  );
  const table = { schema: "public", name: "t" };
  const syncKey = writeModeRules[mode].needsSyncKey ? ["area", "id"] : [];
  const definition = flowOf({ from: table, to: table, columns, writeMode: mode, syncKey });
  const runner = runnerOf(definition, targetOf(source), targetOf(destination));
  if (mode === "mirror") {
    await fill(source, first);
    await runner.run();
  } else {
    await fill(destination, first);
  }
  await fill(source, second);
  const [from, to] = await Promise.all([contentOf(source), contentOf(destination)]);
  const { receipt } = await runner.run().catch((error: unknown) => {
    if (!(error instanceof RunHeld)) throw error;
    return runner.run({ confirmation: { reason: error.hold.reason, deleted: error.hold.deleted } });
  });
  const [model, found] = [models[mode](from, to), await contentOf(destination)];
  const keys = new Set([...model.keys(), ...found.keys()]);
  return {
    rows: receipt.read,
    wrong: [...keys].filter((key) => model.get(key) !== found.get(key)).slice(0, 5),
    balanced: to.size + receipt.created - receipt.deleted === found.size && receipt.read === from.size,
  };
}
