import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseArray, type ArrayItem } from "./array-text.ts";
import { jsonText, rowToJson } from "./row-to-json.ts";
import { valueToJson } from "./value-to-json.ts";

describe("a value as JSON", () => {
  test.each([
    ["int8", "9007199254740993", "9007199254740993"],
    ["numeric", "12345678901234567890.0123456789", "12345678901234567890.0123456789"],
    ["numeric", "0.10", "0.10"],
    ["numeric", "NaN", '"NaN"'],
    ["float8", "Infinity", '"Infinity"'],
    ["float8", "1e-05", "1e-05"],
    ["float8", "-0", "-0"],
    ["bool", "t", "true"],
    ["bool", "false", "false"],
    ["jsonb", '{"n": 9007199254740993.10}', '{"n": 9007199254740993.10}'],
    ["jsonb", '{"cut": "her…', '"{\\"cut\\": \\"her…"'],
    ["text", 'say "hi"\n', '"say \\"hi\\"\\n"'],
    ["timestamptz", "2026-11-21 09:30:00.123456+00", '"2026-11-21 09:30:00.123456+00"'],
    ["_int8", "{9007199254740993,NULL}", "[9007199254740993, null]"],
    ["_text", '{a,"b \\"c\\", {d}",NULL,"NULL",""}', '["a", "b \\"c\\", {d}", null, "NULL", ""]'],
    ["_int4", "{{1,2},{3,4}}", "[[1, 2], [3, 4]]"],
    ["_int4", "{}", "[]"],
    ["_bool", "{t,f}", "[true, false]"],
    ["_int4", "[0:1]={1,2}", '"[0:1]={1,2}"'],
    ["_text", '{a,"cut…', '"{a,\\"cut…"'],
  ])("%s %s becomes %s, digit for digit", (type, text, json) => {
    expect(valueToJson(`pg_catalog.${type}`, text).value).toBe(json);
  });

  test("is always valid JSON, whatever the text", () => {
    const types = fc.constantFrom(
      "int8",
      "numeric",
      "float8",
      "bool",
      "jsonb",
      "text",
      "_text",
      "_int8",
      "_jsonb",
      "bytea",
    );
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string({ unit: fc.constantFrom("{", "}", ",", '"', "\\", "N", "1", "e", "-", ".") }),
    );
    fc.assert(
      fc.property(types, texts, (type, text) => {
        expect(() => void JSON.parse(valueToJson(`pg_catalog.${type}`, text).value)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});

test("a row becomes one line per mapped column under its new name, in the order of the mapping", () => {
  const columns = [
    { name: "id", typeName: "pg_catalog.int8" },
    { name: "note", typeName: "pg_catalog.text" },
  ];
  const fields = [
    { source: "note", destination: 'the "note"' },
    { source: "gone", destination: "gone" },
    { source: "id", destination: "__proto__" },
  ];
  const lines = rowToJson(columns, ["9007199254740993", null], fields);
  expect(jsonText(lines)).toBe('{\n  "the \\"note\\"": null,\n  "__proto__": 9007199254740993\n}');
  expect(lines.map((line) => line.field)).toEqual([0, 2]);
});

test("PostgreSQL's text of any array is read back as it was", () => {
  const write = (item: ArrayItem): string => {
    if (item === null) return "NULL";
    if (typeof item === "string") return `"${item.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
    return `{${item.map(write).join(",")}}`;
  };
  const list = fc.array(fc.option(fc.string()), { minLength: 1 });
  fc.assert(
    fc.property(fc.oneof(list, fc.array(list, { minLength: 1 })), (items) => {
      expect(parseArray(write(items))).toEqual(items);
    }),
  );
});
