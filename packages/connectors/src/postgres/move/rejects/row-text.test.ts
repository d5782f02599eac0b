import fc from "fast-check";
import { expect, it } from "vitest";
import { rowText } from "./copy-lines.ts";
import { parseRowText } from "./row-text.ts";

it("reads a row as PostgreSQL writes it", () => {
  expect(parseRowText(String.raw`(17,"a b",,"","O'Brien ""the \\ (one)"",",x)`)).toEqual([
    "17",
    "a b",
    null,
    "",
    String.raw`O'Brien "the \ (one)",`,
    "x",
  ]);
});

it("takes back whatever we write ourselves", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[^\t\n\r\0\\]*$/), { minLength: 1, maxLength: 3 }), (values) => {
      const line = Buffer.from(`${values.join("\t")}\n`);
      const read = parseRowText(rowText(line, [...values.keys()], 1_000));
      expect(read).toEqual(line.toString("utf8").slice(0, -1).split("\t"));
    }),
  );
});

it("does not take half a value for all of it", () => {
  expect(parseRowText(`(1,${"x".repeat(200)}…)`)).toBeUndefined();
  expect(parseRowText(`(1,"a`)).toBeUndefined();
});
