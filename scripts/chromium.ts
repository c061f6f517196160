/** A Chromium for the end-to-end tests: one that is installed, else Debian's package, else Playwright's own. */

import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { apt, isRootOnDebian } from "./debian-package.ts";
import { run, runTool } from "./process.ts";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Nothing of its own in the background, and no graphics processor: for tests, pictures and measurements. */
export const CHROMIUM_FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] as const;

/** The same for whoever starts Chromium without Playwright: as root it has no sandbox. */
export function chromiumFlags(): string[] {
  return [...CHROMIUM_FLAGS, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
}

export type Provided = { readonly ok: true; /** Null: Playwright finds its own. */ readonly path: string | null } | { readonly ok: false; readonly output: string };

export async function provideChromium(): Promise<Provided> {
  const asked = process.env.CHROMIUM_PATH;
  if (asked !== undefined && asked !== "") return (await works(asked)) ? { ok: true, path: asked } : { ok: false, output: `CHROMIUM_PATH is ${asked}, which does not run.` };
  await provideJapaneseFonts();
  return (await installed()) ?? (await debianPackage()) ?? playwrightsOwn();
}

async function installed(): Promise<Provided | null> {
  for (const path of INSTALLED) if (await works(path)) return { ok: true, path };
  return existsSync(chromium.executablePath()) ? { ok: true, path: null } : null;
}

async function works(path: string): Promise<boolean> {
  return existsSync(path) && (await run(path, ["--version"], { quiet: true })).code === 0;
}

async function debianPackage(): Promise<Provided | null> {
  if (!isRootOnDebian()) return null;
  console.error("Installing Debian's chromium…");
  const result = await apt(["chromium"]);
  return result.code === 0 && (await works("/usr/bin/chromium")) ? { ok: true, path: "/usr/bin/chromium" } : { ok: false, output: result.output };
}

async function playwrightsOwn(): Promise<Provided> {
  console.error("Installing Playwright's chromium…");
  const result = await runTool("@playwright/test/cli.js", ["install", "chromium"], { quiet: true });
  return result.code === 0 ? { ok: true, path: null } : { ok: false, output: result.output };
}

/** Only for what the screenshots look like: when they cannot be had, the tests run all the same. */
async function provideJapaneseFonts(): Promise<void> {
  if (!isRootOnDebian() || existsSync("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")) return;
  const known = await run("fc-list", [":lang=ja", "family"], { quiet: true });
  if (known.code === 0 && known.output.trim() !== "") return;
  console.error("Installing Debian's fonts-noto-cjk…");
  await apt(["fonts-noto-cjk"]);
}
