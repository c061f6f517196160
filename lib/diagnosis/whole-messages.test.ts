/** Whole messages through the diagnosis: signed with real keys, changed on the way, and what the report says. */

import { describe, expect, test } from "vitest";
import { parseIp, reverseName } from "../address/index.ts";
import { BODY, HEADER, keyRecord, message, OTHER_RSA, RSA, sealed, type Signing, signed } from "../dkim/signed-messages.ts";
import { recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { diagnose, type DiagnosisContext, rediagnose } from "./diagnose.ts";
import { type Report, reportSchema } from "./report.ts";

const IP = "203.0.113.7";
const parsedIp = parseIp(IP);
const ZONE: Zone = {
  "shop.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: [IP] },
  [parsedIp === null ? "" : reverseName(parsedIp)]: { PTR: ["mail.shop.test"] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=none"] },
  "s1._domainkey.shop.test": { TXT: [keyRecord(RSA)] },
  "k1._domainkey.list.test": { TXT: [keyRecord(OTHER_RSA)] },
};
const contextOf = (changes: Zone = {}): DiagnosisContext => ({
  dns: (hooks) => ({ ...recording(zone({ ...ZONE, ...changes }), hooks), servers: ["127.0.0.1:53"], close: () => undefined }),
  id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date("2026-11-25T12:00:00Z"), expiresAt: null,
});

async function report(input: string, changes?: Zone, selectors?: string[]): Promise<Report> {
  const outcome = await diagnose({ input, selectors }, contextOf(changes));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(outcome.report);
}

const found = ({ findings }: Report, code: string) => findings.find((one) => one.code === code);
const subject = (line: string) => (text: string): string => text.replace(/^Subject:.*$/m, line);
const footer = (text: string): string => `${text}\r\n_______\r\nShop-talk\r\n`;
/** As Gmail writes it, on top. */
const byGmail = (dkim: string, spf = "pass", dmarc = "pass") => (text: string): string =>
  [
    "Delivered-To: lee@gmail.test", "Received: by 2002:a05:6000:1 with SMTP id a1; Tue, 24 Nov 2026 01:41:09 -0800 (PST)", `Return-Path: <kim@shop.test>`,
    `Received: from mail.shop.test (mail.shop.test. [${IP}]) by mx.google.com with ESMTPS id x1 for <lee@gmail.test>; Tue, 24 Nov 2026 01:41:08 -0800 (PST)`,
    `Authentication-Results: mx.google.com;\r\n       dkim=${dkim} header.i=@shop.test header.s=s1 header.b=AbCdEf;\r\n       spf=${spf} (google.com: domain of kim@shop.test designates ${IP} as permitted sender) smtp.mailfrom=kim@shop.test;\r\n       dmarc=${dmarc} (p=NONE sp=NONE dis=NONE) header.from=shop.test`,
    text,
  ].join("\r\n");
const throughList = (text: string): string => ["List-Id: Shop talk <shop-talk.list.test>", "Received: from mail.shop.test (mail.shop.test [203.0.113.7]) by mx.list.test; Tue, 24 Nov 2026 09:41:30 +0000", text].join("\r\n");

interface Case {
  readonly sign?: Signing;
  readonly change?: (text: string) => string;
  readonly zone?: Zone;
  readonly verdict?: object;
  readonly tells: Readonly<Record<string, object>>;
  readonly never?: readonly string[];
  readonly verified: boolean | null;
}

const BROKEN = "dkim.signature-broken";
const CASES: readonly (readonly [name: string, Case])[] = [
  ["untouched", { verdict: { outcome: "accepted", cause: "policy.nothing-found" }, tells: { "dkim.signature-verified": { params: { algorithm: "rsa-sha256" } }, "dmarc.aligned": { params: { by: "dkim", domain: "shop.test" } } }, never: [BROKEN], verified: true }],
  ["untouched, received by Gmail, which says the same", { change: byGmail("pass"), verdict: { outcome: "accepted" }, tells: { "dkim.signature-verified": {}, "dmarc.aligned": { params: { by: "spf" } } }, never: ["policy.results-differ"], verified: true }],
  ["through a list with a footer", { change: (text) => throughList(footer(text)), verdict: { outcome: "at-risk", cause: BROKEN }, tells: { [BROKEN]: { severity: "critical", params: { reason: "footer-added", lines: 3, by: "list.test", changer: "list" } } }, verified: false }],
  ["through a list with a tag", { change: (text) => throughList(subject("Subject: [talk] Your order 1234")(text)), tells: { [BROKEN]: { params: { reason: "subject-tagged", fields: "subject", by: "list.test" } } }, verified: false }],
  ["through a gateway", { change: (text) => `Received: from mail.shop.test ([203.0.113.7]) by mx07-00.pphosted.com; Tue, 24 Nov 2026 09:41:30 +0000\r\n${footer(text)}`, tells: { [BROKEN]: { params: { reason: "footer-added", changer: "gateway" } } }, verified: false }],
  ["a word changed, nobody to blame", { change: (text) => text.replace("Hello", "Hallo"), tells: { [BROKEN]: { severity: "warning", params: { reason: "body-changed", by: "", changer: "" } } }, verified: false }],
  ["a word changed, and Gmail says pass: the copy is to blame", { change: (text) => byGmail("pass")(text.replace("Hello", "Hallo")), verdict: { outcome: "accepted" }, tells: { "dkim.signature-pasted": { severity: "unknown", cost: 0 }, "policy.results-differ": { params: { method: "dkim", theirs: "pass", ours: "fail" } } }, never: [BROKEN], verified: null }],
  ["Gmail said fail, and it holds today", { change: byGmail("fail"), tells: { "dkim.signature-verified": {}, "policy.results-differ": { params: { method: "dkim", theirs: "fail", ours: "pass" } } }, verified: true }],
  ["Gmail saw another SPF record", { change: byGmail("pass", "softfail"), tells: { "policy.results-differ": { params: { method: "spf", domain: "shop.test", theirs: "softfail", ours: "pass" } } }, verified: true }],
  ["a forged Authentication-Results below another server's Received", { change: (text) => throughList(byGmail("pass")(text.replace("Hello", "Hallo"))), tells: { [BROKEN]: { params: { reason: "body-changed" } } }, never: ["dkim.signature-pasted", "policy.results-differ"], verified: false }],
  ["header alone", { change: (text) => text.slice(0, text.indexOf("\r\n\r\n") + 4), tells: { "dkim.signature-unseen": { params: { reason: "header-holds" } } }, never: [BROKEN], verified: null }],
  ["signed with another key", { sign: { key: OTHER_RSA }, verdict: { outcome: "at-risk", cause: BROKEN }, tells: { [BROKEN]: { severity: "critical", params: { reason: "other-key" } }, "dkim.key-valid": {} }, verified: false }],
  ["key missing: told once", { zone: { "s1._domainkey.shop.test": {} }, verdict: { cause: "dkim.key-missing" }, tells: { "dkim.key-missing": {} }, never: [BROKEN], verified: false }],
  ["key not answered for", { zone: { "s1._domainkey.shop.test": { fail: "timeout" } }, tells: { "dns.unanswered": {} }, never: [BROKEN], verified: null }],
  ["expired", { sign: { expires: "2026-11-24T10:00:00Z" }, tells: { [BROKEN]: { params: { reason: "expired" } } }, verified: false }],
];

test.each(CASES)("%s", async (_, { sign, change = (same) => same, zone: changes, verdict = {}, tells, never = [], verified }) => {
  const result = await report(change(await signed(message(), sign)), changes);
  expect(result.subject.kind).toBe("message");
  expect(result.verdict).toMatchObject(verdict);
  for (const [code, about] of Object.entries(tells)) expect(found(result, code), code).toMatchObject(about);
  for (const code of never) expect(found(result, code), code).toBeUndefined();
  expect(result.dkim.map((key) => key.verified)).toEqual([verified]);
});

test("ARC is told, and the list's own signature refuses nothing", async () => {
  const broken = footer(await signed(message()));
  const relayed = await sealed(await signed(broken, { domain: "list.test", selector: "k1", key: OTHER_RSA }));
  const result = await report(relayed);
  expect(found(result, "dkim.arc")?.params).toEqual({ result: "pass", sealers: "list.test", count: 1, saw: "dkim=pass, spf=pass, dmarc=pass" });
  expect(result.dkim.map(({ domain, verified }) => [domain, verified])).toEqual([["list.test", true], ["shop.test", false]]);
  expect(found(result, "dmarc.aligned")).toBeUndefined();
  expect(result.dmarc?.result).not.toBe("pass");
});

test("a broken signature beside a good one of the author's refuses nothing", async () => {
  const both = await signed(footer(await signed(message(), { selector: "s2" })));
  const result = await report(both, { "s2._domainkey.shop.test": { TXT: [keyRecord(RSA)] } });
  expect(found(result, "dkim.signature-verified")?.params).toMatchObject({ selector: "s1" });
  expect(found(result, BROKEN)).toMatchObject({ severity: "info", cost: 0, params: { selector: "s2" } });
  expect(result.verdict.outcome).toBe("accepted");
});

test("another domain's broken signature is no cause", async () => {
  const result = await report(subject("Subject: Other")(await signed(message(HEADER, BODY), { domain: "list.test", selector: "k1", key: OTHER_RSA, fields: ["From", "Subject"] })).replace(/^/, "Return-Path: <kim@shop.test>\r\n"));
  expect(found(result, BROKEN)).toMatchObject({ severity: "info" });
});

test("a re-check has no message, and says so instead of calling it mended", async () => {
  const first = await report(footer(await signed(message())));
  const again = await rediagnose(first, contextOf());
  expect(found(again, "dkim.signature-unseen")).toMatchObject({ severity: "unknown", params: { reason: "not-kept" } });
  expect(again.dkim.map(({ verified }) => verified)).toEqual([null]);
});

test("nothing of the message is in the report", async () => {
  const text = JSON.stringify(await report(footer(byGmail("fail")(await signed(message())))));
  for (const secret of ["Hello", "order", "Kim", "lee@", "kim@", "Shop-talk"]) expect(text).not.toContain(secret);
});

describe("keys that can be put right", () => {
  const good = keyRecord(RSA);
  const at = (entry: Zone[string]): Zone => ({ "s1._domainkey.shop.test": entry });
  test.each<[name: string, entries: Zone, fix: object, tells: Readonly<Record<string, object>>, selector?: string]>([
    ["quotes inside", at({ TXT: [`v=DKIM1; k=rsa; p=${good.slice(18, 200)}" "${good.slice(200)}`] }), { finding: "dkim.key-invalid", action: "replace", value: good, strings: [good.slice(0, 255), good.slice(255)], assumptions: ["key-mended"] }, { "dkim.key-invalid": { params: { reason: "quotes" } } }],
    ["in two records: both go", at({ TXT: [good.slice(0, 255), good.slice(255)] }), { action: "replace", value: good, replaces: [good.slice(0, 255), good.slice(255)] }, { "dkim.key-invalid": { params: { reason: "split-over-records" } } }],
    ["cut off: only its owner has the rest", at({ TXT: [good.slice(0, 255)] }), { action: "ask-provider", value: null, assumptions: ["key-from-provider"] }, { "dkim.key-invalid": { params: { reason: "truncated-key" } } }],
    ["at the doubled name", { "s1._domainkey.shop.test": {}, "s1._domainkey.shop.test.shop.test": { TXT: [good] } }, { finding: "dkim.key-missing", action: "create", value: good, assumptions: ["key-from-elsewhere"], replaces: [] }, { "dkim.misplaced": { params: { reason: "doubled", place: "s1._domainkey.shop.test.shop.test" } } }],
    ["an alias of nothing", at({ CNAME: "s1.domainkey.u1.wl001.sendgrid.net" }), { action: "ask-provider", value: null }, { "dkim.alias-dangling": { params: { target: "s1.domainkey.u1.wl001.sendgrid.net", provider: "Twilio SendGrid" } } }],
    ["an alias of a damaged key: not ours to write", { ...at({ CNAME: "s1.mailer.test" }), "s1.mailer.test": { TXT: [`"${good}"`] } }, { action: "ask-provider", value: null }, { "dkim.alias": { params: { target: "s1.mailer.test", provider: "" } } }],
    ["a wildcard's answer", { "*._domainkey.shop.test": { TXT: ["v=spf1 -all"] } }, { finding: "dkim.key-missing", action: "ask-provider", replaces: [] }, { "dkim.wildcard": { params: { reason: "other", term: "v=spf1 -all" } } }, "s7"],
  ])("%s", async (_, changes, fix, tells, selector = "s1") => {
    const result = await report("shop.test", changes, [selector]);
    expect(result.fixes.find(({ finding }) => finding.startsWith("dkim."))).toMatchObject(fix);
    for (const [code, about] of Object.entries(tells)) expect(found(result, code), code).toMatchObject(about);
  });

  test("the confirmed name of the sending host tells whose selectors to try", async () => {
    const outcome = await diagnose({ input: "shop.test", sendingIp: "198.51.100.9" }, contextOf({ [reverseName(parseIp("198.51.100.9") ?? (() => { throw new Error("no address"); })())]: { PTR: ["o1.sendgrid.net"] }, "o1.sendgrid.net": { A: ["198.51.100.9"] }, "s1._domainkey.shop.test": { TXT: [good] } }));
    if (!outcome.ok) throw new Error(outcome.error.code);
    expect(outcome.report.dkim).toContainEqual(expect.objectContaining({ selector: "s1", source: "guessed", status: "valid" }));
  });
});
