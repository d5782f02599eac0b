import { jsonNumber, numberTypes, valueToJson } from "./value-to-json.ts";

/** Makes JSON text of one value that is not null, given as PostgreSQL's own text. */
export type JsonEncoder = (text: string) => string;

/**
 * The encoder of a column, chosen once for all of its rows: the same JSON as `valueToJson`, digit for digit, except
 * that whole `json` values are passed through unread. PostgreSQL has checked them, and parsing would be half the work.
 */
export function jsonEncoder(typeName: string): JsonEncoder {
  const name = typeName.replace(/^pg_catalog\./, "");
  if (name === "json" || name === "jsonb") return (text) => text;
  if (numberTypes.has(name)) return (text) => (jsonNumber.test(text) ? text : JSON.stringify(text));
  if (name === "bool")
    return (text) => (text === "t" ? "true" : text === "f" ? "false" : valueToJson(name, text).value);
  const isPlainText = !name.startsWith("_") && valueToJson(name, "1").kind === "string";
  return isPlainText ? (text) => JSON.stringify(text) : (text) => valueToJson(name, text).value;
}
