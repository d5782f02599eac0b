import { expect, it } from "vitest";
import { Fingerprint } from "./fingerprint.ts";
import { changedSum } from "./key-sum.ts";

function bytes(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigInt64BE(BigInt(value));
  return buffer;
}

function sumOf(values: readonly number[]): { count: number; sum: string } {
  const print = new Fingerprint();
  for (const value of values) print.add(bytes(value), 0, 8);
  return { count: print.count, sum: String(print.sum()) };
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

it("is the same for the same keys in any order", () => {
  expect(sumOf(upTo(1000).toReversed())).toEqual(sumOf(upTo(1000)));
});

it("differs where as many neighbours come as go, which a plain sum of numbers would not tell", () => {
  const seen = new Set<string>();
  for (let i = 1; i < 500; i += 1) {
    const others = upTo(1000).filter((n) => n !== i && n !== 1000 - i);
    seen.add(sumOf([...others, 2000 + i, 3000 - i]).sum);
  }
  expect(seen.size).toBe(499);
});

it("is what adding and taking away makes of it", () => {
  const change = (values: readonly number[]) => ({ count: values.length, marks: BigInt(sumOf(values).sum) });
  const after = changedSum(sumOf(upTo(1000)), change([1, 2, 3]), change([5000, 6000]));
  expect(after).toEqual(sumOf([...upTo(1000).filter((n) => n < 1 || n > 3), 5000, 6000]));
});
