/**
 * Which branch of an unfolded record decided about a sender. `checkHost` gave the result; the tree says by which term of
 * which record, down to the leaf, as far as that is certain: what depends on the message or was not answered is left open.
 */

import { bytesOf, sharesPrefix } from "./network.ts";
import type { Qualifier, SpfNode, SpfResult, SpfTermNode } from "./types.ts";

export interface DecidedSender {
  readonly ip: string;
  /** As `checkHost` had it. */
  readonly result: SpfResult;
  /** The directive that matched, where it is known: see `SpfEvaluation.mechanism`. */
  readonly mechanism: string | null;
}

const RESULTS: Readonly<Record<Qualifier, SpfResult>> = { "+": "pass", "-": "fail", "~": "softfail", "?": "neutral" };

/** From a term of the top record to the one that matched; empty where none did, or where it can't be told. */
export function matchingBranch(tree: SpfNode, sender: DecidedSender): readonly SpfTermNode[] {
  const bytes = bytesOf(sender.ip);
  if (bytes === null || sender.result === "none" || sender.result === "temperror" || sender.result === "permerror") return [];
  const decided = decide(tree, bytes);
  if (decided.kind === "match" && decided.result === sender.result && isNamed(decided.branch, sender.mechanism)) return decided.branch;
  return sender.mechanism === null ? onlyCandidate(tree, sender.result) : namedBranch(tree, sender.mechanism, bytes);
}

type Decision = { readonly kind: "match"; readonly result: SpfResult; readonly branch: readonly SpfTermNode[] } | { readonly kind: "no-match" } | { readonly kind: "open" };

const OPEN: Decision = { kind: "open" };

function decide(node: SpfNode, bytes: readonly number[]): Decision {
  if (node.status !== "ok" || node.omitted !== undefined) return OPEN;
  for (const term of node.terms) {
    const qualifier = isLookedAt(term) ? term.qualifier : null;
    if (qualifier === null) continue;
    const matched = matches(term, bytes);
    if (matched === "open") return OPEN;
    if (matched !== null) return { kind: "match", result: RESULTS[qualifier], branch: [term, ...matched] };
  }
  const redirect = redirectOf(node);
  if (redirect === null) return { kind: "no-match" };
  const beyond = redirect.child === null ? OPEN : decide(redirect.child, bytes);
  return beyond.kind === "match" ? { ...beyond, branch: [redirect, ...beyond.branch] } : beyond;
}

/** What under the term matched, nothing for a leaf; null where it does not match. */
function matches(term: SpfTermNode, bytes: readonly number[]): readonly SpfTermNode[] | "open" | null {
  switch (term.kind) {
    case "all":
      return [];
    case "ip4":
    case "ip6":
    case "a":
    case "mx":
      if (term.networks.some((cidr) => holds(cidr, bytes))) return [];
      return (term.status === "ok" || term.status === "void") && term.omitted === undefined ? null : "open";
    case "exists":
      return term.status === "ok" ? [] : term.status === "void" ? null : "open";
    case "include": {
      // Only a pass of the included record is a match (RFC 7208 section 5.2).
      const inside = term.child === null ? OPEN : decide(term.child, bytes);
      if (inside.kind === "open") return "open";
      return inside.kind === "match" && inside.result === "pass" ? inside.branch : null;
    }
    case "ptr":
    case "redirect":
    case "exp":
    case "unknown-modifier":
    case "invalid":
      return "open";
  }
}

function holds(cidr: string, bytes: readonly number[]): boolean {
  const [address = "", length = ""] = cidr.split("/");
  const network = bytesOf(address);
  return network !== null && sharesPrefix(network, bytes, Number(length));
}

/** A directive that evaluation comes to. */
function isLookedAt(term: SpfTermNode): boolean {
  return term.status !== "unused" && term.qualifier !== null;
}

function redirectOf(node: SpfNode): SpfTermNode | null {
  return node.terms.find((term) => term.kind === "redirect" && term.status !== "unused") ?? null;
}

/** The mechanism is that of the top record, or of the one that a redirect put in its place. */
function isNamed(branch: readonly SpfTermNode[], mechanism: string | null): boolean {
  return mechanism === null || branch.find((term) => term.kind !== "redirect")?.text === mechanism;
}

function namedBranch(node: SpfNode, mechanism: string, bytes: readonly number[]): readonly SpfTermNode[] {
  const named = node.terms.find((term) => isLookedAt(term) && term.text === mechanism);
  if (named !== undefined) {
    const inside = named.child === null ? OPEN : decide(named.child, bytes);
    return [named, ...(inside.kind === "match" && inside.result === "pass" ? inside.branch : [])];
  }
  const redirect = redirectOf(node);
  const beyond = redirect?.child == null ? [] : namedBranch(redirect.child, mechanism, bytes);
  return redirect === null || beyond.length === 0 ? [] : [redirect, ...beyond];
}

/** Where only one term could have given the result, it is the one. Neutral is also what no match at all gives (RFC 7208 section 4.7). */
function onlyCandidate(node: SpfNode, result: SpfResult): readonly SpfTermNode[] {
  if (redirectOf(node) !== null || node.omitted !== undefined) return [];
  const candidates = node.terms.filter((term) => isLookedAt(term) && term.qualifier !== null && RESULTS[term.qualifier] === result);
  const [only] = candidates;
  return candidates.length === 1 && only !== undefined && (result !== "neutral" || only.kind === "all") ? [only] : [];
}
