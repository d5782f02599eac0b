import type { Stream } from "@headgate/contract";
import { escapeLiteral } from "pg";
import { ident, idents } from "../postgres/identifiers.ts";

/** In the order of their key rows can be gone on with after any of them; a key that may be empty has no such order. */
export function hasOrder(key: readonly string[], { fields }: Stream): boolean {
  return key.length > 0 && key.every((name) => fields.some((field) => field.name === name && !field.nullable));
}

export function orderSql(key: readonly string[]): string {
  return `order by ${idents(key)}`;
}

/** The rows behind the one with this key, whose values stand in a JSON list as PostgreSQL wrote them. */
export function afterSql(key: readonly string[], { fields }: Stream, position: string): string {
  const values = JSON.parse(position) as unknown[];
  const typed = key.map((name, place) => {
    const typeName = fields.find((field) => field.name === name)?.typeName ?? "pg_catalog.text";
    return `${escapeLiteral(String(values[place]))}::${typeName}`;
  });
  return `(${key.map(ident).join(", ")}) > (${typed.join(", ")})`;
}
