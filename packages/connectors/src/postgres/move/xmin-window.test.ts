import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTellable, xminCondition } from "./xmin-window.ts";

const wrap = 2n ** 32n;

/** What PostgreSQL makes of the condition for a row whose 64-bit number is `xmin`. */
function reads(condition: string, xmin: bigint): boolean {
  const low = xmin % wrap;
  const { start, limit } = /- (?<start>\d+) \+ \d+, \d+\) (?:<|>=) (?<limit>\d+)/.exec(condition)?.groups ?? {};
  const distance = (low - BigInt(start ?? "") + wrap) % wrap;
  const below = distance < BigInt(limit ?? "");
  return condition.includes(" or ") ? low <= 2n || !below : low > 2n && below;
}

const near = fc.bigInt({ min: wrap * 3n - 1000n, max: wrap * 3n + 1000n });

describe("the condition on a row's 32-bit transaction number", () => {
  it("tells new row versions from read ones, also around 2^32 [V38]", () => {
    fc.assert(
      fc.property(near, near, near, (a, b, xmin) => {
        fc.pre(xmin % wrap > 2n);
        const [from, to] = a < b ? [a, b] : [b, a];
        const condition = xminCondition(
          { from: String(from), to: String(to) },
          { settled: String(to), next: String(to) },
        );
        expect(reads(condition, xmin)).toBe(xmin >= from && xmin < to);
      }),
    );
  });

  it("of a first run takes everything but what may still be under way", () => {
    fc.assert(
      fc.property(near, near, near, (a, b, xmin) => {
        const [settled, next] = a < b ? [a, b] : [b, a];
        fc.pre(xmin < next && xmin % wrap > 2n);
        const now = { settled: String(settled), next: String(next) };
        expect(reads(xminCondition({ from: undefined, to: String(settled) }, now), xmin)).toBe(xmin < settled);
      }),
    );
  });

  it("is not used when old could be taken for new", () => {
    expect(isTellable("100", { settled: "0", next: String(100n + wrap / 2n - 1n) })).toBe(true);
    expect(isTellable("100", { settled: "0", next: String(100n + wrap / 2n) })).toBe(false);
    expect(isTellable("100", { settled: "50", next: "60" })).toBe(false);
  });
});
