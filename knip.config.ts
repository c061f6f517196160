import type { KnipConfig } from "knip";

/** What nothing uses: files, exports and dependencies. */
const config: KnipConfig = {
  // A room's index is what it would publish; the writer is started as a process of its own, to be killed.
  entry: ["app/**/{page,layout,route,error,not-found,opengraph-image}.{ts,tsx}", "lib/*/index.ts", "lib/store/killed-writer.ts", "scripts/*.{ts,mjs}", "bench/index.ts", "bench/load-client.mjs", "e2e/**/*.spec.ts", "**/*.test.{ts,tsx}"],
  project: ["{app,components,lib,scripts,e2e,bench}/**/*.{ts,tsx,mjs}"],
  ignoreExportsUsedInFile: true,
  // Named, not imported: a style sheet, a font, and a command of `npm test`.
  ignoreDependencies: ["tailwindcss", "@fontsource/biz-udpgothic", "dependency-cruiser"],
  rules: { types: "off" },
};

export default config;
