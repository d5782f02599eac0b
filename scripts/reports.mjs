/** Where a test run leaves its JSON reports. */
export const reportFiles = {
  unit: "reports/vitest-unit.json",
  int: "reports/vitest-int.json",
  e2e: "reports/playwright.json",
};

/** Passed and failed tests of one report of vitest or Playwright. */
export function countTests(report) {
  if (report.testResults) return { passed: report.numPassedTests, failed: report.numFailedTests };
  const { expected = 0, flaky = 0, unexpected = 0 } = report.stats ?? {};
  // A test that passes only on its second try is a bug (CONTRIBUTING.md).
  return { passed: expected, failed: unexpected + flaky };
}
