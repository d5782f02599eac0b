import { describe, expect, it } from "vitest";
import { namesIn, safeMessage, type ServerError } from "./server-error.ts";

function answer(fields: Partial<ServerError> & { message: string }): ServerError {
  return Object.assign(new Error(fields.message), fields);
}

describe("what is told of a server's error [V34] [R30]", () => {
  it.each([
    ["22P02", 'invalid input syntax for type integer: "4711"', 'invalid input syntax for type integer: "…"'],
    ["22003", 'value "4711" is out of range for type integer', 'value "…" is out of range for type integer'],
    ["22008", 'date/time field value out of range: "4711-13-01"', 'date/time field value out of range: "…"'],
    ["22021", 'invalid byte sequence for encoding "UTF8": 0x47 0x11', 'invalid byte sequence for encoding "…": …'],
    ["22P02", 'invalid input syntax for type json: "4"7"11"', 'invalid input syntax for type json: "…"'],
    [
      "23505",
      'duplicate key value violates unique constraint "pk"',
      'duplicate key value violates unique constraint "pk"',
    ],
    ["P0001", "row 4711 is not welcome", ""],
    ["XX000", "failed on 4711", ""],
  ])("%s: %s", (code, message, told) => {
    expect(safeMessage(answer({ code, message }))).toBe(told);
  });

  it("takes a column's name out of the words only when it is one of ours", () => {
    const where = 'COPY people, line 3, column born: "column name: 4711"';
    expect(namesIn(answer({ message: "", where }), ["name", "born"])).toEqual({ column: "born", line: "3" });
    expect(namesIn(answer({ message: "", where: 'COPY people, line 3: "4711"' }), ["name"])).toEqual({ line: "3" });
  });
});
