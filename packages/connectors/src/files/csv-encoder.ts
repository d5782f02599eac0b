import type { CsvOptions, FieldMapping } from "@headgate/contract";
import type { Column, TextRow } from "../batch-writer.ts";
import { columnOf } from "../compile-json.ts";
import type { FileEncoder } from "./file-encoder.ts";
import { noBytes } from "./file-encoder.ts";

/** What a spreadsheet takes for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/;
/** Types whose text begins with a sign without being anybody's words. */
const figures = /^(pg_catalog\.)?(int2|int4|int8|oid|numeric|float4|float8|money|interval)$/;

/**
 * CSV by RFC 4180, quoting as PostgreSQL's COPY does, so that COPY reads it back to the same values: NULL is the null
 * text without quotation marks, an empty text two of them.
 */
export function createCsvEncoder(
  { delimiter, header, lineEnd, nullText, guardFormulas, byteOrderMark }: CsvOptions,
  fields: readonly FieldMapping[],
  columns: readonly Column[],
): FileEncoder {
  const end = lineEnd === "crlf" ? "\r\n" : "\n";
  const special = new RegExp(`["\\r\\n${delimiter === "|" ? "\\|" : delimiter}]`);
  // A line of nothing but \. ends the data for older readers of COPY's (bad input 195).
  const alone = fields.length === 1;
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const plain = (text: string): string =>
    text === "" || text === nullText || special.test(text) || (alone && text === "\\.") ? quote(text) : text;
  const guarded = (text: string): string => plain(formula.test(text) ? `'${text}` : text);
  const writers = fields.map(({ source }) => {
    const { place } = columnOf(columns, source);
    const write = guardFormulas && !figures.test(columns[place]?.typeName ?? "") ? guarded : plain;
    return { place, write };
  });
  const line = (row: TextRow): string => {
    let text = "";
    for (const [index, { place, write }] of writers.entries()) {
      const value = row[place];
      if (index > 0) text += delimiter;
      text += value === null || value === undefined ? nullText : write(value);
    }
    return text + end;
  };
  const names = fields.map(({ destination }) => (guardFormulas ? guarded : plain)(destination));
  return {
    begin: () => Buffer.from(`${byteOrderMark ? "\ufeff" : ""}${header ? names.join(delimiter) + end : ""}`),
    encode: ({ rows }) => ({ bytes: Buffer.from(rows.map(line).join("")), unfit: [] }),
    end: () => noBytes,
  };
}
