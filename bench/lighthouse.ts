/** Lighthouse over our pages as the production build serves them, as on a phone and on a desktop. */

import { chromium } from "@playwright/test";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig, type Result } from "lighthouse";
import { chromiumFlags, provideChromium } from "../scripts/chromium.ts";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;
/** Of performance the median is told: the machine's own noise is in it. */
const RUNS = 3;

export interface LighthouseScore {
  readonly path: string;
  readonly preset: "mobile" | "desktop";
  /** 0 to 100: the median; of performance also the lowest and the highest. */
  readonly performance: number;
  readonly performanceFrom: number;
  readonly performanceTo: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly seo: number;
  /** Without the audit "is-crawlable": a report is not to be found by search engines, by contract. */
  readonly seoWithoutCrawling: number;
  /** Milliseconds, and the shift of the layout. */
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly blocked: number;
  readonly shift: number;
  /** Audits that took points in any run, with their category. */
  readonly lost: readonly string[];
}

/** Null where there is no Chromium. */
export async function lighthouseScores(origin: string, paths: readonly string[]): Promise<readonly LighthouseScore[] | null> {
  const provided = await provideChromium();
  if (!provided.ok) return null;
  const path = provided.path ?? chromium.executablePath();
  const scores: LighthouseScore[] = [];
  for (const page of paths) {
    for (const preset of ["mobile", "desktop"] as const) {
      const runs: Result[] = [];
      for (let turn = 0; turn < RUNS; turn++) runs.push(await audit(`${origin}${page}`, preset, path));
      scores.push(scoreOf(page, preset, runs));
    }
  }
  return scores;
}

/** A browser of its own each time: what an earlier page left in it would count. On a busy machine a trace fails now and then, and is taken again. */
async function audit(url: string, preset: "mobile" | "desktop", chromePath: string, triesLeft = 2): Promise<Result> {
  const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", ...chromiumFlags()] });
  const result = await lighthouse(url, { port: chrome.port, output: "json", logLevel: "silent", onlyCategories: [...CATEGORIES] }, preset === "desktop" ? desktopConfig : undefined).finally(() => chrome.kill());
  if (result !== undefined && result.lhr.runtimeError === undefined) return result.lhr;
  if (triesLeft > 0) return audit(url, preset, chromePath, triesLeft - 1);
  throw new Error(`${url}: ${result?.lhr.runtimeError?.message ?? "Lighthouse gave nothing"}`);
}

function scoreOf(path: string, preset: "mobile" | "desktop", runs: readonly Result[]): LighthouseScore {
  const each = (category: string) => runs.map(({ categories }) => Math.round((categories[category]?.score ?? 0) * 100));
  const score = (category: string) => median(each(category));
  const value = (audit: string) => median(runs.map(({ audits }) => audits[audit]?.numericValue ?? Number.NaN));
  return {
    path,
    preset,
    performance: score("performance"),
    performanceFrom: Math.min(...each("performance")),
    performanceTo: Math.max(...each("performance")),
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
    seo: score("seo"),
    seoWithoutCrawling: median(runs.map((run) => Math.round(scoreWithout(run, "seo", "is-crawlable") * 100))),
    firstPaint: value("first-contentful-paint"),
    largestPaint: value("largest-contentful-paint"),
    blocked: value("total-blocking-time"),
    shift: value("cumulative-layout-shift"),
    lost: [...new Set(runs.flatMap(lostAudits))],
  };
}

/** A category's score as Lighthouse weighs it, with one audit left out, as its `skipAudits` would. */
function scoreWithout({ categories, audits }: Result, category: string, left: string): number {
  const weighed = (categories[category]?.auditRefs ?? []).filter(({ id, weight }) => id !== left && weight > 0);
  const weight = weighed.reduce((sum, ref) => sum + ref.weight, 0);
  return weighed.reduce((sum, ref) => sum + ref.weight * (audits[ref.id]?.score ?? 0), 0) / weight;
}

function lostAudits({ categories, audits }: Result): string[] {
  return Object.entries(categories).flatMap(([name, { auditRefs }]) => auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 0) < 0.9).map(({ id }) => `${name}: ${id}`));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
