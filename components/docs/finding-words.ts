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
  "dmarc.misplaced": { name: "_dmarc.shop.example" },
  "spf.stranger": { ip: "198.51.100.25", name: "forward.college.example" },
  "dkim.key-valid": { name: "s1._domainkey.shop.example", bits: 2048 },
  "dkim.key-missing": { name: "s1._domainkey.shop.example" },
  "dkim.key-revoked": { name: "s1._domainkey.shop.example" },
  "dkim.key-invalid": { name: "s1._domainkey.shop.example", reason: "bad-key" },
  "dkim.key-weak": { name: "s1._domainkey.shop.example", bits: 512 },
  "dkim.key-short": { name: "s1._domainkey.shop.example" },
  "dkim.key-testing": { name: "s1._domainkey.shop.example" },
  "dkim.signature-broken": { reason: "body-hash" },
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
