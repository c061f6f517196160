/**
 * Every kind of page and state in both languages and both themes: no fault that axe finds, and nothing that scrolls sideways at any
 * width. `npm run shots` makes the pictures to look at.
 *
 * Colours are those of the theme and words those of the language, whichever go together: so axe goes over English in the light, on
 * a telephone, and over Japanese in the dark, on a desk. Widths cost no more than a new size: each page is looked at in all of them.
 */

import { expect, type Page, test } from "@playwright/test";
import { LOCALES, type Locale, translator } from "../lib/messages/translate.ts";
import { startApp } from "../scripts/app-server.ts";
import { CASES } from "./cases.ts";
import { expectNoAxeFaults, expectNoSidewaysScroll, makeReport, openListening, submitForm } from "./page-helpers.ts";

const REPORTS = ["no-spf", "two-spf-records", "eleven-lookups", "twelve-lookups", "long-record", "dkim-revoked", "dmarc-not-aligned", "dns-servfail", "forwarder", "internationalised", "healthy"];
const PAGES = ["", "/docs", "/docs/replies/unauthenticated", "/docs/findings/spf/too-many-lookups", "/docs/records/spf", "/docs/kept", "/nowhere", `/r/${"A".repeat(22)}`];
/** WCAG 1.4.10 asks for 320; 640 is a desk at 200 % (WCAG 1.4.4). The last is where axe looks. */
const WIDTHS = { en: [1280, 640, 320, 390], ja: [320, 390, 640, 1280] } as const;
const THEME = { en: "light", ja: "dark" } as const;

for (const path of PAGES) {
  test(`the page ${path === "" ? "/" : path}`, async ({ page }) => {
    for (const locale of LOCALES) {
      await open(page, locale, `/${locale}${path}`);
      await expectHolds(page, locale);
    }
  });
}

for (const id of REPORTS) {
  test(`the report of ${id}`, async ({ page, baseURL }) => {
    const report = await makeReport(baseURL ?? "", CASES.find((one) => one.id === id) ?? {});
    for (const locale of LOCALES) {
      await open(page, locale, `/${locale}/r/${report.id}`);
      await expectFits(page, locale);
      // All that is seen folded is seen unfolded too: that it holds so as well is looked at once.
      if (id === "no-spf") await expectNoAxeFaults(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((element) => element.setAttribute("open", "")));
      await expectHolds(page, locale);
    }
  });
}

test("a term that was asked about", async ({ page, baseURL }) => {
  const report = await makeReport(baseURL ?? "", CASES.find(({ id }) => id === "no-spf") ?? {});
  for (const locale of LOCALES) {
    await open(page, locale, `/${locale}/r/${report.id}`);
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 844 });
      await page.getByRole("heading", { level: 1 }).getByRole("button", { name: "SPF" }).click();
      const entry = page.getByRole("dialog", { name: translator(locale)("terms.spf.name"), exact: true });
      await expect(entry).toBeInViewport({ ratio: 1 });
      await expectNoSidewaysScroll(page);
      if (width === 320) await expectNoAxeFaults(page);
      await page.keyboard.press("Escape");
      await expect(entry).toBeHidden();
    }
  }
});

test("an error at the form", async ({ page }) => {
  for (const locale of LOCALES) {
    await open(page, locale, `/${locale}`);
    await submitForm(page, { input: "linden-clinic.test", sendingIp: "192.0.2.999" }, locale);
    await expect(page.getByRole("alert").filter({ hasText: "192.0.2.999" })).toBeVisible();
    await expectHolds(page, locale);
  }
});

test("a report that can't be read right now", async ({ page }) => {
  // A file is no folder: there the store cannot be.
  const app = await startApp({ settings: { REBOUND_DNS_SERVERS: process.env.REBOUND_E2E_DNS ?? "", DATABASE_URL: "file:package.json/rebound.db" } });
  try {
    for (const locale of LOCALES) {
      await open(page, locale, `${app.url}/${locale}/r/${"A".repeat(22)}`);
      await expect(page.getByRole("heading", { name: translator(locale)("report.unavailable.title") })).toBeVisible();
      await expectHolds(page, locale);
    }
  } finally {
    await app.stop();
  }
});

/** Axe is itself a script: without them its eyes are shut. */
test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("form, error and report", async ({ page, baseURL }) => {
    const report = await makeReport(baseURL ?? "", CASES.find(({ id }) => id === "long-record") ?? {});
    for (const locale of LOCALES) {
      await open(page, locale, `/${locale}`);
      await submitForm(page, { input: "localhost" }, locale);
      await expect(page.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
      await expectFits(page, locale);
      await open(page, locale, `/${locale}/r/${report.id}`);
      await expectFits(page, locale);
      // What a script alone can do is not offered; a term can be asked about all the same.
      await expect(page.getByRole("button", { name: translator(locale)("report.copy.value") })).toHaveCount(0);
      await page.getByRole("heading", { level: 1 }).getByRole("button", { name: "SPF" }).click();
      await expect(page.getByRole("dialog", { name: translator(locale)("terms.spf.name"), exact: true })).toBeVisible();
    }
  });
});

test("what is at fault is noticed by these measurements", async ({ page }) => {
  await openListening(page, "/en");
  await page.evaluate(() => {
    const faint = document.createElement("p");
    faint.textContent = "faint";
    faint.style.color = "#ccc";
    faint.style.width = "3000px";
    // Not within what React may still be taking over: it would put back what it knows.
    document.body.append(faint, document.createElement("button"));
  });
  await expect(expectNoSidewaysScroll(page)).rejects.toThrow();
  await expect(expectNoAxeFaults(page)).rejects.toThrow(/button-name[\s\S]*color-contrast/);
});

test("nothing moves for whoever asked for that", async ({ page, baseURL }) => {
  const report = await makeReport(baseURL ?? "", CASES.find(({ id }) => id === "no-spf") ?? {});
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const path of ["/en", `/en/r/${report.id}`]) {
    await page.goto(path);
    const longest = await page.evaluate(() => Math.max(...[...document.querySelectorAll("*")].flatMap((element) => [getComputedStyle(element).transitionDuration, getComputedStyle(element).animationDuration].flatMap((all) => all.split(",").map((one) => Number.parseFloat(one))))));
    expect(longest, "seconds").toBeLessThan(0.001);
  }
});

async function open(page: Page, locale: Locale, path: string): Promise<void> {
  await page.emulateMedia({ colorScheme: THEME[locale] });
  await page.setViewportSize({ width: WIDTHS[locale][0], height: 844 });
  await page.goto(path);
}

async function expectHolds(page: Page, locale: Locale): Promise<void> {
  await expectFits(page, locale);
  await expectNoAxeFaults(page);
}

async function expectFits(page: Page, locale: Locale): Promise<void> {
  for (const width of WIDTHS[locale]) {
    await page.setViewportSize({ width, height: 844 });
    await expectNoSidewaysScroll(page);
  }
}
