import { describe, expect, it } from "vitest";
import { compareKeys, isEmptyKey } from "./compare-keys.ts";

function key(...values: (Buffer | null)[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(value?.length ?? -1);
      return Buffer.concat([length, value ?? Buffer.alloc(0)]);
    }),
  );
}

function int8(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

const number = { signed: true };
const words = { signed: false };

describe("two keys", () => {
  it("of numbers are ordered by value, the negative ones first", () => {
    const values = [-(2n ** 63n), -1n, 0n, 1n, 255n, 256n, 2n ** 63n - 1n];
    const keys = values.map((value) => key(int8(value)));
    for (const [i, one] of keys.entries())
      for (const [j, other] of keys.entries())
        expect(Math.sign(compareKeys(one, 0, other, 0, [number]))).toBe(Math.sign(i - j));
  });

  it("of words are ordered by their bytes, a beginning before the whole", () => {
    const values = ["", "A", "B", "a", "aa", "b", "é", "ž", "🐘"];
    const keys = values.map((value) => key(Buffer.from(value)));
    for (const [i, one] of keys.entries())
      for (const [j, other] of keys.entries())
        expect(Math.sign(compareKeys(one, 0, other, 0, [words]))).toBe(Math.sign(i - j));
  });

  it("of several columns are ordered by the first that differs, wherever they lie", () => {
    const [low, high] = [key(Buffer.from("a"), int8(9n)), key(Buffer.from("a"), int8(10n))];
    const shifted = Buffer.concat([Buffer.from("xyz"), high]);
    expect(compareKeys(low, 0, shifted, 3, [words, number])).toBeLessThan(0);
    expect(compareKeys(shifted, 3, high, 0, [words, number])).toBe(0);
  });

  it("are told from a key that lacks a column", () => {
    expect(isEmptyKey(key(int8(1n), null), 0, 2)).toBe(true);
    expect(isEmptyKey(key(int8(1n), int8(0n)), 0, 2)).toBe(false);
  });
});
