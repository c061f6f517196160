/**
 * A record made to fit in ten lookups and two void ones (RFC 7208 section 4.6.4), by the smallest edits that do: first
 * what authorises nobody goes, then what other terms authorise as well, then terms give way to what costs less (see `edits.ts`).
 */

import { isEmpty, isWithin, intersection } from "./address-set.ts";
import { withCopied } from "./copied.ts";
import { type Draft, removeLine, replaceLine, termLines, valueOf, VERSION } from "./draft.ts";
import { cheapestEdit, type Edited, type EditLimits, LONGEST_RECORD, type Placed } from "./edits.ts";
import { cheapFirst } from "./order.ts";
import { matchesNobody, passOf, type ReadTerm, summed } from "./reading.ts";
import { flattenedTerms, freshTerms } from "./references.ts";
import { sameTerm } from "./term.ts";

export const MOST_LOOKUPS = 10;
export const MOST_VOID_LOOKUPS = 2;

type Family = "v4" | "v6";

export interface Limits extends EditLimits {
  /** The kinds of address that the record is about. */
  readonly families: readonly Family[];
  /** Void look-ups of evaluating `value`, at the worst. */
  readonly voids: (value: string, families: readonly Family[]) => Promise<number>;
}

/** The draft within the limits, or null when no honest edit brings it there. */
export async function shrunk(draft: Draft, limits: Limits, read: ReadTerm): Promise<Edited | null> {
  let smaller: Edited = { draft, flattened: false };
  let copied = false;
  // Each turn takes a term away or replaces it by terms that cost less: a record of n terms needs no more turns than it has.
  for (let turn = 0; turn < 100; turn += 1) {
    const placed = await placedTerms(smaller.draft, read);
    const over = { lookups: summed(placed.map(({ reading }) => reading)).lookups - MOST_LOOKUPS, voids: (await limits.voids(valueOf(smaller.draft), limits.families)) - MOST_VOID_LOOKUPS };
    if (over.lookups <= 0 && over.voids <= 0) {
      const ordered = copied ? cheapFirst(smaller.draft) : smaller.draft;
      return Buffer.byteLength(valueOf(ordered), "utf8") <= LONGEST_RECORD ? { ...smaller, draft: ordered } : null;
    }
    const without = withoutUseless(smaller.draft, placed, over.voids > 0) ?? withoutCovered(smaller.draft, placed);
    const { lines } = smaller.draft;
    // Where the provider's include that was added for the sender doesn't fit as it is, its address alone is the better term.
    const open = placed.filter((line) => counted(line) && lines[line.index]?.reason !== "provider-of-refused-sender");
    const edited: Edited | null = without !== null ? { draft: without, flattened: false } : over.lookups > 0 ? cheapestEdit(smaller.draft, open, over.lookups, limits) : await withoutVoids(smaller.draft, open, limits);
    if (edited === null) return null;
    copied ||= without === null;
    smaller = { draft: edited.draft, flattened: smaller.flattened || edited.flattened };
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
  return first === undefined ? null : removeLine(draft, first.index, first.reading.status === "void" ? "void-lookup" : "allows-nobody");
}

/** A counted term without which exactly the same addresses pass. */
function withoutCovered(draft: Draft, placed: readonly Placed[]): Draft | null {
  // Where an exclusion depends on the message, what it leaves to the terms after it isn't known; nor is anything behind a term that can't be looked up.
  if (placed.some(({ reading }) => reading.unanswered || (reading.partial && reading.qualifier !== "+"))) return null;
  // Nor whom a term passes that depends on the message: it covers nobody for certain.
  const certain = placed.filter(({ reading }) => !reading.partial);
  const readings = certain.map(({ reading }) => reading);
  const before = passOf(readings);
  const covered = certain
    .filter((line) => counted(line) && line.reading.qualifier === "+" && line.reading.kind !== "redirect")
    .toSorted((a, b) => b.reading.lookups - a.reading.lookups)
    .find((line) => isWithin(before, passOf(readings.filter((reading) => reading !== line.reading))));
  return covered === undefined ? null : removeLine(draft, covered.index, "covered", coveringTerms(covered, certain));
}

/** The terms that authorise the same: the one that does alone, else all that have a part in it. */
function coveringTerms(covered: Placed, placed: readonly Placed[]): string {
  const others = placed.filter(({ index, reading }) => index !== covered.index && reading.qualifier === "+" && reading.kind !== "all" && !isEmpty(intersection(covered.reading.matches, reading.matches)));
  const alone = others.find(({ reading }) => isWithin(covered.reading.matches, reading.matches));
  return (alone === undefined ? others : [alone]).map(({ text }) => text).join(" ");
}

/** Void look-ups in a term that also finds something, such as MX hosts without an IPv6 address: its addresses written out; then those in what is included. */
async function withoutVoids(draft: Draft, placed: readonly Placed[], limits: Limits): Promise<Edited | null> {
  const withVoids: Placed[] = [];
  for (const line of placed) if ((await limits.voids(`${VERSION} ${line.text} -all`, limits.families)) > 0) withVoids.push(line);
  const edits = withVoids.filter(({ reading }) => reading.kind === "mx" || reading.kind === "a").flatMap((line) => {
    const terms = flattenedTerms(line.reading);
    return terms === null ? [] : [{ line, terms }];
  });
  const chosen = edits.find(({ line }) => line.reading.kind === "mx") ?? edits[0];
  if (chosen === undefined) return cheapestEdit(draft, withVoids.filter(({ reading }) => reading.child !== null), 1, limits);
  const { line, terms } = chosen;
  return { draft: withCopied(replaceLine(draft, line.index, freshTerms(draft, line.index, terms), "void-lookup", "address-copied"), line.reading, terms, limits.domain), flattened: false };
}
