/** The first screen of a report, on a telephone and on a desk: what happened, why, what to do, who does it, and what to paste with its copy button. */

import { expect, type Page, test } from "@playwright/test";
import { reportSchema } from "../lib/diagnosis/report.ts";
import { LOCALES, type Locale, translator } from "../lib/messages/translate.ts";
import { CASES } from "./cases.ts";
import { makeReport } from "./page-helpers.ts";

const SCREENS = [[390, 844], [1280, 800]] as const;
/** So much of the value has to be seen at least on a telephone: a line and a half. */
const LEAST_OF_VALUE = 36;
/** Name servers that fail keep the others waiting, and have no record to paste. */
const WITHOUT_ANSWERS: readonly string[] = ["dns-servfail", "dns-timeout", "dns-refused", "dnssec-bogus", "include-unanswered"];
/** The longest values, sentences and questions: looked at in both languages. Of the others every second one in each. */
const LONGEST: readonly string[] = ["eleven-lookups", "twelve-lookups", "long-record", "ptr-missing", "dmarc-not-aligned", "void-lookups"];

for (const locale of LOCALES) {
  test(`${locale}: what there is to paste, and all that has to be known first`, async ({ page, baseURL }) => {
    const cases = CASES.filter(({ id }, index) => !WITHOUT_ANSWERS.includes(id) && (LONGEST.includes(id) || (index % 2 === 0) === (locale === "en")));
    let seen = 0;
    for (const { id, input, sendingIp, selectors } of cases) {
      const made = await makeReport(baseURL ?? "", { input, sendingIp, selectors });
      const report = reportSchema.parse(made);
      if (!report.fixes.some(({ advice }) => !advice)) continue;
      seen += 1;
      await page.goto(`/${locale}/r/${report.id}`);
      for (const [width, height] of SCREENS) {
        await page.setViewportSize({ width, height });
        const ends = await endsOnPage(page, locale);
        for (const [what, end] of Object.entries(ends)) expect.soft(what === "value" && width === 390 ? Math.min(end.bottom, end.top + LEAST_OF_VALUE) : end.bottom, `${id}, ${width} px: ${what}`).toBeLessThanOrEqual(height);
      }
    }
    expect(seen).toBeGreaterThan(15);
  });
}

interface Ends {
  readonly top: number;
  readonly bottom: number;
}

/** Where each thing begins and ends, in pixels from the top of the page; below all screens where it is missing. */
async function endsOnPage(page: Page, locale: Locale): Promise<Readonly<Record<string, Ends>>> {
  const t = translator(locale);
  const copies = [t("report.copy.value"), t("report.copy.question"), t("report.copy.subdomain-value")];
  return page.evaluate((labels) => {
    const verdict = document.querySelector('section[aria-labelledby="verdict"]');
    const card = document.querySelector('section[aria-labelledby="cure-1-heading"]');
    const found = {
      state: verdict?.querySelector(".badge"),
      cause: verdict?.querySelector("h1"),
      "what to do": verdict?.querySelector("[data-act]"),
      "who does it": verdict?.querySelector("[data-who]"),
      value: card?.querySelector("[data-fix-value], [data-question], pre"),
      "copy button": [...(card?.querySelectorAll("button") ?? [])].find((button) => labels.includes(button.getAttribute("aria-label") ?? "")),
    };
    return Object.fromEntries(
      Object.entries(found).map(([what, element]) => {
        const box = element?.getBoundingClientRect();
        const isSeen = box !== undefined && box.height > 0 && box.width > 0;
        return [what, isSeen ? { top: box.top + window.scrollY, bottom: box.bottom + window.scrollY } : { top: 1e6, bottom: 1e6 }];
      }),
    );
  }, copies);
}

test("a long value is shown in part and whole when asked, and always copied whole", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const t = translator("en");
  const asked = CASES.find(({ id }) => id === "long-record");
  const { id } = await makeReport(baseURL ?? "", { input: asked?.input });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/en/r/${id}`);
  const value = page.locator("[data-fix-value]").first();
  const shown = () => value.evaluate((element) => (element.closest(".flow-root") ?? element).getBoundingClientRect().height);
  const whole = await value.evaluate((element) => element.getBoundingClientRect().height);
  expect(await shown()).toBeLessThan(whole);
  await page.getByRole("button", { name: t("report.copy.value") }).first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(asked?.expect.fixValue);
  await page.getByText(t("report.fix.whole")).first().press("Enter");
  expect(await shown()).toBeGreaterThanOrEqual(whole);
});
