import type { FieldMapping, RunNote } from "@headgate/contract";
import type { Side } from "../run-failures.ts";
import type { KnownColumn, KnownColumns } from "./columns-of.ts";

/** What happened to a column that travels. A column is never guessed to be another under a new name. */
export type ColumnChange = {
  readonly side: Side;
  readonly column: string;
  readonly change: "column_gone" | "column_type" | "column_generated";
  readonly from: string;
  readonly to: string;
  /** Columns of the same table that were not there before, for a person to compare. */
  readonly added: readonly string[];
};

type Columns = Pick<KnownColumns, Side>;

export type Drift = { readonly changes: readonly ColumnChange[]; readonly notes: readonly RunNote[] };

/** Compares both tables with what the last run found there. */
export function compareColumns(fields: readonly FieldMapping[], before: Columns, now: Columns): Drift {
  const sides = (["source", "destination"] as const).map((side) => {
    const mapped = new Set(fields.map((field) => field[side]));
    return compareSide(side, mapped, before[side], now[side]);
  });
  return { changes: sides.flatMap(({ changes }) => changes), notes: sides.flatMap(({ notes }) => notes) };
}

function compareSide(
  side: Side,
  mapped: ReadonlySet<string>,
  before: readonly KnownColumn[],
  now: readonly KnownColumn[],
): Drift {
  const there = new Map(now.map((column) => [column.name, column]));
  const known = new Set(before.map(({ name }) => name));
  const added = now.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  const gone = before.filter(({ name }) => !there.has(name)).map(({ name }) => name);
  const travelling = before.filter(({ name }) => mapped.has(name));
  const changes = travelling.flatMap((column) => {
    const change = changeOf(side, column, there.get(column.name));
    return change ? [{ side, column: column.name, added, ...change }] : [];
  });
  const emptied = travelling.filter(({ name, notNull }) => notNull && there.get(name)?.notNull === false);
  const notes: RunNote[] = [
    { code: "columns_added", side, columns: added },
    { code: "columns_gone", side, columns: gone.filter((name) => !mapped.has(name)) },
    { code: "values_may_lack", side, columns: emptied.map(({ name }) => name) },
  ];
  return { changes, notes: notes.filter(({ columns }) => columns.length > 0) };
}

type Change = Pick<ColumnChange, "change" | "from" | "to">;

function changeOf(side: Side, before: KnownColumn, now: KnownColumn | undefined): Change | undefined {
  if (!now) return { change: "column_gone", from: before.type, to: "" };
  if (now.type !== before.type) return { change: "column_type", from: before.type, to: now.type };
  // The destination would compute it from now on, and nothing that travels would arrive.
  if (side === "destination" && now.generated && !before.generated)
    return { change: "column_generated", from: before.type, to: now.type };
  return undefined;
}
