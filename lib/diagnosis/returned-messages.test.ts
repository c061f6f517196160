/** Delivery reports that return the message: its signatures verified where it is whole, its key looked up where there is the header alone. */

import { expect, test } from "vitest";
import { HEADER, keyRecord, message, OTHER_RSA, RSA, type Signing, signed } from "../dkim/signed-messages.ts";
import { recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { diagnose, type DiagnosisContext, rediagnose } from "./diagnose.ts";
import { type Report, reportSchema } from "./report.ts";

const ZONE: Zone = {
  "shop.test": { TXT: ["v=spf1 -all"], MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: ["203.0.113.7"] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=reject"] },
  "s1._domainkey.shop.test": { TXT: [keyRecord(RSA)] },
};
const UNAUTHENTICATED = "550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. Authentication results: DKIM = did not pass SPF [shop.test] with ip: [203.0.113.9] = did not pass 550 5.7.26 https://support.google.com/mail/answer/81126#authentication x1 - gsmtp";
const NO_SUCH_USER = "550-5.1.1 The email account that you tried to reach does not exist. 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser x1 - gsmtp";

function bounce(returned: string, kind = "message/rfc822", reply = UNAUTHENTICATED): string {
  return [
    "From: MAILER-DAEMON@mail.shop.test", "Subject: Undelivered Mail Returned to Sender", "MIME-Version: 1.0", 'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"', "",
    "--b1", "Content-Type: text/plain", "", `<lee@gmail.com>: host gmail-smtp-in.l.google.com said: ${reply}`, "",
    "--b1", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mail.shop.test", "", "Final-Recipient: rfc822; lee@gmail.com", "Action: failed", `Status: ${reply.slice(4, 10).trim()}`, `Diagnostic-Code: smtp; ${reply}`, "",
    "--b1", `Content-Type: ${kind}`, "", `Return-Path: <kim@shop.test>\r\n${returned}`, "--b1--", "",
  ].join("\r\n");
}

const contextOf = (changes: Zone = {}): DiagnosisContext => ({
  dns: (hooks) => ({ ...recording(zone({ ...ZONE, ...changes }), hooks), servers: ["127.0.0.1:53"], close: () => undefined }),
  id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date("2026-11-25T12:00:00Z"), expiresAt: null,
});

async function report(input: string, changes: Zone = {}): Promise<Report> {
  const outcome = await diagnose({ input }, contextOf(changes));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(outcome.report);
}

interface Case {
  readonly sign?: Signing;
  readonly change?: (text: string) => string;
  readonly kind?: string;
  readonly reply?: string;
  readonly zone?: Zone;
  readonly tells: Readonly<Record<string, object>>;
  readonly never?: readonly string[];
  readonly verified: boolean | null;
}

const BROKEN = "dkim.signature-broken";
const UNSEEN = "dkim.signature-unseen";
const header = (text: string): string => text.slice(0, text.indexOf("\r\n\r\n") + 2);
const CASES: readonly (readonly [name: string, Case])[] = [
  ["whole, and it holds: broken behind the server that returned it, or mended since", { tells: { "dkim.signature-verified": { params: { domain: "shop.test" } }, [BROKEN]: { params: { reason: "gmail-said-so" } } }, verified: true }],
  ["whole, and the reply is about something else", { reply: NO_SUCH_USER, tells: { "dkim.signature-verified": {} }, never: [BROKEN, UNSEEN], verified: true }],
  ["a footer that was added before it was refused", { change: (text) => `${text}-- \r\nScanned\r\n`, tells: { [BROKEN]: { params: { reason: "footer-added", lines: 2 } } }, verified: false }],
  ["a tag before the subject", { change: (text) => text.replace(/^Subject: /m, "Subject: [out] "), tells: { [BROKEN]: { params: { reason: "subject-tagged" } } }, verified: false }],
  ["signed with another key", { sign: { key: OTHER_RSA }, tells: { [BROKEN]: { params: { reason: "other-key" } } }, verified: false }],
  ["shortened by who returned it: accuses nobody", { reply: NO_SUCH_USER, change: (text) => text.replace("your order  is on its way.", "[…]"), tells: { [UNSEEN]: { severity: "unknown", params: { reason: "returned-differs" } } }, never: [BROKEN], verified: null }],
  ["shortened, and Gmail said that the signature fails", { change: (text) => text.replace("your order  is on its way.", "[…]"), tells: { [UNSEEN]: { params: { reason: "returned-differs" } }, [BROKEN]: { params: { reason: "gmail-said-so" } } }, verified: null }],
  ["the header alone", { kind: "text/rfc822-headers", change: header, reply: NO_SUCH_USER, tells: { "dkim.key-valid": {}, [UNSEEN]: { params: { reason: "returned-header" } } }, never: [BROKEN, "dkim.signature-verified"], verified: null }],
  ["the header alone, and the key is missing: that says enough", { kind: "text/rfc822-headers", change: header, zone: { "s1._domainkey.shop.test": {} }, tells: { "dkim.key-missing": {} }, never: [UNSEEN], verified: null }],
  ["whole, and the key is missing", { zone: { "s1._domainkey.shop.test": {} }, tells: { "dkim.key-missing": {} }, never: [BROKEN, UNSEEN], verified: false }],
];

test.each(CASES)("%s", async (_, { sign, change = (same) => same, kind, reply, zone: changes, tells, never = [], verified }) => {
  const result = await report(bounce(change(await signed(message(HEADER), sign)), kind, reply), changes);
  expect(result.subject.kind).toBe("bounce");
  for (const [code, about] of Object.entries(tells)) expect(result.findings.find((one) => one.code === code), code).toMatchObject(about);
  for (const code of never) expect(result.findings.map((one) => one.code)).not.toContain(code);
  expect(result.dkim.map((key) => key.verified)).toEqual([verified]);
  expect(JSON.stringify(result)).not.toContain("Hello");
});

test.each([["message/rfc822", (text: string) => text, "not-kept"], ["text/rfc822-headers", header, "returned-header"]] as const)("a re-check of %s says that it cannot verify it", async (kind, change, reason) => {
  const first = await report(bounce(change(await signed(message(HEADER))), kind, NO_SUCH_USER));
  const again = await rediagnose(first, contextOf());
  const [unseen, another] = again.findings.filter(({ code }) => code === "dkim.signature-unseen");
  expect(unseen).toMatchObject({ params: { reason } });
  expect(another).toBeUndefined();
  expect(again.dkim.map(({ verified }) => verified)).toEqual([null]);
});
