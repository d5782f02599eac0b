import fc from "fast-check";
import { expect, it } from "vitest";
import { packBytes } from "./dialects.ts";
import { addEvent, bodyOf, createEventBodies, type EventItem } from "./event-bodies.ts";

type Bodies = ReturnType<typeof createEventBodies>;

function fill(bodies: Bodies, texts: readonly string[]): EventItem[] {
  const body = bodies.take();
  return texts.map((text) => {
    const bytes = Buffer.from(text);
    return addEvent(body, bytes, 0, bytes.length);
  });
}

const joined = (texts: readonly string[]): string => `{"batch":[${texts.join(",")}]}`;

it("makes the same request as joining would, of all events and of some, also in bodies that are used again", () => {
  const bodies = createEventBodies();
  const item = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => JSON.stringify({ text }));
  const items = fc.array(item, { minLength: 1 });
  fc.assert(
    fc.property(items, items, fc.func(fc.boolean()), (some, others, keep) => {
      const [first, second] = [fill(bodies, some), fill(bodies, others)];
      const kept = some.map((text, index) => index === 0 || keep(text, index));
      const part = bodyOf(first.filter((_, index) => kept[index]));
      expect(part.toString()).toBe(joined(some.filter((_, index) => kept[index])));
      expect(bodyOf(first).toString()).toBe(joined(some));
      expect(bodyOf(second).toString()).toBe(joined(others));
      for (const [one] of [first, second]) if (one) bodies.giveBack(one.body);
    }),
  );
});

it("a body of the usual size, and one beyond it, is whole", () => {
  const bodies = createEventBodies();
  for (const letter of ["a", "é"])
    for (const length of [packBytes / 2 - 20, packBytes - 13, packBytes]) {
      const text = letter.repeat(length);
      expect(bodyOf(fill(bodies, [text])).equals(Buffer.from(joined([text])))).toBe(true);
    }
});
