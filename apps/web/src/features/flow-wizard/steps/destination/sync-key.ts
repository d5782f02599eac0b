import type { Stream, UniqueKey } from "@headgate/contract";
import { quoteIdentifier } from "../../../../lib/messages/admin-message.ts";
import { quotedTable } from "../../sql-names.ts";

/** Unique keys a person may choose from, the primary one first, then the shortest without empty values. */
export function keyChoices(stream: Stream): UniqueKey[] {
  const readable = new Set(stream.fields.filter((field) => field.readable).map((field) => field.name));
  return stream.uniqueKeys
    .filter((key) => key.columns.every((column) => readable.has(column)))
    .toSorted(
      (a, b) =>
        Number(b.primary) - Number(a.primary) ||
        Number(a.nullable) - Number(b.nullable) ||
        a.columns.length - b.columns.length,
    );
}

/** How a chosen key is told apart from another: its columns in their order. */
export function keyId(columns: readonly string[]): string {
  return JSON.stringify(columns);
}

/** The statement that gives a table the unique key it lacks, on the source's key columns it has, else its first column. */
export function addUniqueSql(destination: Stream, source: Stream): string {
  const names = new Set(destination.fields.map((field) => field.name));
  const fromSource = keyChoices(source).find((key) => key.columns.every((column) => names.has(column)));
  const columns = fromSource?.columns ?? destination.fields.slice(0, 1).map((field) => field.name);
  return `ALTER TABLE ${quotedTable(destination)} ADD UNIQUE (${columns.map(quoteIdentifier).join(", ")});`;
}
