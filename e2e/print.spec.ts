/** The report on paper: nothing cut off or folded, nothing too small to read, the record whole on the first sheet, and the way back to the page. */

import { expect, type Page, test } from "@playwright/test";
import type { Locale } from "../lib/messages/translate.ts";
import { CASES } from "./cases.ts";
import { makeReport } from "./page-helpers.ts";

/** What is left of a sheet between the margins of `@page`, in CSS pixels. */
const SHEETS = { A4: { width: 703, height: 1009 }, Letter: { width: 725, height: 942 } } as const;
/** Nine points. */
const LEAST_FONT = 12;

const PRINTED: readonly { readonly id: string; readonly locale: Locale; readonly format: keyof typeof SHEETS; readonly colorScheme: "light" | "dark" }[] = [
  { id: "no-spf", locale: "en", format: "A4", colorScheme: "dark" },
  { id: "eleven-lookups", locale: "ja", format: "A4", colorScheme: "light" },
  { id: "long-record", locale: "en", format: "Letter", colorScheme: "light" },
  { id: "dmarc-not-aligned", locale: "en", format: "A4", colorScheme: "light" },
  { id: "two-spf-records", locale: "ja", format: "Letter", colorScheme: "dark" },
];

for (const { id, locale, format, colorScheme } of PRINTED) {
  test(`${id} on ${format}, ${locale}, from a ${colorScheme} page`, async ({ page, baseURL }) => {
    const asked = CASES.find((one) => one.id === id);
    const report = await makeReport(baseURL ?? "", { input: asked?.input, sendingIp: asked?.sendingIp, selectors: asked?.selectors });
    const sheet = SHEETS[format];
    await page.setViewportSize({ width: sheet.width, height: sheet.height });
    await page.emulateMedia({ media: "print", colorScheme });
    await page.goto(`/${locale}/r/${report.id}`);
    const first = page.getByRole("main").locator("section").first();
    await expect(first).toContainText(report.url);
    await expect(first.getByText(report.url)).toBeVisible();
    await expect(first.locator("time").first()).toBeVisible();
    // The foot of each sheet says it too, once the page's script has run.
    await expect.poll(() => page.evaluate(() => document.documentElement.style.getPropertyValue("--printed-from"))).toContain(`/r/${report.id}`);

    const seen = await faultsOnPaper(page, LEAST_FONT);
    expect(seen).toEqual({ beyond: [], cut: [], small: [], folded: [], pressed: [] });

    const values = page.locator("[data-fix-value], [data-question]").filter({ visible: true });
    const bottom = await values.first().evaluate((element) => element.getBoundingClientRect().bottom + window.scrollY);
    expect(bottom).toBeLessThan(sheet.height);

    const pdf = await page.pdf({ format });
    const pages = pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
    const height = await page.evaluate(() => document.body.scrollHeight);
    expect(pages).toBeGreaterThanOrEqual(Math.floor(height / sheet.height));
    // What is kept together leaves room at a sheet's foot, never half of each.
    expect(pages).toBeLessThanOrEqual(Math.ceil((height / sheet.height) * 1.25) + 1);
  });
}

/** By the first words of each: what the sheet's edge or a box cuts off, what is printed too small, is folded away, or can only be pressed. */
async function faultsOnPaper(page: Page, leastFont: number) {
  return page.evaluate((least) => {
    const words = (element: Element) => `${element.tagName.toLowerCase()} ${(element.textContent ?? "").trim().slice(0, 40)}`;
    // What is only to be heard is a pixel wide.
    const isSeen = (element: Element) => element.checkVisibility({ contentVisibilityAuto: true }) && element.closest(".sr-only, svg, [popover], dialog") === null;
    const seen = [...document.querySelectorAll("body *")].filter(isSeen);
    const hasText = (element: Element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.nodeValue ?? "").trim() !== "");
    const width = document.documentElement.clientWidth;
    return {
      beyond: seen.filter((element) => element.getBoundingClientRect().right > width + 1).map(words),
      cut: seen.filter((element) => getComputedStyle(element).overflowY !== "visible" && (element.scrollHeight > element.clientHeight + 2 || element.scrollWidth > element.clientWidth + 2)).map(words),
      small: seen.filter((element) => hasText(element) && parseFloat(getComputedStyle(element).fontSize) < least - 0.01).map(words),
      folded: [...document.querySelectorAll("main details > :not(summary)")].filter((part) => !part.checkVisibility({ contentVisibilityAuto: true }) && part.closest("[popover], dialog, .print\\:hidden") === null).map(words),
      pressed: seen.filter((element) => element.matches("button:not([popovertarget]), input, select, textarea")).map(words),
    };
  }, leastFont);
}
