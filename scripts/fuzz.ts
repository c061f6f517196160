/** `npm run fuzz -- --minutes 30`: the property tests, over and over with new seeds, until the time is up or one fails. */

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endWithStarter, ROOT, runTool } from "./process.ts";
import { neutralEnvironment } from "./settings.ts";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "5" } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes is "${values.minutes}"; it takes a number above 0.`);
  process.exit(1);
}

endWithStarter();
const files = globSync("{lib,app,scripts}/**/*.test.ts", { cwd: ROOT }).filter((file) => readFileSync(join(ROOT, file), "utf8").includes("fast-check"));
console.log(`${files.length} files of properties, for ${minutes} minutes:\n  ${files.sort().join("\n  ")}`);

const end = Date.now() + minutes * 60_000;
let rounds = 0;
while (Date.now() < end) {
  // A failing property prints its seed and the smallest input that breaks it.
  const { code, output } = await runTool("vitest/vitest.mjs", ["run", "--reporter=dot", ...files], { quiet: true, env: neutralEnvironment() });
  rounds += 1;
  if (code !== 0) {
    console.error(output);
    process.exit(1);
  }
}
console.log(`${rounds} rounds, nothing found.`);
process.exit(0);
