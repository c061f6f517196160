/** Pastes with headers: what signatures, envelope and header domains make of the verdict. */

import { expect, test } from "vitest";
import { parseIp, reverseName } from "../address/index.ts";
import { recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { diagnose } from "./diagnose.ts";
import { type Report, reportSchema } from "./report.ts";

const IP = "203.0.113.7";
const OTHER = "198.51.100.70";
const KEY = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0/IzW7yWR7QkrmBL7jTKEn5u+qKhbwKfBstIs+bMY2Zkp18gnTxKLxoS2tFczGkPLPgizskuemMghRniWaoLcyehkd3qqGElvW/VDL5AaWTg0nLVkjRo9z+40RQzuVaE8AkAFmxZzow3x+VJYKdjykkJ0iT9wCS0DRTXu269V264Vf/3jvredZiKRkgwlL9xNAwxXFg0x/XFw005UWVRIkdgcKWTjpBP2dPwVZ4WWC+9aGVd+Gyn1o0CLelf4rEjGoXbAAEgAqeGUxrcIlbjXfbcmwIDAQAB";
const key = { TXT: [[`v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}`, KEY.slice(200)]] };
const reverse = (ip: string) => {
  const parsed = parseIp(ip);
  return parsed === null ? "" : reverseName(parsed);
};

const ZONE: Zone = {
  "shop.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: [IP] },
  [reverse(IP)]: { PTR: ["mail.shop.test"] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=reject"] },
  "s1._domainkey.shop.test": key,
  "esp.test": { TXT: [`v=spf1 ip4:${OTHER} -all`], MX: [[10, "mx.esp.test"]] },
  "mx.esp.test": { A: [OTHER] },
  [reverse(OTHER)]: { PTR: ["mx.esp.test"] },
  "k1._domainkey.esp.test": key,
};

const DMARC = `550-5.7.26 Unauthenticated email from shop.test is not accepted due to domain's
550-5.7.26 DMARC policy. Please contact the administrator of shop.test domain if
550-5.7.26 this was a legitimate mail. To learn about the DMARC initiative, go to
550 5.7.26  https://support.google.com/mail/?p=DmarcRejection a1-20020a170902 - gsmtp`;
const UNAUTHENTICATED = `550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. Authentication results: DKIM = did not pass SPF [shop.test] with ip: [${IP}] = did not pass 550 5.7.26 https://support.google.com/mail/answer/81126#authentication x1 - gsmtp`;
const DKIM_REQUIRED = "550-5.7.30 Your email has been blocked because DKIM does not pass. Gmail requires all large senders to authenticate with DKIM. 550 5.7.30 https://support.google.com/a?p=turn-on-dkim x1 - gsmtp";
const signed = (domain: string, selector: string) => `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector};\n\tbh=g3zLYH4xKxcPrHOD18z9YfpQcnk/GaJedfustWU5uGs=; b=Qm5v`;

function report(reply: string, headers: readonly string[]): string {
  return [
    "From: MAILER-DAEMON@mail.shop.test (Mail Delivery System)", "Subject: Undelivered Mail Returned to Sender", "MIME-Version: 1.0", 'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"', "",
    "--b1", "Content-Type: text/plain", "", `<kim@gmail.com>: host gmail-smtp-in.l.google.com[142.250.27.27] said: ${reply.replaceAll("\n", " ")} (in reply to end of DATA command)`, "",
    "--b1", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mail.shop.test", "", "Final-Recipient: rfc822; kim@gmail.com", "Action: failed", "Remote-MTA: dns; gmail-smtp-in.l.google.com", `Diagnostic-Code: smtp; ${reply.replaceAll("\n", " ")}`, "",
    "--b1", "Content-Type: text/rfc822-headers", "", ...headers, "To: kim@gmail.com", "Date: Tue, 24 Nov 2026 09:41:04 +0000", "", "--b1--", "",
  ].join("\n");
}

const FROM = "From: Shop <info@shop.test>";
const OWN_ENVELOPE = "Return-Path: <info@shop.test>";
const ESP_ENVELOPE = "Return-Path: <b-1@esp.test>";

interface Given {
  readonly input: string;
  readonly sendingIp?: string;
  readonly zone?: Zone;
}

async function diagnosed({ input, sendingIp, zone: changes = {} }: Given): Promise<Report> {
  const outcome = await diagnose(
    { input, sendingIp },
    { dns: (hooks) => ({ ...recording(zone({ ...ZONE, ...changes }), hooks), servers: ["127.0.0.1:53"], close: () => undefined }), id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/x", now: new Date(0), expiresAt: null },
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(outcome.report);
}

const cureOf = ({ fixes }: Report) => fixes.find((fix) => !fix.advice && fix.value?.startsWith("v=spf1") === true)?.value ?? null;
const GONE: Zone[string] = {};

const CASES: [name: string, given: Given, expected: { readonly outcome: string; readonly cause: string; readonly spf: string | null; readonly also?: readonly string[]; readonly never?: readonly string[] }][] = [
  ["DMARC: envelope and signature are another company's", { input: report(DMARC, [ESP_ENVELOPE, signed("esp.test", "k1"), FROM]), sendingIp: OTHER }, { outcome: "refused", cause: "dmarc.not-aligned", spf: null, never: ["dkim.signature-broken"] }],
  ["DMARC: aligned signature, its key gone", { input: report(DMARC, [ESP_ENVELOPE, signed("shop.test", "s1"), FROM]), sendingIp: OTHER, zone: { "s1._domainkey.shop.test": GONE } }, { outcome: "refused", cause: "dkim.key-missing", spf: null }],
  ["DMARC: aligned signature, its key in order", { input: report(DMARC, [ESP_ENVELOPE, signed("shop.test", "s1"), FROM]), sendingIp: OTHER }, { outcome: "refused", cause: "dkim.signature-broken", spf: null }],
  ["DMARC: SPF would align, and lacks the server", { input: report(DMARC, [OWN_ENVELOPE, FROM]), sendingIp: "203.0.113.8" }, { outcome: "refused", cause: "spf.not-authorised", spf: "v=spf1 mx ip4:203.0.113.8 -all" }],
  ["DMARC: SPF passes and aligns today", { input: report(DMARC, [OWN_ENVELOPE, FROM]), sendingIp: IP }, { outcome: "accepted", cause: "bounce.mended", spf: null }],
  ["DMARC: its record cannot be looked up", { input: report(DMARC, [OWN_ENVELOPE, FROM]), sendingIp: IP, zone: { "_dmarc.shop.test": { fail: "timeout" } } }, { outcome: "unknown", cause: "dns.unanswered", spf: null }],
  ["DMARC: strict alignment, an envelope below", { input: report(DMARC, ["Return-Path: <info@bounce.shop.test>", FROM]), sendingIp: IP, zone: { "_dmarc.shop.test": { TXT: ["v=DMARC1; p=reject; aspf=s"] }, "bounce.shop.test": { TXT: [`v=spf1 ip4:${IP} -all`] } } }, { outcome: "refused", cause: "dmarc.not-aligned", spf: null }],
  ["neither passed: unsigned, and SPF lacks the server", { input: report(UNAUTHENTICATED, [OWN_ENVELOPE, FROM]), zone: { "shop.test": { TXT: ["v=spf1 -all"], MX: [[10, "mail.shop.test"]] } } }, { outcome: "refused", cause: "spf.not-authorised", spf: `v=spf1 ip4:${IP} -all`, also: ["dkim.missing-signature"] }],
  ["neither passed: a signature that Gmail did not accept is told beside", { input: report(UNAUTHENTICATED, [OWN_ENVELOPE, signed("shop.test", "s1"), FROM]), zone: { "shop.test": { TXT: ["v=spf1 -all"] } } }, { outcome: "refused", cause: "spf.not-authorised", spf: `v=spf1 ip4:${IP} -all`, also: ["dkim.signature-broken", "dkim.key-valid"] }],
  ["DKIM required: the message shown is unsigned", { input: report(DKIM_REQUIRED, [OWN_ENVELOPE, FROM]) }, { outcome: "refused", cause: "dkim.missing-signature", spf: null, never: ["dkim.no-selector"] }],
  ["DKIM required: signed, the key in order", { input: report(DKIM_REQUIRED, [OWN_ENVELOPE, signed("shop.test", "s1"), FROM]) }, { outcome: "refused", cause: "dkim.signature-broken", spf: null }],
  ["DKIM required: the key cannot be looked up", { input: report(DKIM_REQUIRED, [OWN_ENVELOPE, signed("shop.test", "s1"), FROM]), zone: { "s1._domainkey.shop.test": { fail: "server-failure" } } }, { outcome: "unknown", cause: "dns.unanswered", spf: null, never: ["dkim.key-missing", "dkim.missing-signature"] }],
  ["a message of two signers, one key gone", { input: report(UNAUTHENTICATED, [OWN_ENVELOPE, signed("shop.test", "s1"), signed("esp.test", "old"), FROM]) }, { outcome: "accepted", cause: "bounce.mended", spf: null, also: ["dkim.key-missing"] }],
  ["a whole message, unsigned", { input: [OWN_ENVELOPE, FROM, "To: kim@gmail.com", "Subject: x", "Date: Tue, 24 Nov 2026 09:41:04 +0000", "Message-ID: <1@shop.test>", "", "Hello"].join("\n") }, { outcome: "at-risk", cause: "dkim.missing-signature", spf: null }],
  ["a whole message of another envelope and signer", { input: [ESP_ENVELOPE, signed("esp.test", "k1"), FROM, "To: kim@gmail.com", "Date: Tue, 24 Nov 2026 09:41:04 +0000", "Message-ID: <1@shop.test>", "", "Hello"].join("\n"), sendingIp: OTHER }, { outcome: "at-risk", cause: "dmarc.not-aligned", spf: null }],
  ["no PTR, while the MX cannot be looked up", { input: `550-5.7.25 [203.0.113.9] The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not point to the sending IP. 550 5.7.25 https://support.google.com/a?p=sender-guidelines-ip x1 - gsmtp\nMAIL FROM:<info@shop.test>`, zone: { "shop.test": { TXT: ["v=spf1 -all"], fail: { MX: "timeout" } } } }, { outcome: "refused", cause: "transport.ptr-missing", spf: null }],
  ["a PTR that cannot be looked up", { input: `550-5.7.25 [203.0.113.9] The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not point to the sending IP. 550 5.7.25 https://support.google.com/a?p=sender-guidelines-ip x1 - gsmtp\nMAIL FROM:<info@shop.test>`, zone: { [reverse("203.0.113.9")]: { fail: "timeout" } } }, { outcome: "unknown", cause: "dns.unanswered", spf: null, never: ["transport.ptr-missing"] }],
  ["a name that a network gives to all: the change is offered with a warning", { input: UNAUTHENTICATED, zone: { "shop.test": { TXT: ["v=spf1 include:esp.test -all"], MX: [[10, "mx.esp.test"]] }, [reverse(IP)]: { PTR: ["7.113.0.203.static.isp.example"] }, "7.113.0.203.static.isp.example": { A: [IP] } } }, { outcome: "refused", cause: "spf.not-authorised", spf: `v=spf1 include:esp.test ip4:${IP} -all` }],
];

test.each(CASES)("%s", async (_name, given, expected) => {
  const result = await diagnosed(given);
  const codes = result.findings.map(({ code }) => code);
  expect({ ...result.verdict, spf: cureOf(result) }).toEqual({ outcome: expected.outcome, cause: expected.cause, spf: expected.spf });
  expect(codes).toEqual(expect.arrayContaining([expected.cause, ...(expected.also ?? [])]));
  for (const code of expected.never ?? []) expect(codes).not.toContain(code);
});

test("an envelope that the paste does not name is told as an assumption of the fix", async () => {
  const result = await diagnosed({ input: DMARC, sendingIp: "203.0.113.8" });
  expect(result.verdict).toEqual({ outcome: "refused", cause: "spf.not-authorised" });
  expect(result.fixes[0]?.assumptions).toContain("envelope-domain-assumed");
});

test("the first fix is the cure, advice comes after", async () => {
  const result = await diagnosed({ input: UNAUTHENTICATED, zone: { "shop.test": { TXT: [], MX: [[10, "mail.shop.test"]] }, "_dmarc.shop.test": GONE } });
  expect(result.fixes.map(({ finding, advice }) => [finding, advice])).toEqual([["spf.missing", false], ["dmarc.missing", true]]);
});

test("who owns the address is asked for its reverse name, and told which", async () => {
  const result = await diagnosed({ input: UNAUTHENTICATED, zone: { [reverse(IP)]: GONE } });
  expect(result.fixes.find(({ type }) => type === "PTR")).toMatchObject({ action: "ask-provider", name: reverse(IP), value: "mail.shop.test", strings: ["mail.shop.test"], advice: true });
});
