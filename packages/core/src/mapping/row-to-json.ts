import type { FieldMapping } from "@headgate/contract";
import { valueToJson, type JsonValue } from "./value-to-json.ts";

export type JsonLine = JsonValue & {
  /** The mapping it comes from, so that a page can mark the line of the field being edited. */
  readonly field: number;
  /** The key as JSON text, quotes included. */
  readonly key: string;
};

/** One row as the JSON it would be sent as, a line per mapped column; values never pass through a JavaScript number. */
export function rowToJson(
  columns: readonly { readonly name: string; readonly typeName: string }[],
  row: readonly (string | null)[],
  fields: readonly FieldMapping[],
): JsonLine[] {
  return fields.flatMap(({ source, destination }, field) => {
    const index = columns.findIndex(({ name }) => name === source);
    const column = columns[index];
    if (!column) return [];
    return [{ field, key: JSON.stringify(destination), ...valueToJson(column.typeName, row[index] ?? null) }];
  });
}

/** The lines as one JSON text with two spaces of indent. */
export function jsonText(lines: readonly JsonLine[]): string {
  if (lines.length === 0) return "{}";
  return `{\n${lines.map(({ key, value }) => `  ${key}: ${value}`).join(",\n")}\n}`;
}
