import { hash } from "node:crypto";
import type { Column, RowBatch, TextRow } from "../batch-writer.ts";
import { missing, type CopyLine } from "../copy-text/copy-line.ts";
import { createByteWriter, putBytes, putText, written, type ByteWriter } from "../json/byte-writer.ts";
import { putJsonText, putUnescaped } from "../json/json-text.ts";

/** How rows of one stream are told apart. */
export type RowNames = {
  /** The key's values as a JSON list; where there is no key, the row's place in its batch. */
  keyOf(batch: RowBatch, row: number): string;
  /**
   * Writes what a row's version is called, the same in every attempt and in every later run (reliability §4.6). Never
   * the content alone: a value that changes and changes back would be dropped as a repeat.
   */
  namesIn(batch: RowBatch): (out: ByteWriter, line: CopyLine) => void;
};

const listOfNothing = Buffer.from("[,]null|");

export function createRowNames(columns: readonly Column[], key: readonly string[]): RowNames {
  const places = key.map((name) => columns.findIndex((column) => column.name === name));
  if (places.includes(-1)) throw new Error("A column of the key is not among those that were read.");
  const keyText = (row: TextRow): string => JSON.stringify(places.map((place) => row[place]));
  const keyed = places.length > 0;
  return {
    keyOf: (batch, row) => (keyed ? keyText(batch.rows[row] ?? []) : `row ${row + 1} of batch ${batch.seq + 1}`),
    namesIn: ({ seq }) => {
      if (keyed)
        return (out, line) => {
          putTexts(out, line, places);
          putVersion(out, line);
        };
      // Rows without a key that look alike are rows of their own: the batch and their order in it tell them apart.
      const seen = new Map<string, number>();
      const all = columns.map((_, place) => place);
      const content = createByteWriter(1024);
      return (out, line) => {
        content.at = 0;
        putTexts(content, line, all);
        const digest = hash("sha256", written(content), "base64");
        const ordinal = (seen.get(digest) ?? 0) + 1;
        seen.set(digest, ordinal);
        putText(out, `${digest}#${seq}.${ordinal}`);
        putVersion(out, line);
      };
    },
  };
}

/** The values as a JSON list of texts. */
function putTexts(out: ByteWriter, line: CopyLine, places: readonly number[]): void {
  for (let index = 0; index < places.length; index += 1) {
    putBytes(out, listOfNothing, index === 0 ? 0 : 1, index === 0 ? 1 : 2);
    const place = places[index] ?? 0;
    const mark = line.marks[place] ?? missing;
    if (mark === missing) putBytes(out, listOfNothing, 3, 7);
    else putJsonText(out, line.bytes, line.starts[place] ?? 0, line.ends[place] ?? 0, mark);
  }
  putBytes(out, listOfNothing, 2, 3);
}

/** The version is the value behind the columns. */
function putVersion(out: ByteWriter, { bytes, starts, ends, marks }: CopyLine): void {
  const place = starts.length - 1;
  putBytes(out, listOfNothing, 7, 8);
  putUnescaped(out, bytes, starts[place] ?? 0, ends[place] ?? 0, marks[place] ?? 0);
}
