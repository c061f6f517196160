/** The form: with and without scripts, with whatever people put in. */

import { expect, test } from "@playwright/test";
import { LOCALES, translator } from "../lib/messages/translate.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";
import { openListening, submitForm } from "./page-helpers.ts";

const BOUNCE = smtpReply(GMAIL.unauthenticated("millstone-bakery.test", "192.0.2.11"));
const NO_DOMAIN = "550 5.7.26 This mail is unauthenticated, which poses a security risk to the sender and Gmail users, and has been blocked. d2e1a72fcca58 - gsmtp";

test("each example leads to a report", async ({ page }) => {
  await page.goto("/");
  const t = translator("en");
  const examples = page.getByRole("list", { name: t("form.example.title") }).getByRole("link");
  await expect(examples).toHaveCount(3);
  const outcomes = new Set<string>();
  for (const place of [0, 1, 2]) {
    await page.goto("/");
    await examples.nth(place).click();
    await expect(page.getByLabel(t("form.label"), { exact: true })).not.toHaveValue("");
    await page.getByRole("button", { name: t("form.submit") }).click();
    await page.waitForURL(/\/r\//);
    outcomes.add((await page.getByRole("heading", { level: 1 }).textContent()) ?? "");
  }
  expect(outcomes.size).toBe(3);
});

const BAD: [what: string, input: string, code: "empty" | "not-a-bounce" | "no-domain" | "public-suffix" | "private-name" | "ip-address"][] = [
  ["blanks", "   \n ", "empty"],
  ["words", "please help, my mail comes back", "not-a-bounce"],
  ["a bounce without a domain", NO_DOMAIN, "no-domain"],
  ["a top-level domain", "com", "public-suffix"],
  ["localhost", "localhost", "private-name"],
  ["an address of a machine", "192.0.2.1", "ip-address"],
];

for (const locale of LOCALES) {
  const t = translator(locale);
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`${locale}, ${javaScriptEnabled ? "with" : "without"} scripts`, () => {
      test.use({ javaScriptEnabled, locale: locale === "ja" ? "ja-JP" : "en-US" });

      for (const [what, input, code] of BAD) {
        test(`${what}: the error, and the text still in the field`, async ({ page }) => {
          await page.goto("/");
          await submitForm(page, { input }, locale);
          const alert = page.getByRole("alert").filter({ hasText: /\S/ }).first();
          await expect(alert).toBeVisible();
          const values = { domain: input, ip: input };
          await expect(alert).toContainText(t(`error.${code}.message`, values));
          await expect(page.getByLabel(t("form.label"), { exact: true })).toHaveValue(input);
        });
      }

      test("just the missing domain is asked for, and then the report comes", async ({ page }) => {
        await page.goto("/");
        await submitForm(page, { input: NO_DOMAIN }, locale);
        const domain = page.getByLabel(t("form.domain.label"), { exact: true });
        await expect(domain).toBeVisible();
        await domain.fill("millstone-bakery.test");
        await page.getByRole("button", { name: t("form.submit") }).click();
        await page.waitForURL(/\/r\//);
        await expect(page.getByRole("main")).toContainText("v=spf1 mx ~all");
      });

      test("an invalid sending address is told at its field", async ({ page }) => {
        await page.goto("/");
        await submitForm(page, { input: "linden-clinic.test", sendingIp: "192.0.2.999" }, locale);
        await expect(page.getByRole("alert").filter({ hasText: "192.0.2.999" })).toBeVisible();
        await expect(page.getByLabel(t("form.ip.label"), { exact: true })).toHaveValue("192.0.2.999");
        await expect(page.getByLabel(t("form.label"), { exact: true })).toHaveValue("linden-clinic.test");
      });

      test("a domain ends on the permalink", async ({ page }) => {
        await page.goto(`/${locale}`);
        await submitForm(page, { input: "millstone-bakery.test" }, locale);
        await page.waitForURL(new RegExp(`/${locale}/r/[A-Za-z0-9_-]{22}$`));
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        await expect(page.getByRole("main")).toContainText("v=spf1 mx ~all");
      });
    });
  }
}

test("300 KiB stays in the field, with a word about its size", async ({ page }) => {
  const t = translator("en");
  await openListening(page, "/");
  const input = `${"550 5.7.26 padding ".repeat(16_500)}`;
  await submitForm(page, { input });
  await expect(page.getByRole("alert").filter({ hasText: t("form.failed.tooLarge.message") })).toBeVisible();
  expect((await page.getByLabel(t("form.label"), { exact: true }).inputValue()).length).toBe(input.length);
});

test("a lost connection loses nothing", async ({ page }) => {
  const t = translator("en");
  await openListening(page, "/");
  await page.route("**/api/diagnoses", (route) => route.abort());
  await submitForm(page, { input: BOUNCE });
  await expect(page.getByRole("alert").filter({ hasText: t("form.failed.network.message") })).toBeVisible();
  await expect(page.getByLabel(t("form.label"), { exact: true })).toHaveValue(BOUNCE);
  await page.unroute("**/api/diagnoses");
  await page.getByRole("button", { name: t("form.submit") }).click();
  await page.waitForURL(/\/r\//);
});

test("by keyboard alone", async ({ page }) => {
  const t = translator("en");
  await openListening(page, "/");
  await page.getByLabel(t("form.label"), { exact: true }).focus();
  await page.keyboard.insertText("millstone-bakery.test");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: t("form.submit") })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/r\//);
  await expect(page.getByRole("main")).toContainText("v=spf1 mx ~all");
});
