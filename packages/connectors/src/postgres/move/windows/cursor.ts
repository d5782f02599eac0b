import type { Stream } from "@headgate/contract";
import { isTimeType, cursorTypes } from "@headgate/core";
import { escapeLiteral } from "pg";
import { tableFacts } from "../../catalog/find-stream.ts";
import { ident } from "../../identifiers.ts";
import { serverWords } from "../../server-words.ts";
import type { Session } from "../../session.ts";
import { ownFault } from "../run-failures.ts";

/** A column that grows with every change, as SQL. Values stay text, so that none is rounded on its way (V25). */
export type Cursor = {
  readonly column: string;
  /** What stands after FROM. */
  readonly from: string;
  readonly typeName: string;
};

/** The column a flow goes by. Throws a `RunFault` where it is gone, or its type has no order to go by. */
export function cursorOf(stream: Stream, from: string, column: string): Cursor {
  const field = stream.fields.find(({ name }) => name === column);
  if (field && cursorTypes.includes(field.typeName)) return { column: ident(column), from, typeName: field.typeName };
  const facts = { ...tableFacts(stream), column: serverWords(column) };
  throw ownFault("source", { code: "source_column_missing", kind: "settings" }, facts);
}

/** Rows at or after a value, less a look-back where the column is a time; a number has none. */
export function sinceSql({ column, typeName }: Cursor, value: string, lookBackMinutes: number): string {
  const start = `${escapeLiteral(value)}::${typeName}`;
  return isTimeType(typeName)
    ? `${column} >= ${start} - pg_catalog.make_interval(mins => ${Math.round(lookBackMinutes)})`
    : `${column} >= ${start}`;
}

/** The source's own clock, as each type of time writes it (in UTC). */
const nowSql: Readonly<Record<string, string>> = {
  "pg_catalog.timestamp": "localtimestamp",
  "pg_catalog.timestamptz": "current_timestamp",
  "pg_catalog.date": "current_date",
};

/**
 * The highest value among rows that meet a condition, but no later than now: one row dated far ahead would hide all
 * that follow.
 */
export async function highestValue(
  session: Session,
  { column, from, typeName }: Cursor,
  condition: string | undefined,
): Promise<string | null> {
  const now = nowSql[typeName];
  const highest = `pg_catalog.max(${column})`;
  const capped = now === undefined ? highest : `case when ${highest} > ${now} then ${now} else ${highest} end`;
  const [row] = await session.query<{ value: string | null }>(
    `select (${capped})::text as value from ${from}${condition === undefined ? "" : ` where ${condition}`}`,
  );
  return row?.value ?? null;
}

/** Rows without a value could never be found by it. Throws a `RunFault` with their number. */
export async function requireValues(session: Session, stream: Stream, { column, from }: Cursor): Promise<void> {
  const [row] = await session.query<{ rows: string }>(
    `select pg_catalog.count(*)::text as rows from ${from} where ${column} is null`,
  );
  if (row?.rows === "0") return;
  const facts = { ...tableFacts(stream), column: serverWords(column.slice(1, -1)), rows: row?.rows ?? "" };
  throw ownFault("source", { code: "cursor_empty", kind: "settings" }, facts);
}
