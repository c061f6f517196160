/** Every kind of page, at both widths, in both themes and both languages: no fault that axe finds, nothing that scrolls sideways; and pictures to look at, in e2e/screenshots. */

import { test } from "@playwright/test";
import { CASES } from "./cases.ts";
import { expectNoAxeFaults, expectNoSidewaysScroll, makeReport } from "./page-helpers.ts";

const REPORTS = ["no-spf", "two-spf-records", "eleven-lookups", "twelve-lookups", "long-record", "dkim-revoked", "dmarc-not-aligned", "dns-servfail", "forwarder", "internationalised", "healthy"];
const PAGES = ["", "/docs", "/docs/replies/unauthenticated", "/docs/findings/spf/too-many-lookups", "/docs/records/spf", "/docs/kept", "/nowhere"];
/** Each width with each theme, each language with both. */
const LOOKS = [["en", "light", 1280], ["en", "dark", 390], ["ja", "light", 390], ["ja", "dark", 1280]] as const;

for (const [locale, colorScheme, width] of LOOKS) {
  test.describe(`${locale} ${colorScheme} ${width}`, () => {
    test.use({ colorScheme, viewport: { width, height: 844 } });

    for (const path of PAGES) {
      test(`/${locale}${path}`, async ({ page }) => {
        await page.goto(`/${locale}${path}`);
        await expectNoSidewaysScroll(page);
        await expectNoAxeFaults(page);
        await page.screenshot({ path: `e2e/screenshots/look/page${path.replaceAll("/", "-")}-${locale}-${colorScheme}-${width}.png`, fullPage: true });
      });
    }

    for (const id of REPORTS) {
      test(`the report of ${id}`, async ({ page, baseURL }) => {
        const asked = CASES.find((one) => one.id === id);
        const report = await makeReport(baseURL ?? "", { input: asked?.input ?? "", sendingIp: asked?.sendingIp, selectors: asked?.selectors });
        await page.goto(`/${locale}/r/${report.id}`);
        await expectNoSidewaysScroll(page);
        // All that is seen now is seen unfolded too: axe goes over it folded in one look only, to see that it holds so as well.
        if (locale === "en" && width === 390) await expectNoAxeFaults(page);
        await page.screenshot({ path: `e2e/screenshots/look/report-${id}-${locale}-${colorScheme}-${width}.png`, fullPage: true });
        // What is folded away must hold as well.
        await page.waitForLoadState("networkidle");
        await page.evaluate(() => document.querySelectorAll("details").forEach((element) => element.setAttribute("open", "")));
        await expectNoSidewaysScroll(page);
        await expectNoAxeFaults(page);
      });
    }
  });
}
