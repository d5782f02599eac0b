import type { FieldMapping } from "@headgate/contract";
import type { Column } from "../batch-writer.ts";
import { compileJson } from "../compile-json.ts";
import { noBytes, type FileEncoder } from "./file-encoder.ts";

/** JSON Lines: one object a line, UTF-8, numbers digit for digit. */
export function createJsonlEncoder(fields: readonly FieldMapping[], columns: readonly Column[]): FileEncoder {
  const entries = fields.map(({ source, destination }) => ({ source, path: [destination] }));
  const toJson = compileJson(entries, columns);
  return {
    begin: () => noBytes,
    encode: (rows) => ({ bytes: Buffer.from(rows.map((row) => `${onOneLine(toJson(row))}\n`).join("")), unfit: [] }),
    end: () => noBytes,
  };
}

/** Values of type json keep the line breaks somebody typed; inside of texts JSON allows none, so all of them are space. */
function onOneLine(json: string): string {
  return json.includes("\n") || json.includes("\r") ? json.replaceAll(/[\r\n]+/g, " ") : json;
}
