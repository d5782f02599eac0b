// `npm test`: every check and every test, on a fresh clone too. Built-in modules only: starts on Node 20 too.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureInstalled, env, root } from "./install.mjs";
import { countTests, reportFiles } from "./reports.mjs";

/** Checks that pass or fail as a whole; each counts as one test. */
const checks = [
  { name: "types", command: ["tsc", "-b"] },
  { name: "lint", command: ["oxlint", "--type-aware"] },
  { name: "imports", command: ["node", "scripts/lint-imports.mjs"] },
  { name: "file sizes", command: ["node", "scripts/lint-size.mjs"] },
  { name: "reasons for exceptions", command: ["node", "scripts/lint-exceptions.mjs"] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "settings table", command: ["node", "scripts/settings-table.mjs", "--check"] },
  { name: "schema dump", command: ["node", "scripts/db-dump.mjs", "--check"] },
  { name: "build", command: ["node", "scripts/build.mjs"] },
];

const json = (file) => ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];

/** Test runs that leave a report to count. */
const suites = [
  {
    name: "unit tests",
    report: reportFiles.unit,
    command: ["vitest", "run", "--project", "unit", "--project", "web", ...json(reportFiles.unit)],
  },
  {
    name: "integration tests",
    report: reportFiles.int,
    command: ["vitest", "run", "--project", "int", ...json(reportFiles.int)],
  },
  { name: "end-to-end tests", report: reportFiles.e2e, command: ["playwright", "test"] },
];

ensureInstalled();
rmSync(path.join(root, "reports"), { recursive: true, force: true });
mkdirSync(path.join(root, "reports"));

const totals = { passed: 0, failed: 0 };
const failures = [];

function note(name, { passed, failed }) {
  totals.passed += passed;
  totals.failed += failed;
  if (failed > 0) failures.push(`${name}: ${failed} failed`);
}

function run([program, ...args], more = {}) {
  return (
    spawnSync(program, args, { cwd: root, env: { ...env, ...more }, stdio: ["ignore", "inherit", "inherit"] })
      .status === 0
  );
}

for (const { name, command } of checks) {
  console.log(`\n== ${name}`);
  note(name, run(command) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

const { ensureChromium } = await import("./chromium.mjs");
const chromium = await ensureChromium();
if ("missing" in chromium) console.error(chromium.missing);

for (const { name, report, command } of suites) {
  console.log(`\n== ${name}`);
  const clean = run(command, "executable" in chromium ? { PW_CHROMIUM: chromium.executable } : {});
  note(name, countReport(report, clean));
}

/** A run that ended badly has failed at least once, even when it got to no test, or all its tests passed. */
function countReport(report, clean) {
  const file = path.join(root, report);
  const counted = existsSync(file) ? countTests(JSON.parse(readFileSync(file, "utf8"))) : { passed: 0, failed: 1 };
  return { passed: counted.passed, failed: clean ? counted.failed : Math.max(counted.failed, 1) };
}

console.log("\n== fault matrix");
note(
  "fault matrix",
  run(["node", "scripts/fault-matrix.mjs", "--check"]) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
);

console.log(`\n${failures.length > 0 ? `${failures.join("\n")}\n` : ""}`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;
