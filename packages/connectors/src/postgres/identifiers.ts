import type { TableName } from "@headgate/contract";
import { escapeIdentifier } from "pg";

/** The one place where a name becomes SQL. */
export function ident(name: string): string {
  if (name === "" || name.includes("\0")) throw new Error("not a PostgreSQL name");
  return escapeIdentifier(name);
}

export function idents(names: readonly string[], prefix = ""): string {
  return names.map((name) => prefix + ident(name)).join(", ");
}

/** `"schema"."table"`, so that no search path decides which table is meant. */
export function tableIdent({ schema, name }: TableName): string {
  return `${ident(schema)}.${ident(name)}`;
}
