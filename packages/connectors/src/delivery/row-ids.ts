import { hash } from "node:crypto";
import type { Column, RowBatch, TextRow } from "../batch-writer.ts";
import { missing, type CopyLine } from "../copy-text/copy-line.ts";
import { createByteWriter, putBytes, putText, written, type ByteWriter } from "../json/byte-writer.ts";
import { putJsonText, putUnescaped } from "../json/json-text.ts";

/** How rows of one stream are told apart. */
export type RowNames = {
  /** The key's values as a JSON list; where there is no key, the row's place in its batch. */
  keyOf(batch: RowBatch, row: number): string;
  namesIn(batch: Pick<RowBatch, "seq">): BatchNames;
};

/** Names of a batch's rows, from the first on. */
export type BatchNames = {
  /**
   * Writes what the next row's version is called, the same in every attempt and in every later run (reliability §4.6).
   * Never the content alone: a value that changes and changes back would be dropped as a repeat.
   */
  put(out: ByteWriter, line: CopyLine): void;
  /** The keys of the rows that were named; they need not be in memory any more. */
  keys(): (row: number) => string;
};

const listOfNothing = Buffer.from("[,]null|");

export function createRowNames(columns: readonly Column[], key: readonly string[]): RowNames {
  const places = key.map((name) => columns.findIndex((column) => column.name === name));
  if (places.includes(-1)) throw new Error("A column of the key is not among those that were read.");
  const keyText = (row: TextRow): string => JSON.stringify(places.map((place) => row[place]));
  const keyed = places.length > 0;
  const allPlaces = columns.map((_, place) => place);
  const held = createByteWriter(16 * 1024);
  return {
    keyOf: (batch, row) => (keyed ? keyText(batch.rows[row] ?? []) : placeOf(batch, row)),
    namesIn: (batch) => (keyed ? keyedNames(places, held) : namesByPlace(allPlaces, batch, held)),
  };
}

function placeOf({ seq }: Pick<RowBatch, "seq">, row: number): string {
  return `row ${row + 1} of batch ${seq + 1}`;
}

function keyedNames(places: readonly number[], held: ByteWriter): BatchNames {
  const ends: number[] = [];
  held.at = 0;
  return {
    put: (out, line) => {
      const start = out.at;
      putTexts(out, line, places);
      putBytes(held, out.bytes, start, out.at);
      ends.push(held.at);
      putVersion(out, line);
    },
    keys: () => {
      const bytes = Buffer.from(written(held));
      return (row) => bytes.toString("utf8", row === 0 ? 0 : ends[row - 1], ends[row]);
    },
  };
}

/** Rows without a key that look alike are rows of their own: the batch and their order in it tell them apart. */
function namesByPlace(places: readonly number[], batch: Pick<RowBatch, "seq">, content: ByteWriter): BatchNames {
  const seen = new Map<string, number>();
  return {
    put: (out, line) => {
      content.at = 0;
      putTexts(content, line, places);
      const digest = hash("sha256", written(content), "base64");
      const ordinal = (seen.get(digest) ?? 0) + 1;
      seen.set(digest, ordinal);
      putText(out, `${digest}#${batch.seq}.${ordinal}`);
      putVersion(out, line);
    },
    keys: () => {
      const { seq } = batch;
      return (row) => placeOf({ seq }, row);
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
