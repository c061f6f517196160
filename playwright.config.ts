import { defineConfig, devices } from "@playwright/test";

const executablePath = process.env.CHROMIUM_PATH;

/** The app is served by `scripts/e2e-setup.ts`, which needs a build: `npm test` makes one. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./scripts/e2e-setup.ts",
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"], ["json", { outputFile: ".cache/test/e2e.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.REBOUND_E2E_URL ?? "",
    locale: "en-US",
    // A trace keeps every state of every page, which takes long; a fault is named by itself. Whoever looks for one adds `--trace on`.
    trace: "off",
    launchOptions: {
      ...(executablePath === undefined || executablePath === "" ? {} : { executablePath }),
      args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
});
