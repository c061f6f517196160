import { describe, expect, test } from "vitest";
import { parseIp, reverseName } from "../address/index.ts";
import { overlay } from "../dns/overlay.ts";
import { recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { checkHost } from "../spf/index.ts";
import { diagnose } from "./diagnose.ts";
import { type Report, reportSchema } from "./report.ts";

const IP = "203.0.113.7";
const unauthenticated = (domain: string, ip = IP) => `550-5.7.26 This mail has been blocked because the sender is unauthenticated.
550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.
550-5.7.26
550-5.7.26  Authentication results:
550-5.7.26  DKIM = did not pass
550-5.7.26  SPF [${domain}] with ip: [${ip}] = did not pass
550-5.7.26
550-5.7.26  For instructions on setting up authentication, go to
550 5.7.26  https://support.google.com/mail/answer/81126#authentication d9443c01a7336-1eac1d2f3a4si12345ab.101 - gsmtp`;
const dmarcRejected = (domain: string) => `550-5.7.26 Unauthenticated email from ${domain} is not accepted due to domain's
550-5.7.26 DMARC policy. Please contact the administrator of ${domain} domain if
550-5.7.26 this was a legitimate mail. To learn about the DMARC initiative, go to
550 5.7.26  https://support.google.com/mail/?p=DmarcRejection a1-20020a170902 - gsmtp`;
const dkimRequired = "550-5.7.30 This mail has been blocked because DKIM does not pass. Gmail requires all large senders to authenticate with DKIM. Authentication results: DKIM = did not pass with domain shop.test 550 5.7.30 https://support.google.com/mail/answer/81126 x1 - gsmtp";

/** A confirmed PTR under `host`, so that the address is plainly the sender's own. */
const ptr = (host: string, ip = IP): Zone => ({ [reverse(ip)]: { PTR: [host] }, [host]: ip.includes(":") ? { AAAA: [ip] } : { A: [ip] } });
const reverse = (ip: string) => {
  const parsed = parseIp(ip);
  if (parsed === null) throw new Error(ip);
  return reverseName(parsed);
};
const KEY = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0/IzW7yWR7QkrmBL7jTKEn5u+qKhbwKfBstIs+bMY2Zkp18gnTxKLxoS2tFczGkPLPgizskuemMghRniWaoLcyehkd3qqGElvW/VDL5AaWTg0nLVkjRo9z+40RQzuVaE8AkAFmxZzow3x+VJYKdjykkJ0iT9wCS0DRTXu269V264Vf/3jvredZiKRkgwlL9xNAwxXFg0x/XFw005UWVRIkdgcKWTjpBP2dPwVZ4WWC+9aGVd+Gyn1o0CLelf4rEjGoXbAAEgAqeGUxrcIlbjXfbcmwIDAQAB";
const shop = (spf: string[], more: Zone = {}): Zone => ({
  "shop.test": { TXT: spf, MX: [[10, "mail.shop.test"]] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=none; rua=mailto:postmaster@shop.test"] },
  ...ptr("mail.shop.test"),
  ...more,
});

interface Given {
  readonly input: string;
  readonly zone: Zone;
  readonly sendingIp?: string;
  readonly selectors?: string[];
}

async function report(given: Given, previous: Report | null = null): Promise<Report> {
  const outcome = await diagnose(
    { input: given.input, sendingIp: given.sendingIp, selectors: given.selectors },
    { dns: (hooks) => ({ ...recording(zone(given.zone), hooks), servers: ["127.0.0.1:53"], close: () => undefined }), id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date(0), expiresAt: null, previous },
  );
  if (!outcome.ok) throw new Error(`refused to read: ${outcome.error.code}`);
  return reportSchema.parse(outcome.report);
}

interface Expected {
  readonly outcome: string;
  readonly cause: string;
  /** The SPF value offered as the cure; null when none may be. */
  readonly spf: string | null;
}

const CASES: [name: string, given: Given, expected: Expected][] = [
  ["no SPF record", { input: unauthenticated("shop.test"), zone: shop([]) }, { outcome: "refused", cause: "spf.missing", spf: "v=spf1 mx ~all" }],
  ["two SPF records", { input: unauthenticated("shop.test"), zone: shop([`v=spf1 ip4:${IP} -all`, "v=spf1 ip4:192.0.2.1 ~all"]) }, { outcome: "refused", cause: "spf.multiple-records", spf: `v=spf1 ip4:192.0.2.1 ip4:${IP} -all` }],
  ["address not listed", { input: unauthenticated("shop.test"), zone: shop(["v=spf1 ip4:192.0.2.1 -all"]) }, { outcome: "refused", cause: "spf.not-authorised", spf: `v=spf1 ip4:192.0.2.1 ip4:${IP} -all` }],
  ["hard fail told by the reply", { input: "550-5.7.26 The MAIL FROM domain [shop.test] has an SPF record with a hard fail policy (-all) but it fails to pass SPF checks with the ip: [203.0.113.7]. 550 5.7.26 https://support.google.com/mail/answer/81126 x - gsmtp", zone: shop(["v=spf1 ip4:192.0.2.1 -all"]) }, { outcome: "refused", cause: "spf.not-authorised", spf: `v=spf1 ip4:192.0.2.1 ip4:${IP} -all` }],
  ["quotes around all", { input: unauthenticated("shop.test"), zone: shop([`v=spf1 ip4:${IP} “-all”`]) }, { outcome: "refused", cause: "spf.syntax", spf: `v=spf1 ip4:${IP} -all` }],
  ["mended since", { input: unauthenticated("shop.test"), zone: shop([`v=spf1 ip4:${IP} -all`]) }, { outcome: "accepted", cause: "bounce.mended", spf: null }],
  ["dead include", { input: unauthenticated("shop.test"), zone: shop([`v=spf1 include:gone.test ip4:${IP} -all`]) }, { outcome: "refused", cause: "spf.include-missing", spf: `v=spf1 ip4:${IP} -all` }],
  ["looping include", { input: unauthenticated("shop.test"), zone: shop([`v=spf1 include:shop.test ip4:${IP} -all`]) }, { outcome: "refused", cause: "spf.include-loop", spf: `v=spf1 ip4:${IP} -all` }],
  ["server failure", { input: unauthenticated("shop.test"), zone: shop([], { "shop.test": { fail: { TXT: "server-failure" } } }) }, { outcome: "unknown", cause: "dns.unanswered", spf: null }],
  ["silent server", { input: unauthenticated("shop.test"), zone: shop([], { "shop.test": { fail: "timeout" } }) }, { outcome: "unknown", cause: "dns.unanswered", spf: null }],
  ["include that cannot be looked up", { input: unauthenticated("shop.test"), zone: shop(["v=spf1 include:slow.test -all"], { "slow.test": { fail: "timeout" } }) }, { outcome: "unknown", cause: "dns.unanswered", spf: null }],
  ["no such domain", { input: unauthenticated("gone.test"), zone: { "shop.test": { A: ["192.0.2.1"] } } }, { outcome: "refused", cause: "dns.no-such-domain", spf: null }],
  ["forwarder", { input: unauthenticated("shop.test"), zone: { ...shop(["v=spf1 mx -all"]), "mail.shop.test": { A: ["192.0.2.1"] }, ...ptr("out.forward.example") } }, { outcome: "refused", cause: "spf.not-authorised", spf: null }],
  ["DMARC refused, envelope elsewhere", { input: `${dmarcRejected("shop.test")}\n`, sendingIp: IP, zone: shop([`v=spf1 ip4:${IP} -all`], { "_dmarc.shop.test": { TXT: ["v=DMARC1; p=reject"] } }) }, { outcome: "refused", cause: "dmarc.not-aligned", spf: null }],
  ["DKIM required, headers unseen", { input: dkimRequired, zone: shop([`v=spf1 ip4:${IP} -all`]) }, { outcome: "refused", cause: "dkim.missing-signature", spf: null }],
  ["DMARC required", { input: "550-5.7.40 This mail has been blocked because the sending domain shop.test has no DMARC record. 550 5.7.40 https://support.google.com/a/answer/81126 x - gsmtp", zone: shop(["v=spf1 mx -all"], { "_dmarc.shop.test": {} }) }, { outcome: "refused", cause: "dmarc.missing", spf: null }],
  ["no PTR", { input: "550-5.7.25 [203.0.113.9] The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not point to the sending IP. As a policy, Gmail does not accept messages from IPs with missing PTR records. 550 5.7.25 https://support.google.com/a/answer/81126 x - gsmtp\nfrom=<a@shop.test>", zone: shop(["v=spf1 ip4:203.0.113.9 -all"]) }, { outcome: "refused", cause: "transport.ptr-missing", spf: null }],
  ["mailbox full is not DNS", { input: "552-5.2.2 The recipient's inbox is out of storage space and inactive. 552 5.2.2 https://support.google.com/mail/?p=OverQuotaPerm x - gsmtp from=<a@shop.test>", zone: shop([]) }, { outcome: "refused", cause: "bounce.over-quota", spf: null }],
  ["recipient's own rule (gcdp)", { input: "550-5.7.1 The user or domain that you are sending to (or from) has a policy that prohibited the mail that you sent. 550 5.7.1 https://support.google.com/a/answer/172179 x - gcdp from=<a@shop.test>", zone: shop([]) }, { outcome: "refused", cause: "bounce.recipient-policy", spf: null }],
  ["domain alone, no SPF", { input: "shop.test", zone: shop([]) }, { outcome: "at-risk", cause: "spf.missing", spf: "v=spf1 mx ~all" }],
  ["domain alone, DKIM never seen", { input: "shop.test", zone: shop(["v=spf1 mx -all"]) }, { outcome: "at-risk", cause: "dkim.no-selector", spf: null }],
  ["domain alone, no DMARC", { input: "shop.test", selectors: ["s1"], zone: shop(["v=spf1 mx -all"], { "_dmarc.shop.test": {}, "s1._domainkey.shop.test": { TXT: [[`v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}`, KEY.slice(200)]] } }) }, { outcome: "at-risk", cause: "dmarc.missing", spf: null }],
  ["domain alone, healthy", { input: "shop.test", selectors: ["s1"], zone: shop(["v=spf1 mx -all"], { "s1._domainkey.shop.test": { TXT: [[`v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}`, KEY.slice(200)]] } }) }, { outcome: "accepted", cause: "policy.nothing-found", spf: null }],
  ["domain alone, key of the user's selector missing", { input: "shop.test", selectors: ["s9"], zone: shop(["v=spf1 mx -all"]) }, { outcome: "at-risk", cause: "dkim.key-missing", spf: null }],
  ["domain alone, everybody passes", { input: "shop.test", zone: shop(["v=spf1 +all"]) }, { outcome: "at-risk", cause: "spf.passes-all", spf: "v=spf1 mx ~all" }],
];

describe("from the bounce's rule and today's DNS to the verdict", () => {
  test.each(CASES)("%s", async (_name, given, expected) => {
    const result = await report(given);
    const cure = result.fixes.find((fix) => !fix.advice && fix.type === "TXT" && fix.value?.startsWith("v=spf1") === true);
    expect({ ...result.verdict, spf: cure?.value ?? null }).toEqual({ outcome: expected.outcome, cause: expected.cause, spf: expected.spf });
    expect(result.findings.map((finding) => finding.code)).toContain(result.verdict.cause);
  });

  test.each(CASES)("%s: every SPF record offered passes checkHost as its proof says", async (_name, given) => {
    const result = await report(given);
    for (const fix of result.fixes.filter((one) => one.proof !== null)) {
      expect(fix.strings.join("")).toBe(fix.value);
      const ip = fix.proof?.ip == null ? null : parseIp(fix.proof.ip);
      if (ip === null) continue;
      const laid = overlay(zone(given.zone), { name: fix.name, txt: [fix.value ?? ""] });
      const evaluation = await checkHost({ ip, mailFrom: fix.name, helo: fix.name }, laid);
      expect({ result: evaluation.result, lookups: evaluation.lookups, voidLookups: evaluation.voidLookups }).toEqual({ result: fix.proof?.result, lookups: fix.proof?.lookups, voidLookups: fix.proof?.voidLookups });
    }
  });

  test.each(CASES)("%s: scores add up", async (_name, given, expected) => {
    const { scores, findings } = await report(given);
    for (const area of ["spf", "dkim", "dmarc"] as const) {
      const lost = findings.filter((finding) => finding.area === area).reduce((sum, finding) => sum + finding.cost, 0);
      if (scores[area] !== null) expect(scores[area]).toBe(Math.max(0, 100 - lost));
    }
    if (expected.outcome === "refused") expect(scores.total).toBeLessThan(40);
    if (expected.outcome === "at-risk") expect(scores.total).toBeLessThan(70);
  });
});

test("a failed look-up is never reported as a missing record", async () => {
  for (const fail of ["timeout", "server-failure", "refused", "not-asked", "malformed"] as const) {
    for (const name of ["shop.test", "_dmarc.shop.test", "s1._domainkey.shop.test", "mail.shop.test", reverse(IP)]) {
      const base = shop([`v=spf1 mx ip4:${IP} -all`]);
      const result = await report({ input: unauthenticated("shop.test"), selectors: ["s1"], zone: { ...base, [name]: { fail } } });
      const missing = ["spf.missing", "dmarc.missing", "dkim.key-missing", "transport.mx-missing", "transport.ptr-missing", "dns.no-such-domain"];
      const about: Record<string, string[]> = { "shop.test": ["spf.missing", "transport.mx-missing", "dns.no-such-domain"], "_dmarc.shop.test": ["dmarc.missing"], "s1._domainkey.shop.test": ["dkim.key-missing"], "mail.shop.test": [], [reverse(IP)]: ["transport.ptr-missing"] };
      expect(missing).toEqual(expect.arrayContaining(about[name] ?? []));
      expect(result.findings.map((finding) => finding.code).filter((code) => (about[name] ?? []).includes(code)), `${name} ${fail}`).toEqual([]);
    }
  }
});

test("a re-check says what changed", async () => {
  const before = await report({ input: unauthenticated("shop.test"), zone: shop([]) });
  const after = await report({ input: unauthenticated("shop.test"), zone: shop(["v=spf1 mx -all"]) }, before);
  expect(after.previous).toBe(before.id);
  expect(after.changed).toMatchObject({ outcomeBefore: "refused", causeBefore: "spf.missing" });
  expect(after.changed?.gone).toContain("spf.missing");
  expect(after.changed?.records).toContainEqual({ name: "shop.test", type: "TXT", before: [], after: ["v=spf1 mx -all"] });
});
