/**
 * "Send a test mail", end to end: the built app takes mail over SMTP from a real Postfix that signs with OpenDKIM, and from swaks; DNS is our
 * loopback server. The app stands behind a balancer that names a documentation address, so that loopback is judged as the internet would be.
 */

import { type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Report } from "../lib/diagnosis/report.ts";
import { keyRecord, message, OTHER_RSA, sealed, signed } from "../lib/dkim/signed-messages.ts";
import type { Zone } from "../lib/dns/zone.ts";
import { translator } from "../lib/messages/translate.ts";
import { type AppServer, freePort, startApp } from "../scripts/app-server.ts";
import { missingMailTools } from "../scripts/mail-tools.ts";
import { run } from "../scripts/process.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import { balancer, type MailServer, signingKey, startMailServer } from "./mail-server.ts";
import { expectNoAxeFaults, expectNoSidewaysScroll, openListening } from "./page-helpers.ts";
import { smtpClient } from "./smtp-client.ts";

const DOMAIN = "check.rebound.test";
const IP = "203.0.113.20";
const missing = missingMailTools();
const key = signingKey();

const spf = `v=spf1 ip4:${IP} -all`;
const dmarc = (policy: string): Zone[string] => ({ TXT: [`v=DMARC1; p=${policy}`] });
const zoneOf = (made: KeyObject): Zone => ({
  "20.113.0.203.in-addr.arpa": { PTR: ["mail.sender.test"] },
  "mail.sender.test": { A: [IP], TXT: [spf] },
  "nothing.test": { MX: [[10, "mail.sender.test"]] },
  "spf.test": { TXT: [spf], MX: [[10, "mail.sender.test"]] },
  "dkim.test": { MX: [[10, "mail.sender.test"]] },
  "s1._domainkey.dkim.test": { TXT: [keyRecord(made)] },
  "both.test": { TXT: [spf], MX: [[10, "mail.sender.test"]] },
  "s1._domainkey.both.test": { TXT: [keyRecord(made)] },
  "_dmarc.both.test": dmarc("reject"),
  "footer.test": { MX: [[10, "mail.sender.test"]] },
  "s1._domainkey.footer.test": { TXT: [keyRecord(made)] },
  "author.test": { TXT: ["v=spf1 ip4:192.0.2.10 -all"], MX: [[10, "mail.sender.test"]] },
  "s1._domainkey.author.test": { TXT: [keyRecord(made)] },
  "_dmarc.author.test": dmarc("reject"),
  "list.test": { TXT: [spf], MX: [[10, "mail.sender.test"]] },
  "k1._domainkey.list.test": { TXT: [keyRecord(OTHER_RSA)] },
});

let folder = "";
let dns: DnsServer;
let app: AppServer;
let front: Awaited<ReturnType<typeof balancer>>;
let postfix: MailServer | null = null;

// One server for all: in their order, in one worker.
test.describe.configure({ mode: "default" });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rebound-mail-"));
  const [cert, certKey] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const made = await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", `/CN=${DOMAIN}`, "-keyout", certKey, "-out", cert], { quiet: true });
  dns = await startDnsServer({ zones: [zoneOf(key)] });
  const smtpPort = await freePort();
  app = await startApp({
    settings: {
      REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}`, REBOUND_MAIL_DOMAIN: DOMAIN, REBOUND_SMTP_PORT: String(smtpPort), REBOUND_SMTP_TRUST_PROXY: "127.0.0.1",
      ...(made.code === 0 ? { REBOUND_SMTP_CERT: cert, REBOUND_SMTP_KEY: certKey } : {}),
    },
  });
  front = await balancer(IP, smtpPort);
  if (missing.length > 0) return console.error(`SKIPPED: test mails by a real mail server, for want of ${missing.join(", ")}.`);
  postfix = await startMailServer({ name: "mail.sender.test", relayPort: front.port, signs: ["dkim.test", "both.test", "footer.test"], key, footers: ["footer.test"] });
});

test.afterAll(async () => {
  await postfix?.stop();
  await front.close();
  await app.stop();
  await dns.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Address {
  readonly id: string;
  readonly address: string;
  readonly url: string;
}

async function newAddress(): Promise<Address> {
  const answer = await fetch(`${app.url}/api/test-mails`, { method: "POST" });
  expect(answer.status).toBe(201);
  const made = (await answer.json()) as Address & { expiresAt: string; deleteToken: string };
  expect(made.address).toMatch(/^check-[a-z2-7]{26}@check\.rebound\.test$/);
  expect(made.url).toBe(`${app.url}/test/${made.id}`);
  expect(Date.parse(made.expiresAt) - Date.now()).toBeGreaterThan(59 * 60_000);
  expect(await stateOf(made)).toMatchObject({ status: "waiting", reportId: null, arrivedAt: null });
  return made;
}

async function stateOf({ id }: Address): Promise<{ readonly status: string; readonly reportId: string | null }> {
  return (await (await fetch(`${app.url}/api/test-mails/${id}`)).json()) as { status: string; reportId: string | null };
}

/** The report, once the mail has come. */
async function reportOf(to: Address): Promise<Report> {
  await expect.poll(async () => (await stateOf(to)).status, { message: postfix?.log() ?? "", timeout: 20_000, intervals: [150] }).toBe("received");
  const { reportId } = await stateOf(to);
  return (await (await fetch(`${app.url}/api/diagnoses/${reportId}`)).json()) as Report;
}

/** Through Postfix: swaks hands it in, Postfix signs and delivers. */
async function byPostfix(to: Address, from: string, more: readonly string[] = []): Promise<Report> {
  const sent = await run("/usr/bin/swaks", ["--server", "127.0.0.1", "--port", String(postfix?.port), "--from", from, "--to", to.address, "--h-From", `Kim <${from}>`, "--h-Subject", "Secret subject 4711", "--body", "Secret text 4711\n \n", "--timeout", "10", ...more], { quiet: true });
  expect(sent.code, sent.output).toBe(0);
  return reportOf(to);
}

const found = ({ findings }: Report, code: string) => findings.find((one) => one.code === code);
const row = ({ requirements }: Report, code: string) => requirements.find((one) => one.code === code)?.state;

test.describe("by Postfix, signing with OpenDKIM", () => {
  test.skip(missing.length > 0, `for want of ${missing.join(", ")}`);

  test("neither SPF nor DKIM: refused, in Gmail's words", async () => {
    const report = await byPostfix(await newAddress(), "kim@nothing.test");
    expect(report).toMatchObject({ subject: { kind: "message", domain: "nothing.test", sendingIp: IP, mailFrom: "nothing.test", helo: "mail.sender.test" }, bounce: null, verdict: { outcome: "refused", cause: "spf.missing" } });
    expect(report.testMail?.answer).toMatchObject({ outcome: "refused", reply: { rule: "unauthenticated" } });
    expect(report.testMail?.answer.reply?.text).toContain(`550-5.7.26 SPF [nothing.test] with ip: [${IP}] = did not pass`);
    expect(report.testMail?.tls?.protocol).toMatch(/^TLSv1\.[23]$/);
    expect([row(report, "tls"), row(report, "ptr"), row(report, "spf-or-dkim"), row(report, "message-form")]).toEqual(["met", "met", "not-met", "met"]);
    expect(report.fixes[0]).toMatchObject({ action: "create", name: "nothing.test", proof: { result: "pass", ip: IP } });
    expect(JSON.stringify(report)).not.toMatch(/4711|kim@|Kim|check-/);
  });

  test("SPF alone", async () => {
    const report = await byPostfix(await newAddress(), "kim@spf.test");
    expect(report).toMatchObject({ spf: { result: "pass" }, dkim: [], verdict: { outcome: "at-risk", cause: "dkim.missing-signature" }, testMail: { answer: { outcome: "accepted" }, bulk: { rule: "dkim-required" } } });
  });

  test("DKIM alone", async () => {
    const report = await byPostfix(await newAddress(), "kim@dkim.test");
    expect(report).toMatchObject({ dkim: [{ domain: "dkim.test", selector: "s1", status: "valid", verified: true }], verdict: { outcome: "at-risk", cause: "spf.missing" }, testMail: { answer: { outcome: "accepted" }, bulk: { rule: "spf-required" } } });
  });

  test("both, aligned, by TLS: accepted", async () => {
    const to = await newAddress();
    const report = await byPostfix(to, "kim@both.test");
    expect(report).toMatchObject({ spf: { result: "pass" }, dkim: [{ verified: true }], dmarc: { policy: "reject", result: "pass" }, verdict: { outcome: "accepted" }, testMail: { answer: { outcome: "accepted", reason: "authenticated" }, bulk: null } });
    expect(report.requirements.filter(({ state }) => state === "not-met")).toEqual([]);
    expect(postfix?.log()).toMatch(/status=sent \(250 2\.6\.0 Judged/);
  });

  test("a gateway adds a footer after the signing: broken, and told why", async () => {
    const report = await byPostfix(await newAddress(), "kim@footer.test");
    expect(report.dkim).toMatchObject([{ domain: "footer.test", verified: false }]);
    expect(found(report, "dkim.signature-broken")).toMatchObject({ severity: "critical", params: { reason: "footer-added" } });
    expect(report).toMatchObject({ verdict: { outcome: "refused", cause: "spf.missing" }, testMail: { answer: { outcome: "refused", reply: { rule: "unauthenticated" } } } });
  });

  test("forwarded by a list that broke the signature and sealed what it saw (ARC)", async () => {
    const written = message(["From: Kim <kim@author.test>", "To: list@list.test", "Subject: Hello", `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`, "Message-ID: <1@author.test>"], ["Hello", ""]);
    const listed = await sealed(`${await signed(written, { key, domain: "author.test" })}\r\n-- \r\nThe list\r\n`, { saw: "mx.list.test; dkim=pass header.d=author.test; spf=pass; dmarc=pass" });
    const to = await newAddress();
    const { client } = await smtpClient(postfix?.port ?? 0);
    for (const line of ["EHLO lists.list.test", "MAIL FROM:<bounces@list.test>", `RCPT TO:<${to.address}>`]) expect(await client.say(line)).toMatch(/^250/);
    expect(await client.say("DATA")).toMatch(/^354/);
    expect(await client.say(`${listed}\r\n.\r\n`)).toMatch(/^250/);
    client.close();
    const report = await reportOf(to);
    expect(found(report, "dkim.arc")?.params).toMatchObject({ result: "pass", sealers: "list.test" });
    expect(report).toMatchObject({ subject: { domain: "author.test", mailFrom: "list.test" }, spf: { result: "pass" }, dkim: [{ verified: false }], testMail: { answer: { outcome: "open", reason: "arc" } } });
    expect(row(report, "arc")).toBe("met");
  });

  test("swaks: TLS, the null sender, a used address, somebody else's", async () => {
    const to = await newAddress();
    const swaks = (more: readonly string[]) => run("/usr/bin/swaks", ["--server", "127.0.0.1", "--port", String(front.port), "--helo", "mail.sender.test", ...more], { quiet: true });
    expect((await swaks(["--tls", "--from", "<>", "--h-From", "kim@spf.test", "--to", to.address])).code).toBe(0);
    const report = await reportOf(to);
    expect(report).toMatchObject({ subject: { mailFrom: "mail.sender.test" }, spf: { result: "pass" }, testMail: { nullSender: true, tls: { protocol: expect.stringMatching(/^TLSv1/) as unknown as string } } });
    for (const address of [to.address, "victim@elsewhere.test", `victim%elsewhere.test@${DOMAIN}`]) {
      const refused = await swaks(["--from", "kim@spf.test", "--to", address]);
      expect(refused.code).not.toBe(0);
      expect(refused.output).toContain("550 5.1.1");
    }
  });
});

/** Without any tool: the mail goes in by hand. */
async function sendByHand(address: string): Promise<void> {
  const { client } = await smtpClient(front.port);
  for (const line of ["EHLO mail.sender.test", "MAIL FROM:<kim@spf.test>", `RCPT TO:<${address}>`]) expect(await client.say(line)).toMatch(/^250/);
  expect(await client.say("DATA")).toMatch(/^354/);
  expect(await client.say(`From: kim@spf.test\r\nDate: Tue, 24 Nov 2026 09:41:04 +0000\r\nMessage-ID: <1@spf.test>\r\n\r\nHello\r\n.\r\n`)).toMatch(/^250/);
  client.close();
}

async function openAddress(page: Page, locale: "en" | "ja"): Promise<string> {
  const t = translator(locale);
  await page.goto(`${app.url}/${locale}`);
  await expectNoSidewaysScroll(page);
  await page.screenshot({ path: `e2e/screenshots/look/test-mail-form-${locale}-${page.viewportSize()?.width}.png`, fullPage: true });
  await page.getByRole("button", { name: t("testMail.offer.button") }).click();
  await page.waitForURL(new RegExp(`/${locale}/test/[\\w-]{22}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("testMail.page.heading"));
  return (await page.getByRole("main").locator("code").innerText()).trim();
}

for (const [locale, colorScheme, width] of [["en", "light", 1280], ["en", "dark", 390], ["ja", "light", 390], ["ja", "dark", 1280]] as const) {
  test.describe(`the page, ${locale} ${colorScheme} ${width}`, () => {
    test.use({ colorScheme, viewport: { width, height: 844 } });

    test("shows the address, waits, and leads to the report", async ({ page }) => {
      const t = translator(locale);
      const address = await openAddress(page, locale);
      await expectNoSidewaysScroll(page);
      await expectNoAxeFaults(page);
      await page.screenshot({ path: `e2e/screenshots/look/test-mail-${locale}-${colorScheme}-${width}.png`, fullPage: true });
      await sendByHand(address);
      await page.waitForURL(new RegExp(`/${locale}/r/[\\w-]{22}$`));
      const answer = page.getByRole("region", { name: t("testMail.answer.heading") });
      await expect(answer).toContainText(t("testMail.answer.simulated"));
      await expect(answer).toContainText(t("testMail.answer.accepted"));
      await expect(answer).toContainText("550-5.7.30");
      await expect(page.getByRole("button", { name: t("testMail.offer.button") })).toBeVisible();
      // Whoever asked for the address may delete its report.
      await expect(page.getByText(t("report.keep.delete"))).toBeVisible();
      await expectNoSidewaysScroll(page);
      await expectNoAxeFaults(page);
      await page.screenshot({ path: `e2e/screenshots/look/test-mail-report-${locale}-${colorScheme}-${width}.png`, fullPage: true });
    });
  });
}

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("a link looks again, and then the page is the report; an address that nobody knows is over", async ({ page }) => {
    const t = translator("en");
    const address = await openAddress(page, "en");
    await page.getByRole("link", { name: t("testMail.reload") }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("testMail.page.heading"));
    await sendByHand(address);
    await page.getByRole("link", { name: t("testMail.reload") }).click();
    await page.waitForURL(/\/en\/r\/[\w-]{22}$/);
    await expect(page.getByRole("region", { name: t("testMail.answer.heading") })).toBeVisible();
    await page.goto(`${app.url}/en/test/AAAAAAAAAAAAAAAAAAAAAA`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("testMail.expired.title"));
  });
});

test("a server without a mail domain takes none, and offers none", async ({ page, baseURL }) => {
  const t = translator("en");
  expect((await fetch(`${baseURL}/api/test-mails`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${baseURL}/api/test-mails/AAAAAAAAAAAAAAAAAAAAAA`)).status).toBe(404);
  await openListening(page, "/en");
  await expect(page.getByRole("button", { name: t("testMail.offer.button") })).toHaveCount(0);
  await page.goto("/en/test");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("testMail.off.title"));
});

test("a bad certificate or a taken port stops the server with one line", async () => {
  await expect(startApp({ settings: { REBOUND_MAIL_DOMAIN: DOMAIN, REBOUND_SMTP_PORT: String(front.port) } })).rejects.toThrow(/REBOUND_SMTP_PORT is \d+: listen EADDRINUSE/);
});
