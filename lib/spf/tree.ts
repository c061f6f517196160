/**
 * A whole record unfolded, for reading and counting when no message is at hand: each term with what it looks up, every
 * include and redirect with the record behind it, past the limits too, so that the guilty term can be named.
 */

import { isUnanswered, type Resolver } from "../dns/resolver.ts";
import { checkableDomain, isCounted, LOOKUP_LIMIT, macrosOf, NAMES_LIMIT, VOID_LOOKUP_LIMIT } from "./evaluation.ts";
import { cidrOf } from "./network.ts";
import { parseSpfRecord, selectSpfRecords } from "./record.ts";
import { expandMacros, isQueryable, targetName, withoutRoot } from "./macro.ts";
import type { SpfNode, SpfParseResult, SpfSyntaxError, SpfTerm, SpfTermNode } from "./types.ts";

/** Ten look-ups reach no further; a tree beyond it is made to explode. */
const DEEPEST = 10;
const MOST_NODES = 100;
/** So that a record of thousands of terms asks a bounded number of questions. */
const MOST_LOOKED_UP = 300;

/** Never rejects. What the budget of questions did not allow is "too-deep" or, from the resolver, "unanswered". */
export async function unfold(domain: string, resolver: Resolver): Promise<SpfNode> {
  const unfolding: Unfolding = { resolver, nodes: MOST_NODES, questions: MOST_LOOKED_UP };
  return withLimits(await unfoldDomain(domain, [], unfolding), { lookups: 0, voidLookups: 0 });
}

interface Unfolding {
  readonly resolver: Resolver;
  nodes: number;
  questions: number;
}

const EMPTY = { record: null, lookups: 0, voidLookups: 0, terms: [] } as const;

/** `isVoid`: DNS has nothing of the type asked for, so the referring term is a void look-up. */
type Unfolded = SpfNode & { readonly isVoid?: true };

async function unfoldDomain(domain: string, path: readonly string[], unfolding: Unfolding): Promise<Unfolded> {
  const name = checkableDomain(domain);
  if (name === null) return { ...EMPTY, domain, status: "none" };
  const key = name.toLowerCase();
  if (path.includes(key)) return { ...EMPTY, domain: name, status: "loop" };
  if (path.length > DEEPEST || unfolding.nodes === 0) return { ...EMPTY, domain: name, status: "too-deep" };
  unfolding.nodes -= 1;
  const answer = await unfolding.resolver.query(name, "TXT");
  if (isUnanswered(answer.status)) return { ...EMPTY, domain: name, status: "unanswered" };
  if (answer.records.length === 0) return { ...EMPTY, domain: name, status: "none", isVoid: true };
  const [text, ...others] = selectSpfRecords(answer.records);
  if (text === undefined) return { ...EMPTY, domain: name, status: "none" };
  // None of several is evaluated (RFC 7208 section 4.5).
  if (others.length > 0) return { ...EMPTY, domain: name, status: "multiple-records" };
  const parsed = parseSpfRecord(text);
  const terms = await unfoldTerms(parsed, name, [...path, key], unfolding);
  return { domain: name, record: text, status: parsed.ok ? "ok" : "syntax", ...summed(terms), terms };
}

function summed(terms: readonly SpfTermNode[]): { readonly lookups: number; readonly voidLookups: number } {
  return { lookups: terms.reduce((sum, term) => sum + term.lookups, 0), voidLookups: terms.reduce((sum, term) => sum + term.voidLookups, 0) };
}

async function unfoldTerms(parsed: SpfParseResult, domain: string, path: readonly string[], unfolding: Unfolding): Promise<SpfTermNode[]> {
  const terms = parsed.ok ? parsed.record.terms : parsed.readable;
  const all = terms.find((term) => term.kind === "all");
  const isUnused = (term: SpfTerm) => {
    // RFC 7208 section 5.1: nothing after `all` is looked at, and any redirect is ignored; section 6: so are unknown modifiers.
    if (term.kind === "unknown-modifier") return true;
    return all !== undefined && (term.kind === "redirect" || (term.kind !== "exp" && term.at > all.at));
  };
  const read = await Promise.all(terms.map(async (term) => (isUnused(term) ? termNode(term, { status: "unused" }) : unfoldTerm(term, domain, path, unfolding))));
  const invalid = parsed.ok ? [] : invalidTerms(parsed.text, parsed.errors);
  return [...read, ...invalid].sort((a, b) => a.at - b.at);
}

/** One node for each faulty term, where it begins. */
function invalidTerms(text: string, errors: readonly SpfSyntaxError[]): SpfTermNode[] {
  const faulty = new Map(errors.map((error) => [text.lastIndexOf(" ", error.at) + 1, error.term]));
  return [...faulty].map(([at, term]) => ({ ...NOTHING, text: term, at, kind: "invalid", qualifier: null, status: "invalid" }));
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
  return termNode(term, { target: name, lookups, status: found.status, networks: found.networks, voidLookups: found.isVoid ? 1 : 0 });
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
}

const UNANSWERED: Looked = { status: "unanswered", isVoid: false, networks: [] };

async function looked(term: Extract<SpfTerm, { readonly kind: "a" | "mx" | "exists" }>, name: string, unfolding: Unfolding): Promise<Looked> {
  if (unfolding.questions <= 0) return UNANSWERED;
  unfolding.questions -= 1;
  switch (term.kind) {
    case "exists": {
      const answer = await unfolding.resolver.query(name, "A");
      if (isUnanswered(answer.status)) return UNANSWERED;
      return answer.records.length === 0 ? { status: "void", isVoid: true, networks: [] } : { status: "ok", isVoid: false, networks: [] };
    }
    case "a":
      return addresses([name], term, unfolding);
    case "mx": {
      const answer = await unfolding.resolver.query(name, "MX");
      if (isUnanswered(answer.status)) return UNANSWERED;
      if (answer.records.length === 0) return { status: "void", isVoid: true, networks: [] };
      unfolding.questions -= Math.min(answer.records.length, NAMES_LIMIT);
      return addresses(answer.records.slice(0, NAMES_LIMIT).map(({ exchange }) => withoutRoot(exchange)).filter(isQueryable), term, unfolding);
    }
  }
}

/**
 * Both families. A host with addresses of one family only is not void here: for whom it would be is not known without a sender.
 * One host without any makes its term void, the others' addresses standing (RFC 7208 section 4.6.4; see `countVoid`).
 */
async function addresses(hosts: readonly string[], { prefix4, prefix6 }: { readonly prefix4: number; readonly prefix6: number }, { resolver }: Unfolding): Promise<Looked> {
  const found = await Promise.all(
    hosts.map(async (host) => {
      const [four, six] = await Promise.all([resolver.query(host, "A"), resolver.query(host, "AAAA")]);
      const networks = [...four.records.flatMap((address) => networkOf(address, prefix4)), ...six.records.flatMap((address) => networkOf(address, prefix6))];
      return { networks, failed: isUnanswered(four.status) || isUnanswered(six.status), empty: four.records.length === 0 && six.records.length === 0 };
    }),
  );
  const networks = [...new Set(found.flatMap((host) => host.networks))];
  if (found.some((host) => host.failed)) return { ...UNANSWERED, networks };
  return { status: networks.length === 0 && hosts.length > 0 ? "void" : "ok", isVoid: found.some((host) => host.empty), networks };
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
