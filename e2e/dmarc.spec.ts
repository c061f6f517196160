/** Gmail's requirements, the picture of alignment and the way to a stricter policy, as the report shows them. */

import { expect, test } from "@playwright/test";
import { translator } from "../lib/messages/translate.ts";
import { expectNoAxeFaults, expectNoSidewaysScroll, makeReport } from "./page-helpers.ts";

const NEWSLETTER = [
  "Received: from mail.blast-sender.test (mail.blast-sender.test. [198.51.100.70]) by mx.google.com with ESMTPS id x for <kim@gmail.com>; Tue, 24 Nov 2026 01:41:04 -0800 (PST)",
  "Return-Path: <b-1@blast-sender.test>", "From: Summit Travel <news@summit-travel.test>", "From: Summit Travel <news@summit-travel.test>", "To: kim@gmail.com", "Subject: Winter", "Date: Tue, 24 Nov 2026 09:41:04 +0000", "Message-ID: <1@blast-sender.test>",
  "List-Unsubscribe: <https://blast-sender.test/u?1>", "", "Hello",
].join("\n");

for (const [locale, colorScheme, width] of [["en", "light", 1280], ["ja", "dark", 390]] as const) {
  const t = translator(locale);
  test.describe(`${locale} ${width}`, () => {
    test.use({ colorScheme, viewport: { width, height: 844 } });

    test("a newsletter of another's envelope", async ({ page, baseURL }) => {
      const { id } = await makeReport(baseURL ?? "", { input: NEWSLETTER });
      await page.goto(`/${locale}/r/${id}`);
      const list = page.getByRole("region", { name: t("report.requirements.heading") });
      const row = (code: "tls" | "message-form" | "one-click" | "spam-rate") => list.getByRole("listitem").filter({ hasText: t(`requirement.${code}.title`) });
      await expect(row("tls")).toContainText(t("word.requirement.met"));
      await expect(row("message-form")).toContainText(t("word.requirement.not-met"));
      await expect(row("one-click")).toContainText("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
      await expect(row("spam-rate")).toContainText(t("word.requirement.not-seen"));
      await page.waitForLoadState("networkidle");
      await page.evaluate(() => document.querySelectorAll("details").forEach((element) => element.setAttribute("open", "")));
      const picture = page.locator("#alignment");
      await expect(picture).toContainText("blast-sender.test");
      await expect(picture).toContainText(t("report.alignment.noMatch"));
      await expectNoSidewaysScroll(page);
      await expectNoAxeFaults(page);
      await page.screenshot({ path: `e2e/screenshots/look/requirements-${locale}-${width}.png`, fullPage: true });
    });

    test("one step at a time", async ({ page, baseURL }) => {
      const { id } = await makeReport(baseURL ?? "", { input: "lakeside-hotel.test" });
      await page.goto(`/${locale}/r/${id}`);
      const path = page.getByRole("region", { name: t("report.path.heading") });
      await expect(path.locator("[aria-current=step]")).toContainText("p=none");
      await expect(path).toContainText("v=DMARC1; p=quarantine; rua=mailto:dmarc@lakeside-hotel.test");
      await expect(path).not.toContainText("v=DMARC1; p=reject");
      await expectNoSidewaysScroll(page);
      await path.screenshot({ path: `e2e/screenshots/look/dmarc-path-${locale}-${width}.png` });
    });
  });
}
