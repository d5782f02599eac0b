import { describe, expect, it } from "vitest";
import { countIds, idsIn } from "./ids.mjs";
import { countTests } from "./reports.mjs";

describe("the ids in a test's name", () => {
  it.each([
    ["refuses to start without a key [R21]", ["R21"]],
    ["verifies as libpq does [V10, V11]", ["V10", "V11"]],
    ["keeps the rows [F4 mirror] [G3]", ["F4 mirror", "G3"]],
    ["sends the same ids again [F1 HTTP]", ["F1 HTTP"]],
    ["reads the string of the guide [RS-08]", ["RS-08"]],
    ["[R1] stands at the beginning", []],
    ["takes the list [a, b]", []],
    ["says nothing", []],
  ])("of %s", (title, ids) => {
    expect(idsIn(title)).toEqual(ids);
  });
});

const vitestReport = {
  numPassedTests: 3,
  numFailedTests: 1,
  testResults: [
    {
      assertionResults: [
        { title: "one [R10]", status: "passed" },
        { title: "two [R9, R10]", status: "passed" },
        { title: "three [R11]", status: "failed" },
        { title: "four [R12]", status: "skipped" },
        { title: "five [B7]", status: "passed" },
      ],
    },
  ],
};

const playwrightReport = {
  stats: { expected: 2, unexpected: 1, flaky: 1 },
  suites: [
    {
      specs: [],
      suites: [
        {
          specs: [
            { title: "story [R10]", tests: [{ status: "expected" }, { status: "expected" }, { status: "skipped" }] },
          ],
        },
        { specs: [{ title: "broken [R13]", tests: [{ status: "unexpected" }] }] },
      ],
    },
  ],
};

it("counts only tests that passed, in every report and every browser, in natural order", () => {
  expect(countIds([vitestReport, playwrightReport])).toEqual([
    ["B7", 1],
    ["R9", 1],
    ["R10", 4],
  ]);
});

it("counts a test that needed a second try as failed", () => {
  expect(countTests(vitestReport)).toEqual({ passed: 3, failed: 1 });
  expect(countTests(playwrightReport)).toEqual({ passed: 2, failed: 2 });
});
