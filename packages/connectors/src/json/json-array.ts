import { escaped, plain, special, type CopyLine } from "../copy-text/copy-line.ts";
import { putBytes, type ByteWriter } from "./byte-writer.ts";
import type { JsonItemWriter } from "./json-value.ts";

const [quotationMark, comma, opening, closing] = [34, 44, 123, 125];
const [emptyList, between, nullItem] = [Buffer.from("[]"), Buffer.from(", "), Buffer.from("null")];

/**
 * Writes an array of one dimension, `{1,NULL,"a b"}`, as a list of JSON. False, with nothing written, for all that
 * needs a closer look: backslashes, further dimensions, own bounds.
 */
export function putJsonArray(out: ByteWriter, line: CopyLine, place: number, item: JsonItemWriter): boolean {
  const { bytes } = line;
  const [start = 0, end = 0, mark = plain] = [line.starts[place], line.ends[place], line.marks[place]];
  if ((mark & escaped) !== 0 || bytes[start] !== opening || bytes[end - 1] !== closing) return false;
  if (end - start === 2) {
    putBytes(out, emptyList, 0, 2);
    return true;
  }
  const before = out.at;
  let at = start + 1;
  for (let first = true; at < end; first = false) {
    putBytes(out, first ? emptyList : between, 0, first ? 1 : 2);
    at = putItem(out, bytes, at, end, item);
    if (at === end - 1) {
      putBytes(out, emptyList, 1, 2);
      return true;
    }
    if (at === -1 || bytes[at] !== comma) break;
    at += 1;
  }
  out.at = before;
  return false;
}

/** Where the item ends; -1 for one that needs a closer look. */
function putItem(out: ByteWriter, bytes: Buffer, start: number, end: number, item: JsonItemWriter): number {
  if (bytes[start] === quotationMark) {
    const last = bytes.indexOf(quotationMark, start + 1);
    if (last === -1 || last >= end) return -1;
    // There may be control characters in it.
    item(out, bytes, start + 1, last, special);
    return last + 1;
  }
  let at = start;
  for (; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === comma || byte === closing) break;
    if (byte === quotationMark || byte === opening) return -1;
  }
  if (at === start || at === end) return -1;
  if (at - start === 4 && /^null$/i.test(bytes.toString("latin1", start, at))) putBytes(out, nullItem, 0, 4);
  else item(out, bytes, start, at, special);
  return at;
}
