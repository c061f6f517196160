/** Received messages through the whole diagnosis: signed with real keys, changed on the way, and what Gmail would have said. */

import { expect, test } from "vitest";
import { parseIp, reverseName } from "../address/index.ts";
import { read } from "../bounce/index.ts";
import { diagnoseArrived, type DiagnosisContext, rediagnose } from "../diagnosis/diagnose.ts";
import { type Report, reportSchema } from "../diagnosis/report.ts";
import { keyRecord, message, OTHER_RSA, RSA, sealed, signed } from "../dkim/signed-messages.ts";
import { recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { arrivedMessage, type ReceivedMail } from "./arrival.ts";

const ip = (text: string) => {
  const parsed = parseIp(text);
  if (parsed === null) throw new Error(text);
  return parsed;
};
const IP = ip("203.0.113.7");
const ZONE: Zone = {
  "shop.test": { TXT: ["v=spf1 ip4:203.0.113.7 -all"], MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: [IP], TXT: ["v=spf1 a -all"] },
  [reverseName(IP)]: { PTR: ["mail.shop.test"] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=none"] },
  "s1._domainkey.shop.test": { TXT: [keyRecord(RSA)] },
  "k1._domainkey.list.test": { TXT: [keyRecord(OTHER_RSA)] },
  "list.test": { TXT: ["v=spf1 ip4:203.0.113.7 -all"] },
};
const contextOf = (changes: Zone = {}): DiagnosisContext => ({
  dns: (hooks) => ({ ...recording(zone({ ...ZONE, ...changes }), hooks), servers: ["127.0.0.1:53"], close: () => undefined }),
  id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date("2026-11-25T12:00:00Z"), expiresAt: null,
});

const TLS = { protocol: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384" };

async function judged(text: string, mail: Partial<ReceivedMail> = {}, changes: Zone = {}): Promise<Report> {
  const arrived = arrivedMessage({ ip: IP, helo: "mail.shop.test", mailFrom: "kim@shop.test", tls: TLS, tlsOffered: true, octets: Buffer.from(text), ...mail });
  if (arrived === null) throw new Error("names no domain");
  return reportSchema.parse(await diagnoseArrived(arrived, contextOf(changes)));
}

const NO_SPF: Zone = { "shop.test": { MX: [[10, "mail.shop.test"]] } };
const FAILING_SPF: Zone = { "shop.test": { TXT: ["v=spf1 ip4:192.0.2.1 -all"], MX: [[10, "mail.shop.test"]] } };
const REJECT: Zone = { "_dmarc.shop.test": { TXT: ["v=DMARC1; p=reject"] } };
const QUARANTINE: Zone = { "_dmarc.shop.test": { TXT: ["v=DMARC1; p=quarantine"] } };
const footer = (text: string): string => `${text}\r\n_______\r\nShop-talk\r\n`;
const LIST: Partial<ReceivedMail> = { mailFrom: "shop-talk-bounces@list.test", helo: "list.test" };
const plain = message();
const withSignature = await signed(message());

interface Expected {
  readonly outcome: string;
  readonly reason: string;
  readonly rule?: string;
  readonly bulk?: string | null;
  readonly verdict: string;
  readonly cause: string;
  readonly never?: readonly string[];
}

test.each<[name: string, text: string, mail: Partial<ReceivedMail>, zone: Zone, expected: Expected]>([
  ["neither SPF nor DKIM", plain, {}, NO_SPF, { outcome: "refused", reason: "rule", rule: "unauthenticated", bulk: null, verdict: "refused", cause: "spf.missing" }],
  ["SPF says no, nothing signed", plain, {}, FAILING_SPF, { outcome: "refused", reason: "rule", rule: "spf-hard-fail", verdict: "refused", cause: "spf.not-authorised" }],
  ["SPF alone", plain, {}, {}, { outcome: "accepted", reason: "authenticated", bulk: "dkim-required", verdict: "at-risk", cause: "dkim.missing-signature" }],
  ["DKIM alone", withSignature, {}, NO_SPF, { outcome: "accepted", reason: "authenticated", bulk: "spf-required", verdict: "at-risk", cause: "spf.missing" }],
  ["both", withSignature, {}, {}, { outcome: "accepted", reason: "authenticated", bulk: null, verdict: "accepted", cause: "policy.nothing-found" }],
  ["both, and a footer", footer(withSignature), {}, {}, { outcome: "accepted", reason: "authenticated", bulk: "dkim-required", verdict: "at-risk", cause: "dkim.signature-broken" }],
  ["a footer, and no SPF", footer(withSignature), {}, NO_SPF, { outcome: "refused", reason: "rule", rule: "unauthenticated", verdict: "refused", cause: "spf.missing" }],
  ["a word changed: nothing was copied, so nothing excuses it", withSignature.replace("Hello", "Hallo"), {}, {}, { outcome: "accepted", reason: "authenticated", bulk: "dkim-required", verdict: "at-risk", cause: "dkim.signature-broken" }],
  ["Gmail’s name in a forged field counts for nothing", `Authentication-Results: mx.google.com; dkim=pass header.i=@shop.test header.s=s1\r\n${withSignature.replace("Hello", "Hallo")}`, {}, NO_SPF, { outcome: "refused", reason: "rule", rule: "unauthenticated", verdict: "refused", cause: "spf.missing", never: ["dkim.signature-pasted", "policy.results-differ"] }],
  ["another’s envelope, p=reject", plain, LIST, REJECT, { outcome: "refused", reason: "rule", rule: "dmarc-policy", verdict: "refused", cause: "dmarc.not-aligned" }],
  ["another’s envelope, p=quarantine", plain, LIST, QUARANTINE, { outcome: "accepted", reason: "spam-folder", bulk: "dkim-required", verdict: "at-risk", cause: "dkim.missing-signature" }],
  ["a list broke the signature and sealed what it saw", await sealed(footer(withSignature)), LIST, REJECT, { outcome: "open", reason: "arc", verdict: "at-risk", cause: "dkim.signature-broken" }],
  ["no reverse name", withSignature, {}, { [reverseName(IP)]: {} }, { outcome: "refused", reason: "rule", rule: "missing-ptr", verdict: "refused", cause: "transport.ptr-missing" }],
  ["no reverse name, IPv6", withSignature, { ip: ip("2001:db8::7") }, {}, { outcome: "refused", reason: "rule", rule: "ipv6-guidelines", verdict: "refused", cause: "transport.ptr-missing" }],
  ["two From fields", `From: Lee <lee@shop.test>\r\n${plain}`, {}, {}, { outcome: "refused", reason: "rule", rule: "rfc5322", verdict: "refused", cause: "bounce.rfc5322" }],
  ["no Message-ID", plain.replace(/Message-ID:.*\r\n/, ""), {}, {}, { outcome: "open", reason: "form", verdict: "at-risk", cause: "dkim.missing-signature" }],
  ["in clear, though TLS was offered", withSignature, { tls: null }, {}, { outcome: "accepted", reason: "authenticated", bulk: "tls-required", verdict: "accepted", cause: "policy.nothing-found" }],
  ["SPF did not answer", plain, {}, { "shop.test": { fail: "timeout" } }, { outcome: "open", reason: "unanswered", verdict: "unknown", cause: "dns.unanswered" }],
  ["from the server’s own network", withSignature, { ip: ip("10.0.0.1") }, {}, { outcome: "open", reason: "private-address", bulk: null, verdict: "accepted", cause: "policy.nothing-found" }],
  ["the null sender: SPF goes by the greeting", plain, { mailFrom: "" }, {}, { outcome: "accepted", reason: "authenticated", bulk: "dkim-required", verdict: "at-risk", cause: "dkim.missing-signature" }],
  ["the null sender of a greeting without a name", plain, { mailFrom: "", helo: "[203.0.113.7]" }, {}, { outcome: "refused", reason: "rule", rule: "unauthenticated", verdict: "refused", cause: "bounce.unauthenticated" }],
])("%s", async (_, text, mail, changes, { outcome, reason, rule, bulk, verdict, cause, never = [] }) => {
  const report = await judged(text, mail, changes);
  expect(report.subject.kind).toBe("message");
  expect(report.bounce).toBeNull();
  expect(report.testMail?.answer).toMatchObject({ outcome, reason });
  expect(report.testMail?.answer.reply?.rule).toBe(rule);
  if (bulk !== undefined) expect(report.testMail?.bulk?.rule ?? null).toBe(bulk);
  expect(report.verdict).toEqual({ outcome: verdict, cause });
  for (const code of never) expect(report.findings.map((one) => one.code)).not.toContain(code);
  // What we say in Gmail's words, we read as that rule when somebody pastes it.
  const reply = report.testMail?.answer.reply ?? report.testMail?.bulk ?? null;
  if (reply !== null) {
    const again = await read({ input: reply.text, domain: "shop.test" });
    expect(again).toMatchObject({ ok: true, bounce: { rule: reply.rule, reporter: "gmail" } });
  }
});

test("the connection decides about TLS", async () => {
  const tlsRow = async (mail: Partial<ReceivedMail>) => (await judged(withSignature, mail)).requirements.find(({ code }) => code === "tls")?.state;
  expect(await tlsRow({})).toBe("met");
  expect(await tlsRow({ tls: null })).toBe("not-met");
  expect(await tlsRow({ tls: null, tlsOffered: false })).toBe("not-seen");
});

test("the address is the one that connected, whatever the header says", async () => {
  const text = `Received: from other.test (other.test. [198.51.100.9]) by mx.google.com with ESMTPS id x1; Tue, 24 Nov 2026 01:41:08 -0800 (PST)\r\n${plain}`;
  const report = await judged(text);
  expect(report.subject).toMatchObject({ sendingIp: IP, sendingIpFrom: "smtp" });
  expect((await rediagnose(report, contextOf())).subject).toEqual(report.subject);
  expect((await judged(text, { ip: ip("10.0.0.1") })).subject).toMatchObject({ sendingIp: null, sendingIpFrom: null });
});

test("a message of megabytes is verified to its last octet", async () => {
  const body = Array.from({ length: 40_000 }, (_, line) => `${line} ${"x".repeat(60)}`);
  const large = await signed(message(undefined, body));
  expect(large.length).toBeGreaterThan(2_500_000);
  expect((await judged(large)).dkim[0]?.verified).toBe(true);
  expect((await judged(large.replace(`${39_998} x`, `${39_998} y`))).dkim[0]?.verified).toBe(false);
});

test("nothing of the message or its people is in the report, and a re-check asks DNS alone", async () => {
  const report = await judged(footer(withSignature).replace("To: Lee", "Received: from laptop.local ([10.0.0.9]) by mail.shop.test; Tue, 24 Nov 2026 09:41:04 +0000\r\nTo: Lee"));
  const text = JSON.stringify(report);
  for (const secret of ["Hello", "order", "Kim", "kim@", "lee@", "laptop", "10.0.0.9", "a1b2"]) expect(text).not.toContain(secret);
  const again = await rediagnose(report, contextOf());
  expect(again.testMail).toBeNull();
  expect(again.requirements.find(({ code }) => code === "tls")?.state).toBe("met");
});

test("a mail that names no domain at all is nobody's", () => {
  expect(arrivedMessage({ ip: IP, helo: "laptop", mailFrom: "", tls: null, tlsOffered: false, octets: Buffer.from("hello\r\n") })).toBeNull();
});
