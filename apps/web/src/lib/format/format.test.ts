import { describe, expect, it } from "vitest";
import { countOf, formatBytes, formatDuration, formatEstimate } from "./numbers.ts";
import { formatRelative } from "./time.ts";

describe("numbers in words", () => {
  it("counts one and many", () => {
    expect([0, 1, 1204].map((count) => countOf(count, "row"))).toEqual(["0 rows", "1 row", "1,204 rows"]);
  });

  it("does not pretend that an estimate is exact", () => {
    expect([null, -1, 0, 7, 12_437, 8_123_456].map(formatEstimate)).toEqual([
      "size unknown",
      "size unknown",
      "probably empty",
      "about 7 rows",
      "about 12,400 rows",
      "about 8,120,000 rows",
    ]);
  });

  it("writes sizes in thousands", () => {
    expect([0, 999, 1000, 1_234_567].map(formatBytes)).toEqual(["0 B", "999 B", "1 kB", "1.2 MB"]);
  });

  it("writes durations as people say them", () => {
    expect([400, 1000, 8000, 60_000, 125_000, 12_000_000, 200_000_000].map(formatDuration)).toEqual([
      "under a second",
      "1 second",
      "8 seconds",
      "1 minute",
      "2 min 5 s",
      "3 h 20 min",
      "2 days",
    ]);
  });
});

describe("time in words", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  it.each([
    ["2026-11-21T11:59:50Z", "just now"],
    ["2026-11-21T12:00:10Z", "in a moment"],
    ["2026-11-21T11:48:00Z", "12 minutes ago"],
    ["2026-11-21T15:00:00Z", "in 3 hours"],
    ["2026-11-20T09:00:00Z", "27 hours ago"],
    ["2026-11-23T12:00:00Z", "in 2 days"],
  ])("says %s as %s", (moment, words) => {
    expect(formatRelative(new Date(moment), now)).toBe(words);
  });
});
