/**
 * One cause first: what, mended alone, would make Gmail accept the next message.
 *
 * The bounce's rule says which question to ask of today's DNS; the findings hold the answers. Which SPF change may be
 * offered goes with the verdict, because a cure for another fault is a wrong record in somebody's zone.
 */

import type { BounceRule } from "../bounce/reading.ts";
import type { Assessment } from "./assessment.ts";
import { finding } from "./finding.ts";
import type { FindingCode } from "./finding-codes.ts";
import { notAligned } from "./judge/dmarc.ts";
import { rememberedFor, roundedWait } from "./remembered.ts";
import type { Finding, Report } from "./report.ts";

export type Outcome = Report["verdict"]["outcome"];

export interface Verdict {
  readonly outcome: Outcome;
  readonly cause: FindingCode;
  /** `cure`: an SPF record is the answer. `advice`: only to mend a dangerous or deprecated record. `none`: an SPF change would be the wrong act. */
  readonly spfFix: "cure" | "advice" | "none";
  /** Findings that only the verdict knows of, e.g. "mended since". */
  readonly findings: readonly Finding[];
}

export function reachVerdict(assessment: Assessment, findings: readonly Finding[]): Verdict {
  const rule = assessment.bounce?.rule ?? null;
  if (rule === null) return aloneVerdict(assessment, findings);
  if (!assessment.domainExists && DNS_RULES.has(rule)) return { outcome: "refused", cause: "dns.no-such-domain", spfFix: "none", findings: [] };
  // Gmail's resolvers check signatures, and see nothing of such a zone (RFC 4035 section 5.5).
  if (assessment.delegation?.bogus === true && DNS_RULES.has(rule)) return refused("dns.dnssec-bogus", "none");
  const freeMail = freeMailCause(assessment, findings);
  if (freeMail !== null && DNS_RULES.has(rule)) return refused(freeMail, "none");
  switch (rule) {
    case "unauthenticated":
    case "spf-hard-fail":
    case "spf-required":
      return spfVerdict(assessment, findings, rule);
    case "suspicious-spf":
      return suspiciousVerdict(assessment, findings);
    case "dmarc-policy":
    case "not-aligned":
      return alignmentVerdict(assessment, findings, rule);
    case "dkim-required":
      return dkimVerdict(assessment, findings);
    case "dmarc-required":
      return dmarcRecordVerdict(assessment, findings);
    case "missing-ptr":
      return ptrVerdict(assessment, findings, rule);
    case "ipv6-guidelines":
      return ipv6Verdict(assessment, findings);
    case "unknown":
      return unknownVerdict(assessment, findings);
    default:
      return ownWords(assessment, rule);
  }
}

const DNS_RULES: ReadonlySet<BounceRule> = new Set([
  "unauthenticated", "spf-hard-fail", "spf-required", "suspicious-spf", "dmarc-policy", "not-aligned", "dkim-required", "dmarc-required",
]);

/** Rules about the envelope's domain: another's name in `From:` is not what they refuse for. */
const ENVELOPE_RULES: ReadonlySet<BounceRule> = new Set(["unauthenticated", "spf-hard-fail", "spf-required", "suspicious-spf"]);

/** A mailbox provider's name, used from elsewhere: nothing that its sender can publish would make it pass. */
function freeMailCause({ bounce, spf, dmarc }: Assessment, findings: readonly Finding[]): FindingCode | null {
  if (bounce !== null && ENVELOPE_RULES.has(bounce.rule) && spf.domain !== dmarc.domain) return null;
  return firstCause(findings, ["policy.from-gmail", "policy.from-free-mail"]);
}

/** In this order: an unusable record explains more than the sender who is not in it. */
const SPF_CAUSES: readonly FindingCode[] = [
  "spf.missing", "spf.multiple-records", "spf.syntax", "spf.include-loop", "spf.too-many-lookups", "spf.too-many-void-lookups", "spf.include-missing", "spf.include-broken", "spf.too-many-mx",
  "spf.not-authorised",
];
export const DKIM_KEY_CAUSES: readonly FindingCode[] = ["dkim.key-missing", "dkim.key-revoked", "dkim.key-invalid", "dkim.key-weak"];
export const DMARC_RECORD_CAUSES: readonly FindingCode[] = ["dmarc.missing", "dmarc.multiple-records", "dmarc.no-policy", "dmarc.invalid"];
const PTR_CAUSES: readonly FindingCode[] = ["transport.ptr-missing", "transport.ptr-unconfirmed"];
const DANGEROUS_SPF: readonly FindingCode[] = ["spf.passes-all", "spf.exists-always", "spf.include-passes-all", "spf.wide", "spf.include-wide"];
/** Dangers in terms that only the reader can judge: told as the cause, and no record is offered as the cure. */
const TOLD_ONLY: readonly FindingCode[] = ["spf.exists-always", "spf.include-passes-all", "spf.include-wide"];

/** The first of `codes` that was found and that costs Gmail's acceptance ("critical"; what weighs less is no cause). */
function firstCause(findings: readonly Finding[], codes: readonly FindingCode[], severities: readonly Finding["severity"][] = ["critical"]): FindingCode | null {
  return codes.find((code) => findings.some((one) => one.code === code && severities.includes(one.severity))) ?? null;
}

function unansweredIn(findings: readonly Finding[], areas: readonly Finding["area"][]): boolean {
  return findings.some((one) => one.code === "dns.unanswered" && areas.includes(one.area));
}

function refused(cause: FindingCode, spfFix: Verdict["spfFix"]): Verdict {
  return { outcome: "refused", cause, spfFix, findings: [] };
}

const unknown = (cause: FindingCode): Verdict => ({ outcome: "unknown", cause, spfFix: "none", findings: [] });

/** What Gmail complained of is right today; how long it may go by the older answer is known of SPF and DMARC records. */
function mended({ subject, delegation }: Assessment, what: "spf" | "dmarc" | "other"): Verdict {
  const name = what === "dmarc" ? delegation?.dmarcName : delegation?.domain;
  const wait = what === "other" || name === undefined ? null : rememberedFor(delegation, name, "either");
  const told = finding("bounce.mended", { domain: subject.domain, ip: subject.sendingIp ?? "", ...roundedWait(wait) });
  return { outcome: "accepted", cause: "bounce.mended", spfFix: "advice", findings: [told] };
}

/** Right by the answer that we were given; where another of the zone's own servers still refuses, it depends on whom Gmail asks. */
function spfMended(assessment: Assessment): Verdict {
  if (serversRefuse(assessment)) return { outcome: "at-risk", cause: "dns.servers-differ", spfFix: "advice", findings: [] };
  return mended(assessment, "spf");
}

function serversRefuse({ resultsByServer }: Assessment): boolean {
  return resultsByServer.some((result) => result !== "pass");
}

/** Neither SPF nor DKIM passed, or SPF was required: `checkHost` over today's answers decides. */
function spfVerdict(assessment: Assessment, findings: readonly Finding[], rule: BounceRule): Verdict {
  const result = assessment.spf.evaluation?.result ?? null;
  if (result === "pass") return spfMended(assessment);
  if (result === "temperror" || (result === null && unansweredIn(findings, ["spf"]))) return unknown("dns.unanswered");
  const cause = firstCause(findings, SPF_CAUSES);
  if (cause === null) return refused(`bounce.${rule}`, "advice");
  return refused(cause, spfFixOf(cause, assessment));
}

/** Authorising a forwarder or somebody's gateway would let everyone behind it send as the domain. */
export function isPlainStranger({ stranger }: Pick<Assessment, "stranger">): boolean {
  return stranger.stranger && !stranger.doubt;
}

function suspiciousVerdict(assessment: Assessment, findings: readonly Finding[]): Verdict {
  if (unansweredIn(findings, ["spf"]) && assessment.spf.records.length === 0) return unknown("dns.unanswered");
  const cause = firstCause(findings, [...DANGEROUS_SPF, ...SPF_CAUSES], ["critical", "warning"]);
  return cause === null ? refused("bounce.suspicious-spf", "advice") : refused(cause, spfFixOf(cause, assessment));
}

function spfFixOf(cause: FindingCode, assessment: Assessment): Verdict["spfFix"] {
  if (TOLD_ONLY.includes(cause)) return "advice";
  return cause === "spf.not-authorised" && isPlainStranger(assessment) ? "none" : "cure";
}

/** The header domain's DMARC refused it, or nothing aligned: an SPF record cures that only where SPF would align. */
function alignmentVerdict(assessment: Assessment, findings: readonly Finding[], rule: BounceRule): Verdict {
  const { dmarc, spf } = assessment;
  if (dmarc.discovery.status === "unanswered" && rule === "dmarc-policy") return unknown("dns.unanswered");
  const apart: Verdict = { ...refused("dmarc.not-aligned", "none"), findings: findings.some(({ code }) => code === "dmarc.not-aligned") ? [] : [notAligned(assessment)] };
  // Where the paste names no envelope, SPF's record is taken to be the header domain's own.
  const wouldAlign = spf.envelopeAssumed || dmarc.alignment.spfWouldAlign;
  const passes = spf.evaluation?.result === "pass";
  if (!wouldAlign || (passes && spf.envelopeAssumed)) {
    // An aligned signature would have been enough: then what broke it is the cause.
    const keyCause = dmarc.alignment.dkimAligned === true ? firstCause(findings, [...DKIM_KEY_CAUSES, "dkim.signature-broken"]) : null;
    return keyCause === null ? apart : refused(keyCause, "none");
  }
  if (passes) return spfMended(assessment);
  if (spf.evaluation?.result === "temperror" || (spf.evaluation === null && unansweredIn(findings, ["spf"]))) return unknown("dns.unanswered");
  const cause = firstCause(findings, SPF_CAUSES);
  if (cause === null) return apart;
  return refused(cause, spfFixOf(cause, assessment));
}

function dkimVerdict(assessment: Assessment, findings: readonly Finding[]): Verdict {
  if (unansweredIn(findings, ["dkim"])) return unknown("dns.unanswered");
  const cause = firstCause(findings, [...DKIM_KEY_CAUSES, "dkim.missing-signature", "dkim.signature-broken"]);
  return refused(cause ?? "dkim.missing-signature", "none");
}

function dmarcRecordVerdict(assessment: Assessment, findings: readonly Finding[]): Verdict {
  if (unansweredIn(findings, ["dmarc"])) return unknown("dns.unanswered");
  const cause = firstCause(findings, DMARC_RECORD_CAUSES, ["critical", "warning"]);
  return cause === null ? { ...mended(assessment, "dmarc"), spfFix: "none" } : refused(cause, "none");
}

function ptrVerdict(assessment: Assessment, findings: readonly Finding[], rule: BounceRule): Verdict {
  if (assessment.ptr === null) return refused(`bounce.${rule}`, "none");
  if (assessment.ptr.status === "unanswered") return unknown("dns.unanswered");
  const cause = firstCause(findings, PTR_CAUSES);
  return cause === null ? { ...mended(assessment, "other"), spfFix: "none" } : refused(cause, "none");
}

/** PTR and authentication are both asked of an IPv6 sender. */
function ipv6Verdict(assessment: Assessment, findings: readonly Finding[]): Verdict {
  if (assessment.ptr?.status === "unanswered") return unknown("dns.unanswered");
  const cause = firstCause(findings, PTR_CAUSES);
  return cause === null ? spfVerdict(assessment, findings, "ipv6-guidelines") : refused(cause, "none");
}

/** Nothing of ours matched Gmail's words, or another receiver spoke: DNS is told as it is, and the verdict is not ours. */
function unknownVerdict(assessment: Assessment, findings: readonly Finding[]): Verdict {
  const broken = firstCause(findings, SPF_CAUSES) !== null && !isPlainStranger(assessment);
  return { outcome: "unknown", cause: "bounce.unknown", spfFix: broken ? "cure" : "advice", findings: [] };
}

/** Reputation, rate, recipient, protocol: Gmail's own words are the cause. */
function ownWords(assessment: Assessment, rule: BounceRule): Verdict {
  return { outcome: assessment.bounce?.permanent === false ? "at-risk" : "refused", cause: `bounce.${rule}`, spfFix: "none", findings: [] };
}

/** A domain (and perhaps an address), with no bounce: what would Gmail say of the next message? */
function aloneVerdict(assessment: Assessment, findings: readonly Finding[]): Verdict {
  const atRisk = (cause: FindingCode, spfFix: Verdict["spfFix"]): Verdict => ({ outcome: "at-risk", cause, spfFix, findings: [] });
  if (!assessment.domainExists) return { outcome: "refused", cause: "dns.no-such-domain", spfFix: "none", findings: [] };
  if (assessment.delegation?.bogus === true) return atRisk("dns.dnssec-bogus", "none");
  const freeMail = freeMailCause(assessment, findings);
  if (freeMail !== null) return atRisk(freeMail, "none");
  if (assessment.spf.evaluation?.result === "temperror" || (assessment.spf.records.length === 0 && unansweredIn(findings, ["spf"]))) return unknown("dns.unanswered");
  const spfCause = firstCause(findings, [...SPF_CAUSES, ...DANGEROUS_SPF]);
  if (spfCause !== null) return atRisk(spfCause, spfFixOf(spfCause, assessment));
  if (serversRefuse(assessment)) return atRisk("dns.servers-differ", "advice");
  const dkimCause = firstCause(findings, [...DKIM_KEY_CAUSES, "dkim.missing-signature"]);
  if (dkimCause !== null) return atRisk(dkimCause, "advice");
  if (firstCause(findings, ["dmarc.not-aligned"]) !== null) return atRisk("dmarc.not-aligned", "none");
  if (firstCause(findings, ["dkim.signature-broken"], ["critical", "warning"]) !== null) return atRisk("dkim.signature-broken", "advice");
  const dmarcCause = firstCause(findings, DMARC_RECORD_CAUSES, ["critical", "warning"]);
  if (dmarcCause !== null) return atRisk(dmarcCause, "advice");
  if (unansweredIn(findings, ["dkim", "dmarc"])) return unknown("dns.unanswered");
  if (!assessment.dkim.some((key) => key.status === "valid" || key.status === "testing")) return atRisk("dkim.no-selector", "advice");
  const told = finding("policy.nothing-found", { domain: assessment.subject.domain });
  return { outcome: "accepted", cause: "policy.nothing-found", spfFix: "advice", findings: [told] };
}
