/** What a record that works lets happen all the same: terms that allow strangers, or rely on them, or do nothing. Told, and left to the reader to change. */

import { isSameOrBelow, organizationalDomain, parseDomain } from "../../address/index.ts";
import { type Provider, providerByInclude, providerByMx, providerByPtr } from "../../providers/index.ts";
import type { SpfNode, SpfTermNode } from "../../spf/types.ts";
import type { Assessment } from "../assessment.ts";
import { finding } from "../finding.ts";
import type { Finding } from "../report.ts";
import { webFrontOf } from "../web-fronts.ts";
import { isAlwaysThere, isEverybody, isWide, openToAll, trustedBelow } from "./spf-tree.ts";

export function judgeSpfTraps(assessment: Assessment): Finding[] {
  // None of several records is evaluated (RFC 7208 section 4.5).
  if (assessment.spf.records.length !== 1) return [];
  return [
    ...everybodyFindings(assessment),
    ...unregisteredFindings(assessment),
    ...includeFindings(assessment),
    ...redirectFindings(assessment),
    ...macroFindings(assessment),
    ...sharedAddressFindings(assessment),
  ];
}

/** `+all` in other words, and in other people's records. `judgeSpf` tells of the record's own `+all`. */
function everybodyFindings({ spf: { domain, tree }, indexOf }: Assessment): Finding[] {
  const evidence = [indexOf(domain, "TXT")];
  const always = tree.terms.find((term) => term.qualifier === "+" && isAlwaysThere(term));
  const exists = always === undefined ? [] : [finding("spf.exists-always", { domain, term: always.text, target: always.target ?? "" }, [...evidence, indexOf(always.target ?? "", "A")])];
  const below = trustedBelow(tree).find(({ node }) => openToAll(node) !== undefined);
  const included = below === undefined ? [] : [finding("spf.include-passes-all", { domain, term: below.first.text, target: below.node.domain, other: openToAll(below.node)?.text ?? "" }, [...evidence, indexOf(below.node.domain, "TXT")])];
  return [...exists, ...included];
}

function unregisteredFindings({ spf: { domain, around }, indexOf }: Assessment): Finding[] {
  return around.unregistered.map((free) => finding("spf.unregistered", { domain, target: free.domain, term: free.term }, [indexOf(free.record, "TXT"), indexOf(free.domain, "SOA"), indexOf(free.domain, "TXT")]));
}

/** Records of others: whom nobody knows, and wide networks in them. A provider's record is as wide as the provider. */
function includeFindings(assessment: Assessment): Finding[] {
  const { spf: { domain, tree }, indexOf } = assessment;
  const below = trustedBelow(tree).filter(({ node }) => providerOf(node.domain) === null);
  const evidence = [indexOf(domain, "TXT")];
  const wide = below.flatMap(({ node, first }) => {
    const term = node.terms.find((one) => one.qualifier === "+" && one.kind !== "all" && one.networks.some((network) => isWide(network) && !isEverybody(network)));
    return term === undefined || providerOf(first.target ?? "") !== null ? [] : [finding("spf.include-wide", { domain, term: term.text, target: node.domain }, [...evidence, indexOf(node.domain, "TXT")])];
  });
  // Of whoever is included here; whom those include in turn is theirs to know.
  const chosen = [tree, ...below.filter(({ node }) => isOwn(node.domain, assessment)).map(({ node }) => node)].flatMap((node) => trustedBelow({ ...node, terms: node.terms.map(withoutGrandchildren) }));
  const strangers = [...new Set(chosen.map(({ node }) => node).filter((node) => providerOf(node.domain) === null && !isOwn(node.domain, assessment)).map((node) => node.domain))];
  if (strangers.length === 0) return wide.slice(0, 1);
  return [finding("spf.unknown-include", { domain, others: strangers.join(", "), count: strangers.length }, [...evidence, ...strangers.map((name) => indexOf(name, "TXT"))]), ...wide.slice(0, 1)];
}

function withoutGrandchildren(term: SpfTermNode): SpfTermNode {
  return term.child === null ? term : { ...term, child: { ...term.child, terms: [] } };
}

/** Names of the domain's own organization, and of whoever holds its mailboxes: their owners are trusted already. */
function isOwn(name: string, { spf, subject, envelopeMx, dmarc }: Assessment): boolean {
  const parsed = parseDomain(name);
  if (!parsed.ok) return false;
  const known = [spf.domain, subject.domain, dmarc.domain, ...envelopeMx.hosts.map(({ host }) => host)];
  const organization = organizationalDomain(parsed.domain);
  return known.some((other) => isSameOrBelow(other, organization));
}

/** Also by the names of its servers: `include:_netblocks.…` and `include:spf.…` of one company belong together. */
function providerOf(name: string): Provider | null {
  return providerByInclude(name) ?? providerByPtr([name]) ?? providerByMx([name]);
}

function redirectFindings({ spf: { domain, tree }, indexOf }: Assessment): Finding[] {
  const redirect = tree.terms.find(({ kind }) => kind === "redirect");
  if (redirect === undefined) return [];
  const evidence = [indexOf(domain, "TXT")];
  const all = tree.terms.find(({ kind }) => kind === "all");
  // RFC 7208 section 6.1: "Any 'redirect' modifier has to be ignored if there is an 'all' mechanism anywhere in the record."
  if (all !== undefined) return [finding("spf.redirect-ignored", { domain, term: redirect.text, other: all.text }, evidence)];
  const later = tree.terms.find((term) => term.qualifier !== null && term.at > redirect.at);
  return later === undefined ? [] : [finding("spf.redirect-place", { domain, term: redirect.text }, evidence)];
}

/** Terms that look up another name for each message. Whom they allow only their name servers know. */
function macroFindings(assessment: Assessment): Finding[] {
  const { spf: { domain, tree }, indexOf } = assessment;
  const own: readonly SpfNode[] = [tree, ...trustedBelow(tree).map(({ node }) => node).filter((node) => isOwn(node.domain, assessment))];
  const found = own.flatMap((node) => node.terms.filter((term) => term.status === "macro" && term.kind !== "ptr" && term.kind !== "exp").map((term) => ({ term, node })));
  const [first] = found;
  if (first === undefined) return [];
  // Letters s and l hold the sender's local part (RFC 7208 section 7.2).
  const telling = found.find(({ term }) => /%\{[sl]/i.test(term.text)) ?? first;
  return [finding("spf.macros", { domain, term: telling.term.text, reason: /%\{[sl]/i.test(telling.term.text) ? "local-part" : "address" }, [indexOf(domain, "TXT"), indexOf(telling.node.domain, "TXT")])];
}

/** Companies that put many customers on one server, which sends for all of them under one address. */
export const SHARED_HOSTS: ReadonlySet<string> = new Set(["sakura", "xserver", "lolipop", "heteml", "value-server", "coreserver", "hetzner", "namecheap-hosting", "hostgator"]);

/** Addresses that the record names and that others use as well. When unsure, nothing is said. */
function sharedAddressFindings(assessment: Assessment): Finding[] {
  const { spf: { domain, tree }, indexOf } = assessment;
  const terms = tree.terms.filter((term) => term.qualifier === "+" && term.status !== "unused");
  const evidence = [indexOf(domain, "TXT")];
  for (const term of terms.filter(({ kind }) => kind === "a" || kind === "ip4" || kind === "ip6")) {
    const network = term.networks.find((one) => webFrontOf(one) !== null);
    if (network === undefined) continue;
    const looked = [...evidence, indexOf(term.target ?? "", "A"), indexOf(term.target ?? "", "AAAA")];
    return [finding("spf.web-front", { domain, term: term.text, address: addressOf(network), name: webFrontOf(network) ?? "" }, looked)];
  }
  const shared = sharedHost(assessment, terms);
  return shared === null ? [] : [finding("spf.shared-host", { domain, term: shared.term, host: shared.host, name: shared.provider.name }, evidence)];
}

function addressOf(network: string): string {
  return network.replace(/\/(?:32|128)$/, "");
}

/** By the name that a term gives, the MX hosts that `mx` stands for, or the confirmed reverse name of the sender that a term of addresses allows. */
function sharedHost({ spf: { evaluation }, envelopeMx, ptr }: Assessment, terms: readonly SpfTermNode[]): { readonly term: string; readonly host: string; readonly provider: Provider } | null {
  const matching = terms.find(({ kind, text }) => (kind === "ip4" || kind === "ip6" || kind === "a" || kind === "mx") && evaluation?.result === "pass" && text === evaluation.mechanism);
  const named = terms.flatMap((term) => {
    const hosts = term.kind === "a" && term.target !== null ? [term.target] : term.kind === "mx" && !term.text.includes(":") ? envelopeMx.hosts.map(({ host }) => host) : [];
    return [...hosts, ...(term === matching ? (ptr?.confirmedNames ?? []) : [])].map((host) => ({ term: term.text, host, provider: providerByPtr([host]) }));
  });
  for (const { term, host, provider } of named) if (provider !== null && SHARED_HOSTS.has(provider.id)) return { term, host, provider };
  return null;
}
