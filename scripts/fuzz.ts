/**
 * `npm run fuzz -- --minutes 30`: SPF and DMARC over 10,000 new random zones and DKIM over as many messages, beside each of the implementations they are compared
 * with, the reader over a million mutated bounces; then the property tests, over and over with new seeds, until the time is up (the first three
 * are run whole, and take about 20 minutes by themselves). The first thing that fails ends it.
 */

import { randomInt } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endWithStarter, ROOT, runTool } from "./process.ts";
import { neutralEnvironment } from "./settings.ts";
import { provideReferences, skipped } from "./references.ts";

const ZONES = 10_000;
const MESSAGES = 10_000;
const BOUNCES = 1_000_000;

const { values } = parseArgs({ options: { minutes: { type: "string", default: "5" } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes is "${values.minutes}"; it takes a number above 0.`);
  process.exit(1);
}

endWithStarter();
const end = Date.now() + minutes * 60_000;

const missing = skipped(await provideReferences());
if (missing !== null) console.error(missing);
console.log(`SPF over ${ZONES} random zones beside each other implementation:`);
await vitest(["lib/spf/differential"], { SPF_FUZZ_RUNS: String(ZONES) }, /^\S.* cases \(.*/gm);

console.log(`DKIM and DMARC over ${MESSAGES} random messages and zones beside each other implementation:`);
await vitest(["lib/dkim/differential", "lib/dmarc/differential"], { DKIM_FUZZ_RUNS: String(MESSAGES), DMARC_FUZZ_RUNS: String(MESSAGES) }, /^(?:Open|Mail::)\S+ \d\S+: \S.*/gm);

console.log(`The reader over ${BOUNCES} mutated bounces:`);
await vitest(["lib/bounce/read.properties.test.ts"], { BOUNCE_FUZZ_RUNS: String(BOUNCES) }, null);

const files = globSync("{lib,app,components,scripts,e2e}/**/*.test.{ts,tsx}", { cwd: ROOT }).filter((file) => readFileSync(join(ROOT, file), "utf8").includes("fast-check"));
console.log(`${files.length} files of properties, until ${minutes} minutes are over:\n  ${files.sort().join("\n  ")}`);

let rounds = 0;
do {
  await vitest(files, {}, null);
  rounds += 1;
} while (Date.now() < end);
console.log(`${rounds} rounds, nothing found.`);
process.exit(0);

/** A failing property prints its seed and the smallest input that breaks it. Of what passes, the lines that match `shown` are printed. */
async function vitest(paths: readonly string[], more: NodeJS.ProcessEnv | Record<string, string>, shown: RegExp | null): Promise<void> {
  const { code, output } = await runTool("vitest/vitest.mjs", ["run", "--reporter=dot", ...paths], { quiet: true, env: { ...neutralEnvironment(), PROPERTY_SEED: String(randomInt(2 ** 31)), ...more } });
  if (code !== 0) {
    console.error(output);
    process.exit(1);
  }
  if (shown !== null) for (const line of output.match(shown) ?? []) console.log(`  ${line}`);
}
