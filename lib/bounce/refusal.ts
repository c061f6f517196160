/** From what a format saw to one refusal: who refused, by which rule, whose domain, which address. */

import { type Domain, type IpAddress, organizationalDomain, parseDomain } from "../address/index.ts";
import { ruleByCode } from "./gmail-replies.ts";
import type { Sighting } from "./formats/format.ts";
import type { Bounce, BounceRule, ReadingNote } from "./reading.ts";
import { redacted } from "./redact.ts";
import { readReply, type Reply } from "./reply.ts";
import { type Reporter, reporterOf } from "./reporter.ts";

export type DomainReason = Extract<ReadingNote, { code: "several-domains" }>["reason"];

export interface Refusal {
  readonly sighting: Sighting;
  readonly reply: Reply;
  readonly reporter: Reporter;
  readonly rule: BounceRule;
  readonly mailFrom: Domain | null;
  readonly headerFrom: Domain | null;
  readonly helo: string | null;
  /** The domain to diagnose, by the contract's order, and why it is that one. Null when no label names a sender. */
  readonly chosen: { readonly domain: Domain; readonly reason: DomainReason } | null;
  /** More than one where the text contradicts itself. */
  readonly ips: readonly IpAddress[];
}

const SPF_RULES: ReadonlySet<BounceRule> = new Set(["unauthenticated", "spf-hard-fail", "spf-required", "suspicious-spf", "ipv6-guidelines"]);
const DMARC_RULES: ReadonlySet<BounceRule> = new Set(["dmarc-policy", "not-aligned", "dmarc-required"]);

/** `replies` remembers those that were read: a log repeats the same words. */
export function readRefusal(sighting: Sighting, replies: Map<string, Reply>): Refusal {
  const reply = replies.get(sighting.reply) ?? readReply(sighting.reply);
  replies.set(sighting.reply, reply);
  const reporter = reporterOf(reply, sighting.speaker ?? null);
  const rule = ruleOf(reply, reporter, sighting.enhancedCode ?? null);
  const path = sighting.mailFrom === undefined ? sighting.headers?.mailFrom : sighting.mailFrom;
  // With the null reverse-path, SPF is checked for the HELO name (RFC 7208 section 2.4), and that is the name in the reply.
  const mailFrom = path === null ? null : reply.mailFrom ?? path ?? null;
  const headerFrom = sighting.headers?.headerFrom ?? reply.headerFrom ?? sighting.headerFrom ?? null;
  const helo = sighting.helo ?? (path === null ? reply.mailFrom : null);
  const names = { mailFrom, headerFrom, helo: heloDomain(helo), named: reply.mailFrom, signer: reply.signer };
  return { sighting, reply, reporter, rule, mailFrom, headerFrom, helo, chosen: choose(rule, names), ips: reply.ips.length > 0 ? reply.ips : sighting.ip == null ? [] : [sighting.ip] };
}

function ruleOf(reply: Reply, { reporter }: Reporter, reported: string | null): BounceRule {
  if (reporter === "other") return "unknown";
  const codes = { code: reply.code, enhancedCode: reply.enhancedCode ?? reported };
  const wordless = reply.letters.length < 12;
  return reply.ruleByWords ?? (reporter === "gmail" || wordless ? ruleByCode(codes) : null) ?? "unknown";
}

interface Names {
  readonly mailFrom: Domain | null;
  readonly headerFrom: Domain | null;
  readonly helo: Domain | null;
  /** By the reply, as the domain that SPF was checked for. */
  readonly named: Domain | null;
  readonly signer: Domain | null;
}

function choose(rule: BounceRule, { mailFrom, headerFrom, helo, named, signer }: Names): Refusal["chosen"] {
  if (SPF_RULES.has(rule) && named !== null) return { domain: named, reason: "spf-rule" };
  if (DMARC_RULES.has(rule) && headerFrom !== null) return { domain: headerFrom, reason: "dmarc-rule" };
  if (headerFrom !== null) return { domain: headerFrom, reason: "header-first" };
  if (mailFrom !== null) return { domain: mailFrom, reason: "envelope" };
  if (helo !== null) return { domain: helo, reason: "helo" };
  return signer === null ? null : { domain: signer, reason: "header-first" };
}

function heloDomain(helo: string | null): Domain | null {
  const parsed = helo === null ? null : parseDomain(helo);
  return parsed?.ok === true ? parsed.domain : null;
}

export function bounceOf({ reply, reporter, rule, sighting }: Refusal, format: string, keepAddresses: boolean): Bounce {
  const enhancedCode = reply.enhancedCode ?? sighting.enhancedCode ?? null;
  const first = String(reply.code ?? enhancedCode ?? "")[0];
  return {
    reporter: reporter.reporter,
    format,
    code: reply.code,
    enhancedCode,
    rule,
    permanent: first === "5" ? true : first === "4" ? false : sighting.permanent ?? null,
    text: keepAddresses ? reply.text : redacted(reply.text),
    claims: reply.claims,
  };
}

/** The refusal to diagnose: of the group (domain, address, rule) that is the largest; of equals the first, Gmail's before others'. */
export function mostFrequent(refusals: readonly Refusal[]): { readonly refusal: Refusal; readonly count: number } | null {
  const groups = new Map<string, Refusal[]>();
  for (const refusal of refusals) {
    const key = [refusal.chosen?.domain ?? "", refusal.ips.join(","), refusal.rule].join("|");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [refusal]);
    else group.push(refusal);
  }
  const isGmail = (group: readonly Refusal[]): number => (group[0]?.reporter.reporter === "gmail" ? 1 : 0);
  const refusal = [...groups.values()].sort((a, b) => b.length - a.length || isGmail(b) - isGmail(a))[0]?.[0];
  return refusal === undefined ? null : { refusal, count: refusals.length };
}

/** One reply that stands twice in a report is one refusal. In a log each line is a delivery, unless Gmail's session says that it is the same. */
export function withoutRepeats(refusals: readonly Refusal[], isLog: boolean): readonly Refusal[] {
  const seen = new Set<string>();
  return refusals.filter(({ reply }) => {
    if (isLog && !reply.closed) return true;
    if (seen.has(reply.letters)) return false;
    seen.add(reply.letters);
    return true;
  });
}

/** The name itself where all share an organizational domain: that domain when it is among them, else the first. Null when they are of several. */
export function oneOf(domains: readonly Domain[]): Domain | null {
  const organizations = new Set(domains.map(organizationalDomain));
  const [organization] = organizations;
  if (organization === undefined || organizations.size > 1) return null;
  return domains.find((domain) => domain === organization) ?? domains[0] ?? null;
}
