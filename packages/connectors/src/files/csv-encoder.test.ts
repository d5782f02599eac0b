import { csvOptionsSchema, type CsvOptions } from "@headgate/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column, TextRow } from "../batch-writer.ts";
import { createCsvEncoder } from "./csv-encoder.ts";

const columns: readonly Column[] = [
  { name: "a", typeName: "pg_catalog.text" },
  { name: "b", typeName: "pg_catalog.numeric" },
];
const fields = columns.map(({ name }) => ({ source: name, destination: name }));

function csv(rows: readonly TextRow[], options: Partial<CsvOptions> = {}): string {
  const encoder = createCsvEncoder(
    csvOptionsSchema.parse({ header: false, lineEnd: "lf", ...options }),
    fields,
    columns,
  );
  return Buffer.concat([encoder.begin(), encoder.encode({ rows }).bytes, encoder.end()]).toString();
}

/** A reader of RFC 4180 that tells NULL from an empty text. */
function read(text: string, delimiter: string, nullText = ""): (string | null)[][] {
  const rows: (string | null)[][] = [];
  const inner = new RegExp(`("(?:[^"]|"")*"|[^"\\r\\n${delimiter}]*)(\\${delimiter}|\\r\\n|\\n|$)`, "y");
  let row: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    inner.lastIndex = at;
    const match = inner.exec(text);
    if (!match || match[0] === "") throw new Error(`not CSV at ${at}`);
    const [, raw = "", end] = match;
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw === nullText ? null : raw);
    at = inner.lastIndex;
    if (end === delimiter) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

it("tells NULL from an empty text, and quotes only what needs it", () => {
  expect(
    csv([
      [null, ""],
      ["a,b", 'say "x"'],
      ["two\nlines", "plain"],
    ]),
  ).toBe(',""\n"a,b","say ""x"""\n"two\nlines",plain\n');
});

it("writes header, line ends, null text and byte order mark as asked", () => {
  const options = { header: true, lineEnd: "crlf", nullText: "\\N", byteOrderMark: true, delimiter: ";" } as const;
  expect(csv([[null, "\\N"]], options)).toBe('\ufeffa;b\r\n\\N;"\\N"\r\n');
});

it("can be read back to the same values, whatever they are [B188] [B189] [B195]", () => {
  const odd = fc.constantFrom("\\.", "\\N", "NULL", '"', '""', ",", ";", "\r\n", "\ufeff", " ", "'", "=1+1", "\t");
  const text = fc.oneof(fc.string({ unit: "grapheme" }), odd);
  const value = fc.option(text, { nil: null });
  const options = fc.record({
    delimiter: fc.constantFrom(",", ";", "\t", "|"),
    lineEnd: fc.constantFrom("crlf", "lf"),
    nullText: fc.constantFrom("", "\\N", "NULL"),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 5 }), options, (rows, chosen) => {
      expect(read(csv(rows, chosen), chosen.delimiter, chosen.nullText)).toEqual(rows);
    }),
  );
});

describe("formulas", () => {
  it.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ["+1", "'+1"],
    ["-1+2", "'-1+2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["plain = text", "plain = text"],
  ])("%j is defused where asked, and left alone where not [B190]", (text, guarded) => {
    expect(csv([[text, null]], { guardFormulas: true })).toBe(`${guarded},\n`);
    expect(csv([[text, null]])).toBe(`${text},\n`);
  });

  it("a negative number is no formula", () => {
    expect(csv([[null, "-5.50"]], { guardFormulas: true })).toBe(",-5.50\n");
  });
});
