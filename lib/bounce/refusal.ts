/** From what a format saw to one refusal: who refused, by which rule, whose domain, which address. */

import { type Domain, type IpAddress, isPrivateName, isPublicIp, isPublicSuffix, organizationalDomain, parseDomain } from "../address/index.ts";
import { ruleByCode } from "./rule-of-reply.ts";
import type { Sighting } from "./formats/format.ts";
import type { Bounce, BounceGroup, BounceRule, ReadingNote, SendingIpSource } from "./reading.ts";
import { keptReply } from "./kept-reply.ts";
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
  readonly ipsFrom: SendingIpSource | null;
  readonly contradictions: readonly Contradiction[];
}

type Contradiction = Extract<ReadingNote, { code: "contradiction" }>;

const SPF_RULES: ReadonlySet<BounceRule> = new Set(["unauthenticated", "spf-hard-fail", "spf-required", "suspicious-spf", "ipv6-guidelines"]);
const DMARC_RULES: ReadonlySet<BounceRule> = new Set(["dmarc-policy", "not-aligned", "dmarc-required"]);

/** Rules that Gmail checks the author's domain for: a host's name tells nothing of that. */
export function isAboutAuthor(rule: BounceRule): boolean {
  return DMARC_RULES.has(rule) || rule === "dkim-required";
}

/** `replies` remembers those that were read: a log repeats the same words. */
export function readRefusal(seen: Sighting, replies: Map<string, Reply>): Refusal {
  const sighting = { ...seen, enhancedCode: enhancedCodeIn(seen.enhancedCode) };
  const reply = replies.get(sighting.reply) ?? readReply(sighting.reply);
  replies.set(sighting.reply, reply);
  const reporter = reporterOf(reply, sighting.speaker ?? null);
  const rule = ruleOf(reply, reporter, sighting);
  const path = sighting.mailFrom === undefined ? sighting.headers?.mailFrom : sighting.mailFrom;
  // With the null reverse-path, SPF is checked for the HELO name (RFC 7208 section 2.4), and that is the name in the reply.
  const envelope = agreed("mail-from", path === null ? [] : reply.mailFrom !== null ? [reply.mailFrom] : [sighting.mailFrom ?? null, sighting.headers?.mailFrom ?? null]);
  const author = agreed("header-from", [sighting.headers?.headerFrom ?? null, reply.headerFrom, sighting.headers === null || sighting.headers === undefined ? sighting.headerFrom ?? null : null]);
  const mailFrom = envelope.domain;
  const headerFrom = author.domain;
  const helo = sighting.helo ?? (path === null ? reply.mailFrom : null);
  // What Gmail itself names as the author's domain is certain, also where the returned header has another.
  const names = { mailFrom: asked(mailFrom), headerFrom: asked(headerFrom ?? reply.headerFrom), helo: asked(heloDomain(helo)), named: asked(reply.mailFrom), signer: asked(reply.signer) };
  const contradictions = [...envelope.contradictions, ...author.contradictions];
  return { sighting, reply, reporter, rule, mailFrom, headerFrom, helo, chosen: choose(rule, names), contradictions, ...addresses(reply, sighting, reporter) };
}

/** A service's field of that name may hold anything. */
function enhancedCodeIn(told: string | null | undefined): string | null {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec((told ?? "").slice(0, 40))?.[0] ?? null;
}

/** `root@localhost.localdomain`: a name that is in no public DNS cannot be looked at. */
function asked(domain: Domain | null): Domain | null {
  return domain === null || isPrivateName(domain) || isPublicSuffix(domain) ? null : domain;
}

/** Gmail's own word; else what the mailer tells of its end of the connection; else the hop by which Google got the message that it returned. */
function addresses(reply: Reply, { ip, ipFrom, headers }: Sighting, { reporter }: Reporter): Pick<Refusal, "ips" | "ipsFrom"> {
  if (reply.ips.length > 0) return { ips: reply.ips, ipsFrom: "reply" };
  if (ip !== null && ip !== undefined) return { ips: [ip], ipsFrom: ipFrom ?? "log" };
  const hop = headers?.relays.find((relay) => relay.helo !== null || relay.ip !== null);
  return reporter === "gmail" && hop?.by === "mx.google.com" && hop.ip !== null && isPublicIp(hop.ip) ? { ips: [hop.ip], ipsFrom: "received" } : { ips: [], ipsFrom: null };
}

/** The first of what was told, unless another is of somebody else: wrong is worse than empty. */
function agreed(field: Contradiction["field"], told: readonly (Domain | null)[]): { readonly domain: Domain | null; readonly contradictions: readonly Contradiction[] } {
  const domains = told.filter((domain) => domain !== null);
  const organizations = new Set(domains.map(organizationalDomain));
  return organizations.size > 1 ? { domain: null, contradictions: [{ code: "contradiction", field, values: [...new Set(domains)] }] } : { domain: domains[0] ?? null, contradictions: [] };
}

function ruleOf(reply: Reply, { reporter }: Reporter, told: Sighting): BounceRule {
  if (reporter === "other") return "unknown";
  const codes = { code: reply.code ?? told.code ?? null, enhancedCode: reply.enhancedCode ?? told.enhancedCode ?? null };
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
  const code = reply.code ?? sighting.code ?? null;
  const first = String(code ?? enhancedCode ?? "")[0];
  return {
    reporter: reporter.reporter,
    format,
    code,
    enhancedCode,
    rule,
    permanent: first === "5" ? true : first === "4" ? false : sighting.permanent ?? null,
    text: keptReply(reply, keepAddresses),
    claims: reply.claims,
  };
}

/** By domain, address and rule: Gmail's before others', then the largest, then those that name a domain, then as they come. */
export function grouped(refusals: readonly Refusal[]): readonly (readonly Refusal[])[] {
  const groups = new Map<string, Refusal[]>();
  for (const refusal of refusals) {
    const key = [refusal.chosen?.domain ?? "", refusal.ips.join(","), refusal.rule].join("|");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [refusal]);
    else group.push(refusal);
  }
  const isGmail = ([first]: readonly Refusal[]): number => (first?.reporter.reporter === "gmail" ? 1 : 0);
  const isNamed = ([first]: readonly Refusal[]): number => (first === undefined || first.chosen === null ? 0 : 1);
  return [...groups.values()].sort((a, b) => isGmail(b) - isGmail(a) || b.length - a.length || isNamed(b) - isNamed(a));
}

export function groupOf(group: readonly Refusal[]): BounceGroup {
  const [first] = group;
  const [ip = null, ...others] = first?.ips ?? [];
  return {
    domain: first?.chosen?.domain ?? null,
    ip: others.length > 0 ? null : ip,
    rule: first?.rule ?? "unknown",
    enhancedCode: first?.reply.enhancedCode ?? first?.sighting.enhancedCode ?? null,
    count: group.length,
    text: first === undefined ? "" : keptReply(first.reply, false).slice(0, GROUP_TEXT_MAX),
  };
}

/** Of a reply of Gmail, all. */
const GROUP_TEXT_MAX = 1000;

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
