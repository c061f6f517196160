/** What Gmail's replies mean: a page for each in both languages, found by code or words, and from the form by a code alone. */

import { expect, test } from "@playwright/test";
import { GMAIL_REPLIES } from "../lib/bounce/gmail-replies.ts";
import { LOCALES, translator } from "../lib/messages/translate.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";
import { expectNoAxeFaults, expectNoSidewaysScroll, makeReport, submitForm } from "./page-helpers.ts";

const SECTIONS = ["means", "why", "confirm", "fix", "verify"] as const;

for (const locale of LOCALES) {
  const t = translator(locale);

  test(`${locale}: every reply has a page with all that is to be known`, async ({ page }) => {
    test.setTimeout(90_000);
    for (const { rule, help, wordings } of GMAIL_REPLIES) {
      const answer = await page.goto(`/${locale}/docs/replies/${rule}`, { waitUntil: "domcontentloaded" });
      expect(answer?.status(), rule).toBe(200);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(t(`docs.name.${rule}`));
      for (const section of SECTIONS) await expect(page.getByRole("heading", { level: 2, name: t(`docs.reply.${section}`), exact: true }), rule).toBeVisible();
      await expect(page.getByRole("main")).toContainText(wordings[0]);
      await expect(page.locator(`a[href="${help}"]`)).toHaveAttribute("rel", "noreferrer");
      expect(await page.locator("main ol.list-decimal > li").count(), rule).toBeGreaterThanOrEqual(2);
      await expect(page.locator('meta[name="description"]')).toHaveAttribute("content", /\S{3}/);
      expect(await page.getByRole("main").innerText(), rule).not.toMatch(/docs\.|finding\.|<\/?code>|\{\w+\}/);
    }
  });

  test(`${locale}: replies are found by code and by words, without scripts as well`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL === undefined ? {} : { baseURL }) });
    const page = await context.newPage();
    await page.goto(`/${locale}/docs`);
    for (const [query, count] of [["5.7.26", 3], ["５．７．２５", 1], ["The email account that you tried to reach does not exist", 1]] as const) {
      await page.getByLabel(t("docs.search.label")).fill(query);
      await page.getByRole("button", { name: t("docs.search.submit"), exact: true }).click();
      await expect(page).toHaveURL(new RegExp(`/${locale}/docs\\?q=`));
      await expect(page.getByRole("heading", { name: t("docs.search.found", { count, query }) })).toBeVisible();
      await expect(page.getByRole("search").getByRole("link")).toHaveCount(count);
      await expect(page.getByLabel(t("docs.search.label"))).toHaveValue(query);
    }
    await page.goto(`/${locale}/docs?q=${encodeURIComponent("<b>{x}' zebra")}`);
    await expect(page.getByRole("heading", { name: t("docs.search.found", { count: 0, query: "<b>{x}' zebra" }) })).toBeVisible();
    await context.close();
  });

  for (const javaScriptEnabled of [true, false]) {
    test.describe(`${locale}, ${javaScriptEnabled ? "with" : "without"} scripts`, () => {
      test.use({ javaScriptEnabled, locale: locale === "ja" ? "ja-JP" : "en-US" });

      test("a code alone in the form leads to its replies, and stays in the field", async ({ page }) => {
        await page.goto(`/${locale}`);
        await submitForm(page, { input: "５５０－５．７．２６" }, locale);
        const alert = page.getByRole("alert").filter({ hasText: /\S/ }).first();
        await expect(alert).toContainText(t("docs.about.code", { enhancedCode: "5.7.26", count: 3 }));
        await expect(alert.getByRole("link")).toContainText([t("docs.name.unauthenticated"), t("docs.name.spf-hard-fail"), t("docs.name.dmarc-policy")]);
        await expect(page.getByLabel(t("form.label"), { exact: true })).toHaveValue("５５０－５．７．２６");
        const [opened] = await Promise.all([page.waitForEvent("popup"), alert.getByRole("link").first().click()]);
        await expect(opened).toHaveURL(new RegExp(`/${locale}/docs/replies/unauthenticated$`));
        await expect(opened.getByRole("heading", { level: 1 })).toHaveText(t("docs.name.unauthenticated"));
        await expect(page.getByLabel(t("form.label"), { exact: true })).toHaveValue("５５０－５．７．２６");
      });

      test("a sentence of Gmail without a sender leads to its reply", async ({ page }) => {
        await page.goto(`/${locale}`);
        await submitForm(page, { input: "The email account that you tried to reach is over quota." }, locale);
        const alert = page.getByRole("alert").filter({ hasText: /\S/ }).first();
        await expect(alert).toContainText(t("docs.about.words"));
        await expect(alert.getByRole("link")).toContainText([t("docs.name.over-quota")]);
      });
    });
  }

  test(`${locale}: a report leads to the page on its reply`, async ({ page, baseURL }) => {
    const report = await makeReport(baseURL ?? "", { input: smtpReply(GMAIL.unauthenticated("millstone-bakery.test", "192.0.2.11")) });
    await page.goto(`/${locale}/r/${report.id}`);
    await page.getByRole("link", { name: t("docs.reply.link") }).click();
    await expect(page).toHaveURL(new RegExp(`/${locale}/docs/replies/unauthenticated$`));
  });
}

test("the API names the replies, and where they are explained", async ({ request, baseURL }) => {
  const answer = await request.post("/api/diagnoses", { data: { input: "5.7.26" }, headers: { "Accept-Language": "en" } });
  expect(answer.status()).toBe(422);
  expect(await answer.json()).toMatchObject({
    error: {
      code: "no-domain",
      ask: "domain",
      hint: expect.stringContaining("5.7.26 is one of 3 replies"),
      replies: ["unauthenticated", "spf-hard-fail", "dmarc-policy"].map((rule) => ({ rule, url: `${baseURL}/docs/replies/${rule}` })),
    },
  });
  const none = await request.post("/api/diagnoses", { data: { input: "please help" } });
  expect(await none.json()).not.toHaveProperty("error.replies");
});

/** Replies that DNS does not explain: the report says so on top, and a delay is no refusal. */
const NOT_DNS = [
  [552, "5.2.2", "The email account that you tried to reach is over quota.", "over-quota"],
  [452, "4.2.2", "The recipient's inbox is out of storage space.", "over-quota"],
  [550, "5.1.1", "The email account that you tried to reach does not exist.", "no-such-user"],
  [421, "4.7.28", "Our system has detected an unusual rate of unsolicited mail originating from your IP address.", "unsolicited-rate"],
  [450, "4.2.1", "The user you are trying to contact is receiving mail too quickly.", "recipient-rate"],
  [552, "5.7.0", "This message was blocked because its content presents a potential security issue.", "blocked-content"],
  [552, "5.3.4", "Your message exceeded Google's message size limits.", "too-large"],
  [550, "5.7.29", "Your email has been blocked because this message wasn't sent over a TLS connection.", "tls-required"],
  [550, "5.7.1", "This message violates example.com email policy. - gcdp", "recipient-policy"],
  [421, "4.7.0", "Try again later, closing connection.", "try-later"],
] as const;

for (const [code, enhanced, words, rule] of NOT_DNS) {
  test(`${code} ${enhanced} ${rule}: DNS is looked at, and is not the cause`, async ({ page, baseURL }) => {
    const { id } = await makeReport(baseURL ?? "", { input: `MAIL FROM:<kim@millstone-bakery.test>\n${code} ${enhanced} ${words} x1-20020a170902 - gsmtp` });
    const report = (await (await page.request.get(`/api/diagnoses/${id}`)).json()) as { verdict: object; dns: { queries: number } };
    expect(report.verdict).toEqual({ outcome: code < 500 ? "at-risk" : "refused", cause: `bounce.${rule}` });
    expect(report.dns.queries).toBeGreaterThan(0);
    for (const locale of LOCALES) {
      const t = translator(locale);
      await page.goto(`/${locale}/r/${id}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(t(`finding.bounce.${rule}.title`, { domain: "millstone-bakery.test", enhancedCode: enhanced }));
      const band = page.getByRole("region", { name: await page.getByRole("heading", { level: 1 }).innerText() });
      await expect(band).toContainText(t(code < 500 ? "word.outcome.at-risk" : "word.outcome.refused"));
      await expect(band).toContainText(t("docs.dns.not"));
      if (code < 500) await expect(band).toContainText(t("docs.reply.delay"));
    }
  });
}

for (const [locale, colorScheme, width, rule] of [["en", "light", 390, "unauthenticated"], ["ja", "dark", 390, "tls-required"], ["ja", "light", 1280, "protocol"], ["en", "dark", 1280, "ipv6-guidelines"], ["ja", "dark", 1280, "unauthenticated"]] as const) {
  test.describe(`${locale} ${colorScheme} ${width}`, () => {
    test.use({ colorScheme, viewport: { width, height: 844 } });
    test(rule, async ({ page }) => {
      await page.goto(`/${locale}/docs/replies/${rule}`);
      await expectNoSidewaysScroll(page);
      await expectNoAxeFaults(page);
      await page.screenshot({ path: `e2e/screenshots/docs/${rule}-${locale}-${colorScheme}-${width}.png`, fullPage: true });
    });
  });
}
for (const path of ["/en/docs?q=5.7.1", "/ja/docs?q=zebra"]) {
  test(`${path} has no fault that axe finds`, async ({ page }) => {
    await page.goto(path);
    await expectNoSidewaysScroll(page);
    await expectNoAxeFaults(page);
  });
}
