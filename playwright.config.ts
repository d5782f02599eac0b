import { defineConfig, devices } from "@playwright/test";

const executablePath = process.env["PW_CHROMIUM"];

/** Screens are looked at in every project; stories run once, on the desktop. */
const screens = "**/screens/*.spec.ts";

export default defineConfig({
  testDir: "apps/e2e/tests",
  outputDir: "test-results",
  // Every worker starts a whole product: web server, worker and two PostgreSQL servers.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "reports/playwright.json" }]],
  use: {
    actionTimeout: 15_000,
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    trace: "retain-on-failure",
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
    {
      name: "desktop dark",
      testMatch: screens,
      use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
    },
    { name: "phone", testMatch: screens, use: devices["Pixel 7"] },
    { name: "phone dark", testMatch: screens, use: { ...devices["Pixel 7"], colorScheme: "dark" } },
  ],
});
