import fc from "fast-check";
import { expect, it } from "vitest";
import { createBodyPool } from "./body-pool.ts";
import { packBytes } from "./dialects.ts";

it("makes the same batch as joining would, also when buffers are lent out at once and used again", () => {
  const pool = createBodyPool();
  const item = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => JSON.stringify({ text }));
  fc.assert(
    fc.property(fc.array(item, { minLength: 1 }), fc.array(item, { minLength: 1 }), (some, others) => {
      const [first, second] = [pool.fill(some), pool.fill(others)];
      expect(first.body.toString()).toBe(`{"batch":[${some.join(",")}]}`);
      expect(second.body.toString()).toBe(`{"batch":[${others.join(",")}]}`);
      first.giveBack();
      second.giveBack();
    }),
  );
});

it("a body of the usual size, and one beyond it, is whole", () => {
  const pool = createBodyPool();
  for (const letter of ["a", "é"])
    for (const length of [packBytes / 2 - 20, packBytes - 13, packBytes])
      expect(pool.fill([letter.repeat(length)]).body.toString()).toBe(`{"batch":[${letter.repeat(length)}]}`);
});
