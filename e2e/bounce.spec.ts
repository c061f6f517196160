/** What a bounce brings beside its domain: as a file, as one of several, with everything that was read of it marked, and nothing of it kept that is private. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { exchangeReport, outlookMessage, savedBounce } from "../lib/bounce/fixtures/outlook-message.ts";
import { LOCALES, translator } from "../lib/messages/translate.ts";
import { startApp } from "../scripts/app-server.ts";
import { deliveryReport, GMAIL, oneLine, postfixLog, smtpReply } from "./bounce-texts.ts";
import { dropFile, expectNoAxeFaults, expectNoSidewaysScroll, makeReport, openListening, submitForm } from "./page-helpers.ts";

const DOMAIN = "millstone-bakery.test";
const IP = "192.0.2.11";
const t = translator("en");

const EML = deliveryReport({
  host: `mail.${DOMAIN}`,
  to: "zqvsam.holt@gmail.com",
  refusal: GMAIL.unauthenticated(DOMAIN, IP),
  returned: [`Return-Path: <zqvkim.lee@${DOMAIN}>`, `From: Zqvkim Lee <zqvkim.lee@${DOMAIN}>`, "To: zqvsam.holt@gmail.com", `Message-ID: <zqv4711@mail.${DOMAIN}>`, "Subject: Zqvoffer for you", "Date: Tue, 24 Nov 2026 09:41:00 +0000", "", "Dear zqvsam, here is our offer."],
});

const field = (page: Page) => page.getByLabel(t("form.label"), { exact: true });
const chooser = (page: Page) => page.getByLabel(t("form.file.label"), { exact: true });
const eml = (text: string, name = "bounce.eml") => ({ name, mimeType: "message/rfc822", buffer: Buffer.from(text) });
const msg = (octets: Uint8Array, name = "bounce.msg") => ({ name, mimeType: "application/vnd.ms-outlook", buffer: Buffer.from(octets) });

test.describe("as a file", () => {
  test("a dropped .eml stands in the field, and leads to its report", async ({ page }) => {
    await openListening(page, "/");
    await dropFile(page, "bounce.eml", EML);
    await expect(page.getByText(t("form.file.read", { name: "bounce.eml" }))).toBeVisible();
    await expect(field(page)).toHaveValue(EML);
    await page.getByRole("button", { name: t("form.submit") }).click();
    await page.waitForURL(/\/r\//);
    await expect(page.getByRole("main")).toContainText(DOMAIN);
  });

  test("a .msg is chosen by keyboard and read by the server", async ({ page }) => {
    await openListening(page, "/");
    const opened = page.waitForEvent("filechooser");
    await chooser(page).focus();
    await page.keyboard.press("Enter");
    await (await opened).setFiles(msg(outlookMessage(savedBounce(DOMAIN, IP))));
    await expect(field(page)).toHaveValue(new RegExp(`SPF \\[${DOMAIN.replaceAll(".", "\\.")}\\]`));
    await expect(field(page)).not.toHaveValue(/here is our offer/);
    await page.getByRole("button", { name: t("form.submit") }).click();
    await page.waitForURL(/\/r\//);
    await expect(page.getByRole("main")).toContainText("v=spf1 mx ~all");
  });

  test("of a message with a large attachment, all but that is taken", async ({ page }) => {
    await openListening(page, "/");
    const attachment = `${"QUJD".repeat(19)}\n`.repeat(40_000);
    await chooser(page).setInputFiles(eml(`${EML}\n${attachment}`));
    await expect(page.getByText(t("form.file.cut", { name: "bounce.eml" }))).toBeVisible();
    await page.getByRole("button", { name: t("form.submit") }).click();
    await page.waitForURL(/\/r\//);
    await expect(page.getByRole("main")).toContainText(DOMAIN);
  });

  test("a picture and a broken .msg are told, and what was typed stays", async ({ page }) => {
    await openListening(page, "/");
    await field(page).fill("typed before");
    for (const file of [{ name: "photo.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 0]) }, msg(outlookMessage(savedBounce(DOMAIN, IP)).slice(0, 3000), "broken.msg")]) {
      await chooser(page).setInputFiles(file);
      await expect(page.getByRole("alert").filter({ hasText: t("form.file.failed.message", { name: file.name }) })).toBeVisible();
      await expect(field(page)).toHaveValue("typed before");
    }
  });
});

for (const locale of LOCALES) {
  test.describe(`${locale}, without scripts`, () => {
    test.use({ javaScriptEnabled: false, locale: locale === "ja" ? "ja-JP" : "en-US" });
    const said = translator(locale);

    const FILES: [string, () => { name: string; mimeType: string; buffer: Buffer }][] = [
      [".eml", () => eml(EML)],
      [".msg", () => msg(outlookMessage(savedBounce(DOMAIN, IP)))],
      ["an Exchange report as .msg", () => msg(outlookMessage(exchangeReport(DOMAIN, IP)))],
      ["an .eml of 7 MiB", () => eml(`${EML}\n${`${"QUJD".repeat(19)}\n`.repeat(95_000)}`)],
    ];
    for (const [what, file] of FILES) {
      test(`${what} is sent with the form`, async ({ page }) => {
        await page.goto(`/${locale}`);
        await page.getByLabel(said("form.file.label"), { exact: true }).setInputFiles(file());
        await page.getByRole("button", { name: said("form.submit") }).click();
        await page.waitForURL(new RegExp(`/${locale}/r/`));
        await expect(page.getByRole("main")).toContainText("v=spf1 mx ~all");
      });
    }

    test("a broken file is told, and nothing typed is lost", async ({ page }) => {
      await page.goto(`/${locale}`);
      await page.getByLabel(said("form.label"), { exact: true }).fill("typed before");
      await page.getByLabel(said("form.file.label"), { exact: true }).setInputFiles(msg(outlookMessage(savedBounce(DOMAIN, IP)).slice(0, 3000)));
      await page.getByRole("button", { name: said("form.submit") }).click();
      await expect(page.getByRole("alert").filter({ hasText: said("error.file-unreadable.message") })).toBeVisible();
      await expect(page.getByLabel(said("form.label"), { exact: true })).toHaveValue("typed before");
    });

    test("each of several bounces is one press away", async ({ page }) => {
      await page.goto(`/${locale}`);
      await submitForm(page, { input: LOG }, locale);
      await page.waitForURL(/\/r\//);
      const others = page.getByRole("region", { name: said("report.others.heading") });
      await expect(others.getByRole("listitem")).toHaveCount(2);
      await expect(others).toContainText(said("report.others.text", { all: 4, judged: 2, kinds: 3 }));
      await expect(others).toContainText("linden-clinic.test");
      await others.getByRole("listitem").filter({ hasText: "linden-clinic.test" }).getByRole("button", { name: said("report.others.look") }).click();
      await page.waitForURL(/\/r\//);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("main")).toContainText("linden-clinic.test");
      await expect(page.getByRole("region", { name: said("report.others.heading") })).toHaveCount(0);
    });
  });
}

/** Gmail names each of its sessions. */
const line = (domain: string, ip: string, id: string) => postfixLog(GMAIL.unauthenticated(domain, ip), { host: `mail.${domain}`, from: `zqvkim@${domain}`, to: "zqvsam@gmail.com", queueId: id }).replace(" - gsmtp", `.${id.toLowerCase()} - gsmtp`);
const LOG = [line(DOMAIN, IP, "4Xy71h3Jt8z7r"), line("linden-clinic.test", "192.0.2.12", "4Xy72h3Jt8z7s"), line(DOMAIN, IP, "4Xy73h3Jt8z7t"), postfixLog(GMAIL.noSuchUser(), { host: `mail.${DOMAIN}`, from: `zqvkim@${DOMAIN}`, to: "zqvnobody@gmail.com", queueId: "4Xy74h3Jt8z7u" })].join("\n");

test.describe("what was read", () => {
  for (const locale of LOCALES) {
    for (const { width, theme } of [{ width: 390, theme: "dark" }, { width: 1280, theme: "light" }] as const) {
      test(`is marked where it stands: ${locale}, ${width}, ${theme}`, async ({ page, baseURL }) => {
        const said = translator(locale);
        await page.emulateMedia({ colorScheme: theme });
        await page.setViewportSize({ width, height: 844 });
        const { id } = await makeReport(baseURL ?? "", { input: EML });
        await page.goto(`/${locale}/r/${id}`);
        await page.locator("#bounce > summary").click();
        const paste = page.getByRole("group", { name: said("report.bounce.marked") });
        const marks = paste.locator("mark");
        for (const value of ["550", "5.7.26", IP, DOMAIN, "gsmtp"]) await expect(marks.filter({ hasText: value }).first()).toBeVisible();
        // Each number of the paste stands beside a value of the list.
        const numbers = new Set((await marks.locator("> span").allTextContents()).map((text) => text.trim()));
        expect(numbers.size).toBeGreaterThan(8);
        const list = (await page.locator("#bounce dl").innerText()).split(/\s+/);
        for (const number of numbers) expect(list.some((word) => word.endsWith(number)), number).toBe(true);
        await expectNoSidewaysScroll(page);
        await expectNoAxeFaults(page);
      });
    }
  }
});

test.describe("what is kept", () => {
  const SAYS = `MAIL FROM:<zqvkim.lee@${DOMAIN}>\n550 5.1.1 The email account <zqvsam.holt@gmail.com> that you tried to reach does not exist. d2e1a72fcca58 - gsmtp`;

  test("the form says what, before anything is sent", async ({ page }) => {
    await openListening(page, "/");
    await expect(page.getByText(t("form.kept"))).toBeVisible();
  });

  for (const keep of [false, true]) {
    test(`mailbox names of the reply ${keep ? "stay when asked for" : "are dropped"}`, async ({ page }) => {
      await openListening(page, "/");
      await page.locator("summary").filter({ hasText: t("form.more") }).click();
      const box = page.getByLabel(t("form.keep.label"));
      await expect(box).not.toBeChecked();
      if (keep) await box.check();
      await submitForm(page, { input: SAYS });
      await page.waitForURL(/\/r\//);
      const html = await page.content();
      expect(html.includes("zqvsam.holt")).toBe(keep);
      expect(html).not.toContain("zqvkim.lee");
      expect(await page.locator("#bounce").textContent()).toContain(keep ? "zqvsam.holt@gmail.com" : "…@gmail.com");
    });
  }

  test("nothing private of a paste is in the page, the API or the files of the database", async ({ page }) => {
    test.setTimeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), "rebound-kept-"));
    const app = await startApp({ settings: { REBOUND_DNS_SERVERS: process.env["REBOUND_E2E_DNS"] ?? "", DATABASE_URL: `file:${join(folder, "kept.db")}` } });
    const secrets = ["Subject: zqvinvoice", "AUTH PLAIN zqvAHVzZXIAcGFzcw==", "Authorization: Bearer zqvtoken12345", "https://zqvuser:zqvpass@zqvintra.internal/?token=zqvkey", "Received: from zqvlaptop (zqvlaptop.local [192.168.77.12]) by zqvmx.corp.lan with ESMTPSA id zqvid", "Dear zqvsam, the zqvcontract is attached."].join("\n");
    const isPrivate = /zqv|192\.168\.77\.12/i;
    try {
      for (const input of [`${secrets}\n\n${EML}\n\n${secrets}`, `${secrets}\n\n${LOG}\n\n${secrets}`, `${smtpReply(GMAIL.hardFail(DOMAIN, IP))}\n\n${secrets}`, `${oneLine(GMAIL.dmarcPolicy(DOMAIN))}\n${secrets}`]) {
        const report = await makeReport(app.url, { input });
        await page.goto(report.url);
        expect(await page.content()).not.toMatch(isPrivate);
        expect(await (await fetch(`${app.url}/api/diagnoses/${report.id}`)).text()).not.toMatch(isPrivate);
      }
      const files = readdirSync(folder);
      expect(files.length).toBeGreaterThan(0);
      const octets = files.map((file) => readFileSync(join(folder, file), "latin1")).join("\n");
      expect(octets).toContain(DOMAIN);
      expect(octets).not.toMatch(isPrivate);
      expect(app.output()).not.toMatch(isPrivate);
    } finally {
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
