import { compareTypes } from "@headgate/core";
import { createDatabase, type TestDatabase } from "@headgate/testkit";
import { beforeAll, expect, test } from "vitest";

/** Values at the edges of each type, as PostgreSQL writes them. */
const samples: Record<string, string[]> = {
  smallint: ["-32768", "32767", "0"],
  integer: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
  numeric: ["123456789012345678901234567890.0123456789", "NaN", "-0.5"],
  "numeric(10,2)": ["-99999999.99", "0.01"],
  "numeric(14,4)": ["9999999999.9999"],
  real: ["3.4028235e+38", "1e-45", "NaN", "-Infinity"],
  "double precision": ["1.7976931348623157e+308", "5e-324", "Infinity"],
  boolean: ["t", "f"],
  text: ["", "O'Brien 🐘", "x".repeat(200)],
  "character varying(40)": ["", "é".repeat(40)],
  "character varying(8)": ["12345678"],
  uuid: ["0f3f0c7e-9d1c-4a63-9d55-2d3f6f1f7c11"],
  json: ['{"a": 1, "a": 2}', "[]", "null"],
  jsonb: ['{"n": 12345678901234567890.10}', '"x"'],
  date: ["2026-11-21", "4713-01-01 BC", "infinity"],
  "timestamp without time zone": ["2026-11-21 09:30:00.123456", "infinity"],
  "timestamp with time zone": ["2026-11-21 09:30:00.123456+00", "-infinity"],
  "time without time zone": ["24:00:00", "09:30:00.123456"],
  interval: ["1 year 2 mons -3 days +04:05:06.789"],
  bytea: ["\\x00ff"],
  inet: ["192.168.0.1/24", "2001:db8::1"],
  cidr: ["192.168.0.0/24"],
  "integer[]": ["{}", "{1,NULL,-2147483648}", "{{1,2},{3,4}}"],
  "bigint[]": ["{9223372036854775807}"],
  "text[]": ['{"a,b",NULL,"say \\"hi\\""}'],
  money: ["$1,234.50"],
};
const types = Object.keys(samples);

let database: TestDatabase;
let names: Record<string, string>;

beforeAll(async () => {
  database = await createDatabase();
  const { rows } = await database.query<{ type: string; name: string }>(
    `select type, n.nspname || '.' || t.typname as name from unnest($1::text[]) type
       join pg_type t on t.oid = type::regtype join pg_namespace n on n.oid = t.typnamespace`,
    [types],
  );
  names = Object.fromEntries(rows.map(({ type, name }) => [type, name]));
  await database.query(
    `create function accepted(type text, texts text[]) returns boolean[] language plpgsql as $$
     declare one text; answers boolean[] := '{}';
     begin
       execute format('create temp table probe (v %s) on commit drop', type);
       foreach one in array texts loop
         begin
           execute format('insert into probe values (%L)', one);
           answers := answers || true;
         exception when others then answers := answers || false;
         end;
       end loop;
       drop table probe;
       return answers;
     end $$`,
  );
});

test("what the table of types promises is what PostgreSQL does, for every pair of types", async () => {
  const pairs = types.flatMap((from) => types.map((to) => ({ from, to })));
  const { rows } = await database.query<{ accepted: boolean[] }>(
    "select accepted(p.type, array(select jsonb_array_elements_text(p.texts))) from jsonb_to_recordset($1::jsonb) as p(type text, texts jsonb)",
    [JSON.stringify(pairs.map(({ from, to }) => ({ type: to, texts: samples[from] })))],
  );
  const column = (type: string) => ({ type, typeName: names[type] ?? "" });
  const broken = pairs.flatMap(({ from, to }, index) => {
    const { fit } = compareTypes(column(from), column(to));
    const answers = rows[index]?.accepted ?? [];
    const kept =
      fit === "same" || fit === "fits" ? answers.every(Boolean) : fit === "never" ? !answers.every(Boolean) : true;
    return kept ? [] : [`${from} into ${to} is called ${fit}, PostgreSQL says ${answers.join()}`];
  });
  expect(rows).toHaveLength(types.length ** 2);
  expect(broken).toEqual([]);
});
