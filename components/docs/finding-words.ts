/** A finding's sentences outside a report: names and numbers in them are samples. */

import { FINDING_CODES, type FindingCode } from "../../lib/diagnosis/finding-codes.ts";
import type { MessageKey, MessageValues, Translator } from "../../lib/messages/translate.ts";

const SAMPLES: MessageValues = {
  domain: "shop.example", parent: "example.com", headerFrom: "shop.example", mailFrom: "bounces.mailer.example", dkimDomains: "mailer.example", target: "_spf.mailer.example",
  ip: "203.0.113.7", bounceIp: "203.0.113.7", others: "example.com, mailer.example", count: 2, reporter: "other", reason: "spf-rule", claimed: "did not pass", now: "pass",
  mechanism: "ip4:203.0.113.0/24", term: "include:_spf.mailer.example", error: "unknown-mechanism", position: 12, lookups: 11, voidLookups: 3, octets: 312, result: "softfail", name: "mail.shop.example",
  names: "host7.hosting.example", selector: "s1", keyType: "rsa", bits: 1024, policy: "reject", walk: "shop.example", list: "example.com", by: "spf", nearer: "dkim", address: "reports@shop.example",
  host: "mx1.shop.example", type: "TXT", status: "timeout", server: "192.0.2.53", enhancedCode: "5.7.26",
};

/** Where the common sample would say something odd. */
const SPECIAL: Partial<Readonly<Record<FindingCode, MessageValues>>> = {
  "spf.syntax": { term: "ipv4:203.0.113.7" },
  "spf.passes-all": { term: "+all" },
  "spf.after-all": { term: "ip4:203.0.113.7" },
  "spf.ptr": { term: "ptr" },
  "spf.too-many-mx": { term: "mx" },
  "spf.wide": { term: "ip4:203.0.0.0/8" },
  "spf.include-loop": { term: "include:shop.example" },
  "spf.near-lookup-limit": { lookups: 9 },
  "spf.published": { lookups: 4 },
  "spf.void-lookups": { voidLookups: 1 },
  "spf.near-record": { reason: "byte-order-mark", term: "[U+FEFF]v=spf1 mx -all" },
  "spf.misplaced": { reason: "doubled", name: "shop.example.shop.example", term: "v=spf1 mx -all" },
  "spf.alias": { target: "u1234.mailer.example" },
  "spf.wildcard": { name: "*.shop.example", term: "v=spf1 mx -all", reason: "spf" },
  "spf.sender-id": { term: "spf2.0/pra mx -all" },
  "spf.host-without-record": { host: "mail.shop.example" },
  "spf.exists-always": { term: "exists:example.com", target: "example.com" },
  "spf.include-passes-all": { other: "+all" },
  "spf.unregistered": { target: "mailer.example" },
  "spf.include-wide": { term: "ip4:203.0.0.0/8" },
  "spf.redirect-ignored": { term: "redirect=_spf.example.com", other: "-all" },
  "spf.redirect-place": { term: "redirect=_spf.example.com" },
  "spf.macros": { term: "exists:%{i}._spf.%{d}" },
  "spf.web-front": { term: "a", address: "203.0.113.80", name: "Site Builder" },
  "spf.shared-host": { term: "a:host7.hosting.example", host: "host7.hosting.example", name: "Hosting Example" },
  "dmarc.misplaced": { name: "_dmarc.shop.example", at: "_dmarc.shop.example.shop.example", reason: "doubled" },
  "dmarc.alias": { name: "_dmarc.shop.example", target: "shop.dmarc.mailer.example", owner: "mailer.example" },
  "dmarc.alias-dangling": { name: "_dmarc.shop.example", target: "shop.dmarc.mailer.example", owner: "mailer.example" },
  "dmarc.testing": { effective: "quarantine" },
  "dmarc.partial": { percent: 25 },
  "dmarc.subdomains-weaker": { tag: "sp", subdomains: "none" },
  "dmarc.tag-ignored": { term: "rua=reports@shop.example", reason: "bad-report-address" },
  "dmarc.unknown-tags": { tags: "rau" },
  "dmarc.retired-tags": { tags: "pct, ri" },
  "dmarc.many-report-addresses": { count: 3 },
  "dmarc.reports-unauthorised": { host: "mailer.example", name: "shop.example._report._dmarc.mailer.example" },
  "dmarc.strict-apart": { domain: "news.shop.example", tag: "adkim", by: "dkim" },
  "dmarc.service-envelope": { name: "Mailer Example" },
  "dmarc.forwarded": { ip: "198.51.100.25", name: "forward.college.example" },
  "policy.from-gmail": { headerFrom: "gmail.com", policy: "quarantine" },
  "policy.from-free-mail": { headerFrom: "mailbox.example" },
  "spf.stranger": { ip: "198.51.100.25", name: "forward.college.example" },
  "dkim.key-valid": { name: "s1._domainkey.shop.example", bits: 2048 },
  "dkim.key-missing": { name: "s1._domainkey.shop.example" },
  "dkim.key-revoked": { name: "s1._domainkey.shop.example" },
  "dkim.key-invalid": { name: "s1._domainkey.shop.example", reason: "bad-key" },
  "dkim.key-weak": { name: "s1._domainkey.shop.example", bits: 512 },
  "dkim.key-short": { name: "s1._domainkey.shop.example" },
  "dkim.key-testing": { name: "s1._domainkey.shop.example" },
  "dkim.signature-broken": { reason: "footer-added", lines: 4, by: "list.example", changer: "list", fields: "" },
  "dkim.signature-verified": { algorithm: "rsa-sha256" },
  "dkim.signature-partial": { octets: 312 },
  "dkim.signature-unseen": { reason: "header-holds" },
  "dkim.alias-dangling": { name: "s1._domainkey.shop.example", target: "s1.dkim.mailer.example", provider: "" },
  "dkim.alias": { name: "s1._domainkey.shop.example", target: "s1.dkim.mailer.example", provider: "" },
  "dkim.wildcard": { name: "s1._domainkey.shop.example", term: "v=spf1 -all", reason: "other" },
  "dkim.misplaced": { name: "s1._domainkey.shop.example", place: "s1._domainkey.shop.example.shop.example", reason: "doubled" },
  "dkim.arc": { result: "pass", sealers: "list.example", count: 1, saw: "dkim=pass, spf=pass" },
  "policy.results-differ": { method: "dkim", theirs: "pass", ours: "fail" },
  "bounce.contradiction": { field: "header-from", values: "shop.example, example.com" },
  "bounce.mended": { wait: 1, unit: "hours" },
  "transport.ptr-several": { names: "mail.shop.example, www.shop.example" },
  "transport.ptr-generic": { name: "host7-113-0-203.hosting.example" },
  "transport.helo-unresolved": { name: "localhost", reason: "local" },
  "transport.helo-differs": { name: "mail.shop.example" },
  "transport.mta-sts": { host: "mta-sts.shop.example" },
  "transport.mta-sts-host": { host: "mta-sts.shop.example" },
  "transport.mta-sts-invalid": { name: "_mta-sts.shop.example", reason: "no-id" },
  "transport.tls-rpt-invalid": { name: "_smtp._tls.shop.example", reason: "bad-rua" },
  "dns.servers-differ": { name: "shop.example", reason: "spf", host: "ns1.hosting.example", other: "ns2.hosting.example" },
  "dns.lame-server": { host: "ns2.hosting.example", reason: "refused" },
  "dmarc.invalid": { reason: "policy" },
};

export interface FindingWords {
  readonly key: MessageKey;
  readonly values: MessageValues;
}

/** Null where the catalogues have no such sentence. */
export function findingWords(t: Translator, code: FindingCode, part: "title" | "text" | "act"): FindingWords | null {
  const key = `finding.${code}.${part}`;
  return t.has(key) ? { key, values: { ...SAMPLES, ...SPECIAL[code] } } : null;
}

export function findingTitle(t: Translator, code: FindingCode): string {
  const words = findingWords(t, code, "title");
  return words === null ? code : t(words.key, words.values);
}

export function findingCode(area: string, name: string): FindingCode | undefined {
  return FINDING_CODES.find((code) => code === `${area}.${name}`);
}

/** Findings that have a page of their own: a reply's is among the replies. */
export function findingPath(code: FindingCode): string {
  const [area = "", name = ""] = code.split(".");
  return `/docs/findings/${area}/${name}`;
}
