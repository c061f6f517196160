/** What is said of a DMARC record beside its policy, of how mail fails it on its way, and of the next step. */

import { describe, expect, test } from "vitest";
import { parseIp, reverseName } from "../address/index.ts";
import { type RecordingHooks, recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { diagnose, rediagnose } from "./diagnose.ts";
import { type Report, reportSchema, type Step } from "./report.ts";

const IP = "203.0.113.7";
const reverse = (ip: string) => {
  const parsed = parseIp(ip);
  return parsed === null ? "" : reverseName(parsed);
};
const NONE = "v=DMARC1; p=none; rua=mailto:d@shop.test";
const shop = (dmarc: string | null, more: Zone = {}): Zone => ({
  "shop.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: [IP] },
  [reverse(IP)]: { PTR: ["mail.shop.test"] },
  ...(dmarc === null ? {} : { "_dmarc.shop.test": { TXT: [dmarc] } }),
  ...more,
});
const dnsOf = (entries: Zone) => ({ dns: (hooks: RecordingHooks<Step>) => ({ ...recording(zone(entries), hooks), servers: ["127.0.0.1:53"], close: () => undefined }), id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/x", now: new Date(0), expiresAt: null });

async function report(entries: Zone, input = "shop.test", sendingIp?: string): Promise<Report> {
  const outcome = await diagnose({ input, sendingIp }, dnsOf(entries));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(outcome.report);
}
const found = ({ findings }: Report, code: string) => findings.find((finding) => finding.code === code);
const codesOf = ({ findings }: Report) => findings.map(({ code }) => code).filter((code) => code.startsWith("dmarc."));
const evidenceOf = ({ dns, findings }: Report, code: string) => findings.find((finding) => finding.code === code)?.evidence.map((index) => `${dns.answers[index]?.type ?? ""} ${dns.answers[index]?.name ?? ""}`);

describe("a record of the domain", () => {
  const AT = "shop.test._report._dmarc.reports.example";
  test.each<[record: string, code: string, params: object]>([
    ["v=DMARC1; p=reject; t=y; rua=mailto:d@shop.test", "dmarc.testing", { domain: "shop.test", policy: "reject", effective: "quarantine" }],
    ["v=DMARC1; p=quarantine; t=y; rua=mailto:d@shop.test", "dmarc.testing", { domain: "shop.test", policy: "quarantine", effective: "none" }],
    ["v=DMARC1; p=reject; pct=20; rua=mailto:d@shop.test", "dmarc.partial", { domain: "shop.test", policy: "reject", percent: 20 }],
    ["v=DMARC1; p=reject; pct=20; ri=3600; rua=mailto:d@shop.test", "dmarc.retired-tags", { domain: "shop.test", tags: "pct, ri" }],
    ["v=DMARC1; p=reject; sp=none; rua=mailto:d@shop.test", "dmarc.subdomains-weaker", { domain: "shop.test", policy: "reject", tag: "sp", subdomains: "none" }],
    ["v=DMARC1; p=reject; np=quarantine; rua=mailto:d@shop.test", "dmarc.subdomains-weaker", { domain: "shop.test", policy: "reject", tag: "np", subdomains: "quarantine" }],
    ["v=DMARC1; p=none; rau=mailto:d@shop.test", "dmarc.unknown-tags", { domain: "shop.test", tags: "rau" }],
    ["v=DMARC1; p=none; p=reject; rua=mailto:d@shop.test", "dmarc.tag-ignored", { domain: "shop.test", term: "p", reason: "duplicate-tag" }],
    ["v=DMARC1; p=none; rua=mailto:d@shop.test ruf=mailto:e@shop.test", "dmarc.tag-ignored", { domain: "shop.test", term: "mailto:d@shop.test ruf=mailto:e@shop.test", reason: "missing-semicolon" }],
    ["v=DMARC1; p=none; adkim=strict; rua=mailto:d@shop.test", "dmarc.tag-ignored", { domain: "shop.test", term: "strict", reason: "bad-tag-value" }],
    ["v=DMARC1; p=none", "dmarc.no-reports", { domain: "shop.test" }],
    ["v=DMARC1; p=none; rua=mailto:a@shop.test,mailto:b@shop.test,mailto:c@shop.test", "dmarc.many-report-addresses", { domain: "shop.test", count: 3 }],
    ["v=DMARC1; p=none; rua=mailto:d@reports.example", "dmarc.reports-unauthorised", { domain: "shop.test", host: "reports.example", name: AT }],
  ])("%s: %s", async (record, code, params) => {
    const result = await report(shop(record));
    expect(found(result, code)?.params).toEqual(params);
    expect(evidenceOf(result, code)).toContain("TXT _dmarc.shop.test");
  });

  test("one in order tells none of it", async () => {
    expect(codesOf(await report(shop("v=DMARC1; p=reject; sp=reject; adkim=r; fo=1; rua=mailto:d@shop.test,mailto:e@reports.example", { [AT]: { TXT: ["v=DMARC1;"] } })))).toEqual(["dmarc.policy"]);
  });
  test("a permission that could not be looked up is not missing", async () => {
    const result = await report(shop("v=DMARC1; p=none; rua=mailto:d@reports.example", { [AT]: { fail: "timeout" } }));
    expect(found(result, "dmarc.reports-unauthorised")).toBeUndefined();
    expect(found(result, "dns.unanswered")).toMatchObject({ area: "dmarc", params: { name: AT } });
  });
});

describe("where it stands", () => {
  test.each<[name: string, more: Zone, params: object, evidence: string[]]>([
    ["doubled", { "_dmarc.shop.test.shop.test": { TXT: [NONE] } }, { domain: "shop.test", name: "_dmarc.shop.test", at: "_dmarc.shop.test.shop.test", reason: "doubled" }, ["TXT _dmarc.shop.test.shop.test", "TXT _dmarc.shop.test"]],
    ["without the underscore", { "dmarc.shop.test": { TXT: [NONE] } }, { domain: "shop.test", name: "_dmarc.shop.test", at: "dmarc.shop.test", reason: "no-underscore" }, ["TXT dmarc.shop.test", "TXT _dmarc.shop.test"]],
  ])("%s", async (_name, more, params, evidence) => {
    const result = await report(shop(null, more));
    expect(found(result, "dmarc.misplaced")?.params).toEqual(params);
    expect(evidenceOf(result, "dmarc.misplaced")).toEqual(evidence);
    expect(result.fixes.find(({ name }) => name === "_dmarc.shop.test")).toMatchObject({ finding: "dmarc.missing", action: "create", value: NONE });
  });
  test("an alias is told, and whose it is", async () => {
    const result = await report(shop(null, { "_dmarc.shop.test": { CNAME: "x1.dmarc.reports.example" }, "x1.dmarc.reports.example": { TXT: [NONE] } }));
    expect(found(result, "dmarc.alias")?.params).toEqual({ domain: "shop.test", name: "_dmarc.shop.test", target: "x1.dmarc.reports.example", owner: "reports.example" });
    expect(found(result, "dmarc.policy-none")).toBeDefined();
  });
  test("an alias that leads nowhere", async () => {
    const result = await report(shop(null, { "_dmarc.shop.test": { CNAME: "x1.dmarc.reports.example" } }));
    expect(codesOf(result)).toEqual(["dmarc.missing", "dmarc.alias-dangling"]);
    // No TXT record can stand beside a CNAME (RFC 1034 section 3.6.2).
    expect(result.fixes.find(({ name }) => name === "_dmarc.shop.test")?.assumptions).toContain("name-is-alias");
  });
});

const message = (...header: string[]) => [...header, "To: kim@gmail.com", "Date: Tue, 24 Nov 2026 09:41:04 +0000", "Message-ID: <1@shop.test>", "", "Hello"].join("\n");
const FROM = "From: Shop <info@shop.test>";
const signed = (domain: string) => `DKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=s1; h=from; bh=g3zLYH4xKxcPrHOD18z9YfpQcnk/GaJedfustWU5uGs=; b=Qm5v`;

describe("how mail fails it", () => {
  test("a signer below, where the record is strict", async () => {
    const result = await report(shop("v=DMARC1; p=reject; adkim=s; rua=mailto:d@shop.test"), message("Return-Path: <b@mailer.test>", signed("news.shop.test"), FROM));
    expect(found(result, "dmarc.strict-apart")?.params).toEqual({ headerFrom: "shop.test", domain: "news.shop.test", tag: "adkim", by: "dkim" });
    expect(result.dmarc?.alignment).toEqual({
      organizationalDomain: "shop.test",
      spf: { domain: "mailer.test", organizationalDomain: "mailer.test", mode: "r", aligned: false, wouldRelaxed: false },
      dkim: [{ domain: "news.shop.test", organizationalDomain: "shop.test", mode: "s", aligned: false, wouldRelaxed: true }],
    });
  });
  test("a return path below, where the record is strict", async () => {
    const result = await report(shop("v=DMARC1; p=reject; aspf=s; rua=mailto:d@shop.test"), message("Return-Path: <b@bounce.shop.test>", FROM));
    expect(found(result, "dmarc.strict-apart")?.params).toEqual({ headerFrom: "shop.test", domain: "bounce.shop.test", tag: "aspf", by: "spf" });
  });
  test("relaxed, the same is aligned and not told", async () => {
    expect(codesOf(await report(shop(NONE), message("Return-Path: <b@bounce.shop.test>", signed("news.shop.test"), FROM)))).not.toContain("dmarc.strict-apart");
  });
  test("a service's own return path", async () => {
    const result = await report(shop(NONE), message("Return-Path: <b-1@u1.wl.sendgrid.net>", FROM));
    expect(found(result, "dmarc.service-envelope")?.params).toMatchObject({ headerFrom: "shop.test", mailFrom: "u1.wl.sendgrid.net" });
  });
  test("a mailing list", async () => {
    const result = await report(shop("v=DMARC1; p=reject; rua=mailto:d@shop.test"), message("Return-Path: <talk-bounces@list.test>", "List-Post: <mailto:talk@list.test>", FROM));
    expect(found(result, "dmarc.mailing-list")?.params).toEqual({ headerFrom: "shop.test", policy: "reject" });
  });
});

describe("a mailbox provider's name", () => {
  const DMARC_OF_GMAIL: Zone = { "_dmarc.gmail.com": { TXT: ["v=DMARC1; p=none; sp=quarantine; rua=mailto:d@google.com"] }, "gmail.com": { TXT: ["v=spf1 ip4:192.0.2.0/24 ~all"], MX: [[5, "mx.gmail.com"]] } };
  test("gmail.com from elsewhere: the cause, and no record is proposed", async () => {
    const result = await report(shop(NONE, DMARC_OF_GMAIL), message("Return-Path: <info@shop.test>", "From: Shop <shop@gmail.com>"));
    expect(result.verdict).toEqual({ outcome: "at-risk", cause: "policy.from-gmail" });
    expect(result.fixes).toEqual([]);
    expect(result.dmarcPath).toBeNull();
  });
  test("the envelope too, and the server is not the provider's", async () => {
    const result = await report(shop(NONE, DMARC_OF_GMAIL), message("Return-Path: <shop@gmail.com>", "From: Shop <shop@gmail.com>"), IP);
    expect(result.verdict).toEqual({ outcome: "at-risk", cause: "policy.from-gmail" });
    expect(result.fixes).toEqual([]);
  });
  test("another provider's, refused by its policy", async () => {
    const reply = "550-5.7.26 Unauthenticated email from yahoo.com is not accepted due to domain's 550-5.7.26 DMARC policy. Please contact the administrator of yahoo.com domain. 550 5.7.26  https://support.google.com/mail/?p=DmarcRejection a1 - gsmtp";
    const result = await report(shop(NONE, { "_dmarc.yahoo.com": { TXT: ["v=DMARC1; p=reject; rua=mailto:d@yahoo.com"] }, "yahoo.com": { TXT: ["v=spf1 -all"] } }), reply, IP);
    expect(result.verdict).toEqual({ outcome: "refused", cause: "policy.from-free-mail" });
    expect(result.fixes).toEqual([]);
  });
  test("through the provider it is nobody's fault", async () => {
    const result = await report(shop(NONE, DMARC_OF_GMAIL), message("Return-Path: <shop@gmail.com>", signed("gmail.com"), "From: Shop <shop@gmail.com>"));
    expect(found(result, "policy.from-gmail")).toBeUndefined();
  });
  test("the domain alone is only looked at", async () => {
    expect(found(await report(shop(NONE, DMARC_OF_GMAIL), "gmail.com"), "policy.from-gmail")).toBeUndefined();
  });
});

describe("the way to a stricter policy", () => {
  test("is in the report, and is no fix", async () => {
    const result = await report(shop(NONE));
    expect(result.dmarcPath).toMatchObject({ stage: "none", next: { policy: "quarantine", value: "v=DMARC1; p=quarantine; rua=mailto:d@shop.test" } });
    expect(result.fixes.map(({ name }) => name)).not.toContain("_dmarc.shop.test");
  });
  test("waits for the record that a fix offers", async () => expect((await report(shop("v=DMARC1; p=none; rua=d@shop.test"))).dmarcPath).toBeNull());
  test("a report from before these keys reads, and is checked again", async () => {
    const { requirements: _requirements, messageForm: _form, dmarcPath: _path, ...before } = await report(shop(NONE));
    const read = reportSchema.parse(before);
    expect([read.requirements, read.messageForm, read.dmarcPath]).toEqual([[], null, null]);
    expect((await rediagnose(read, dnsOf(shop(NONE)))).dmarcPath?.stage).toBe("none");
  });
});
