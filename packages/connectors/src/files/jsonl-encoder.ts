import type { FieldMapping } from "@headgate/contract";
import type { Column } from "../batch-writer.ts";
import { columnOf, compileJson } from "../compile-json.ts";
import { createCopyLine, readLine } from "../copy-text/copy-line.ts";
import { linesOf } from "../copy-text/copy-lines.ts";
import { createByteWriter, reserve, written, type ByteWriter } from "../json/byte-writer.ts";
import { noBytes, type FileEncoder } from "./file-encoder.ts";

const [lineFeed, carriageReturn, space] = [10, 13, 32];

/** JSON Lines: one object a line, UTF-8, numbers digit for digit. */
export function createJsonlEncoder(fields: readonly FieldMapping[], columns: readonly Column[]): FileEncoder {
  const put = compileJson(
    fields.map(({ source, destination }) => ({ source, path: [destination] })),
    columns,
  );
  // Only values of type json keep the line breaks somebody typed.
  const mayBreak = fields.some(({ source }) =>
    /^(pg_catalog\.)?json$/.test(columns[columnOf(columns, source).place]?.typeName ?? ""),
  );
  const line = createCopyLine(columns.length + 1);
  const out = createByteWriter(1024 * 1024);
  return {
    begin: () => noBytes,
    encode: (batch) => {
      const { pieces } = linesOf(batch);
      out.at = 0;
      for (const piece of pieces) {
        line.bytes = piece;
        for (let at = 0; at < piece.length;) {
          at = readLine(line, at);
          const start = out.at;
          put(out, line);
          if (mayBreak) keepOnOneLine(out, start);
          reserve(out, 1);
          out.bytes[out.at++] = lineFeed;
        }
      }
      return { bytes: written(out), unfit: [] };
    },
    end: () => noBytes,
  };
}

/** Inside of texts JSON allows no line breaks, so all there are stand between values and can be a space. */
function keepOnOneLine(out: ByteWriter, start: number): void {
  const { bytes } = out;
  let to = start;
  for (let from = start; from < out.at; from += 1) {
    const byte = bytes[from] ?? 0;
    const breaks = byte === lineFeed || byte === carriageReturn;
    if (breaks && to > start && bytes[to - 1] === space) continue;
    bytes[to++] = breaks ? space : byte;
  }
  out.at = to;
}
