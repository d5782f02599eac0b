import { expect, test } from "vitest";
import { planRanges, rangeSql } from "./page-ranges.ts";

test("a file is cut into pages, the last of which is open, so that rows at its end are never missed", () => {
  expect(planRanges([10], 0, 4)).toEqual([
    { from: 0, to: 4 },
    { from: 4, to: undefined },
  ]);
  expect(planRanges([12], 0, 4)).toEqual([
    { from: 0, to: 4 },
    { from: 4, to: 8 },
    { from: 8, to: undefined },
  ]);
});

test("what fits into one page, or is empty, is one page", () => {
  for (const blocks of [[], [0], [5], [2, 1]]) expect(planRanges(blocks, 0, 4)).toEqual([{ from: 0, to: undefined }]);
});

test("reading goes on at any block", () => {
  expect(planRanges([12], 8, 2)).toEqual([
    { from: 8, to: 10 },
    { from: 10, to: undefined },
  ]);
  expect(planRanges([12], 40, 2)).toEqual([{ from: 40, to: undefined }]);
});

test("ranges go through all partitions at once, and are longer where fewer are left", () => {
  const blocks = [100, 100, 1000];
  const ranges = planRanges(blocks, 0, 30);
  const held = ({ from, to = 1000 }: { from: number; to: number | undefined }): number =>
    blocks.reduce((sum, height) => sum + Math.max(0, Math.min(height, to) - Math.min(height, from)), 0);
  for (const [index, range] of ranges.entries()) {
    expect(range.from).toBe(ranges[index - 1]?.to ?? 0);
    expect(held(range)).toBeLessThanOrEqual(45);
  }
  expect(ranges.reduce((sum, range) => sum + held(range), 0)).toBe(1200);
  expect(ranges.length).toBeLessThanOrEqual(41);
});

test("a thousand partitions make steps of one block at least", () => {
  expect(
    planRanges(
      Array.from({ length: 1000 }, () => 3),
      0,
      10,
    ),
  ).toHaveLength(3);
});

test("a range is a condition on the place of a row", () => {
  expect(rangeSql({ from: 3, to: 7 })).toBe("ctid >= '(3,0)' and ctid < '(7,0)'");
  expect(rangeSql({ from: 3, to: undefined })).toBe("ctid >= '(3,0)'");
});
