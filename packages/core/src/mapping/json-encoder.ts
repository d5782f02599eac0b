import { jsonNumber, numberTypes, valueToJson } from "./value-to-json.ts";

/** Makes JSON text of one value that is not null, given as PostgreSQL's own text. */
export type JsonEncoder = (text: string) => string;

/** What the values of a type are in JSON, where PostgreSQL's text does not say otherwise (NaN is no number). */
export type JsonKind = "number" | "boolean" | "json" | "text" | { readonly listOf: string };

export function jsonKind(typeName: string): JsonKind {
  const name = typeName.replace(/^pg_catalog\./, "");
  if (name === "json" || name === "jsonb") return "json";
  if (numberTypes.has(name)) return "number";
  if (name === "bool") return "boolean";
  return name.startsWith("_") ? { listOf: name.slice(1) } : "text";
}

/**
 * The encoder of a column, chosen once for all of its rows: the same JSON as `valueToJson`, digit for digit, except
 * that whole `json` values are passed through unread. PostgreSQL has checked them, and parsing would be half the work.
 */
export function jsonEncoder(typeName: string): JsonEncoder {
  const kind = jsonKind(typeName);
  if (kind === "json") return (text) => text;
  if (kind === "number") return (text) => (jsonNumber.test(text) ? text : JSON.stringify(text));
  if (kind === "text") return (text) => JSON.stringify(text);
  return (text) => valueToJson(typeName, text).value;
}
