import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{app,components,lib,scripts,e2e,bench}/**/*.test.{ts,tsx}"],
    environment: "node",
    setupFiles: ["scripts/seed.ts"],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    env: { NEXT_TELEMETRY_DISABLED: "1" },
  },
});
