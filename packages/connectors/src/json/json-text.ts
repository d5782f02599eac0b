import { reserve, putBytes, type ByteWriter } from "./byte-writer.ts";
import { escaped, plain } from "../copy-text/copy-line.ts";

const [verticalTab, quotationMark, backslash, letterV] = [11, 34, 92, 118];
/** What stands behind a backslash in COPY's text and in JSON's alike: b, f, n, r, t and the backslash itself. */
const shared = new Uint8Array(256);
for (const letter of "bfnrt\\") shared[letter.charCodeAt(0)] = 1;
const hexDigits = Buffer.from("0123456789abcdef");
/** A control character grows to six bytes, \u001f; nothing grows more. */
const mostGrowth = 6;
/** So that a large value with a line break in it does not take six times its size. */
const slice = 4096;

/** Writes a value of COPY's text format, with the marks of its line, as a text of JSON: as `JSON.stringify` does. */
export function putJsonText(out: ByteWriter, from: Buffer, start: number, end: number, mark: number): void {
  reserve(out, 1);
  out.bytes[out.at++] = quotationMark;
  if (mark === plain) putBytes(out, from, start, end);
  else for (let at = start; at < end;) at = putOdd(out, from, at, Math.min(at + slice, end), end, mark);
  reserve(out, 1);
  out.bytes[out.at++] = quotationMark;
}

/** Writes up to `stop`, or one byte further where that would part a pair; says where it stopped. */
function putOdd(out: ByteWriter, from: Buffer, start: number, stop: number, end: number, mark: number): number {
  reserve(out, (stop - start) * mostGrowth);
  const { bytes } = out;
  let place = start;
  for (; place < stop; place += 1) {
    const byte = from[place] ?? 0;
    if (byte === backslash && (mark & escaped) !== 0 && place + 1 < end) {
      place += 1;
      putEscaped(out, from[place] ?? 0);
    } else if (byte < 32) putControl(out, byte);
    else {
      if (byte === quotationMark || byte === backslash) bytes[out.at++] = backslash;
      bytes[out.at++] = byte;
    }
  }
  return place;
}

function putEscaped(out: ByteWriter, byte: number): void {
  const { bytes } = out;
  if (shared[byte] === 1) {
    bytes[out.at++] = backslash;
    bytes[out.at++] = byte;
  } else if (byte === letterV) putControl(out, verticalTab);
  else if (byte < 32) putControl(out, byte);
  else {
    if (byte === quotationMark) bytes[out.at++] = backslash;
    bytes[out.at++] = byte;
  }
}

/** The control characters that JSON has short names for, by their number. */
const shortNames: Readonly<Record<number, number>> = Object.fromEntries(
  "\b\t\n\f\r".split("").map((character, index) => [character.charCodeAt(0), "btnfr".charCodeAt(index)]),
);

function putControl(out: ByteWriter, byte: number): void {
  const { bytes } = out;
  bytes[out.at++] = backslash;
  const short = shortNames[byte];
  if (short !== undefined) {
    bytes[out.at++] = short;
    return;
  }
  out.at += bytes.write("u00", out.at, "latin1");
  bytes[out.at++] = hexDigits[byte >> 4] ?? 0;
  bytes[out.at++] = hexDigits[byte & 15] ?? 0;
}

/** Writes a value of COPY's text format as it is, without COPY's escapes. */
export function putUnescaped(out: ByteWriter, from: Buffer, start: number, end: number, mark: number): void {
  if ((mark & escaped) === 0) {
    putBytes(out, from, start, end);
    return;
  }
  reserve(out, end - start);
  const { bytes } = out;
  for (let place = start; place < end; place += 1) {
    const byte = from[place] ?? 0;
    if (byte === backslash && place + 1 < end) {
      place += 1;
      const next = from[place] ?? 0;
      bytes[out.at++] = meanings[next] ?? next;
    } else bytes[out.at++] = byte;
  }
}

/** What stands for a character behind a backslash in COPY's text. */
const meanings: Readonly<Record<number, number>> = Object.fromEntries(
  "bfnrtv".split("").map((letter, index) => [letter.charCodeAt(0), "\b\f\n\r\t\v".charCodeAt(index)]),
);
