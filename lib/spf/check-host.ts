/**
 * check_host() of RFC 7208 section 4, to the letter: may this host send mail as this domain?
 *
 * Evaluation goes through the record's terms in order, and ends at the first that matches. Everything that can go wrong is a
 * result with its named problem; nothing is thrown.
 */

import type { IpAddress } from "../address/index.ts";
import { recording } from "../dns/recording.ts";
import { isUnanswered, type Resolver } from "../dns/resolver.ts";
import {
  ask, checkableDomain, countVoid, type Evaluation, type Failure, matchesAddress, matchesNetwork, NAMES_LIMIT, publishedRecord, type Running, startEvaluation, startTerm,
  target, unanswered, validatedNames,
} from "./evaluation.ts";
import { explanationOf } from "./explanation.ts";
import { fetchAhead } from "./fetch-ahead.ts";
import { asciiName, isQueryable, type Message, withoutRoot } from "./macro.ts";
import type { Directive, SpfEvaluation, SpfProblem, SpfRecord, SpfResult } from "./types.ts";

export interface CheckHostRequest {
  readonly ip: IpAddress;
  /** `local-part@domain`, `domain` alone, or "" for the null reverse-path `<>`, which stands for `postmaster@` the HELO name (RFC 7208 section 2.4). */
  readonly mailFrom: string;
  readonly helo: string;
  /** <domain>, when it is not that of `mailFrom`. */
  readonly domain?: string;
  /** The host that checks, for `%{r}` in an explanation. */
  readonly receiver?: string;
}

export interface CheckHostOptions {
  /** Asks the questions of a record's terms as soon as the record is known, evaluating in order all the same: the wall time is that of the longest chain. Costs questions that a match makes needless. */
  readonly prefetch?: boolean;
  /** For `%{t}`. */
  readonly now?: Date;
}

export async function checkHost(request: CheckHostRequest, resolver: Resolver, options: CheckHostOptions = {}): Promise<SpfEvaluation> {
  const message = messageOf(request, options.now);
  const prefetch = options.prefetch === true;
  // What is asked ahead is asked again in order: the two must share one question.
  const evaluation = startEvaluation(message, prefetch ? recording(resolver) : resolver);
  const outcome = await evaluateDomain(request.domain ?? senderOf(request).domain, [], evaluation, prefetch);
  evaluation.ended = true;
  const counts = { lookups: evaluation.lookups, voidLookups: evaluation.voidLookups };
  if (outcome.kind === "error") return { result: outcome.result, mechanism: null, matched: null, explanation: null, problem: outcome.problem, ...counts };
  const explanation = outcome.result === "fail" ? await explanationOf(outcome.record, outcome.domain, evaluation) : null;
  return { result: outcome.result, mechanism: outcome.directive?.text ?? null, matched: outcome.matched, explanation, problem: null, ...counts };
}

function messageOf(request: CheckHostRequest, now = new Date()): Message {
  const { localPart, domain } = senderOf(request);
  return {
    ip: request.ip,
    localPart,
    senderDomain: asciiName(withoutRoot(domain)),
    helo: asciiName(request.helo),
    // RFC 7208 section 7.3: "If not, the word 'unknown' SHOULD be used."
    receiver: request.receiver ?? "unknown",
    time: Math.floor(now.getTime() / 1000),
  };
}

/** RFC 7208 sections 2.4 and 4.3: no local-part is "postmaster", no reverse-path is the HELO name. The domain follows the last "@": a quoted local-part may hold one. */
function senderOf({ mailFrom, helo }: CheckHostRequest): { readonly localPart: string; readonly domain: string } {
  if (mailFrom === "") return { localPart: "postmaster", domain: helo };
  const at = mailFrom.lastIndexOf("@");
  return { localPart: at > 0 ? mailFrom.slice(0, at) : "postmaster", domain: mailFrom.slice(at + 1) };
}

/** A result that receivers act by: the record that gave it, and what in it matched. */
interface Decided {
  readonly kind: "decided";
  readonly result: "pass" | "fail" | "softfail" | "neutral";
  readonly domain: string;
  readonly record: SpfRecord;
  readonly directive: Directive | null;
  readonly matched: SpfEvaluation["matched"];
}

interface Undecided {
  readonly kind: "error";
  readonly result: "none" | "temperror" | "permerror";
  readonly problem: SpfProblem;
}

type Outcome = Decided | Undecided;

const RESULTS = { "+": "pass", "-": "fail", "~": "softfail", "?": "neutral" } as const satisfies Record<Directive["qualifier"], SpfResult>;

/** The records being evaluated around one another, the top one first, each with the term that led to it. */
type Path = readonly { readonly domain: string; readonly referrer: Running | null }[];

/** One record, and all that it refers to. */
async function evaluateDomain(domain: string, path: Path, evaluation: Evaluation, prefetch: boolean, referrer: Running | null = null): Promise<Outcome> {
  const name = checkableDomain(domain);
  if (name === null) return { kind: "error", result: "none", problem: { code: "malformed-domain", domain } };
  const answer = await evaluation.resolver.query(name, "TXT");
  // RFC 7208 section 4.4: any RCODE other than 0 or 3, or no answer.
  if (isUnanswered(answer.status)) return errorOf(unanswered(answer));
  // Void, yet the limit has no say: an include or redirect without a record is a permerror of its own, and the better named one.
  if (answer.records.length === 0 && referrer !== null) countVoid(evaluation, referrer);
  // RFC 7208 section 4.5
  const record = publishedRecord(answer);
  if (record.kind === "none") return { kind: "error", result: "none", problem: { code: "no-record", domain: name } };
  if (record.kind === "several") return { kind: "error", result: "permerror", problem: { code: "multiple-records", domain: name } };
  // RFC 7208 section 4.6: "if there are any syntax errors anywhere in the record", before anything is evaluated.
  const { parsed } = record;
  if (!parsed.ok) return { kind: "error", result: "permerror", problem: { code: "syntax", domain: name, error: parsed.errors[0] } };
  if (prefetch && referrer === null) fetchAhead(parsed.record, name, evaluation);
  return evaluateRecord(parsed.record, name, [...path, { domain: name.toLowerCase(), referrer }], evaluation, prefetch);
}

async function evaluateRecord(record: SpfRecord, domain: string, path: Path, evaluation: Evaluation, prefetch: boolean): Promise<Outcome> {
  for (const directive of record.directives) {
    const matching = matchDirective(directive, domain, path, evaluation, prefetch);
    // Most terms are networks: nothing to wait for.
    const match = matching instanceof Promise ? await matching : matching;
    if (match.kind === "failure") return errorOf(match);
    // RFC 7208 section 4.6.2: the first match ends it, its qualifier is the result.
    if (match.kind === "match") {
      return { kind: "decided", result: RESULTS[directive.qualifier], domain, record, directive, matched: match.inside ?? { domain, term: directive.text } };
    }
  }
  if (record.redirect !== null) return redirected(record.redirect, domain, path, evaluation, prefetch);
  // RFC 7208 section 4.7: neither a match nor a redirect is "neutral".
  return { kind: "decided", result: "neutral", domain, record, directive: null, matched: null };
}

type Match = { readonly kind: "match"; readonly inside?: SpfEvaluation["matched"] } | { readonly kind: "no-match" } | Failure;

const MATCH: Match = { kind: "match" };
const NO_MATCH: Match = { kind: "no-match" };

function matchDirective(directive: Directive, domain: string, path: Path, evaluation: Evaluation, prefetch: boolean): Match | Promise<Match> {
  switch (directive.kind) {
    case "all":
      return MATCH;
    case "ip4":
    case "ip6":
      return matchesNetwork(evaluation, directive) ? MATCH : NO_MATCH;
    case "include":
    case "a":
    case "mx":
    case "ptr":
    case "exists":
      return matchCounted(directive, domain, path, evaluation, prefetch);
  }
}

type Counted = Exclude<Directive, { readonly kind: "all" | "ip4" | "ip6" }>;

async function matchCounted(directive: Counted, domain: string, path: Path, evaluation: Evaluation, prefetch: boolean): Promise<Match> {
  const running = startTerm(evaluation, directive, domain);
  if ("kind" in running) return loopOf(running, path);
  const named = await target(evaluation, running, directive.domainSpec);
  if (named.kind === "failure") return named;
  if (named.kind === "unmatched") return NO_MATCH;
  if (directive.kind === "include") return included(directive, named.kind === "name" ? named.name : named.text, running, path, evaluation, prefetch);
  // RFC 7208 section 4.8 leaves names that DNS can't hold to the implementation: here they are names that don't exist.
  if (named.kind === "invalid") return NO_MATCH;
  switch (directive.kind) {
    case "a":
      return matchAddresses(named.name, directive, running, evaluation);
    case "mx":
      return matchExchanges(named.name, directive, running, evaluation);
    case "ptr":
      return matchNames(named.name, running, evaluation);
    case "exists": {
      // RFC 7208 section 5.7: "the lookup type is A even when the connection type is IPv6".
      const found = await ask(evaluation, running, named.name, "A");
      return found.kind === "failure" ? found : found.records.length > 0 ? MATCH : NO_MATCH;
    }
  }
}

/** RFC 7208 section 5.3 */
async function matchAddresses(name: string, lengths: { readonly prefix4: number; readonly prefix6: number }, running: Running, evaluation: Evaluation): Promise<Match> {
  const found = await ask(evaluation, running, name, evaluation.addressType);
  if (found.kind === "failure") return found;
  return found.records.some((address) => matchesAddress(evaluation, address, lengths.prefix4, lengths.prefix6)) ? MATCH : NO_MATCH;
}

/** RFC 7208 section 5.4. Without MX records there is no match: the implicit MX of RFC 5321 doesn't apply. */
async function matchExchanges(name: string, lengths: { readonly prefix4: number; readonly prefix6: number }, running: Running, evaluation: Evaluation): Promise<Match> {
  const found = await ask(evaluation, running, name, "MX");
  if (found.kind === "failure") return found;
  // RFC 7208 section 4.6.4: more than ten is a permerror, whichever of them the match would be, since their order is DNS's whim.
  if (found.records.length > NAMES_LIMIT) return { kind: "failure", result: "permerror", problem: { code: "too-many-mx", domain: running.domain, term: running.term.text } };
  for (const { exchange } of found.records.toSorted((a, b) => a.preference - b.preference)) {
    // The null MX "." (RFC 7505) names no host.
    if (!isQueryable(withoutRoot(exchange))) continue;
    const match = await matchAddresses(exchange, lengths, running, evaluation);
    if (match.kind !== "no-match") return match;
  }
  return NO_MATCH;
}

/** RFC 7208 section 5.5: a validated name that is the target name or ends in it. */
async function matchNames(name: string, running: Running, evaluation: Evaluation): Promise<Match> {
  const names = await validatedNames(evaluation, running);
  if (!Array.isArray(names)) return names;
  const below = `.${name.toLowerCase()}`;
  return names.some((validated) => `.${validated.toLowerCase()}`.endsWith(below)) ? MATCH : NO_MATCH;
}

/** RFC 7208 section 5.2, the table. */
async function included(directive: Directive, domain: string, running: Running, path: Path, evaluation: Evaluation, prefetch: boolean): Promise<Match> {
  const outcome = await evaluateDomain(domain, path, evaluation, prefetch, running);
  switch (outcome.result) {
    case "pass":
      return { kind: "match", inside: outcome.kind === "decided" ? outcome.matched : null };
    case "fail":
    case "softfail":
    case "neutral":
      return NO_MATCH;
    case "none":
      return { kind: "failure", result: "permerror", problem: { code: "include-without-record", domain } };
    case "temperror":
    case "permerror":
      return { kind: "failure", result: outcome.result, problem: outcome.kind === "error" ? outcome.problem : { code: "no-record", domain: directive.text } };
  }
}

/** RFC 7208 section 6.1. A record with `all` never comes here: `all` matched. */
async function redirected(redirect: NonNullable<SpfRecord["redirect"]>, domain: string, path: Path, evaluation: Evaluation, prefetch: boolean): Promise<Outcome> {
  const running = startTerm(evaluation, redirect, domain);
  if ("kind" in running) return errorOf(loopOf(running, path));
  const named = await target(evaluation, running, redirect.domainSpec);
  if (named.kind === "failure") return errorOf(named);
  const name = named.kind === "name" ? named.name : named.kind === "invalid" ? named.text : redirect.domainSpec;
  if (named.kind === "unmatched") return { kind: "error", result: "permerror", problem: { code: "redirect-without-record", domain: name } };
  const outcome = await evaluateDomain(name, path, evaluation, prefetch, running);
  // "if no SPF record is found, or if the <target-name> is malformed, the result is a permerror rather than none"
  return outcome.result === "none" ? { kind: "error", result: "permerror", problem: { code: "redirect-without-record", domain: name } } : outcome;
}

function errorOf({ result, problem }: Failure): Undecided {
  return { kind: "error", result, problem };
}

/** The limit, reached by going round in a circle: that is the fault to name, and the term that closes the circle. */
function loopOf(failure: Failure, path: Path): Failure {
  const again = path.find(({ domain }, index) => path.findIndex((step) => step.domain === domain) < index)?.referrer;
  return again && failure.problem.code === "too-many-lookups" ? { ...failure, problem: { code: "loop", domain: again.domain, term: again.term.text } } : failure;
}
