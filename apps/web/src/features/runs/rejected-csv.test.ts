import { expect, test } from "vitest";
import { rejectedCsv } from "./rejected-csv.ts";

test("rejected rows are a CSV file in which nothing is a formula", () => {
  const csv = rejectedCsv([
    { key: '(1,"a ""b""")', column: "note", constraint: null, code: "value_too_long" },
    { key: "=cmd|' /C calc'!A0", column: null, constraint: "orders_check", code: "value_refused" },
  ]);
  expect(csv.split("\r\n")).toEqual([
    "row,column,rule,reason,code",
    '"(1,""a """"b"""""")",note,,A value is too long for “note”,value_too_long',
    "'=cmd|' /C calc'!A0,,orders_check,The destination has a rule against one of the values,value_refused",
  ]);
});
