import { createDatabase, withClient, type TestDatabase } from "@headgate/testkit";
import { flowOf, runnerOf, type Runner } from "./flows.ts";
import { contextWith, targetOf } from "./targets.ts";
import { RunHeld } from "../postgres/move/mirror-guards.ts";

/** Values that are equal to one another for most comparisons, and stored otherwise; each column takes from its own. */
const pools: Readonly<Record<string, readonly string[]>> = {
  amount: ["null", "1", "1.0", "1.00", "0", "'NaN'", "'-Infinity'", "-1e-20", "123456789012345678901234567890.5"],
  fixed: ["null", "1", "1.5", "-0.25", "'NaN'"],
  ratio: ["null", "0", "'-0'", "'NaN'", "'Infinity'", "0.1", "1e300"],
  tree: ["null", "'1'", "'[1]'", "'[[[1]]]'", `'{"a": 1.0}'`, `'{"a": 1.00}'`, `'null'`, `'{}'`, `'[]'`],
  raw: ["null", `'{"a":1}'`, `'{ "a": 1 }'`, `'{"a":1,"a":2}'`],
  counts: ["null", "'{}'", "'{1,2}'", "'{{1,2}}'", "'[2:3]={1,2}'", "'{1,null}'", "'{0}'"],
  tags: ["null", "'{a,b}'", "'{{a,b}}'", "'{null,b}'", `'{"null",b}'`, `'{A,b}'`, "'{}'"],
  span: ["null", "'1 day'", "'24 hours'", "'1 month'", "'30 days'"],
  words: ["null", "''", "'a'", "'A'", "'žluť 🐘'", "'O''Brien'", `E'\\\\N\\t\\n'`, "'(,\")'"],
  padded: ["null", "'a'", "'a '", "''"],
  bytes: ["null", "''", `'\\x00'`, `'\\x0001ff'`],
  mood: ["null", "'calm'", "'wild'"],
  at: ["null", "'1999-12-31 23:59:59.999999+00'", "'infinity'", "'0044-03-15 12:00+00 BC'"],
  point: ["null", "'(0,-0)'", "'(0,0)'"],
};
const columns = `amount numeric, fixed numeric(8,2), ratio float8, tree jsonb, raw json, counts int[], tags text[],
  span interval, words text, padded bpchar, bytes bytea, mood public.mood, at timestamptz, point point, ballast text`;

/** Types whose rows only change by being written; with others a mirror looks at every row's hash each time. */
const portable = [
  "amount",
  "fixed",
  "ratio",
  "tree",
  "raw",
  "counts",
  "tags",
  "span",
  "words",
  "bytes",
  "at",
  "ballast",
];

export type KeyShape = {
  readonly columns: string;
  readonly of: (i: number) => string;
  /** Leaves out columns of other types. */
  readonly onlyPortable?: boolean;
};

export type MirrorScene = {
  readonly database: TestDatabase;
  readonly runner: Runner;
  /** Changes some rows of both sides at random; `unseen`: some keys leave both, or come to both with the same row. */
  disturb(changes: number, unseen?: boolean): Promise<void>;
  /** Runs, saying yes to what it asks; how many rows are wrong, and how many bytes the rows took to travel. */
  run(diffRows?: number): Promise<{ readonly wrong: unknown[]; readonly bytes: number; readonly balanced: boolean }>;
};

/** Two tables in one database, and a model of what a mirror of the one has made of the other. */
export async function openMirrorScene(key: KeyShape, rows: number, seed: number): Promise<MirrorScene> {
  const database = await createDatabase();
  const names = key.columns.split(", ").map((column) => column.split(" ")[0] ?? "");
  const keyList = names.join(", ");
  const random = generator(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  // Columns that do not travel stay empty, so that rows can be compared whole.
  const value = ([name, pool]: [string, readonly string[]]): string =>
    key.onlyPortable && !portable.includes(name) ? "null" : pick(pool);
  const values = (i: number): string =>
    `(${key.of(i)}, ${Object.entries(pools).map(value).join(", ")}, repeat(${i} || 'x', 500))`;
  const put = (table: string, i: number): string =>
    `delete from ${table} where row(${keyList}) = row(${key.of(i)}); insert into ${table} values ${values(i)};`;
  const drop = (table: string, i: number): string => `delete from ${table} where row(${keyList}) = row(${key.of(i)});`;
  await database.query(
    `create schema src; create schema dst; create type mood as enum ('calm', 'wild');
     create table src.t (${key.columns}, ${columns}, primary key (${keyList}));
     create table dst.t (like src.t including indexes); create table carried as select ${keyList} from src.t;
     insert into src.t values ${Array.from({ length: rows }, (_, i) => values(i)).join(", ")}`,
  );
  const place = (schema: string) => ({ schema, name: "t" });
  const mapped = [...Object.keys(pools), "ballast"].filter((name) => !key.onlyPortable || portable.includes(name));
  const all = [...names, ...mapped];
  const target = targetOf(database);
  const runner = runnerOf(
    flowOf({ from: place("src"), to: place("dst"), columns: all, writeMode: "mirror", syncKey: names }),
    target,
    target,
  );
  return {
    database,
    runner,
    disturb: async (changes, unseen) => {
      const statements = Array.from({ length: changes }, () => {
        const i = Math.floor(random() * rows * 1.1);
        const seen = [put("src.t", i), put("src.t", i), put("dst.t", i), drop(i % 2 === 0 ? "src.t" : "dst.t", i)];
        const same = `insert into dst.t select * from src.t where row(${keyList}) = row(${key.of(i)});`;
        const both = [`${drop("src.t", i)} ${drop("dst.t", i)}`, `${put("src.t", i)} ${drop("dst.t", i)} ${same}`];
        return pick(unseen ? [...seen, ...both] : seen);
      });
      await withClient(database, database.database, (client) => client.query(statements.join("\n")));
    },
    run: async (diffRows = 10_000) => {
      const model = `drop table if exists model; create table model as
        select * from src.t union all select d.* from dst.t d
         where not exists (select from src.t s where row(${names.map((n) => `s.${n}`).join(", ")}) = row(${names.map((n) => `d.${n}`).join(", ")}))
           and not exists (select from carried c where row(${names.map((n) => `c.${n}`).join(", ")}) = row(${names.map((n) => `d.${n}`).join(", ")}))`;
      // Two jsons cannot be compared, so UNION ALL it is, and text below.
      await database.query(`${model}; truncate carried; insert into carried select ${keyList} from src.t`);
      const context = contextWith({ diffRows });
      const { receipt } = await runner.run({ context }).catch((error: unknown) => {
        if (!(error instanceof RunHeld)) throw error;
        const { reason, deleted } = error.hold;
        return runner.run({ context, confirmation: { reason, deleted } });
      });
      const differ = (one: string, other: string): string =>
        `select x.row from (select t::text as row from ${one} t except all select t::text from ${other} t) x limit 2`;
      const { rows: wrong } = await database.query(
        `(${differ("model", "dst.t")}) union all (${differ("dst.t", "model")})`,
      );
      const { rows: read } = await database.query<{ rows: number }>("select count(*)::int as rows from src.t");
      const sum = receipt.created + receipt.updated + receipt.unchanged;
      return { wrong, bytes: receipt.bytes, balanced: receipt.read === sum && sum === read[0]?.rows };
    },
  };
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
