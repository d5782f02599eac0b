import { expect, test } from "vitest";
import { parseLine, rowText } from "./copy-lines.ts";

test.each([
  ["1\tb\n", ["1", "b"]],
  ["\\N\t\n", [null, ""]],
  ["a\\tb\\nc\\\\N\t\\\\N\n", ["a\tb\nc\\N", "\\N"]],
  ["\\x41\\101\\b\n", ["AA\b"]],
])("a line of COPY text is read as its values: %j", (line, values) => {
  expect(parseLine(Buffer.from(line))).toEqual(values);
});

test("a row is named as PostgreSQL would write it", () => {
  expect(rowText(Buffer.from('1\ta "b"\t\\N\t\t(x)\n'), [0, 1, 2, 3, 4])).toBe('(1,"a ""b""",,"","(x)")');
});
