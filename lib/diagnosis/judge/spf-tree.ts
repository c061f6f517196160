/** Ways through an unfolded SPF record that several rules take. */

import type { SpfNode, SpfTermNode } from "../../spf/types.ts";

/** Every record of the tree with the term that led to it; the top one first. */
export function nodesOf(tree: SpfNode, by: SpfTermNode | null = null): { node: SpfNode; by: SpfTermNode | null }[] {
  return [{ node: tree, by }, ...tree.terms.flatMap((term) => (term.child === null ? [] : nodesOf(term.child, term)))];
}

export function termsOf(tree: SpfNode): SpfTermNode[] {
  return tree.terms.flatMap((term) => [term, ...(term.child === null ? [] : termsOf(term.child))]);
}

/** A record whose "pass" is the top record's: reached by `+` includes and redirects alone. `first`: the top record's own term on the way. */
export interface Trusted {
  readonly node: SpfNode;
  readonly first: SpfTermNode;
}

/** RFC 7208 sections 5.2 and 6.1. In published order, without the top record and without records that end in an error. */
export function trustedBelow(tree: SpfNode, first: SpfTermNode | null = null): Trusted[] {
  return tree.terms.flatMap((term) => {
    if (term.child?.status !== "ok" || term.status === "unused" || (term.kind !== "redirect" && term.qualifier !== "+")) return [];
    const way = first ?? term;
    return [{ node: term.child, first: way }, ...trustedBelow(term.child, way)];
  });
}

/** An IPv4 network this wide, or wider, allows millions of strangers. */
const WIDE_PREFIX_4 = 12;
const WIDE_PREFIX_6 = 24;

export function isWide(network: string): boolean {
  const [address = "", prefix = ""] = network.split("/");
  return prefix !== "" && Number(prefix) <= (address.includes(":") ? WIDE_PREFIX_6 : WIDE_PREFIX_4);
}

/** `ip4:0.0.0.0/0`, `a/0`: `+all` in other words. */
export function isEverybody(network: string): boolean {
  return network.endsWith("/0");
}

/** The term by which the record of this node passes whoever sends; undefined where none does. A name after `exists` that has an address matches every sender (RFC 7208 section 5.7). */
export function openToAll({ terms }: SpfNode): SpfTermNode | undefined {
  return terms.find((term) => term.qualifier === "+" && term.status !== "unused" && (term.kind === "all" || isAlwaysThere(term) || term.networks.some(isEverybody)));
}

/** By a term of its own or of a record whose pass is its own. */
export function letsEverybodyPass(tree: SpfNode): boolean {
  return [tree, ...trustedBelow(tree).map(({ node }) => node)].some((node) => openToAll(node) !== undefined);
}

export function isAlwaysThere(term: SpfTermNode): boolean {
  return term.kind === "exists" && term.target !== null && term.status === "ok";
}
