/** The permalink: what it shows, to whom, and what can be done with it. */

import { expect, test } from "@playwright/test";
import { reportSchema } from "../lib/diagnosis/report.ts";
import { translator } from "../lib/messages/translate.ts";
import { startApp } from "../scripts/app-server.ts";
import { deliveryReport, GMAIL, smtpReply } from "./bounce-texts.ts";
import { expectNoSidewaysScroll, makeReport, openListening, submitForm } from "./page-helpers.ts";

const en = translator("en");
const ja = translator("ja");
const BOUNCE = smtpReply(GMAIL.unauthenticated("harbour-books.test", "203.0.113.5"));
const FIX = "v=spf1 mx a:shop.harbour-books.test include:_spf.google.com ~all";

test("opens in a private window with the same content, and its title says domain and cause", async ({ page, browser }) => {
  await openListening(page, "/");
  await submitForm(page, { input: BOUNCE });
  await page.waitForURL(/\/r\//);
  const stranger = await (await browser.newContext({ locale: "en-US" })).newPage();
  await stranger.goto(page.url());
  const shown = (text: string) => text.replaceAll(/\s+/g, " ");
  // Only whoever made it can delete it.
  await expect(page.getByText(en("report.keep.delete"), { exact: true })).toBeVisible();
  await expect(stranger.getByText(en("report.keep.delete"), { exact: true })).toHaveCount(0);
  for (const part of ["h1", "title"]) expect(shown((await stranger.locator(part).first().textContent()) ?? "")).toBe(shown((await page.locator(part).first().textContent()) ?? ""));
  await expect(stranger.getByRole("main")).toContainText(FIX);
  expect(await stranger.title()).toContain("harbour-books.test");
  await expect(stranger.locator('meta[property="og:description"]')).toHaveAttribute("content", /\S/);
  const picture = await fetch((await stranger.locator('meta[property="og:image"]').getAttribute("content")) ?? "");
  expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/png"]);
  await expect(stranger.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  await stranger.context().close();
});

test("the first screen says what happened, why, and what to paste, at 390 and at 1280 pixels", async ({ page, baseURL }) => {
  const { id } = await makeReport(baseURL ?? "", { input: BOUNCE });
  for (const [width, height] of [[390, 844], [1280, 800]] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(`/r/${id}`);
    for (const seen of [page.getByText(en("word.outcome.refused"), { exact: true }).first(), page.getByRole("heading", { level: 1 }), page.getByRole("main").getByText(FIX, { exact: true }).first()]) {
      await expect(seen).toBeInViewport();
    }
    await expectNoSidewaysScroll(page);
  }
});

test("the record is copied as it is to be pasted", async ({ page, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id, url } = await makeReport(baseURL ?? "", { input: BOUNCE });
  await page.goto(`/r/${id}`);
  await page.getByRole("button", { name: en("report.copy.value") }).first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(FIX);
  await page.getByRole("button", { name: en("report.share.accessible") }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(url);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("“Check again” makes a new report that says what changed since", async ({ page, baseURL }) => {
      const { id } = await makeReport(baseURL ?? "", { input: BOUNCE });
      await page.goto(`/r/${id}`);
      await page.getByRole("button", { name: en("report.recheck.label") }).click();
      await page.waitForURL((url) => url.pathname.startsWith("/r/") && !url.pathname.endsWith(id));
      await expect(page.getByRole("main")).toContainText(FIX);
      const next = page.url().split("/").at(-1) ?? "";
      const report = reportSchema.parse(await (await fetch(`${baseURL}/api/diagnoses/${next}`)).json());
      expect(report.previous).toBe(id);
      await expect(page.locator(`a[href$="/r/${id}"]`).first()).toBeVisible();
    });

    test("whoever made it deletes it, and then it is gone", async ({ page }) => {
      await page.goto("/");
      await submitForm(page, { input: BOUNCE });
      await page.waitForURL(/\/r\//);
      const path = new URL(page.url()).pathname;
      await page.getByText(en("report.keep.delete"), { exact: true }).click();
      await page.getByRole("button", { name: en("report.keep.confirmButton") }).click();
      await page.waitForURL(/deleted=1/);
      const gone = await page.goto(path);
      expect(gone?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toContainText(en("site.notFound.title"));
    });
  });
}

test("“Check again” too often is answered on the page, not with raw JSON", async ({ page }) => {
  const app = await startApp({ settings: { REBOUND_DNS_SERVERS: process.env.REBOUND_E2E_DNS ?? "", REBOUND_RATE_LIMIT: "1" } });
  try {
    await page.goto(app.url);
    await submitForm(page, { input: BOUNCE });
    await page.waitForURL(/\/r\//);
    await page.getByRole("button", { name: en("report.recheck.label") }).click();
    await expect(page.getByRole("alert").filter({ hasText: en("error.rate-limited.message") })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(FIX);
  } finally {
    await app.stop();
  }
});

test("in Japanese by what the browser asks for, and switched in the address", async ({ browser, baseURL }) => {
  const { id } = await makeReport(baseURL ?? "", { input: BOUNCE });
  const page = await (await browser.newContext({ locale: "ja-JP" })).newPage();
  await page.goto(`${baseURL}/r/${id}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await expect(page.getByRole("main")).toContainText(ja("word.outcome.refused"));
  await expect(page.getByRole("main")).toContainText(FIX);
  await page.getByRole("link", { name: "English" }).first().click();
  await page.waitForURL(`**/en/r/${id}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.context().close();
});

test("no SPF record is offered where the cause is DKIM, alignment or the recipient's own rule", async ({ page, baseURL }) => {
  const inputs = [
    deliveryReport({ host: "mail.linden-clinic.test", to: "a@old-college.test", refusal: GMAIL.recipientPolicy(), closing: "gcdp", returned: ["From: Desk <desk@linden-clinic.test>"] }),
    smtpReply(GMAIL.dkimRequired("northwind-florist.test", "192.0.2.30")),
  ];
  for (const input of inputs) {
    const { id } = await makeReport(baseURL ?? "", { input });
    await page.goto(`/r/${id}`);
    await expect(page.getByRole("main")).toContainText(en("word.outcome.refused"));
    await expect(page.getByRole("main").getByText(/^v=spf1 .*$/).and(page.locator("[data-fix-value]"))).toHaveCount(0);
  }
});

test("a failed look-up is told as that, and never as missing", async ({ page, baseURL }) => {
  const { id } = await makeReport(baseURL ?? "", { input: smtpReply(GMAIL.unauthenticated("violet-pharmacy.test", "192.0.2.40")) });
  await page.goto(`/r/${id}`);
  const main = page.getByRole("main");
  await expect(main).toContainText(en("word.outcome.unknown"));
  await expect(main).not.toContainText(en("finding.spf.missing.title", { domain: "violet-pharmacy.test", reason: "" }));
  await expect(main).toContainText(en("word.dnsStatus.server-failure"));
});

test("pages ask nothing of third parties, run nothing inline, and send their headers", async ({ page, baseURL }) => {
  const { id } = await makeReport(baseURL ?? "", { input: BOUNCE });
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  for (const path of ["/", "/docs", `/r/${id}`, `/ja/r/${id}`]) {
    const answer = await page.goto(path);
    const headers = answer?.headers() ?? {};
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy.split(";").find((part) => part.trim().startsWith("script-src"))).not.toContain("unsafe-inline");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    if (path.includes("/r/")) {
      expect(headers["x-robots-tag"]).toContain("noindex");
      expect(headers["referrer-policy"]).toBe("no-referrer");
    }
    await page.waitForLoadState("networkidle");
  }
  expect([...new Set(asked)]).toEqual([baseURL]);
  expect(complaints).toEqual([]);
});

test("an id that is none, or no longer, is a page that says so", async ({ page }) => {
  for (const id of ["AAAAAAAAAAAAAAAAAAAAAA", "nonsense", "..%2f..%2fetc"]) {
    const answer = await page.goto(`/r/${id}`);
    expect(answer?.status(), id).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
});
