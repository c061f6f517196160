/** The production build, made when it is missing or older than the sources it was made of. */

import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { locked } from "./lock.mjs";
import { ROOT, runTool } from "./process.ts";
import { neutralEnvironment } from "./settings.ts";

const STAMP = join(ROOT, ".next", "rebound-sources");
const SOURCES = ["app/**", "components/**", "lib/**", "public/**", "*.config.*", "proxy.ts", "instrumentation.ts", "package.json", "package-lock.json"];

/** Null when the build stands, else what the build said. */
export async function ensureBuilt(): Promise<string | null> {
  if (isFresh()) return null;
  return locked(join(ROOT, ".cache", "lock-build"), "build", () => (isFresh() ? null : build()));
}

async function build(): Promise<string | null> {
  const started = performance.now();
  const sources = sourceHash();
  console.error("Building…");
  rmSync(STAMP, { force: true });
  const { code, output } = await runTool("next/dist/bin/next", ["build"], { quiet: true, env: { ...neutralEnvironment(), NODE_ENV: "production" } });
  if (code !== 0) return `${output}\nThe build failed (exit code ${code}).`;
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, sources);
  console.error(`Built in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  return null;
}

function isFresh(): boolean {
  return existsSync(STAMP) && existsSync(join(ROOT, ".next", "BUILD_ID")) && readFileSync(STAMP, "utf8") === sourceHash();
}

/** Of every file that the build reads, and the Node that it is built on. */
function sourceHash(): string {
  const files = globSync(SOURCES, { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256").update(process.version);
  for (const file of files) hash.update(`\0${file.slice(ROOT.length)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}
