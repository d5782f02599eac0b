import { expect, it } from "vitest";
import { eventMappingSchema, traitKeyFault, traitKeysFault } from "./event-mapping.ts";

it.each([
  ["B150", "__proto__", "meaning inside JavaScript"],
  ["B151", "a.__proto__.b", "meaning inside JavaScript"],
  ["B152", "constructor.prototype.x", "meaning inside JavaScript"],
  ["B153", "a..b", "between the dots"],
  ["B154", ".a", "in front of"],
  ["B157", "", "Enter the name"],
  ["B158", Array.from({ length: 33 }, () => "a").join("."), "32 levels"],
  ["B159", "a".repeat(10_240), "at most 200 characters"],
  ["B160", "a\0b", "broken or invisible"],
  ["B161", "a\ud800", "broken or invisible"],
])("refuses a trait's name with a sentence of its own [%s]", (_id, key, sentence) => {
  expect(traitKeyFault(key)).toContain(sentence);
});

it.each(["$where", "a[0]", "constructor", "toString", "first name", "🎉", "a.b.c"])(
  "takes the trait's name %s as it is [B162]",
  (key) => {
    expect(traitKeyFault(key)).toBeUndefined();
  },
);

it.each([
  [["a", "a.b"], 1, "so a.b cannot be inside it", "[B155]"],
  [["a.b", "a"], 1, "already has traits inside", "[B155]"],
  [["a.b.c", "x", "a.b"], 2, "already has traits inside", "[B155]"],
  [["a.b", "a.c", "a.b"], 2, "there twice", "[B156]"],
] as const)("refuses the traits %j beside each other at %i: %s %s", (keys, index, sentence, _id) => {
  const fault = traitKeysFault(keys);
  expect(fault?.index).toBe(index);
  expect(fault?.message).toContain(sentence);
});

it("names the field of a mapping that is not finished", () => {
  const empty = { type: "track", traits: [], constants: [] };
  const paths = (value: unknown) =>
    eventMappingSchema.safeParse(value).error?.issues.map((issue) => issue.path.join("."));
  expect(paths(empty)).toEqual(["userId", "event"]);
  const traits = [{ source: "city", key: "address" }];
  const constants = [{ key: "address.country", value: "PT" }];
  expect(paths({ type: "identify", userId: "id", traits, constants })).toEqual(["constants.0.key"]);
});
