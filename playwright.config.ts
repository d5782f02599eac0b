import { defineConfig, devices } from "@playwright/test";

const executablePath = process.env["PW_CHROMIUM"];

export default defineConfig({
  testDir: "apps/e2e/tests",
  outputDir: "test-results",
  // Every worker starts a whole product: web server, worker and two PostgreSQL servers.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json", { outputFile: "reports/playwright.json" }]],
  use: {
    actionTimeout: 30_000,
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    // Filming every test would take a third of a small machine; a failed one leaves a picture anyway.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } } },
    // The first story once more, on a small screen under a thumb.
    { name: "phone", testMatch: "**/sample-data.spec.ts", use: devices["Pixel 7"] },
  ],
});
