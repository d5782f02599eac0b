import { decodeValue } from "./decode-rows.ts";

/** What a value of a line is made of, so that most need no second look: nothing odd, escapes of COPY's, ... */
export const plain = 0;
/** ... a quotation mark or a control character ... */
export const special = 1;
/** ... a backslash, with which COPY writes what would end a value or a row. */
export const escaped = 2;
export const missing = 4;

/** One line of COPY's text format, and where its values stand in it. */
export type CopyLine = {
  bytes: Buffer;
  /** The first byte and the one behind the last, place by place. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly marks: Uint8Array;
};

export function createCopyLine(values: number): CopyLine {
  return {
    bytes: Buffer.alloc(0),
    starts: new Int32Array(values),
    ends: new Int32Array(values),
    marks: new Uint8Array(values),
  };
}

const [tab, lineFeed, quotationMark, backslash, capitalN] = [9, 10, 34, 92, 78];

/** Finds the values of the line that begins at `at`; the next one begins where it says. Throws for another number of values. */
export function readLine(line: CopyLine, at: number): number {
  const { bytes, starts, ends, marks } = line;
  const values = starts.length;
  let [place, start, mark] = [0, at, plain];
  for (let next = at; next < bytes.length; next += 1) {
    const byte = bytes[next] ?? 0;
    if (byte > backslash) continue;
    if (byte === tab || byte === lineFeed) {
      if (place >= values) break;
      const isNull = mark === escaped && next - start === 2 && bytes[start + 1] === capitalN;
      starts[place] = start;
      ends[place] = next;
      marks[place] = isNull ? missing : mark;
      place += 1;
      [start, mark] = [next + 1, plain];
      if (byte === lineFeed) {
        if (place < values) break;
        return next + 1;
      }
    } else if (byte === backslash) mark |= escaped;
    else if (byte === quotationMark || byte < 32) mark |= special;
  }
  throw new Error("A row of COPY has another number of values than columns were asked for.");
}

/** The text of a value; null for NULL. */
export function valueText({ bytes, starts, ends, marks }: CopyLine, place: number): string | null {
  const mark = marks[place] ?? missing;
  if (mark === missing) return null;
  const text = bytes.toString("utf8", starts[place], ends[place]);
  return mark & escaped ? decodeValue(text) : text;
}
