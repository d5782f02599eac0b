import { expect, it } from "vitest";
import { cellsOf, markOf, tableOf, unproven } from "./fault-matrix.mjs";

const cells = cellsOf([
  { name: "runs > by a killed worker [F1 append] [F1 HTTP]", file: "a.int.test.ts", project: "int" },
  { name: "by a killed worker, at each step [F1 append] [F1 mirror]", file: "b.fault.test.ts", project: "faults" },
  { name: "one run for each slot [F21]", file: "c.test.ts", project: "unit" },
]);

it("says of each fault and way who proves it: every test, the long ones only, or nobody yet", () => {
  expect(["append", "mirror", "replace", "HTTP"].map((way) => markOf(cells, "F1", way))).toEqual(["●", "○", " ", "●"]);
});

it("knows where a fault cannot be met, and which has nothing to do with the way of writing", () => {
  expect(markOf(cells, "F17", "HTTP")).toBe("–");
  expect(markOf(cells, "F21", "mirror")).toBe("●");
});

it("finds cells of the page that no passed test proves any more", () => {
  const table = tableOf(cells);
  expect(
    unproven(
      table,
      new Map([
        ["F1 append", 1],
        ["F1 HTTP", 1],
        ["F21", 4],
      ]),
    ),
  ).toEqual([]);
  expect(
    unproven(
      table,
      new Map([
        ["F1 append", 1],
        ["F21", 4],
      ]),
    ),
  ).toEqual(["F1 HTTP"]);
});
