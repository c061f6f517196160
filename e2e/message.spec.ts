/**
 * Whole messages through the product: signed with keys made here, their public halves served over loopback DNS, then changed as
 * mail is changed on its way; and what the report says of it. Most by `POST /api/diagnoses`, a few as a person drops and pastes them.
 */

import { expect, test } from "@playwright/test";
import { type Report, reportSchema } from "../lib/diagnosis/report.ts";
import type { RequirementCode, RequirementState } from "../lib/diagnosis/requirement-codes.ts";
import { BODY, ED25519, HEADER, KEYS, keyRecord, message, OTHER_RSA, RSA, sealed, type Signing, signed, signedOver } from "../lib/dkim/signed-messages.ts";
import type { Zone } from "../lib/dns/zone.ts";
import { translator } from "../lib/messages/translate.ts";
import { type AppServer, startApp } from "../scripts/app-server.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import { dropFile, expectNoAxeFaults, expectNoSidewaysScroll } from "./page-helpers.ts";

const IP = "203.0.113.7";
const ZONE: Zone = {
  ...KEYS,
  "shop.test": { TXT: ["v=spf1 ip4:203.0.113.7 -all"], MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: [IP] },
  "7.113.0.203.in-addr.arpa": { PTR: ["mail.shop.test"] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=reject; rua=mailto:dmarc@shop.test"] },
};

const HOUR_MS = 3600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();
/** Signed an hour ago, by the clock that the server under test goes by. */
const sign = (text: string = message(), signing: Signing = {}): Promise<string> => signed(text, { signed: hoursAgo(1), ...signing });
const FOOTER = "_______________\r\nShop-talk mailing list\r\n";
/** As the list's host received it from the author. */
const throughList = (text: string): string => `List-Id: Shop talk <shop-talk.list.test>\r\nReceived: from mail.shop.test (mail.shop.test [${IP}]) by mx.list.test; ${new Date(Date.now() - HOUR_MS / 2).toUTCString()}\r\n${text}`;
const NEWSLETTER = [...HEADER, "List-Unsubscribe: <https://shop.test/u?1>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"];
const withoutFields = (...names: string[]): string[] => HEADER.filter((line) => !names.some((name) => line.startsWith(`${name}:`)));

interface Case {
  readonly text: () => Promise<string> | string;
  readonly zone?: Zone;
  /** Code, and what its parameters hold. */
  readonly finds?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly never?: readonly string[];
  readonly rows?: Readonly<Partial<Record<RequirementCode, RequirementState>>>;
  /** In the order of the keys. */
  readonly verified: readonly (boolean | null)[];
}

const BROKEN = "dkim.signature-broken";
const CASES: readonly (readonly [name: string, Case])[] = [
  ["untouched", { text: () => sign(), finds: { "dkim.signature-verified": { selector: "s1", algorithm: "rsa-sha256" }, "dmarc.aligned": { by: "dkim" } }, never: [BROKEN], rows: { "spf-or-dkim": "met", alignment: "met", "message-form": "met" }, verified: [true] }],
  ["Ed25519 beside RSA", { text: async () => sign(await sign(), { key: ED25519, selector: "ed" }), finds: { "dkim.signature-verified": { algorithm: "ed25519-sha256" } }, never: [BROKEN], verified: [true, true] }],
  ["a list's footer", { text: async () => throughList((await sign()) + FOOTER), finds: { [BROKEN]: { reason: "footer-added", lines: 2, by: "list.test", changer: "list" } }, verified: [false] }],
  ["another subject", { text: async () => (await sign()).replace(/^Subject:.*$/m, "Subject: [talk] Your order 1234"), finds: { [BROKEN]: { reason: "subject-tagged", fields: "subject" } }, verified: [false] }],
  ["the key is not in DNS", { text: () => sign(), zone: { "s1._domainkey.shop.test": {} }, finds: { "dkim.key-missing": { domain: "shop.test" } }, never: [BROKEN], verified: [false] }],
  ["a selector that has another server's key", { text: () => sign(message(), { key: OTHER_RSA }), finds: { [BROKEN]: { reason: "other-key" } }, verified: [false] }],
  ["past its end", { text: () => sign(message(), { signed: hoursAgo(9), expires: hoursAgo(8) }), finds: { [BROKEN]: { reason: "expired" } }, verified: [false] }],
  ["a field added that was signed as absent", { text: () => signedOver(message(), ["from", "from", "subject", "date", "reply-to"]).replace(/^From:/m, "Reply-To: eve@evil.test\r\nFrom:"), finds: { [BROKEN]: { reason: "field-added", fields: "reply-to" } }, verified: [false] }],
  ["a text behind what l= covers", { text: async () => `${await sign(message(), { length: 20 })}Buy here\r\n`, finds: { "dkim.signature-partial": { octets: expect.any(Number) } }, never: [BROKEN], verified: [true] }],
  ["forwarded by a list that seals", { text: async () => sealed((await sign()) + FOOTER), finds: { "dkim.arc": { result: "pass", sealers: "list.test", count: 1 }, [BROKEN]: { reason: "footer-added" } }, rows: { arc: "met" }, verified: [false] }],
  ["two From fields", { text: () => sign(message(["From: Eve <eve@shop.test>", ...HEADER])), rows: { "message-form": "not-met" }, verified: [true] }],
  ["neither Date nor Message-ID", { text: () => sign(message(withoutFields("Date", "Message-ID"))), rows: { "message-form": "not-met" }, verified: [true] }],
  ["a newsletter whose unsubscribe fields are not signed", { text: () => sign(message(NEWSLETTER)), rows: { "one-click": "not-met" }, verified: [true] }],
  ["a newsletter whose unsubscribe fields are signed", { text: () => sign(message(NEWSLETTER), { fields: ["From", "Subject", "Date", "List-Unsubscribe", "List-Unsubscribe-Post"] }), rows: { "one-click": "met" }, verified: [true] }],
  ["not signed at all", { text: () => message(), never: ["dkim.signature-verified"], rows: { "spf-and-dkim": "not-met" }, verified: [] }],
];

// One app and one DNS server for all of them.
test.describe.configure({ mode: "default" });
let dns: DnsServer;
let app: AppServer;
test.beforeAll(async () => {
  dns = await startDnsServer({ zones: [ZONE] });
  app = await startApp({ settings: { REBOUND_DNS_SERVERS: `127.0.0.1:${dns.port}` } });
});
test.afterAll(async () => {
  await app.stop();
  await dns.close();
});

async function reportOf(input: string, zone: Zone = {}): Promise<Report> {
  dns.serve([{ ...ZONE, ...zone }]);
  const answer = await fetch(`${app.url}/api/diagnoses`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ input }) });
  expect(answer.status).toBe(201);
  return reportSchema.parse(await answer.json());
}

for (const [name, { text, zone, finds = {}, never = [], rows = {}, verified }] of CASES) {
  test(name, async () => {
    const report = await reportOf(await text(), zone);
    expect(report.subject).toMatchObject({ kind: "message", headerFrom: "shop.test" });
    for (const [code, params] of Object.entries(finds)) expect(report.findings.filter((one) => one.code === code).map((one) => one.params), code).toContainEqual(expect.objectContaining(params));
    for (const code of never) expect(report.findings.map((one) => one.code)).not.toContain(code);
    for (const [code, state] of Object.entries(rows)) expect(report.requirements.find((row) => row.code === code)?.state, code).toBe(state);
    expect(report.dkim.filter(({ source }) => source === "paste").map((key) => key.verified)).toEqual(verified);
  });
}

const t = translator("en");

test("dropped as .eml: the keys that hold and the row of the checklist", async ({ page }) => {
  dns.serve([{ ...ZONE, "s1._domainkey.shop.test": { TXT: [keyRecord(RSA, "t=y; ")] }, "_dmarc.shop.test": { TXT: ["v=DMARC1; p=reject; t=y"] } }]);
  await page.goto(`${app.url}/en`);
  await dropFile(page, "message.eml", await sign(message([...HEADER.slice(0, 2), "List-Unsubscribe: <https://shop.test/u?1>", ...HEADER.slice(2)])));
  await expect(page.getByLabel(t("form.label"), { exact: true })).toHaveValue(/DKIM-Signature/);
  await page.getByRole("button", { name: t("form.submit") }).click();
  await page.waitForURL(/\/r\//);
  const row = page.getByRole("region", { name: t("report.requirements.heading") }).getByRole("listitem").filter({ hasText: t("requirement.one-click.title") });
  await expect(row).toContainText(t("word.requirement.not-met"));
  await page.evaluate(() => document.querySelectorAll("details").forEach((element) => element.setAttribute("open", "")));
  const keys = page.getByRole("table", { name: t("report.keys.heading") });
  await expect(keys).toContainText(t("word.dkimStatus.testing"));
  await expect(keys).toContainText(t("report.keys.held"));
  await expect(page.locator("#alignment")).toContainText(t("report.alignment.test").trim());
  await expectNoAxeFaults(page);
  await keys.screenshot({ path: "e2e/screenshots/look/dkim-keys-en-1280.png" });
});

test("pasted with a footer: what was added, by whom, and that the signature fails", async ({ page }) => {
  dns.serve([ZONE]);
  await page.goto(`${app.url}/ja`);
  const ja = translator("ja");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByLabel(ja("form.label"), { exact: true }).fill(throughList((await sign(message(HEADER, BODY))) + FOOTER));
  await page.getByRole("button", { name: ja("form.submit") }).click();
  await page.waitForURL(/\/r\//);
  await expect(page.getByRole("main")).toContainText("list.test");
  await page.evaluate(() => document.querySelectorAll("details").forEach((element) => element.setAttribute("open", "")));
  const keys = page.getByRole("table", { name: ja("report.keys.heading") });
  await expect(keys).toContainText(ja("report.keys.broken"));
  await expectNoSidewaysScroll(page);
  await keys.screenshot({ path: "e2e/screenshots/look/dkim-keys-ja-390.png" });
});
