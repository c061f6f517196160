/**
 * A record made to fit in ten lookups and two void ones (RFC 7208 section 4.6.4), by the smallest edits that do: first
 * what authorises nobody, then what others authorise as well, then hosts of the domain's own by their addresses, and only
 * then what others keep up to date: those that save most for the fewest terms, the big providers last.
 */

import { type Domain, isSameOrBelow, organizationalDomain } from "../../address/index.ts";
import { providerByInclude } from "../../providers/index.ts";
import type { SpfChangeReason } from "../types.ts";
import { isWithin } from "./address-set.ts";
import { assuming, type Draft, removeLine, replaceLine, type TermLine, termLines, valueOf, VERSION } from "./draft.ts";
import { matchesNobody, passOf, type Reading, type ReadTerm, summed } from "./reading.ts";
import { flattenedTerms, freshTerms, openedTerms, replaceReference } from "./references.ts";
import { isAddressTerm, qualifierOf, sameTerm } from "./term.ts";

export const MOST_LOOKUPS = 10;
export const MOST_VOID_LOOKUPS = 2;
/** RFC 7208 section 3.4 advises 450 octets, so that an answer fits in one UDP packet. Past 2,000 nothing is gained. */
export const LONGEST_RECORD = 2000;
const ADVISED_LENGTH = 450;

type Family = "v4" | "v6";

interface Placed extends TermLine {
  readonly reading: Reading;
}

/** The draft within the limits, or null when no honest edit brings it there. `families`: the kinds of address that the record is about. */
export async function shrunk(draft: Draft, domain: Domain, families: readonly Family[], voids: (value: string, families: readonly Family[]) => Promise<number>, read: ReadTerm): Promise<Draft | null> {
  let smaller = draft;
  // Each turn takes a term away or replaces it by terms that cost less: a record of n terms needs no more turns than it has.
  for (let turn = 0; turn < 100; turn += 1) {
    const placed = await placedTerms(smaller, read);
    const over = { lookups: summed(placed.map(({ reading }) => reading)).lookups - MOST_LOOKUPS, voids: (await voids(valueOf(smaller), families)) - MOST_VOID_LOOKUPS };
    if (over.lookups <= 0 && over.voids <= 0) return Buffer.byteLength(valueOf(smaller), "utf8") <= LONGEST_RECORD ? smaller : null;
    const next = withoutUseless(smaller, placed, over.voids > 0) ?? withoutCovered(smaller, placed) ?? (over.lookups > 0 ? cheapest(smaller, placed, domain, over.lookups) : await withoutVoids(smaller, placed, domain, async (text) => voids(`${VERSION} ${text} -all`, families)));
    if (next === null) return null;
    smaller = next;
  }
  return null;
}

async function placedTerms(draft: Draft, read: ReadTerm): Promise<Placed[]> {
  const placed = await Promise.all(termLines(draft).map(async (line) => ({ ...line, reading: await read(line.text) })));
  return placed.flatMap(({ reading, ...line }) => (reading === null ? [] : [{ ...line, reading }]));
}

const counted = ({ reading }: Placed) => reading.lookups > 0;

/** Duplicates, and counted terms that match no address. Of void ones that cost too much all go: each names a host that is gone, and receivers count them differently. */
function withoutUseless(draft: Draft, placed: readonly Placed[], voidsToo: boolean): Draft | null {
  for (const [at, line] of placed.entries()) {
    if (!counted(line)) continue;
    if (placed.slice(0, at).some((earlier) => sameTerm(earlier.text, line.text))) return removeLine(draft, line.index, "duplicate");
  }
  const useless = placed.filter((line) => counted(line) && line.reading.kind !== "redirect" && matchesNobody(line.reading));
  const gone = useless.filter(({ reading }) => reading.status === "void");
  if (voidsToo) return gone.length === 0 ? null : gone.toReversed().reduce((each, { index }) => removeLine(each, index, "void-lookup"), draft);
  const [first] = useless;
  return first === undefined ? null : removeLine(draft, first.index, first.reading.status === "void" ? "void-lookup" : "covered");
}

/** A counted term without which exactly the same addresses pass. */
function withoutCovered(draft: Draft, placed: readonly Placed[]): Draft | null {
  // Where an exclusion depends on the message, what it leaves to the terms after it isn't known; nor is anything behind a term that can't be looked up.
  if (placed.some(({ reading }) => reading.unanswered || (reading.partial && reading.qualifier !== "+"))) return null;
  // Nor whom a term passes that depends on the message: it covers nobody for certain.
  const readings = placed.map(({ reading }) => reading).filter((reading) => !reading.partial);
  const before = passOf(readings);
  const covered = placed
    .filter((line) => counted(line) && !line.reading.partial && line.reading.qualifier === "+" && line.reading.kind !== "redirect")
    .toSorted((a, b) => b.reading.lookups - a.reading.lookups)
    .find((line) => isWithin(before, passOf(readings.filter((reading) => reading !== line.reading))));
  return covered === undefined ? null : removeLine(draft, covered.index, "covered");
}

interface Edit {
  readonly line: Placed;
  readonly terms: readonly string[];
  readonly saved: number;
  readonly cost: number;
  readonly reason: SpfChangeReason;
}

/** The edit that saves enough at the least cost; where none alone saves enough, the one that saves most for its cost. */
function cheapest(draft: Draft, placed: readonly Placed[], domain: Domain, needed: number): Draft | null {
  const edits = placed.filter(counted).flatMap((line) => editsOf(line, draft, domain));
  const fitting = edits.filter((edit) => lengthAfter(draft, edit) <= LONGEST_RECORD).map((edit) => (lengthAfter(draft, edit) > ADVISED_LENGTH ? { ...edit, cost: edit.cost * 4 } : edit));
  const enough = fitting.filter((edit) => edit.saved >= needed).toSorted((a, b) => a.cost - b.cost || a.line.index - b.line.index)[0];
  const best = fitting.toSorted((a, b) => a.cost / a.saved - b.cost / b.saved || a.line.index - b.line.index)[0];
  const chosen = enough !== undefined && (best === undefined || enough.cost <= best.cost * Math.ceil(needed / best.saved)) ? enough : best;
  if (chosen === undefined) return null;
  return assuming(replaceReference(draft, chosen.line.index, chosen.line.reading, chosen.terms, chosen.reason), "addresses-copied-may-change");
}

const lengthAfter = (draft: Draft, edit: Edit) => valueOf(draft).length - edit.line.text.length + edit.terms.join(" ").length;

function editsOf(line: Placed, draft: Draft, domain: Domain): Edit[] {
  const { reading } = line;
  const flat = flattenedTerms(reading);
  const present = (terms: readonly string[]) => freshTerms(draft, line.index, terms);
  if (reading.kind === "a" || reading.kind === "mx") {
    return flat === null ? [] : [{ line, terms: present(flat), saved: reading.lookups, cost: flat.length * (isOwn(line, domain) ? 1 : 6), reason: "address-copied" }];
  }
  if ((reading.kind !== "include" && reading.kind !== "redirect") || reading.child === null) return [];
  const care = careFor(reading.child.domain, domain);
  const deepest = careBelow(reading, domain);
  const opened = openedTerms(reading, false);
  const partly = opened === null ? [] : present(opened);
  const savedByOpening = reading.lookups - partly.filter((term) => /^(?:include|a|mx|exists|ptr)\b/i.test(term)).length - lookupsBelow(reading, partly);
  return [
    // A reference that moves up is still kept by its owner: only the addresses beside it are copied.
    ...(opened === null || savedByOpening <= 0 ? [] : [{ line, terms: partly, saved: savedByOpening, cost: (1 + partly.filter(isAddressTerm).length) * care, reason: "flattened" as const }]),
    ...(flat === null ? [] : [{ line, terms: present(flat), saved: reading.lookups, cost: (2 + flat.length) * deepest, reason: "flattened" as const }]),
  ];
}

/** The lookups that stay below the opened terms. */
function lookupsBelow(reading: Reading, kept: readonly string[]): number {
  const below = reading.child?.terms.filter((term) => kept.some((text) => sameTerm(text, term.text) || sameTerm(text, term.text.replace(/^redirect=/i, "include:")))) ?? [];
  return below.reduce((sum, term) => sum + Math.max(0, term.lookups - 1), 0);
}

/** How much it costs to copy what `name` publishes: little where the domain's own people keep it, much where a big provider changes it unasked. */
function careFor(name: string, domain: Domain): number {
  if (isSameOrBelow(name.toLowerCase(), organizationalDomain(domain))) return 1;
  return providerByInclude(name) === null ? 3 : 20;
}

/** The same of all that hangs under a reference: whoever copies its addresses copies those of all its owners. */
function careBelow({ child }: Reading, domain: Domain): number {
  return child === null ? 0 : Math.max(careFor(child.domain, domain), ...child.terms.map((term) => careBelow(term, domain)));
}

function isOwn(line: Placed, domain: Domain): boolean {
  const name = "domainSpec" in line.term ? (line.term.domainSpec ?? domain) : domain;
  return qualifierOf(line.term) === "+" && isSameOrBelow(name.toLowerCase(), organizationalDomain(domain));
}

/** Void look-ups in a term that also finds something, such as MX hosts without an IPv6 address: its addresses written out; then those in what is included. */
async function withoutVoids(draft: Draft, placed: readonly Placed[], domain: Domain, voids: (text: string) => Promise<number>): Promise<Draft | null> {
  const withVoids: Placed[] = [];
  for (const line of placed.filter(counted)) if ((await voids(line.text)) > 0) withVoids.push(line);
  const edits = withVoids.filter(({ reading }) => reading.kind === "mx" || reading.kind === "a").flatMap((line) => {
    const terms = flattenedTerms(line.reading);
    return terms === null ? [] : [{ line, terms }];
  });
  const chosen = edits.find(({ line }) => line.reading.kind === "mx") ?? edits[0];
  if (chosen === undefined) return cheapest(draft, withVoids.filter(({ reading }) => reading.child !== null), domain, 1);
  return assuming(replaceLine(draft, chosen.line.index, freshTerms(draft, chosen.line.index, chosen.terms), "void-lookup", "address-copied"), "addresses-copied-may-change");
}
