import { jsonEncoder, jsonKind } from "@headgate/core";
import type { Column } from "../batch-writer.ts";
import { missing, valueText, type CopyLine } from "../copy-text/copy-line.ts";
import { putBytes, putText, type ByteWriter } from "./byte-writer.ts";
import { putJsonArray } from "./json-array.ts";
import { isJsonNumber } from "./json-number.ts";
import { putJsonText, putUnescaped } from "./json-text.ts";

/** Writes one value of a line as JSON; null for NULL. */
export type JsonValueWriter = (out: ByteWriter, line: CopyLine, place: number) => void;

/** Writes one value that is not NULL, by where it stands and its marks. */
export type JsonItemWriter = (out: ByteWriter, from: Buffer, start: number, end: number, mark: number) => void;

const [trueBytes, falseBytes, nullBytes] = [Buffer.from("true"), Buffer.from("false"), Buffer.from("null")];
const [letterT, letterF] = [116, 102];

const putNumber: JsonItemWriter = (out, from, start, end, mark) => {
  if (isJsonNumber(from, start, end)) putBytes(out, from, start, end);
  else putJsonText(out, from, start, end, mark);
};

const putBoolean: JsonItemWriter = (out, from, start, end, mark) => {
  const letter = end - start === 1 ? from[start] : undefined;
  const word = letter === undefined ? from.toString("latin1", start, end) : "";
  if (letter === letterT || word === "true") putBytes(out, trueBytes, 0, 4);
  else if (letter === letterF || word === "false") putBytes(out, falseBytes, 0, 5);
  else putJsonText(out, from, start, end, mark);
};

/** Kinds whose bytes become JSON as they stand. */
const itemWriters = { number: putNumber, boolean: putBoolean, text: putJsonText } as const;

/** The writer of a column, chosen once for all of its rows: the JSON `jsonEncoder` makes of the value's text. */
export function jsonValueWriter({ typeName }: Column): JsonValueWriter {
  const put = writerOfType(typeName);
  return (out, line, place) => {
    if (line.marks[place] === missing) putBytes(out, nullBytes, 0, 4);
    else put(out, line, place);
  };
}

function writerOfType(typeName: string): JsonValueWriter {
  const kind = jsonKind(typeName);
  if (kind === "json") return withBounds(putUnescaped);
  if (typeof kind === "string") return withBounds(itemWriters[kind]);
  const encode = jsonEncoder(typeName);
  const overText: JsonValueWriter = (out, line, place) => putText(out, encode(valueText(line, place) ?? ""));
  const item = jsonKind(kind.listOf);
  if (item === "json" || typeof item !== "string") return overText;
  return (out, line, place) => {
    if (!putJsonArray(out, line, place, itemWriters[item])) overText(out, line, place);
  };
}

function withBounds(put: JsonItemWriter): JsonValueWriter {
  return (out, { bytes, starts, ends, marks }, place) =>
    put(out, bytes, starts[place] ?? 0, ends[place] ?? 0, marks[place] ?? 0);
}
