import { types } from "pg";
import { ident } from "../../identifiers.ts";

/** A column's type as a result set tells it; a domain appears as the type it is made of. */
export type ColumnType = { readonly oid: number; readonly modifier: number };

const { BOOL, BYTEA, CHAR, DATE, INT2, INT4, INT8, INTERVAL, MACADDR, NUMERIC, OID, TEXT, TIME, UUID, VARCHAR } =
  types.builtins;
const { FLOAT4, FLOAT8, JSON, JSONB, TIMESTAMP, TIMESTAMPTZ } = types.builtins;

/** Types whose values have one hash exactly when they are stored alike. */
const hashedAsStored = new Set<number>([
  BOOL,
  BYTEA,
  CHAR,
  DATE,
  INT2,
  INT4,
  INT8,
  MACADDR,
  OID,
  TIME,
  TIMESTAMP,
  TIMESTAMPTZ,
  UUID,
]);
const words = new Set<number>([TEXT, VARCHAR]);

/** Arrays of those, by number: bool, int2, int4, int8, date, timestamp, timestamptz, uuid; then text and varchar. */
const arraysAsStored = new Set([1000, 1005, 1007, 1016, 1182, 1115, 1185, 2951]);
const arraysOfWords = new Set([1009, 1015]);

/** 1.0 and 1.00, 0 and -0, a day and 24 hours have one hash each: what they send over the wire differs. */
const sentAs: Readonly<Record<number, string>> = {
  [FLOAT4]: "float4send",
  [FLOAT8]: "float8send",
  [INTERVAL]: "interval_send",
  [NUMERIC]: "numeric_send",
};

/**
 * One 64-bit hash of a row's columns that differs whenever a value is stored differently. What has no such hash goes in
 * as text: jsonb, where 1.0 and 1.00, or [1] and [[[1]]], have one hash; enums, whose hash is a number of this database; columns of
 * unlike types. An array's hash says nothing of its bounds, so these stand beside it.
 */
export function rowHashSql(
  columns: readonly string[],
  source: readonly ColumnType[],
  destination: readonly ColumnType[],
): string {
  const hashed: string[] = [];
  const asText: string[] = [];
  for (const [place, name] of columns.entries()) {
    const [from, to] = [source[place], destination[place]];
    const column = ident(name);
    if (!from || !to || from.oid !== to.oid) asText.push(column);
    else if (hashedAsStored.has(to.oid) || hasFixedScale(to)) hashed.push(column);
    else if (words.has(to.oid)) hashed.push(`${column} collate pg_catalog."C"`);
    else if (arraysAsStored.has(to.oid)) hashed.push(column, `pg_catalog.array_dims(${column})`);
    else if (arraysOfWords.has(to.oid))
      hashed.push(`${column} collate pg_catalog."C"`, `pg_catalog.array_dims(${column})`);
    else if (to.oid === JSON || to.oid === JSONB) hashed.push(`${column}::pg_catalog.text collate pg_catalog."C"`);
    else if (sentAs[to.oid]) hashed.push(`pg_catalog.${sentAs[to.oid]}(${column})`);
    else asText.push(column);
  }
  // A row as text has its types' own form of each value, whatever casts to text somebody defined.
  if (asText.length > 0) hashed.push(`row(${asText.join(", ")})::pg_catalog.text`);
  return `pg_catalog.hash_record_extended(row(${hashed.join(", ")}), 0)`;
}

/** With numeric(12,2) there is but one way to store a value. */
function hasFixedScale({ oid, modifier }: ColumnType): boolean {
  return oid === NUMERIC && modifier >= 0;
}

/** A constant row with a value of every type above; two servers that hash it alike hash all rows alike. */
export const probeSql = `pg_catalog.hash_record_extended(row(
  true, '\\x00ff'::pg_catalog.bytea, 'c'::"char", pg_catalog.date '2024-02-29', 2::pg_catalog.int2, -3::pg_catalog.int4,
  4000000000000::pg_catalog.int8, '08:00:2b:01:02:03'::pg_catalog.macaddr, 5::pg_catalog.oid, pg_catalog.time '23:59:59.123456',
  pg_catalog.timestamp '1999-12-31 23:59:59.999999', pg_catalog.timestamptz '2000-01-01 00:00:00.000001+00',
  '5b7d6f3e-0a5b-4a55-9c2e-0d7f1f2a3b4c'::pg_catalog.uuid, 'O''Brien'::pg_catalog.text collate pg_catalog."C", -12.50::pg_catalog.numeric(12,2),
  array[1, null, 3], array['a', 'é'] collate pg_catalog."C", pg_catalog.numeric_send(1.500), pg_catalog.float4send(1.1), pg_catalog.float8send('-0'),
  pg_catalog.interval_send('1 day'), row('{"a": [1.0]}'::pg_catalog.jsonb, 1.10)::pg_catalog.text), 0)`;
