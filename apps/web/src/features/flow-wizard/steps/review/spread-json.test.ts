import fc from "fast-check";
import { expect, it } from "vitest";
import { spread } from "./spread-json.ts";

it("gives every member a line, as JSON.stringify would, and keeps every digit", () => {
  expect(spread('{"a":9007199254740993.10,"b":[],"c":{"d":[1,"x: {"]}}')).toBe(
    '{\n  "a": 9007199254740993.10,\n  "b": [],\n  "c": {\n    "d": [\n      1,\n      "x: {"\n    ]\n  }\n}',
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(spread(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});
