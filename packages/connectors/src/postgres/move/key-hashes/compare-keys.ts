import type { KeyType } from "./key-types.ts";

/**
 * Compares two keys of PostgreSQL's binary rows, each column with its length before it. Byte by byte: for keys of 8 or
 * 16 bytes that is faster than any call.
 */
export function compareKeys(
  one: Buffer,
  oneAt: number,
  other: Buffer,
  otherAt: number,
  order: readonly Pick<KeyType, "signed">[],
): number {
  let [a, b] = [oneAt, otherAt];
  for (const { signed } of order) {
    const [length, otherLength] = [one.readInt32BE(a), other.readInt32BE(b)];
    a += 4;
    b += 4;
    const shared = Math.min(length, otherLength);
    const sign = signed ? 0x80 : 0;
    for (let at = 0; at < shared; at += 1) {
      const flip = at === 0 ? sign : 0;
      const difference = ((one[a + at] ?? 0) ^ flip) - ((other[b + at] ?? 0) ^ flip);
      if (difference !== 0) return difference;
    }
    if (length !== otherLength) return length - otherLength;
    a += length;
    b += length;
  }
  return 0;
}

/** Whether a column of the key is NULL. */
export function isEmptyKey(buffer: Buffer, keyAt: number, columns: number): boolean {
  let at = keyAt;
  for (let column = 0; column < columns; column += 1) {
    const length = buffer.readInt32BE(at);
    if (length < 0) return true;
    at += 4 + length;
  }
  return false;
}
