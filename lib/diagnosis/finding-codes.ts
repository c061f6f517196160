/** Every finding that Rebound can make: its area, severity, cost and reference, in one table. `docs/scoring.md` is written from it. */

import type { BounceRule } from "../bounce/reading.ts";

export const AREAS = ["bounce", "spf", "dkim", "dmarc", "transport", "policy"] as const;
export type Area = (typeof AREAS)[number];
export const SEVERITIES = ["critical", "warning", "info", "pass", "unknown"] as const;
export type Severity = (typeof SEVERITIES)[number];

interface FindingKind {
  readonly area: Area;
  readonly severity: Severity;
  /** Points taken from the area's 100. */
  readonly cost: number;
  readonly reference: string;
}

const kind = (area: Area, severity: Severity, cost: number, reference: string): FindingKind => ({ area, severity, cost, reference });

const FIXED = {
  "bounce.mended": kind("bounce", "pass", 0, "RFC 2308 section 5"),
  "bounce.not-gmail": kind("bounce", "info", 0, "RFC 3463"),
  "bounce.several-domains": kind("bounce", "info", 0, "RFC 5321 section 4.1.1.2"),
  "bounce.several-addresses": kind("bounce", "info", 0, "RFC 7208 section 2.2"),
  "bounce.contradiction": kind("bounce", "info", 0, "RFC 5321 section 4.1.1.2"),
  "bounce.several-bounces": kind("bounce", "info", 0, "RFC 3464"),
  "bounce.claim-differs": kind("bounce", "info", 0, "RFC 7208 section 2.6"),
  "bounce.ip-overridden": kind("bounce", "info", 0, "RFC 7208 section 2.2"),

  "spf.pass": kind("spf", "pass", 0, "RFC 7208 section 2.6.3"),
  "spf.published": kind("spf", "pass", 0, "RFC 7208 section 3"),
  "spf.missing": kind("spf", "critical", 100, "RFC 7208 section 4.5"),
  "spf.multiple-records": kind("spf", "critical", 100, "RFC 7208 section 4.5"),
  "spf.syntax": kind("spf", "critical", 100, "RFC 7208 section 4.6"),
  "spf.too-many-lookups": kind("spf", "critical", 90, "RFC 7208 section 4.6.4"),
  "spf.too-many-void-lookups": kind("spf", "critical", 80, "RFC 7208 section 4.6.4"),
  "spf.too-many-mx": kind("spf", "critical", 80, "RFC 7208 section 4.6.4"),
  "spf.include-loop": kind("spf", "critical", 100, "RFC 7208 section 4.6.4"),
  "spf.include-missing": kind("spf", "critical", 90, "RFC 7208 section 5.2"),
  "spf.include-broken": kind("spf", "critical", 90, "RFC 7208 section 5.2"),
  "spf.not-authorised": kind("spf", "critical", 80, "RFC 7208 section 2.6.4"),
  "spf.stranger": kind("spf", "warning", 0, "RFC 7208 appendix D"),
  "spf.passes-all": kind("spf", "critical", 80, "RFC 7208 section 5.1"),
  "spf.neutral-all": kind("spf", "warning", 20, "RFC 7208 section 8.2"),
  "spf.no-all": kind("spf", "warning", 15, "RFC 7208 section 4.7"),
  "spf.after-all": kind("spf", "warning", 5, "RFC 7208 section 5.1"),
  "spf.ptr": kind("spf", "warning", 10, "RFC 7208 section 5.5"),
  "spf.wide": kind("spf", "warning", 20, "RFC 7208 section 11.4"),
  "spf.long-record": kind("spf", "info", 0, "RFC 7208 section 3.4"),
  "spf.near-lookup-limit": kind("spf", "info", 5, "RFC 7208 section 4.6.4"),
  "spf.void-lookups": kind("spf", "info", 0, "RFC 7208 section 4.6.4"),
  "spf.not-inherited": kind("spf", "info", 0, "RFC 7208 section 3"),
  "spf.no-mail-record": kind("spf", "info", 0, "RFC 7208 section 10.1.2"),
  "spf.near-record": kind("spf", "critical", 0, "RFC 7208 section 4.5"),
  "spf.misplaced": kind("spf", "critical", 0, "RFC 7208 section 3"),
  "spf.parked": kind("spf", "info", 0, "RFC 7208 section 10.1.2"),
  "spf.host-without-record": kind("spf", "info", 0, "RFC 7208 section 10.1.3"),
  "spf.alias": kind("spf", "info", 0, "RFC 1034 section 3.6.2"),
  "spf.wildcard": kind("spf", "info", 0, "RFC 7208 section 3.5"),
  "spf.sender-id": kind("spf", "info", 0, "RFC 6686 section 5"),
  "spf.exists-always": kind("spf", "critical", 80, "RFC 7208 section 5.7"),
  "spf.include-passes-all": kind("spf", "critical", 80, "RFC 7208 section 5.2"),
  "spf.unregistered": kind("spf", "warning", 40, "RFC 7208 section 5.2"),
  "spf.unknown-include": kind("spf", "info", 0, "RFC 7208 section 5.2"),
  "spf.include-wide": kind("spf", "warning", 10, "RFC 7208 section 11.4"),
  "spf.redirect-ignored": kind("spf", "warning", 5, "RFC 7208 section 6.1"),
  "spf.redirect-place": kind("spf", "info", 0, "RFC 7208 section 6.1"),
  "spf.macros": kind("spf", "info", 0, "RFC 7208 section 11.6"),
  "spf.web-front": kind("spf", "warning", 5, "RFC 7208 section 11.4"),
  "spf.shared-host": kind("spf", "info", 0, "RFC 7208 section 11.4"),

  "dkim.no-selector": kind("dkim", "unknown", 0, "RFC 6376 section 3.1"),
  "dkim.key-valid": kind("dkim", "pass", 0, "RFC 6376 section 3.6.1"),
  "dkim.key-missing": kind("dkim", "critical", 100, "RFC 6376 section 6.1.2"),
  "dkim.key-revoked": kind("dkim", "critical", 100, "RFC 6376 section 6.1.2"),
  "dkim.key-invalid": kind("dkim", "critical", 100, "RFC 6376 section 3.6.1"),
  "dkim.key-weak": kind("dkim", "critical", 80, "RFC 8301 section 3.2"),
  "dkim.key-short": kind("dkim", "info", 5, "RFC 8301 section 3.2"),
  "dkim.key-testing": kind("dkim", "warning", 15, "RFC 6376 section 3.6.1"),
  "dkim.missing-signature": kind("dkim", "critical", 100, "RFC 6376 section 6.1"),
  "dkim.signature-broken": kind("dkim", "critical", 90, "RFC 6376 section 6.1.3"),

  "dmarc.policy": kind("dmarc", "pass", 0, "RFC 7489 section 6.3"),
  "dmarc.policy-none": kind("dmarc", "info", 10, "RFC 7489 section 6.3"),
  "dmarc.missing": kind("dmarc", "warning", 60, "RFC 7489 section 6.6.3"),
  "dmarc.multiple-records": kind("dmarc", "warning", 70, "RFC 7489 section 6.6.3"),
  "dmarc.invalid": kind("dmarc", "warning", 60, "RFC 7489 section 6.4"),
  "dmarc.no-policy": kind("dmarc", "warning", 60, "RFC 7489 section 6.6.3"),
  "dmarc.inherited": kind("dmarc", "info", 0, "RFC 7489 section 6.6.3"),
  "dmarc.discovery-differs": kind("dmarc", "info", 0, "RFC 7489 section 3.2"),
  "dmarc.aligned": kind("dmarc", "pass", 0, "RFC 7489 section 3.1"),
  "dmarc.not-aligned": kind("dmarc", "critical", 60, "RFC 7489 section 3.1"),
  "dmarc.report-address": kind("dmarc", "info", 5, "RFC 7489 section 6.2"),
  "dmarc.misplaced": kind("dmarc", "warning", 0, "RFC 7489 section 6.1"),

  "transport.mx": kind("transport", "pass", 0, "RFC 5321 section 5.1"),
  "transport.mx-missing": kind("transport", "info", 0, "RFC 5321 section 5.1"),
  "transport.null-mx": kind("transport", "warning", 0, "RFC 7505"),
  "transport.mx-unresolved": kind("transport", "warning", 0, "RFC 5321 section 5.1"),
  "transport.ptr-confirmed": kind("transport", "pass", 0, "RFC 1912 section 2.1"),
  "transport.ptr-missing": kind("transport", "critical", 0, "RFC 1912 section 2.1"),
  "transport.ptr-unconfirmed": kind("transport", "critical", 0, "RFC 1912 section 2.1"),

  "policy.nothing-found": kind("policy", "pass", 0, "Gmail sender guidelines"),
  "policy.bulk-dkim": kind("policy", "info", 0, "Gmail sender guidelines"),
  "policy.bulk-dmarc": kind("policy", "info", 0, "Gmail sender guidelines"),

  "dns.unanswered": kind("policy", "unknown", 0, "RFC 2308 section 7"),
  "dns.no-such-domain": kind("policy", "critical", 0, "RFC 8020"),
} as const satisfies Record<string, FindingKind>;

/** Rules in which Gmail's own words are the cause: DNS cannot explain them. */
type RuleCode = `bounce.${BounceRule}`;
export type FindingCode = keyof typeof FIXED | RuleCode;

const told = kind("bounce", "warning", 0, "Gmail SMTP errors and codes");

const RULES: Readonly<Record<RuleCode, FindingKind>> = {
  "bounce.unauthenticated": told,
  "bounce.spf-hard-fail": told,
  "bounce.dmarc-policy": told,
  "bounce.spf-required": told,
  "bounce.dkim-required": told,
  "bounce.dmarc-required": told,
  "bounce.not-aligned": told,
  "bounce.missing-ptr": told,
  "bounce.suspicious-spf": told,
  "bounce.tls-required": told,
  "bounce.ipv6-guidelines": told,
  "bounce.rfc5322": told,
  "bounce.unsolicited-rate": told,
  "bounce.likely-unsolicited": told,
  "bounce.ip-not-authorised": told,
  "bounce.blocked-content": told,
  "bounce.recipient-rate": told,
  "bounce.try-later": told,
  "bounce.not-whitelisted": told,
  "bounce.tls-required-by-recipient": told,
  "bounce.no-such-user": told,
  "bounce.disabled": told,
  "bounce.over-quota": told,
  "bounce.too-large": told,
  "bounce.bad-address": told,
  "bounce.recipient-policy": told,
  "bounce.sending-limit": told,
  "bounce.relay-denied": told,
  "bounce.login": told,
  "bounce.protocol": told,
  "bounce.unknown": { ...told, severity: "unknown" },
};

export const FINDING_KINDS: Readonly<Record<FindingCode, FindingKind>> = { ...FIXED, ...RULES };

function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(FINDING_KINDS, text);
}

export const FINDING_CODES: readonly FindingCode[] = Object.keys(FINDING_KINDS).filter(isFindingCode);

/** The parameters that each finding carries: what its messages may name. Every value is plain text or a number; lists are joined with ", ". */
export const FINDING_PARAMS = {
  "bounce.mended": ["domain", "ip"],
  "bounce.not-gmail": ["reporter"],
  "bounce.several-domains": ["domain", "others", "reason"],
  "bounce.several-addresses": ["ip", "others"],
  "bounce.contradiction": ["field", "values"],
  "bounce.several-bounces": ["count"],
  "bounce.claim-differs": ["domain", "ip", "claimed", "now"],
  "bounce.ip-overridden": ["ip", "bounceIp"],
  "spf.pass": ["domain", "ip", "mechanism"],
  "spf.published": ["domain", "lookups"],
  "spf.missing": ["domain", "reason"],
  "spf.multiple-records": ["domain", "count"],
  "spf.syntax": ["domain", "term", "error", "position"],
  "spf.too-many-lookups": ["domain", "lookups", "term"],
  "spf.too-many-void-lookups": ["domain", "voidLookups", "term"],
  "spf.too-many-mx": ["domain", "term"],
  "spf.include-loop": ["domain", "term"],
  "spf.include-missing": ["domain", "target"],
  "spf.include-broken": ["domain", "target"],
  "spf.not-authorised": ["domain", "ip", "result"],
  "spf.stranger": ["domain", "ip", "name"],
  "spf.passes-all": ["domain", "term"],
  "spf.neutral-all": ["domain"],
  "spf.no-all": ["domain"],
  "spf.after-all": ["domain", "term"],
  "spf.ptr": ["domain", "term"],
  "spf.wide": ["domain", "term"],
  "spf.long-record": ["domain", "octets"],
  "spf.near-lookup-limit": ["domain", "lookups"],
  "spf.void-lookups": ["domain", "voidLookups"],
  "spf.not-inherited": ["domain", "parent"],
  "spf.no-mail-record": ["domain"],
  "spf.near-record": ["domain", "reason", "term"],
  "spf.misplaced": ["domain", "name", "reason", "term"],
  "spf.parked": ["domain"],
  "spf.host-without-record": ["domain", "host"],
  "spf.alias": ["domain", "target"],
  "spf.wildcard": ["domain", "name", "reason", "term"],
  "spf.sender-id": ["domain", "term"],
  "spf.exists-always": ["domain", "term", "target"],
  "spf.include-passes-all": ["domain", "term", "target", "other"],
  "spf.unregistered": ["domain", "target", "term"],
  "spf.unknown-include": ["domain", "others", "count"],
  "spf.include-wide": ["domain", "term", "target"],
  "spf.redirect-ignored": ["domain", "term", "other"],
  "spf.redirect-place": ["domain", "term"],
  "spf.macros": ["domain", "term", "reason"],
  "spf.web-front": ["domain", "term", "address", "name"],
  "spf.shared-host": ["domain", "term", "host", "name"],
  "dkim.no-selector": ["domain"],
  "dkim.key-valid": ["name", "selector", "domain", "keyType", "bits"],
  "dkim.key-missing": ["name", "selector", "domain"],
  "dkim.key-revoked": ["name", "selector", "domain"],
  "dkim.key-invalid": ["name", "selector", "domain", "reason"],
  "dkim.key-weak": ["name", "selector", "domain", "bits"],
  "dkim.key-short": ["name", "selector", "domain", "bits"],
  "dkim.key-testing": ["name", "selector", "domain"],
  "dkim.missing-signature": ["domain"],
  "dkim.signature-broken": ["domain", "selector", "reason"],
  "dmarc.policy": ["domain", "policy"],
  "dmarc.policy-none": ["domain"],
  "dmarc.missing": ["domain"],
  "dmarc.multiple-records": ["domain", "count"],
  "dmarc.invalid": ["domain", "reason"],
  "dmarc.no-policy": ["domain"],
  "dmarc.inherited": ["domain", "parent", "policy"],
  "dmarc.discovery-differs": ["domain", "walk", "list"],
  "dmarc.aligned": ["headerFrom", "by", "domain"],
  "dmarc.not-aligned": ["headerFrom", "mailFrom", "dkimDomains", "policy", "nearer"],
  "dmarc.report-address": ["domain", "address"],
  "dmarc.misplaced": ["domain", "name"],
  "transport.mx": ["domain", "count"],
  "transport.mx-missing": ["domain"],
  "transport.null-mx": ["domain"],
  "transport.mx-unresolved": ["domain", "host"],
  "transport.ptr-confirmed": ["ip", "name"],
  "transport.ptr-missing": ["ip"],
  "transport.ptr-unconfirmed": ["ip", "names"],
  "policy.nothing-found": ["domain"],
  "policy.bulk-dkim": ["domain"],
  "policy.bulk-dmarc": ["domain"],
  "dns.unanswered": ["name", "type", "status", "server"],
  "dns.no-such-domain": ["domain"],
} as const satisfies Record<keyof typeof FIXED, readonly string[]>;

/** The rule findings (`bounce.unauthenticated`, …) all carry these. */
export const RULE_PARAMS = ["domain", "enhancedCode"] as const;
