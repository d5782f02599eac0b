import { parseArray, type ArrayItem } from "./array-text.ts";

export type JsonValue = {
  /** The value as JSON text, digit for digit as the database wrote it. */
  readonly value: string;
  readonly kind: "string" | "number" | "boolean" | "null" | "json";
};

export const numberTypes: ReadonlySet<string> = new Set(["int2", "int4", "int8", "oid", "numeric", "float4", "float8"]);
/** What JSON calls a number; NaN and infinity are none. */
export const jsonNumber = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/** One value, given as PostgreSQL's own text, as JSON text. */
export function valueToJson(typeName: string, text: string | null): JsonValue {
  if (text === null) return { value: "null", kind: "null" };
  const name = typeName.replace(/^pg_catalog\./, "");
  if (numberTypes.has(name) && jsonNumber.test(text)) return { value: text, kind: "number" };
  if (name === "bool" && /^(t|f|true|false)$/.test(text))
    return { value: text.startsWith("t") ? "true" : "false", kind: "boolean" };
  if ((name === "json" || name === "jsonb") && isJson(text)) return { value: text.trim(), kind: "json" };
  const items = name.startsWith("_") ? parseArray(text) : undefined;
  if (items) return { value: arrayToJson(name.slice(1), items), kind: "json" };
  return { value: JSON.stringify(text), kind: "string" };
}

function arrayToJson(name: string, items: readonly ArrayItem[]): string {
  const texts = items.map((item) =>
    item !== null && typeof item === "object" ? arrayToJson(name, item) : valueToJson(name, item).value,
  );
  return `[${texts.join(", ")}]`;
}

/** A preview can cut long values; what is left is shown as text. Only the verdict is used, never the parsed value. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
