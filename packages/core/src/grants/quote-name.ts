import type { TableName } from "@headgate/contract";

/** A PostgreSQL name as SQL that means exactly this name. @throws when it can be none: empty, or with a NUL. */
export function quoteName(name: string): string {
  if (name === "" || name.includes("\0")) throw new Error("not a PostgreSQL name");
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"schema"."table"` */
export function quoteTable({ schema, name }: TableName): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}
