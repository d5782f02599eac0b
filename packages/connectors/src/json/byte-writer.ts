/** Bytes in the making: those before `at` are written. */
export type ByteWriter = { bytes: Buffer; at: number };

export function createByteWriter(size: number): ByteWriter {
  return { bytes: Buffer.allocUnsafeSlow(size), at: 0 };
}

/** Makes room for `count` bytes more; writing beyond the end of a buffer would be lost without a word. */
export function reserve(out: ByteWriter, count: number): void {
  if (out.at + count <= out.bytes.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(out.bytes.length * 2, out.at + count));
  out.bytes.copy(larger, 0, 0, out.at);
  out.bytes = larger;
}

/** Calls cost more than bytes do up to about here (40 bytes: 35 ns either way). */
const fewBytes = 32;

export function putBytes(out: ByteWriter, from: Uint8Array, start: number, end: number): void {
  reserve(out, end - start);
  const { bytes } = out;
  let { at } = out;
  if (end - start > fewBytes) at += copyBytes(from, bytes, at, start, end);
  else for (let place = start; place < end; place += 1) bytes[at++] = from[place] ?? 0;
  out.at = at;
}

function copyBytes(from: Uint8Array, to: Buffer, at: number, start: number, end: number): number {
  return Buffer.prototype.copy.call(from, to, at, start, end);
}

export function putText(out: ByteWriter, text: string): void {
  reserve(out, text.length * 3);
  out.at += out.bytes.write(text, out.at);
}

/** What is written, as long as nothing else is. */
export function written(out: ByteWriter): Buffer {
  return out.bytes.subarray(0, out.at);
}
