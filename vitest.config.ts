import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const slow = ["**/node_modules/**", "**/dist/**", "**/*.int.test.ts", "**/*.fault.test.ts"];

export default defineConfig({
  test: {
    // Two cores are the usual size of a small machine; PostgreSQL wants one of them.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          // A time-out finds what hangs; how fast something is belongs into a bench, not onto a busy machine.
          testTimeout: 60_000,
          include: [
            "packages/*/src/**/*.test.ts",
            "apps/{server,worker,headgate}/src/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          exclude: slow,
        },
      },
      {
        plugins: [react()],
        test: {
          name: "web",
          environment: "jsdom",
          include: ["apps/web/src/**/*.test.{ts,tsx}"],
          exclude: slow,
          setupFiles: ["apps/web/src/test-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: "int",
          environment: "node",
          include: ["{packages,apps,scripts}/**/*.int.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**"],
          globalSetup: ["packages/testkit/src/global-setup.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        // Minutes instead of seconds: `npm run test:faults`.
        test: {
          name: "faults",
          environment: "node",
          include: [
            "packages/connectors/src/postgres/move/faults/*.{int,fault}.test.ts",
            "apps/worker/src/killed-worker.int.test.ts",
            "apps/worker/src/faults/*.{int,fault}.test.ts",
          ],
          exclude: ["**/node_modules/**", "**/dist/**"],
          globalSetup: ["packages/testkit/src/global-setup.ts"],
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
