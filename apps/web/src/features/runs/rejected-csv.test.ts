import { expect, test } from "vitest";
import { rejectedCsv } from "./rejected-csv.ts";

test("rejected rows are a CSV file in which nothing is a formula", () => {
  const csv = rejectedCsv([
    { key: '(1,"a ""b""")', column: "note", constraint: null, code: "value_too_long" },
    { key: "=cmd|' /C calc'!A0", column: null, constraint: "orders_check", code: "value_refused" },
  ]);
  expect(csv.split("\r\n")).toEqual([
    "row,column,rule,code",
    '"(1,""a """"b"""""")",note,,value_too_long',
    "'=cmd|' /C calc'!A0,,orders_check,value_refused",
  ]);
});
