import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonEncoder } from "./json-encoder.ts";
import { valueToJson } from "./value-to-json.ts";

const types =
  "int2 int4 int8 oid numeric float4 float8 bool text varchar uuid timestamptz date bytea _int4 _text _bool".split(" ");

it("writes every value as the preview shows it, whatever the text is", () => {
  const odd = fc.constantFrom(
    "NaN",
    "Infinity",
    "-0",
    "1e400",
    "007",
    "t",
    "f",
    "true",
    "{1,NULL}",
    "{}",
    "9".repeat(1000),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.oneof(odd, fc.string({ unit: "binary" }), fc.bigInt().map(String)),
      (type, text) => {
        const json = jsonEncoder(`pg_catalog.${type}`)(text);
        expect(json).toBe(valueToJson(type, text).value);
        JSON.parse(json);
      },
    ),
  );
});

it("passes json through as it stands, digits, repeated keys and spaces included [V25] [B197]", () => {
  const text = '{"a": 1.10000000000000000001,  "a":9007199254740993}';
  expect(jsonEncoder("pg_catalog.json")(text)).toBe(text);
});
