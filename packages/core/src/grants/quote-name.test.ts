import { expect, test } from "vitest";
import { quoteBody, quoteName, quoteText } from "./quote-name.ts";

test("names and texts mean themselves, whatever is in them", () => {
  expect(quoteName('Robert"); DROP TABLE students;--')).toBe('"Robert""); DROP TABLE students;--"');
  expect(quoteText("o'brien")).toBe("'o''brien'");
  expect(quoteText("a\\'b")).toBe(" E'a\\\\''b'");
  expect(() => quoteName("a\0b")).toThrow("not a PostgreSQL name");
});

test("a body never holds its own quotes", () => {
  expect(quoteBody("x")).toBe("$grant$\nx\n$grant$");
  expect(quoteBody("'$grant$' '$grant1$'")).toMatch(/^\$grant2\$/);
});
