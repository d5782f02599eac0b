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

/** A text as SQL, whatever `standard_conforming_strings` is set to. */
export function quoteText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
  return text.includes("\\") ? ` E${quoted}` : quoted;
}

/** A program text in dollar quotes that nothing inside it can close. */
export function quoteBody(body: string): string {
  let tag = "$grant$";
  for (let number = 1; body.includes(tag); number += 1) tag = `$grant${number}$`;
  return `${tag}\n${body}\n${tag}`;
}
