import { jsonEncoder } from "@headgate/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { TextRow } from "../batch-writer.ts";
import { createCopyLine, readLine } from "../copy-text/copy-line.ts";
import { linesOf } from "../copy-text/copy-lines.ts";
import { createByteWriter, written } from "./byte-writer.ts";
import { jsonValueWriter } from "./json-value.ts";

const types =
  "int2 int4 int8 oid numeric float4 float8 bool text varchar uuid timestamptz date bytea _int4 _text _bool _json".split(
    " ",
  );

/** The JSON of one value, taken from the line in which COPY would write it. */
function jsonOf(typeName: string, value: string | null): string {
  const row: TextRow = ["before", value, "behind"];
  const line = createCopyLine(4);
  line.bytes = Buffer.concat(linesOf({ rows: [row] }).pieces);
  readLine(line, 0);
  const out = createByteWriter(1);
  jsonValueWriter({ name: "value", typeName: `pg_catalog.${typeName}` })(out, line, 1);
  return written(out).toString();
}

const odd = fc.constantFrom(
  ..."NaN Infinity -0 -1.5e-7 1e400 1e 1. .5 - 007 t f true 9999999999999999999.10".split(" "),
  ...'{1,NULL} {} {1,,2} {a,"b c"} {"a \\" b",c} {{1},{2}} {t,f} {"NULL",null} [0:1]={1,2} {a}b} {1,2'.split(" "),
  '{a b,"c,d","{}"}',
  '{"a\nb","\u0001"}',
  "9".repeat(1000),
  "",
  "\\",
  "\\N",
  '"',
  "\b\f\n\r\t\v\0\u001f\u007f",
  "é🎉\u2028",
);
const text = fc.oneof(
  odd,
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary-ascii" }),
  fc.bigInt().map(String),
);

it("writes the bytes of every value as the preview shows it, whatever its type and text [V25]", () => {
  fc.assert(
    fc.property(fc.constantFrom(...types), text, (type, value) => {
      const json = jsonOf(type, value);
      expect(json).toBe(jsonEncoder(type)(value));
      JSON.parse(json);
    }),
    { numRuns: 2000 },
  );
});

it("writes arrays as the preview shows them, item by item", () => {
  const item = fc.oneof(text, fc.constant(null)).map((value) => (value === null ? "NULL" : JSON.stringify(value)));
  fc.assert(
    fc.property(fc.constantFrom("_text", "_int4", "_numeric", "_bool"), fc.array(item), (type, items) => {
      const value = `{${items.join(",")}}`;
      expect(jsonOf(type, value)).toBe(jsonEncoder(type)(value));
    }),
  );
});

it("writes large values with line breaks in them whole", () => {
  const value = `${"a\\\n".repeat(5_000)}${"é".repeat(5_000)}\u0001`;
  expect(JSON.parse(jsonOf("text", value))).toBe(value);
});

it.each(["json", "jsonb"])(
  "passes %s through as it stands, digits, repeated keys and spaces included [V25]",
  (type) => {
    const value = '{"a": 1.10000000000000000001,\n  "a":9007199254740993, "b\\n": "\\\\"}';
    expect(jsonOf(type, value)).toBe(value);
  },
);

it("NULL is null in every type", () => {
  for (const type of [...types, "json"]) expect(jsonOf(type, null)).toBe("null");
});
