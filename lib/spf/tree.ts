/**
 * A whole record unfolded, for reading and counting when no message is at hand: each term with what it looks up, every
 * include and redirect with the record behind it, past the limits too, so that the guilty term can be named.
 */

import { isUnanswered, type Resolver } from "../dns/resolver.ts";
import { checkableDomain, isCounted, LOOKUP_LIMIT, macrosOf, NAMES_LIMIT, publishedRecord, VOID_LOOKUP_LIMIT } from "./evaluation.ts";
import { cidrOf } from "./network.ts";
import { expandMacros, isQueryable, targetName, withoutRoot } from "./macro.ts";
import type { SpfNode, SpfParseResult, SpfSyntaxError, SpfTerm, SpfTermNode } from "./types.ts";

/**
 * Receivers give up at ten look-ups; people's records go on far beyond, and are unfolded whole. These bounds are for what
 * was made to explode, and leave questions of a diagnosis's budget to the rest of it.
 */
const DEEPEST = 25;
const MOST_NODES = 120;
const MOST_QUESTIONS = 100;
/** Of records' text, each time a record stands in the tree. */
const MOST_OCTETS = 128 * 1024;
/** What is listed in the whole tree; past it a record or term lists no more than its least share. */
const MOST_TERMS = 1_500;
const LEAST_TERMS = 20;
const MOST_NETWORKS = 2_000;
const LEAST_NETWORKS = 10;

/** Never rejects. What the bounds did not allow is "too-deep", `omitted` or, from the resolver, "unanswered". */
export async function unfold(domain: string, resolver: Resolver): Promise<SpfNode> {
  const unfolding: Unfolding = { resolver, nodes: MOST_NODES, octets: MOST_OCTETS, questions: MOST_QUESTIONS, asked: new Set(), terms: MOST_TERMS, networks: MOST_NETWORKS };
  return withLimits(await unfoldDomain(domain, [], unfolding), { lookups: 0, voidLookups: 0 });
}

/** What is left of each bound. */
interface Unfolding {
  readonly resolver: Resolver;
  nodes: number;
  octets: number;
  questions: number;
  readonly asked: Set<string>;
  terms: number;
  networks: number;
}

/** Takes as many questions as are new from what is left, if there is enough. */
function mayAsk(unfolding: Unfolding, ...questions: readonly string[]): boolean {
  const fresh = questions.filter((question) => !unfolding.asked.has(question));
  if (fresh.length > unfolding.questions) return false;
  unfolding.questions -= fresh.length;
  for (const question of fresh) unfolding.asked.add(question);
  return true;
}

const EMPTY = { record: null, lookups: 0, voidLookups: 0, terms: [] } as const;

/** `isVoid`: DNS has nothing of the type asked for, so the referring term is a void look-up. */
type Unfolded = SpfNode & { readonly isVoid?: true };

async function unfoldDomain(domain: string, path: readonly string[], unfolding: Unfolding): Promise<Unfolded> {
  const name = checkableDomain(domain);
  if (name === null) return { ...EMPTY, domain, status: "none" };
  const key = name.toLowerCase();
  if (path.includes(key)) return { ...EMPTY, domain: name, status: "loop" };
  if (path.length > DEEPEST || unfolding.nodes === 0 || !mayAsk(unfolding, `TXT ${key}`)) return { ...EMPTY, domain: name, status: "too-deep" };
  unfolding.nodes -= 1;
  const answer = await unfolding.resolver.query(name, "TXT");
  if (isUnanswered(answer.status)) return { ...EMPTY, domain: name, status: "unanswered" };
  if (answer.records.length === 0) return { ...EMPTY, domain: name, status: "none", isVoid: true };
  const published = publishedRecord(answer);
  if (published.kind === "none") return { ...EMPTY, domain: name, status: "none" };
  // None of several is evaluated (RFC 7208 section 4.5).
  if (published.kind === "several") return { ...EMPTY, domain: name, status: "multiple-records" };
  const { text, parsed } = published;
  if (text.length > unfolding.octets) return { ...EMPTY, domain: name, status: "too-deep" };
  unfolding.octets -= text.length;
  const { terms, unlisted, ...counts } = await unfoldTerms(parsed, name, [...path, key], unfolding);
  return { domain: name, record: text, status: parsed.ok ? "ok" : "syntax", ...counts, terms, ...(unlisted > 0 ? { omitted: unlisted } : {}) };
}

interface UnfoldedTerms {
  readonly terms: readonly SpfTermNode[];
  readonly unlisted: number;
  readonly lookups: number;
  readonly voidLookups: number;
}

async function unfoldTerms(parsed: SpfParseResult, domain: string, path: readonly string[], unfolding: Unfolding): Promise<UnfoldedTerms> {
  const terms = parsed.ok ? parsed.record.terms : parsed.readable;
  const all = terms.find((term) => term.kind === "all");
  const isUnused = (term: SpfTerm) => {
    // RFC 7208 section 5.1: nothing after `all` is looked at, and any redirect is ignored; section 6: so are unknown modifiers.
    if (term.kind === "unknown-modifier") return true;
    return all !== undefined && (term.kind === "redirect" || (term.kind !== "exp" && term.at > all.at));
  };
  const invalid = parsed.ok ? [] : invalidTerms(parsed.text, parsed.errors);
  const most = Math.max(LEAST_TERMS, unfolding.terms);
  const weights = terms.map((term) => (isUnused(term) ? 2 : weightOf(term)));
  const listed = listedTerms([...weights, ...invalid.map(() => 1)], most);
  unfolding.terms -= listed.size;
  const read = await Promise.all(terms.filter((_, index) => listed.has(index)).map(async (term) => (isUnused(term) ? termNode(term, { status: "unused" }) : unfoldTerm(term, domain, path, unfolding))));
  const nodes = [...read, ...invalid.filter((_, index) => listed.has(terms.length + index))].sort((a, b) => a.at - b.at);
  // What is not listed is not unfolded either: each counted term is one look-up at the least.
  const unread = terms.filter((term, index) => !listed.has(index) && !isUnused(term) && isCounted(term.kind)).length;
  return {
    terms: nodes,
    unlisted: terms.length + invalid.length - listed.size,
    lookups: nodes.reduce((sum, term) => sum + term.lookups, unread),
    voidLookups: nodes.reduce((sum, term) => sum + term.voidLookups, 0),
  };
}

/** What has to be in a list that can't hold all: first what the record's meaning hangs on, then what is looked up, then networks and the like. */
function weightOf({ kind }: SpfTerm): number {
  if (kind === "all" || kind === "redirect" || kind === "exp") return 0;
  return isCounted(kind) ? 1 : 2;
}

/** The places of the `most` weightiest, the earlier before the later. */
function listedTerms(weights: readonly number[], most: number): ReadonlySet<number> {
  const places = weights.map((_, place) => place);
  return new Set(weights.length <= most ? places : [0, 1, 2].flatMap((weight) => places.filter((place) => weights[place] === weight)).slice(0, most));
}

/** One node for each faulty term, where it begins. */
function invalidTerms(text: string, errors: readonly SpfSyntaxError[]): SpfTermNode[] {
  const nodes: SpfTermNode[] = [];
  let end = -1;
  // In order of place: one term may hold thousands of faults.
  for (const error of errors) {
    if (error.at < end) continue;
    const at = text.lastIndexOf(" ", error.at) + 1;
    end = at + error.term.length;
    nodes.push({ ...NOTHING, text: error.term, at, kind: "invalid", qualifier: null, status: "invalid" });
  }
  return nodes;
}

const NOTHING = { target: null, lookups: 0, voidLookups: 0, networks: [], status: "ok", overLimit: false, child: null } as const;

function termNode(term: SpfTerm, rest: Partial<SpfTermNode>): SpfTermNode {
  return { text: term.text, at: term.at, kind: term.kind, qualifier: "qualifier" in term ? term.qualifier : null, ...NOTHING, ...rest };
}

async function unfoldTerm(term: SpfTerm, domain: string, path: readonly string[], unfolding: Unfolding): Promise<SpfTermNode> {
  const lookups = isCounted(term.kind) ? 1 : 0;
  if (term.kind === "ip4" || term.kind === "ip6") return termNode(term, { networks: networkOf(term.network, term.prefix) });
  if (term.kind === "ptr") return termNode(term, { lookups, status: "macro", target: targetOf(term.domainSpec, domain).name });
  if (term.kind === "all" || term.kind === "unknown-modifier") return termNode(term, {});
  const { name, open } = targetOf(term.domainSpec, domain);
  if (open) return termNode(term, { lookups, status: "macro" });
  if (name === null) return termNode(term, { lookups, status: "invalid" });
  // `exp` is looked up only for a message that fails (RFC 7208 section 6.2).
  if (term.kind === "exp") return termNode(term, { target: name });
  if (term.kind === "include" || term.kind === "redirect") {
    const { isVoid, ...child } = await unfoldDomain(name, path, unfolding);
    const status = isVoid === true ? "void" : child.status === "unanswered" ? "unanswered" : "ok";
    return termNode(term, { target: name, child, status, lookups: lookups + child.lookups, voidLookups: child.voidLookups + (isVoid === true ? 1 : 0) });
  }
  const found = await looked(term, name, unfolding);
  return termNode(term, { target: name, lookups, status: found.status, networks: found.networks, ...(found.left > 0 ? { omitted: found.left } : {}), voidLookups: found.isVoid ? 1 : 0 });
}

/** The name a term looks up. `open`: it depends on the message, by any macro but `%{d}`. */
function targetOf(domainSpec: string | null, domain: string): { readonly name: string | null; readonly open: boolean } {
  if (domainSpec === null) return { name: domain, open: false };
  const spec = macrosOf(domainSpec);
  if (!spec.ok) return { name: null, open: false };
  if (/[^d]/.test(spec.letters)) return { name: null, open: true };
  return { name: targetName(expandMacros(spec.parts, () => domain)), open: false };
}

interface Looked {
  readonly status: "ok" | "void" | "unanswered";
  readonly isVoid: boolean;
  readonly networks: readonly string[];
  /** Addresses beyond those, too many to list. */
  readonly left: number;
}

const UNANSWERED: Looked = { status: "unanswered", isVoid: false, networks: [], left: 0 };
const VOID: Looked = { ...UNANSWERED, status: "void", isVoid: true };

async function looked(term: Extract<SpfTerm, { readonly kind: "a" | "mx" | "exists" }>, name: string, unfolding: Unfolding): Promise<Looked> {
  switch (term.kind) {
    case "exists": {
      if (!mayAsk(unfolding, `A ${name}`)) return UNANSWERED;
      const answer = await unfolding.resolver.query(name, "A");
      if (isUnanswered(answer.status)) return UNANSWERED;
      return answer.records.length === 0 ? VOID : { ...UNANSWERED, status: "ok" };
    }
    case "a":
      return addresses([name], term, unfolding);
    case "mx": {
      if (!mayAsk(unfolding, `MX ${name}`)) return UNANSWERED;
      const answer = await unfolding.resolver.query(name, "MX");
      if (isUnanswered(answer.status)) return UNANSWERED;
      if (answer.records.length === 0) return VOID;
      return addresses(answer.records.slice(0, NAMES_LIMIT).map(({ exchange }) => withoutRoot(exchange)).filter(isQueryable), term, unfolding);
    }
  }
}

/**
 * Both families. A host with addresses of one family only is not void here: for whom it would be is not known without a sender.
 * One host without any makes its term void, the others' addresses standing (RFC 7208 section 4.6.4; see `countVoid`).
 */
async function addresses(hosts: readonly string[], { prefix4, prefix6 }: { readonly prefix4: number; readonly prefix6: number }, unfolding: Unfolding): Promise<Looked> {
  const { resolver } = unfolding;
  if (!mayAsk(unfolding, ...hosts.flatMap((host) => [`A ${host}`, `AAAA ${host}`]))) return UNANSWERED;
  const answers = await Promise.all(hosts.map((host) => Promise.all([resolver.query(host, "A"), resolver.query(host, "AAAA")])));
  const room = Math.max(LEAST_NETWORKS, unfolding.networks);
  // No more of each answer is read than can be listed of all: one host of thousands of addresses may stand in a thousand terms.
  const listed = answers.flatMap(([four, six]) => [...four.records.slice(0, room).map((address) => ({ address, prefix: prefix4 })), ...six.records.slice(0, room).map((address) => ({ address, prefix: prefix6 }))]).slice(0, room);
  unfolding.networks -= listed.length;
  const networks = [...new Set(listed.flatMap(({ address, prefix }) => networkOf(address, prefix)))];
  const left = answers.reduce((sum, [four, six]) => sum + four.records.length + six.records.length, -listed.length);
  if (answers.some(([four, six]) => isUnanswered(four.status) || isUnanswered(six.status))) return { ...UNANSWERED, networks, left };
  const isVoid = answers.some(([four, six]) => four.records.length === 0 && six.records.length === 0);
  return { status: networks.length === 0 && hosts.length > 0 ? "void" : "ok", isVoid, networks, left };
}

function networkOf(address: string, prefix: number): string[] {
  const cidr = cidrOf(address, prefix);
  return cidr === null ? [] : [cidr];
}

interface Counts {
  lookups: number;
  voidLookups: number;
}

/** Goes through the tree in evaluation order, and marks the eleventh counted term and the third void look-up. RFC 7208 section 4.6.4 */
function withLimits(node: SpfNode, counts: Counts): SpfNode {
  // A redirect is evaluated after all directives, wherever it stands (RFC 7208 section 6.1).
  const ordered = [...node.terms.filter((term) => term.kind !== "redirect"), ...node.terms.filter((term) => term.kind === "redirect")];
  const marked = new Map(ordered.map((term) => [term, withLimit(term, counts)]));
  return { ...node, terms: node.terms.map((term) => marked.get(term) ?? term) };
}

function withLimit(term: SpfTermNode, counts: Counts): SpfTermNode {
  const own = { lookups: term.lookups - (term.child?.lookups ?? 0), voidLookups: term.voidLookups - (term.child?.voidLookups ?? 0) };
  const before = { ...counts };
  counts.lookups += own.lookups;
  counts.voidLookups += own.voidLookups;
  const overLimit = passes(before.lookups, counts.lookups, LOOKUP_LIMIT) || passes(before.voidLookups, counts.voidLookups, VOID_LOOKUP_LIMIT);
  return { ...term, overLimit, child: term.child === null ? null : withLimits(term.child, counts) };
}

const passes = (before: number, after: number, limit: number) => before <= limit && after > limit;
