// `npm run ids`: which numbered facts, requirements and faults the last test run proved; one line per id, `ID COUNT`.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./install.mjs";
import { reportFiles } from "./reports.mjs";

/** The ids at the end of a test's name: `... [R21]`, `... [V10, V11]`, `... [F4 mirror] [G3]`. */
export function idsIn(title) {
  const brackets = /((?:\s*\[[^[\]]+\])+)\s*$/.exec(title)?.[1] ?? "";
  return [...brackets.matchAll(/\[([^[\]]+)\]/g)]
    .flatMap(([, inside]) => inside.split(","))
    .map((id) => id.trim())
    .filter((id) => /^[A-Z]{1,3}-?\d+[a-z]?(?: [A-Za-z][\w -]*)?$/.test(id));
}

/** Titles of the tests that passed, from a report of vitest or of Playwright. */
export function passedTitles(report) {
  if (report.testResults)
    return report.testResults
      .flatMap((file) => file.assertionResults)
      .filter(({ status }) => status === "passed")
      .map(({ title }) => title);
  return (report.suites ?? []).flatMap(passedSpecs);
}

function passedSpecs({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests.filter(({ status }) => status === "expected" || status === "flaky").map(() => title),
  );
  return [...own, ...suites.flatMap(passedSpecs)];
}

/** How many passed tests carry each id, in natural order. */
export function countIds(reports) {
  const counts = new Map();
  for (const id of reports.flatMap(passedTitles).flatMap((title) => [...new Set(idsIn(title))]))
    counts.set(id, (counts.get(id) ?? 0) + 1);
  const order = new Intl.Collator("en", { numeric: true });
  return [...counts].sort(([one], [other]) => order.compare(one, other));
}

if (process.argv[1] === import.meta.filename) {
  const files = Object.values(reportFiles)
    .map((file) => path.join(root, file))
    .filter((file) => existsSync(file));
  if (files.length === 0) {
    console.error("There are no test reports yet: run `npm test` first.");
    process.exitCode = 1;
  }
  const reports = files.map((file) => JSON.parse(readFileSync(file, "utf8")));
  for (const [id, count] of countIds(reports)) console.log(`${id} ${count}`);
}
