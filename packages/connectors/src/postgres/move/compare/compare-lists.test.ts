import { expect, it } from "vitest";
import { entriesOf, entryBytes, findChanged } from "./compare-lists.ts";

type Row = readonly [key: bigint, row: bigint];

function entries(rows: readonly Row[], rowsPerChunk = 3) {
  const sorted = [...rows].sort((one, other) => Number(one[0] - other[0]) || Number(one[1] - other[1]));
  return entriesOf(
    (async function* () {
      for (let from = 0; from < sorted.length; from += rowsPerChunk) {
        const some = sorted.slice(from, from + rowsPerChunk);
        const chunk = Buffer.alloc(some.length * entryBytes);
        for (const [index, [key, row]] of some.entries()) {
          chunk.writeBigInt64BE(key, index * entryBytes);
          chunk.writeBigInt64BE(row, index * entryBytes + 8);
        }
        yield chunk;
      }
    })(),
  );
}

it("finds new and changed rows, among numbers of either sign, and lets go of those that are gone", async () => {
  const last: Row[] = [
    [-5n, 7n],
    [1n, 1n],
    [2n, -9n],
    [4_294_967_296n, 3n],
  ];
  const now: Row[] = [
    [-6n, 1n],
    [-5n, 8n],
    [2n, -9n],
    [4_294_967_296n, 3n],
    [9n, 2n],
  ];
  expect(await findChanged(entries(last), entries(now), 10)).toEqual({ hashes: [1n, 8n, 2n], before: new Map() });
});

it("counts rows that are alike: one more of them is one new row", async () => {
  const found = await findChanged(
    entries([
      [1n, 1n],
      [1n, 1n],
    ]),
    entries(
      [
        [1n, 1n],
        [1n, 1n],
        [1n, 1n],
      ],
      2,
    ),
    10,
  );
  expect(found).toEqual({ hashes: [1n], before: new Map([[1n, 2]]) });
  expect(
    await findChanged(
      entries([
        [1n, 1n],
        [1n, 1n],
      ]),
      entries([[1n, 1n]]),
      10,
    ),
  ).toEqual({ hashes: [], before: new Map() });
});

it("says only that it is most of them where it is", async () => {
  const now = Array.from({ length: 8 }, (_, row): Row => [BigInt(row), 1n]);
  expect(await findChanged(entries([]), entries(now), 5)).toBe("most");
});
