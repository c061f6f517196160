/** One message that is in order, signed with a real key, and what a single change to it, to its signature or to DNS makes the report say. */

import { expect, test } from "vitest";
import { BODY, ED25519, HEADER, keyRecord, message, OTHER_RSA, RSA, sealed, signed, signedOver, WEAK_RSA } from "../dkim/signed-messages.ts";
import { recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { diagnose } from "./diagnose.ts";
import { type Report, reportSchema } from "./report.ts";

const KEY = "s1._domainkey.shop.test";
const ZONE: Zone = {
  "shop.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: ["203.0.113.7"] },
  "7.113.0.203.in-addr.arpa": { PTR: ["mail.shop.test"] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=reject; rua=mailto:dmarc@shop.test"] },
  [KEY]: { TXT: [keyRecord(RSA)] },
  "ed._domainkey.shop.test": { TXT: [keyRecord(ED25519)] },
  "k1._domainkey.list.test": { TXT: [keyRecord(OTHER_RSA)] },
};

async function report(input: string, changes: Zone = {}): Promise<Report> {
  const outcome = await diagnose({ input }, {
    dns: (hooks) => ({ ...recording(zone({ ...ZONE, ...changes }), hooks), servers: ["127.0.0.1:53"], close: () => undefined }),
    id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date("2026-11-25T12:00:00Z"), expiresAt: null,
  });
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(outcome.report);
}

/** Whatever the message has, the report of it unchanged tells none of what the changes below are to bring. */
const QUIET = ["dkim.signature-broken", "dkim.signature-partial", "dkim.signature-unseen", "dkim.key-missing", "dkim.key-revoked", "dkim.key-invalid", "dkim.key-weak", "dkim.key-testing", "dkim.alias", "dkim.alias-dangling", "dkim.misplaced", "dkim.missing-signature", "dkim.arc", "dns.unanswered", "policy.results-differ"];

type Change = (text: string) => string | Promise<string>;
interface InDns { readonly zone: Zone }
type Mutation = readonly [name: string, change: Change | InDns, code: string, params: object, never?: string];

const BROKEN = "dkim.signature-broken";
const line = (name: string, to: string): Change => (text) => text.replace(new RegExp(`^${name}:.*$`, "m"), to);
const tag = (from: RegExp, to: string): Change => (text) => text.replace(/^DKIM-Signature:(?:[^\r]|\r\n[ \t])*/, (field) => field.replace(from, to));
const anew = (signing: Parameters<typeof signed>[1]): Change => () => signed(message(), signing);
const inDns = (entry: Zone[string], more: Zone = {}): InDns => ({ zone: { [KEY]: entry, ...more } });
const key = (record: string): InDns => inDns({ TXT: [record] });
const HTML = [...HEADER.slice(0, 6), 'Content-Type: multipart/alternative; boundary="b1"'];
const PARTS = ["--b1", "Content-Type: text/plain", "", "Hello", "", "--b1", "Content-Type: text/html", "", "<p>Hello</p>", "--b1--", ""];

const MUTATIONS: readonly Mutation[] = [
  ["a footer", (text) => `${text}-- \r\nlist\r\n`, BROKEN, { reason: "footer-added", lines: 2 }],
  ["a banner", (text) => text.replace("\r\n\r\n", "\r\n\r\nFROM OUTSIDE\r\n"), BROKEN, { reason: "banner-added", lines: 1 }],
  ["lines inside a part", async () => (await signed(message(HTML, PARTS))).replace("Hello\r\n\r\n--b1", "Hello\r\n\r\n-- \r\nScanned\r\n--b1"), BROKEN, { reason: "lines-added" }],
  ["a word of the body", (text) => text.replace("Hello", "Hallo"), BROKEN, { reason: "body-changed" }],
  ["a line of the body gone", (text) => text.replace("\r\nKim\r\n", "\r\n"), BROKEN, { reason: "body-changed" }],
  ["white space in a simple body", async () => (await signed(message(), { canonicalization: "simple/simple" })).replace("order  is", "order is"), BROKEN, { reason: "body-changed" }],
  ["the body not pasted", (text) => text.slice(0, text.indexOf("\r\n\r\n") + 4), "dkim.signature-unseen", { reason: "header-holds" }],
  ["the body not pasted, the header changed", (text) => text.slice(0, text.indexOf("\r\n\r\n") + 4).replace("1234", "1235"), "dkim.signature-unseen", { reason: "header-differs" }],
  ["a body that breaks off", async () => (await signed(message(HTML, PARTS))).split("<p>")[0] ?? "", "dkim.signature-unseen", { reason: "header-holds" }],
  ["a tag before the subject", line("Subject", "Subject: [list] Your order 1234"), BROKEN, { reason: "subject-tagged", fields: "subject" }],
  ["a subject in a folded simple header", async () => (await signed(message(), { canonicalization: "simple/simple" })).replace(" 1234", "\r\n 1234"), BROKEN, { reason: "field-rewritten", fields: "subject" }],
  ["From rewritten and kept", line("From", "From: Kim via List <talk@shop.test>\r\nX-Original-From: Kim Shop <kim@shop.test>"), BROKEN, { reason: "field-rewritten", fields: "from" }],
  ["To changed", line("To", "To: else@gmail.test"), BROKEN, { reason: "header-changed" }],
  ["Date removed", (text) => text.replace(/^Date:.*\r\n/m, ""), BROKEN, { reason: "header-changed" }],
  ["a Cc that was signed as absent", () => signedOver(message(), ["from", "cc"]).replace(/^To:/m, "Cc: all@list.test\r\nTo:"), BROKEN, { reason: "field-added", fields: "cc" }],
  ["a second From, oversigned", () => signedOver(message(), ["from", "from"]).replace(/^To:/m, "From: eve@evil.test\r\nTo:"), BROKEN, { reason: "field-added", fields: "from" }],
  ["an Ed25519 signature over another To", async () => (await signed(message(), { key: ED25519, selector: "ed" })).replace(/^To:.*$/m, "To: else@gmail.test"), BROKEN, { reason: "not-matching" }],
  ["another key signed", anew({ key: OTHER_RSA }), BROKEN, { reason: "other-key" }],
  ["a key of another kind signed", anew({ key: ED25519 }), BROKEN, { reason: "other-key" }],
  ["past its end", anew({ expires: "2026-11-24T10:00:00Z" }), BROKEN, { reason: "expired" }],
  ["made in the future", anew({ signed: "2026-11-26T00:00:00Z" }), BROKEN, { reason: "not-yet-valid" }],
  ["SHA-1", anew({ algorithm: "rsa-sha1" }), BROKEN, { reason: "weak-algorithm" }],
  ["an unknown algorithm", tag(/a=rsa-sha256/, "a=rsa-sha512"), BROKEN, { reason: "unsupported" }],
  ["an unknown version", tag(/v=1/, "v=2"), BROKEN, { reason: "unsupported" }],
  ["i= outside d=", tag(/\bs=s1/, "i=@evil.test; s=s1"), BROKEN, { reason: "malformed" }],
  ["From not signed", () => signedOver(message(), ["to", "subject"]), BROKEN, { reason: "malformed" }],
  ["no body hash", tag(/\bbh=/, "zz="), BROKEN, { reason: "malformed" }],
  ["a shortened signature", tag(/\bb=([^;]{20})[^;]*$/, "b=$1..."), "dkim.signature-unseen", { reason: "signature-shortened" }, BROKEN],
  ["x= no date", tag(/\bs=s1/, "x=never; s=s1"), BROKEN, { reason: "malformed" }],
  ["i= below d=, and a key for d= alone", () => signedOver(message(), ["from"], { more: " i=@mail.shop.test;", selector: "strict" }), BROKEN, { reason: "malformed" }],
  ["no signature", () => message(), "dkim.missing-signature", { domain: "shop.test" }],
  ["a body that is signed in part", async () => `${await signed(message(), { length: 20 })}Buy here\r\n`, "dkim.signature-partial", { octets: expect.any(Number) }, BROKEN],
  ["a list that seals a footer", async (text) => sealed(`${text}-- \r\nlist\r\n`), "dkim.arc", { result: "pass", count: 1 }],
  ["a seal that was changed", async (text) => (await sealed(text)).replace("dkim=pass", "dkim=fail"), "dkim.arc", { result: "fail" }],
  ["Gmail saw it fail", (text) => `Received: from mail.shop.test (mail.shop.test. [203.0.113.7]) by mx.google.com; Tue, 24 Nov 2026 01:41:08 -0800\r\nAuthentication-Results: mx.google.com; dkim=fail header.i=@shop.test header.s=s1\r\n${text}`, "policy.results-differ", { theirs: "fail", ours: "pass" }, BROKEN],
  ["another selector", tag(/\bs=s1/, "s=s9"), "dkim.key-missing", { selector: "s9" }, BROKEN],
  ["the key gone", inDns({}), "dkim.key-missing", { selector: "s1" }, BROKEN],
  ["the key withdrawn", key("v=DKIM1; p="), "dkim.key-revoked", { selector: "s1" }, BROKEN],
  ["the key cut off", key(keyRecord(RSA).slice(0, 255)), "dkim.key-invalid", { reason: "truncated-key" }, BROKEN],
  ["the key with quotes", key(`v=DKIM1; p="${keyRecord(RSA).slice(18)}"`), "dkim.key-invalid", { reason: "quotes" }, BROKEN],
  ["the key with a backslash", key(keyRecord(RSA).replace(";", "\\;")), "dkim.key-invalid", { reason: "backslash" }, BROKEN],
  ["two keys", inDns({ TXT: [keyRecord(RSA), keyRecord(OTHER_RSA)] }), "dkim.key-invalid", { selector: "s1" }, BROKEN],
  ["the key for another service", key(keyRecord(RSA, "s=tlsrpt; ")), "dkim.key-invalid", { reason: "not-for-email" }, BROKEN],
  ["the key for SHA-1 alone", key(keyRecord(RSA, "h=sha1; ")), "dkim.key-invalid", { reason: "no-usable-hash" }, BROKEN],
  ["the key too short", key(keyRecord(WEAK_RSA)), "dkim.key-weak", { bits: 768 }, BROKEN],
  ["the key in test mode", key(keyRecord(RSA, "t=y; ")), "dkim.key-testing", { selector: "s1" }, BROKEN],
  ["an alias of nothing", inDns({ CNAME: "gone.mailer.test" }), "dkim.alias-dangling", { target: "gone.mailer.test" }, BROKEN],
  ["the key at the doubled name", inDns({}, { [`${KEY}.shop.test`]: { TXT: [keyRecord(RSA)] } }), "dkim.misplaced", { reason: "doubled" }, BROKEN],
  ["the key not answered for", inDns({ fail: "timeout" }), "dns.unanswered", { name: KEY }, BROKEN],
];
const STRICT: Zone = { "strict._domainkey.shop.test": { TXT: [keyRecord(RSA, "t=s; ")] } };

test("unchanged, nothing is told of it but that it holds", async () => {
  const { findings, dkim } = await report(await signed(message()));
  expect(findings.map(({ code }) => code)).toContain("dkim.signature-verified");
  expect(findings.filter(({ code }) => QUIET.includes(code))).toEqual([]);
  expect(dkim.map(({ verified }) => verified)).toEqual([true]);
});

test.each(MUTATIONS.map((one) => [one[0], one] as const))("%s", async (_, [, mutation, code, params, never]) => {
  const text = await signed(message(HEADER, BODY));
  const { findings } = typeof mutation === "function" ? await report(await mutation(text), STRICT) : await report(text, mutation.zone);
  expect(findings.filter((one) => one.code === code).map((one) => one.params)).toContainEqual(expect.objectContaining(params));
  if (never !== undefined) expect(findings.map((one) => one.code)).not.toContain(never);
  expect(QUIET, "quiet before").toContain(code);
});
