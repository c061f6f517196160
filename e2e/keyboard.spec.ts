/** The whole way by keyboard alone, and in the order in which a screen reader tells it. */

import { expect, type Locator, type Page, test } from "@playwright/test";
import { LOCALES, translator } from "../lib/messages/translate.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";
import { makeReport, openListening } from "./page-helpers.ts";

const BOUNCE = smtpReply(GMAIL.unauthenticated("millstone-bakery.test", "192.0.2.11"));
const VALUE = "v=spf1 mx ~all";
/** More stops than this between two acts would be a way that nobody goes. */
const MOST_TABS = 40;

async function tabTo(page: Page, goal: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    await page.keyboard.press(key);
    if (await goal.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Not reached within ${MOST_TABS} presses of Tab.`);
}

test("form, report, term, copy, check again, delete", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const t = translator("en");
  await openListening(page, "/en");
  await tabTo(page, page.getByLabel(t("form.label"), { exact: true }));
  await page.keyboard.insertText(BOUNCE);
  await tabTo(page, page.getByRole("button", { name: t("form.submit") }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/r\//);
  const first = page.url();

  // A term opens where it stands, has the focus, and gives it back.
  const term = page.getByRole("heading", { level: 1 }).getByRole("button", { name: "SPF" });
  const entry = page.getByRole("dialog", { name: t("terms.spf.name"), exact: true });
  await tabTo(page, term);
  await page.keyboard.press("Enter");
  await expect(entry).toBeFocused();
  await expect(entry.getByRole("img", { name: t("terms.picture.spf.title") })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(entry.getByRole("button", { name: t("terms.close") })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(entry).toBeHidden();
  await expect(term).toBeFocused();

  await tabTo(page, page.getByRole("button", { name: t("report.copy.value") }).first());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: t("report.copy.done") })).toHaveCount(1);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(VALUE);

  await page.reload();
  await tabTo(page, page.getByRole("button", { name: t("report.recheck.label") }));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname.startsWith("/en/r/") && url.href !== first);

  const remove = page.locator("summary").filter({ hasText: t("report.keep.delete") });
  // From the end of the page backwards: the act that can't be undone stands last.
  await tabTo(page, remove, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: t("report.keep.confirmButton") })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(/deleted=1/);
  await expect(page.getByRole("status").filter({ hasText: t("form.deleted") })).toBeVisible();
});

test("the skip link leads past the header", async ({ page }) => {
  await openListening(page, "/en");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: translator("en")("site.skip") })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

for (const locale of LOCALES) {
  test(`${locale}: landmarks and headings, in the order of their weight`, async ({ page, baseURL }) => {
    const t = translator(locale);
    const { id } = await makeReport(baseURL ?? "", { input: BOUNCE });
    await page.goto(`/${locale}/r/${id}`);
    const name = (text: string) => JSON.stringify(text);
    const cause = name(t("finding.spf.missing.title", { domain: "millstone-bakery.test", reason: "" }));
    await expect(page.locator("body")).toMatchAriaSnapshot(`
      - link ${name(t("site.skip"))}
      - banner:
        - navigation ${name(t("site.menu"))}
      - main:
        - region ${cause}:
          - text: ${t("word.outcome.refused")}
          - heading ${cause} [level=1]
        - region ${name(t("report.fix.heading.paste"))}:
          - heading ${name(t("report.fix.heading.paste"))} [level=2]
          - list:
            - listitem:
              - region ${name(t("report.fix.title.create", { type: "TXT" }))}:
                - heading ${name(t("report.fix.title.create", { type: "TXT" }))} [level=3]
        - navigation ${name(t("report.contents.label"))}
        - region ${name(t("report.scores.heading"))}:
          - heading ${name(t("report.scores.heading"))} [level=2]
        - region ${name(t("report.engineers.heading"))}:
          - heading ${name(t("report.engineers.heading"))} [level=2]
        - region ${name(t("report.keep.heading"))}:
          - heading ${name(t("report.keep.heading"))} [level=2]
      - contentinfo
    `);
    // No level is left out on the way down.
    const levels = await page.getByRole("main").getByRole("heading").evaluateAll((all) => all.map((heading) => Number(heading.tagName.slice(1))));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });
}
