/**
 * `npm test`: every check, one after another. A failing stage does not stop the others; one that crashes, or in which nothing
 * ran, has failed. The last line is `N passed, N failed`.
 */

import { mkdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { ensureBuilt } from "./build.ts";
import { provideChromium } from "./chromium.ts";
import { provideMailTools } from "./mail-tools.ts";
import { providePgbouncer, providePostgres } from "./postgres.ts";
import { endWithStarter, ROOT, run, runTool } from "./process.ts";
import { neutralEnvironment } from "./settings.ts";
import { provideReferences, skipped } from "./references.ts";
import { checked, type Count, playwrightCount, vitestCount, vitestFailures } from "./test-count.ts";

const RESULTS = join(ROOT, ".cache", "test");
/** Of a failure told again at the end, in characters. */
const LONGEST_MESSAGE = 2_000;
const env = neutralEnvironment();

endWithStarter();
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

interface Stage {
  readonly name: string;
  readonly run: () => Promise<Count>;
}

const STAGES: readonly Stage[] = [
  { name: "chromium", run: chromium },
  { name: "references", run: references },
  { name: "postgresql", run: postgres },
  { name: "lint", run: async () => checked(await runTool("eslint/bin/eslint.js", ["."], { env })) },
  { name: "types", run: types },
  { name: "imports", run: async () => checked(await runTool("dependency-cruiser/bin/dependency-cruiser.mjs", ["--config", "dependency-cruiser.config.mjs", "app", "components", "lib", "instrumentation.ts", "proxy.ts", "scripts", "e2e", "bench"], { env })) },
  { name: "unused", run: async () => checked(await runTool("knip/bin/knip.js", ["--no-progress", "--no-config-hints"], { env })) },
  { name: "unit", run: unit },
  { name: "build", run: build },
  { name: "end to end", run: endToEnd },
];

let chromiumPath: string | null = null;
let hasBuild = false;

const results: { readonly name: string; readonly count: Count; readonly seconds: number }[] = [];
for (const stage of STAGES) {
  console.log(`\n── ${stage.name} ──`);
  const started = performance.now();
  const count = await stage.run();
  results.push({ name: stage.name, count, seconds: (performance.now() - started) / 1000 });
}

console.log("");
for (const { name, message } of vitestFailures(join(RESULTS, "unit.json"))) console.log(`FAILED ${relative(ROOT, name)}\n${message.slice(0, LONGEST_MESSAGE)}\n`);
for (const { name, count, seconds } of results) console.log(`${name.padEnd(12)} ${`${count.passed} passed, ${count.failed} failed${count.skipped === 0 ? "" : `, ${count.skipped} skipped`}`.padEnd(36)} ${seconds.toFixed(0)} s`);
const sum = (part: keyof Count) => results.reduce((total, { count }) => total + count[part], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
process.exit(sum("failed") === 0 ? 0 : 1);

async function chromium(): Promise<Count> {
  const provided = await provideChromium();
  if (!provided.ok) {
    console.error(provided.output);
    return checked({ code: 1 });
  }
  chromiumPath = provided.path;
  console.log(provided.path ?? "Playwright's own");
  // Having a browser is no test.
  return { passed: 0, failed: 0, skipped: 0 };
}

/** Not to have them is no failure: their tests are counted as skipped, in the stages "unit" and "end to end". */
async function references(): Promise<Count> {
  console.log(skipped(await provideReferences()) ?? "Other implementations of SPF, DKIM and DMARC are here.");
  const mail = await provideMailTools();
  console.log(mail.length === 0 ? "Postfix, OpenDKIM and swaks" : `SKIPPED: ${mail.join(", ")} cannot be had here, so no test mail comes from a real mail server.`);
  return { passed: 0, failed: 0, skipped: 0 };
}

/** Not to have one is no failure: its tests are counted as skipped, in the stages "unit" and "end to end". */
async function postgres(): Promise<Count> {
  console.log((await providePostgres()) ?? "SKIPPED: PostgreSQL cannot be had here, so what is kept in it is NOT TESTED: neither the store nor the app over it.");
  console.log((await providePgbouncer()) ?? "SKIPPED: PgBouncer cannot be had here, so the store with a pooler in front of PostgreSQL is NOT TESTED.");
  return { passed: 0, failed: 0, skipped: 0 };
}

async function types(): Promise<Count> {
  const generated = await runTool("next/dist/bin/next", ["typegen"], { quiet: true, env });
  if (generated.code !== 0) console.error(generated.output);
  return checked(await run(process.execPath, [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "--noEmit", "-p", "."], { env }));
}

async function unit(): Promise<Count> {
  const file = join(RESULTS, "unit.json");
  const { code } = await runTool("vitest/vitest.mjs", ["run", "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`], { env });
  return vitestCount(file, code);
}

async function build(): Promise<Count> {
  const failed = await ensureBuilt();
  if (failed !== null) console.error(failed);
  hasBuild = failed === null;
  return checked({ code: hasBuild ? 0 : 1 });
}

async function endToEnd(): Promise<Count> {
  if (!hasBuild) {
    console.error("There is no build to test.");
    return checked({ code: 1 });
  }
  const file = join(RESULTS, "e2e.json");
  const { code } = await runTool("@playwright/test/cli.js", ["test"], { env: { ...env, CHROMIUM_PATH: chromiumPath ?? "" } });
  return playwrightCount(file, code);
}
