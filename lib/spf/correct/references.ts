/** Terms that lead to other records: those that lead nowhere or end in an error are dropped, or give way to what can be read behind them. */

import type { Domain } from "../../address/index.ts";
import type { SpfChangeReason } from "../types.ts";
import { type AddressSet, networksOf } from "./address-set.ts";
import { withCopied } from "./copied.ts";
import { assuming, type Draft, dropping, lineLast, replaceLine, termLines } from "./draft.ts";
import { decidedBefore } from "./faults.ts";
import type { Reading, ReadTerm } from "./reading.ts";
import { networkTerms } from "./repair-network.ts";
import { isAddressTerm, qualifierOf, sameTerm } from "./term.ts";

/** More networks than this are nobody's to keep up to date by hand. */
export const MOST_NETWORKS = 60;
const MOST_TERMS = 200;

/**
 * The draft without a reference that makes evaluation end in permerror (RFC 7208 sections 5.2 and 6.1). Where a broken one holds
 * exclusions, or lets everybody pass, what its author meant can't be written out: then only those stay who pass through it today,
 * before its fault, and the rest is dropped by name. Null where they can't be told.
 */
export async function withoutDeadReferences(draft: Draft, domain: Domain, read: ReadTerm): Promise<Draft | null> {
  let mended: Draft = draft;
  for (const { index, text } of termLines(draft).toReversed()) {
    const reading = await read(text);
    if (reading === null || (reading.kind !== "include" && reading.kind !== "redirect" && reading.kind !== "mx")) continue;
    if (reading.status === "dead") mended = assuming(replaceReference(mended, index, reading, [], "dead-include"), "dead-includes-stay-dead");
    if (reading.status === "loop") mended = replaceReference(mended, index, reading, [], "looping-include");
    if (reading.status !== "broken") continue;
    const terms = openedTerms(reading, true) ?? flattenedTerms(reading);
    if (terms === null) {
      const passing = reading.qualifier === "+" ? (decidedBefore(reading)?.pass ?? null) : null;
      const left = passing === null ? null : writtenOut(passing, "");
      if (passing === null || left === null) return null;
      const dropped = dropping(assuming(replaceReference(mended, index, reading, left, "broken-include"), "broken-includes-dropped"), text, passing);
      mended = withCopied(dropped, reading, left, domain);
      continue;
    }
    const inside = faultsIn(reading);
    const reason: SpfChangeReason = inside.has("loop") ? "looping-include" : inside.has("dead") ? "dead-include" : terms.length === 0 ? "unreadable" : terms.some(isAddressTerm) ? "flattened" : "include-opened";
    mended = replaceReference(mended, index, reading, terms, reason);
    mended = withCopied(mended, reading, terms, domain);
    if (inside.has("dead")) mended = assuming(mended, "dead-includes-stay-dead");
  }
  return mended;
}

/** The terms go where the reference stood, without those that the record has already; a redirect leaves the place of `all` empty. */
export function replaceReference(draft: Draft, index: number, reading: Reading, terms: readonly string[], reason: SpfChangeReason): Draft {
  const fresh = freshTerms(draft, index, terms);
  if (reading.kind !== "redirect") return replaceLine(draft, index, fresh, reason, "address-copied");
  const ending = strictEnd(reading) ? "-all" : "~all";
  const last = lineLast(draft, index);
  const replaced = replaceLine(last.draft, last.index, [...fresh, ending], reason, "address-copied");
  return ending === "~all" ? assuming(replaced, "softfail-until-sure") : replaced;
}

/** Of `terms`, those that wouldn't say again what the record says already at least as early. */
export function freshTerms(draft: Draft, index: number, terms: readonly string[]): string[] {
  const lines = termLines(draft);
  const excludes = lines.some(({ term }) => term.kind !== "all" && qualifierOf(term) !== "+");
  const others = lines.filter((line) => line.index !== index && (line.index < index || !excludes));
  return terms.filter((term) => !others.some(({ text }) => sameTerm(text, term)));
}

/** Whoever isn't authorised by the record that a redirect leads to fails. */
function strictEnd({ child }: Reading): boolean {
  const end = child?.terms.at(-1);
  return end !== undefined && (end.kind === "redirect" ? strictEnd(end) : end.kind === "all" && end.qualifier === "-");
}

function faultsIn(reading: Reading): ReadonlySet<Reading["status"]> {
  return new Set([reading.status, ...(reading.child?.terms.flatMap((term) => [...faultsIn(term)]) ?? [])]);
}

/**
 * The terms of the included record, as they have to be written in the record that includes it, or null where that would
 * change who passes: only terms that authorise can be moved (RFC 7208 section 5.2). `lenient`: terms that are in error are left out.
 */
export function openedTerms(reading: Reading, lenient: boolean): string[] | null {
  const child = reading.child;
  if (child === null || reading.qualifier !== "+" || (child.status !== "ok" && !lenient) || child.status === "unanswered" || child.status === "too-deep") return null;
  // More terms than that fit in no record.
  if (child.terms.length > MOST_TERMS) return null;
  const opened: string[] = [];
  for (const term of child.terms) {
    const terms = openedTerm(term, child.domain, lenient);
    if (terms === null) return null;
    opened.push(...terms);
  }
  if (opened.length > MOST_TERMS) return null;
  return opened.filter((term, index) => opened.findIndex((other) => sameTerm(other, term)) === index);
}

function openedTerm(term: Reading, domain: string, lenient: boolean): string[] | null {
  if (term.kind === "exp" || term.kind === "unknown-modifier") return [];
  if (term.kind === "all") return term.qualifier === "+" ? null : [];
  if (term.qualifier !== "+") return null;
  // `%{d}` means the domain of the record in which it stands (RFC 7208 section 7.2).
  if (/%\{d/i.test(term.text)) return null;
  if (term.kind === "ptr") return lenient ? [] : null;
  if (term.status === "dead" || term.status === "loop") return lenient ? [] : null;
  if (term.status === "broken") return lenient ? (openedTerms(term, true) ?? flattenedTerms(term)) : null;
  const text = term.text.replace(/^\+/, "");
  if (term.kind === "redirect") return [text.replace(/^redirect=/i, "include:")];
  // `a` and `mx` alone mean the domain whose record they stand in (RFC 7208 section 4.8).
  if (term.kind === "a" || term.kind === "mx") return [/^(?:a|mx):/i.test(text) ? text : text.replace(/^(a|mx)/i, `$1:${domain}`)];
  return [text];
}

/** The addresses that match, written out; null where they aren't all known, or too many. */
export function flattenedTerms(reading: Reading): string[] | null {
  return reading.partial ? null : writtenOut(reading.matches, reading.qualifier === "+" ? "" : reading.qualifier);
}

function writtenOut(addresses: AddressSet, qualifier: string): string[] | null {
  // Every network is at least one range: a record of 30,000 need not be counted out.
  if (addresses.v4.length + addresses.v6.length > MOST_NETWORKS) return null;
  const networks = networksOf(addresses);
  return networks.length > MOST_NETWORKS || networks.some(isHalfTheInternet) ? null : networkTerms(networks, qualifier);
}

function isHalfTheInternet(network: string): boolean {
  const prefix = Number(network.split("/")[1] ?? 128);
  return prefix < (network.includes(":") ? 16 : 8);
}
