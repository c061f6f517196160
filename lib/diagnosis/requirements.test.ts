import { describe, expect, test } from "vitest";
import { parseIp, reverseName } from "../address/index.ts";
import { type RecordingHooks, recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { LOCALES, translator } from "../messages/translate.ts";
import { diagnose, rediagnose } from "./diagnose.ts";
import { type Report, reportSchema, type Step } from "./report.ts";
import { type RequirementCode, REQUIREMENTS, type RequirementState } from "./requirement-codes.ts";

const IP = "203.0.113.7";
const KEY = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0/IzW7yWR7QkrmBL7jTKEn5u+qKhbwKfBstIs+bMY2Zkp18gnTxKLxoS2tFczGkPLPgizskuemMghRniWaoLcyehkd3qqGElvW/VDL5AaWTg0nLVkjRo9z+40RQzuVaE8AkAFmxZzow3x+VJYKdjykkJ0iT9wCS0DRTXu269V264Vf/3jvredZiKRkgwlL9xNAwxXFg0x/XFw005UWVRIkdgcKWTjpBP2dPwVZ4WWC+9aGVd+Gyn1o0CLelf4rEjGoXbAAEgAqeGUxrcIlbjXfbcmwIDAQAB";
const reverse = (ip: string) => {
  const parsed = parseIp(ip);
  return parsed === null ? "" : reverseName(parsed);
};
const ZONE: Zone = {
  "shop.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: [IP] },
  [reverse(IP)]: { PTR: ["mail.shop.test"] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=none; rua=mailto:d@shop.test"] },
  "s1._domainkey.shop.test": { TXT: [[`v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}`, KEY.slice(200)]] },
};
const GONE: Zone[string] = {};

interface Given {
  readonly input?: string;
  readonly sendingIp?: string;
  readonly selectors?: string[];
  readonly zone?: Zone;
}

const contextOf = (changes: Zone = {}) => ({ dns: (hooks: RecordingHooks<Step>) => ({ ...recording(zone({ ...ZONE, ...changes }), hooks), servers: ["127.0.0.1:53"], close: () => undefined }), id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/x", now: new Date(0), expiresAt: null });

async function report({ input = "shop.test", sendingIp, selectors, zone: changes }: Given): Promise<Report> {
  const outcome = await diagnose({ input, sendingIp, selectors }, contextOf(changes));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(outcome.report);
}
const rowOf = ({ requirements }: Report, code: RequirementCode) => requirements.find((row) => row.code === code);

const message = (...header: string[]) => [...header, "To: kim@gmail.com", "Date: Tue, 24 Nov 2026 09:41:04 +0000", "Message-ID: <1@shop.test>", "", "Hello"].join("\n");
const FROM = "From: Shop <info@shop.test>";
const OWN = "Return-Path: <info@shop.test>";
const ELSEWHERE = "Return-Path: <b@mailer.test>";
const signed = (domain: string, names = "from") => `DKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=s1; h=${names}; bh=g3zLYH4xKxcPrHOD18z9YfpQcnk/GaJedfustWU5uGs=; b=${Buffer.alloc(256, 1).toString("base64")}`;
const google = (how: string) => `Received: from mail.shop.test (mail.shop.test. [${IP}]) by mx.google.com with ${how} id x for <kim@gmail.com>; Tue, 24 Nov 2026 01:41:04 -0800 (PST)`;
const gmail = (code: string, words: string) => `${code.replace(" ", "-")} ${words} ${code} https://support.google.com/mail/answer/81126 x1 - gsmtp\nMAIL FROM:<info@shop.test>`;
const UNAUTHENTICATED = gmail("550 5.7.26", `Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. Authentication results: DKIM = did not pass SPF [shop.test] with ip: [${IP}] = did not pass`);
const NO_SPF: Zone = { "shop.test": { TXT: [], MX: [[10, "mail.shop.test"]] } };
const LIST = ["List-Unsubscribe: <https://shop.test/u?1>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"];

const CASES: readonly [code: RequirementCode, name: string, given: Given, state: RequirementState, params?: object][] = [
  ["spf-or-dkim", "SPF passes", { sendingIp: IP }, "met", { spf: "passes" }],
  ["spf-or-dkim", "a record, no address known", {}, "met", { spf: "ready" }],
  ["spf-or-dkim", "SPF fails, no key known", { sendingIp: "203.0.113.99" }, "not-seen", { spf: "fails", dkim: "unknown" }],
  ["spf-or-dkim", "SPF fails, a key is published", { sendingIp: "203.0.113.99", selectors: ["s1"] }, "met", { spf: "fails", dkim: "ready" }],
  ["spf-or-dkim", "Gmail said neither, and SPF has no record today", { input: UNAUTHENTICATED, zone: NO_SPF }, "not-met", { spf: "absent", dkim: "fails" }],
  ["spf-or-dkim", "Gmail said neither, mended since", { input: UNAUTHENTICATED }, "met", { spf: "passes" }],
  ["spf-or-dkim", "an unsigned message, no SPF record", { input: message(OWN, FROM), zone: NO_SPF }, "not-met", { spf: "absent", dkim: "absent" }],
  ["spf-or-dkim", "not answered", { zone: { "shop.test": { fail: { TXT: "timeout" } } } }, "not-seen", { spf: "unknown", dkim: "unknown" }],
  ["spf-or-dkim", "two records", { zone: { "shop.test": { TXT: ["v=spf1 mx -all", "v=spf1 -all"] } } }, "not-seen", { spf: "fails" }],
  ["spf-and-dkim", "both", { sendingIp: IP, selectors: ["s1"] }, "met", { spf: "passes", dkim: "ready" }],
  ["spf-and-dkim", "SPF alone, DKIM not known", { sendingIp: IP }, "not-seen", { dkim: "unknown" }],
  ["spf-and-dkim", "SPF alone, unsigned", { input: message(OWN, FROM), sendingIp: IP }, "not-met", { spf: "passes", dkim: "absent" }],
  ["spf-and-dkim", "signed, its key gone", { input: message(OWN, signed("shop.test"), FROM), sendingIp: IP, zone: { "s1._domainkey.shop.test": GONE } }, "not-met", { dkim: "fails" }],
  ["ptr", "confirmed", { sendingIp: IP }, "met", { ip: IP, name: "mail.shop.test" }],
  ["ptr", "none", { sendingIp: IP, zone: { [reverse(IP)]: GONE } }, "not-met", { ip: IP, name: "" }],
  ["ptr", "leads elsewhere", { sendingIp: IP, zone: { [reverse(IP)]: { PTR: ["else.test"] } } }, "not-met", { name: "else.test" }],
  ["ptr", "not answered", { sendingIp: IP, zone: { [reverse(IP)]: { fail: "timeout" } } }, "not-seen", { ip: IP }],
  ["ptr", "no address known", {}, "not-seen", { ip: "" }],
  ["tls", "a domain alone", {}, "not-seen"],
  ["tls", "Google received it so", { input: message(google("ESMTPS"), OWN, FROM) }, "met"],
  ["tls", "Google received it plain", { input: message(google("ESMTP"), OWN, FROM) }, "not-met"],
  ["tls", "Gmail said so", { input: gmail("550 5.7.29", "This message was not sent over a TLS connection.") }, "not-met"],
  ["message-form", "a domain alone", {}, "not-seen"],
  ["message-form", "in order", { input: message(OWN, FROM) }, "met"],
  ["message-form", "two From", { input: message(OWN, FROM, FROM) }, "not-met", { reason: "repeated", field: "From" }],
  ["message-form", "Gmail said so", { input: gmail("550 5.7.1", "This message is not RFC 5322 compliant. There are multiple 'From' headers.") }, "not-met", { reason: "", field: "" }],
  ["not-gmail", "own domain", {}, "met", { domain: "shop.test" }],
  ["not-gmail", "gmail.com from elsewhere", { input: message(OWN, "From: shop@gmail.com") }, "not-met", { domain: "gmail.com" }],
  ["not-gmail", "From not named", { input: UNAUTHENTICATED }, "not-seen"],
  ["spam-rate", "never guessed", { sendingIp: IP }, "not-seen", { domain: "shop.test" }],
  ["arc", "nothing forwarded", { input: message(OWN, FROM) }, "not-seen"],
  ["arc", "a list without a seal", { input: message(OWN, "List-Post: <mailto:talk@list.test>", FROM) }, "not-met"],
  ["arc", "a list with one", { input: message(OWN, "List-Post: <mailto:talk@list.test>", "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=list.test; s=x; b=y", FROM) }, "met"],
  ["dmarc", "any policy", {}, "met", { policy: "none" }],
  ["dmarc", "none", { zone: { "_dmarc.shop.test": GONE } }, "not-met"],
  ["dmarc", "no policy that can be read", { zone: { "_dmarc.shop.test": { TXT: ["v=DMARC1; p=monitor; rua=mailto:d@shop.test"] } } }, "not-met"],
  ["dmarc", "not answered", { zone: { "_dmarc.shop.test": { fail: "timeout" } } }, "not-seen"],
  ["alignment", "a domain alone", {}, "not-seen"],
  ["alignment", "SPF, aligned", { input: message(OWN, FROM), sendingIp: IP }, "met"],
  ["alignment", "SPF, aligned, without DMARC", { input: message(OWN, FROM), sendingIp: IP, zone: { "_dmarc.shop.test": GONE } }, "met"],
  ["alignment", "neither", { input: message(ELSEWHERE, FROM), sendingIp: IP }, "not-met"],
  ["alignment", "an aligned signature that does not verify", { input: message(ELSEWHERE, signed("shop.test"), FROM) }, "not-met"],
  ["alignment", "an aligned signature whose key could not be looked up", { input: message(ELSEWHERE, signed("shop.test"), FROM), zone: { "s1._domainkey.shop.test": { fail: "timeout" } } }, "not-seen"],
  ["one-click", "a domain alone", {}, "not-seen", { reason: "" }],
  ["one-click", "a message without", { input: message(OWN, FROM) }, "not-seen", { reason: "none" }],
  ["one-click", "both fields, unsigned", { input: message(OWN, ...LIST, FROM) }, "not-met", { reason: "unsigned" }],
  ["one-click", "both fields, not covered", { input: message(OWN, ...LIST, signed("shop.test"), FROM) }, "not-met", { reason: "not-covered" }],
  ["one-click", "both fields, covered", { input: message(OWN, ...LIST, signed("shop.test", "from:list-unsubscribe:list-unsubscribe-post"), FROM) }, "met"],
];

describe("rows", () => {
  test.each(CASES)("%s: %s", async (code, _name, given, state, params = {}) => {
    const row = rowOf(await report(given), code);
    expect(row?.state).toBe(state);
    expect(row?.params).toMatchObject(params);
  });

  test("all of them, in order, whatever was asked", async () => {
    const result = await report({ zone: { "shop.test": { fail: "timeout" }, "_dmarc.shop.test": { fail: "timeout" } } });
    expect(result.requirements.map(({ code }) => code)).toEqual(REQUIREMENTS);
    expect(result.requirements.filter(({ state }) => state === "not-met")).toEqual([]);
  });

  test("a re-check has no message, and says of its form what the first look said", async () => {
    const first = await report({ input: message(google("ESMTPS"), OWN, ...LIST, FROM, FROM) });
    const again = await rediagnose(first, contextOf());
    expect(again.requirements).toEqual(first.requirements);
    expect(JSON.stringify(again.messageForm)).not.toMatch(/shop|kim|Hello/);
  });

  test("what an event of a service leaves out is not called missing", async () => {
    const event = { eventType: "Bounce", bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: "kim@gmail.com", action: "failed", status: "5.7.26", diagnosticCode: `smtp; ${UNAUTHENTICATED.split("\n")[0] ?? ""}` }] }, mail: { source: "info@shop.test", headers: [{ name: "From", value: "info@shop.test" }, { name: "Subject", value: "x" }] } };
    expect(rowOf(await report({ input: JSON.stringify(event) }), "message-form")?.state).toBe("not-seen");
  });
});

describe.each(LOCALES)("words, %s", (locale) => {
  const t = translator(locale);
  test.each(CASES)("%s: %s", async (code, _name, given) => {
    const row = rowOf(await report(given), code);
    if (row === undefined) throw new Error(code);
    const said = t(`requirement.${code}.${row.state}`, row.params);
    expect(said).toMatch(/[.。]$/);
    expect(said).not.toMatch(/ {2}|undefined|[{}]|^ | $|\.\.|。。/);
    expect(t(`requirement.${code}.title`)).not.toBe("");
  });
});
