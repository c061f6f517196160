/**
 * Terms that cost look-ups, and what could stand in their place. The order in which they are given up: first hosts by their
 * addresses and whatever the domain's own people keep; then includes that only lead to others, which move up; and last what
 * others keep up to date, of that the big providers last of all.
 */

import type { Domain } from "../../address/index.ts";
import { providerByInclude } from "../../providers/index.ts";
import type { SpfChangeReason } from "../types.ts";
import { isOwnName, withCopied } from "./copied.ts";
import { type Draft, type TermLine, valueOf } from "./draft.ts";
import type { Reading } from "./reading.ts";
import { flattenedTerms, freshTerms, MOST_NETWORKS, openedTerms, replaceReference } from "./references.ts";
import { isAddressTerm, qualifierOf, sameTerm } from "./term.ts";

/** A draft's term with what it means today. */
export interface Placed extends TermLine {
  readonly reading: Reading;
}

/** RFC 7208 section 3.4 advises 450 octets, so that an answer fits in one UDP packet. Past 2,000 nothing is gained. */
export const LONGEST_RECORD = 2000;
export const ADVISED_LENGTH = 450;

export interface EditLimits {
  readonly domain: Domain;
  /** Octets past which a longer record does harm elsewhere. */
  readonly advised: number;
  /** Whether what others keep up to date may be copied, where nothing else helps. */
  readonly flatten: boolean;
}

/** 1: addresses in place of a host, the domain's own include written out. 2: an include's includes in its place. 3: others' addresses copied, or a record of a length to avoid. */
type Rank = 1 | 2 | 3;
const RANKS: readonly Rank[] = [1, 2, 3];

interface Edit {
  readonly line: Placed;
  readonly terms: readonly string[];
  readonly saved: number;
  readonly cost: number;
  readonly reason: SpfChangeReason;
  readonly rank: Rank;
  /** Copies what others keep up to date. */
  readonly flattens: boolean;
}

export interface Edited {
  readonly draft: Draft;
  /** Others' addresses were copied for want of anything better. */
  readonly flattened: boolean;
}

/** Of the edits of the first rank that has any: the one that saves enough at the least cost, else the one that saves most for its cost. */
export function cheapestEdit(draft: Draft, lines: readonly Placed[], needed: number, limits: EditLimits): Edited | null {
  const edits = lines.flatMap((line) => editsOf(line, draft, limits)).map((edit): Edit => ({ ...edit, flattens: edit.rank === 3 })).filter((edit) => lengthAfter(draft, edit) <= LONGEST_RECORD);
  const ranked = edits.filter((edit) => limits.flatten || !edit.flattens).map((edit): Edit => (lengthAfter(draft, edit) > limits.advised ? { ...edit, cost: edit.cost * 4, rank: 3 } : edit));
  for (const rank of RANKS) {
    const chosen = bestOf(ranked.filter((edit) => edit.rank === rank), needed);
    if (chosen !== undefined) return { draft: carriedOut(draft, chosen, limits.domain), flattened: chosen.flattens };
  }
  return null;
}

function bestOf(edits: readonly Edit[], needed: number): Edit | undefined {
  const enough = edits.filter((edit) => edit.saved >= needed).toSorted((a, b) => a.cost - b.cost || a.line.index - b.line.index)[0];
  const best = edits.toSorted((a, b) => a.cost / a.saved - b.cost / b.saved || a.line.index - b.line.index)[0];
  return enough !== undefined && (best === undefined || enough.cost <= best.cost * Math.ceil(needed / best.saved)) ? enough : best;
}

const lengthAfter = (draft: Draft, edit: Edit) => valueOf(draft).length - edit.line.text.length + edit.terms.join(" ").length;

function carriedOut(draft: Draft, { line, terms, reason }: Edit, domain: Domain): Draft {
  return withCopied(replaceReference(draft, line.index, line.reading, terms, reason), line.reading, terms, domain);
}

function editsOf(line: Placed, draft: Draft, { domain }: EditLimits): Omit<Edit, "flattens">[] {
  const { reading } = line;
  const flat = flattenedTerms(reading);
  const present = (terms: readonly string[]) => freshTerms(draft, line.index, terms);
  if (reading.kind === "a" || reading.kind === "mx") {
    return flat === null ? [] : [{ line, terms: present(flat), saved: reading.lookups, cost: flat.length * (isOwnHost(line, domain) ? 1 : 6), reason: "address-copied", rank: 1 }];
  }
  if ((reading.kind !== "include" && reading.kind !== "redirect") || reading.child === null) return [];
  const care = careFor(reading.child.domain, domain);
  const deepest = careBelow(reading, domain);
  const opened = openedTerms(reading, false);
  const partly = opened === null ? [] : present(opened);
  const savedByOpening = reading.lookups - partly.filter((term) => /^(?:include|a|mx|exists|ptr)\b/i.test(term)).length - lookupsBelow(reading, partly);
  const copied = partly.filter(isAddressTerm).length;
  return [
    // A reference that moves up is still kept by its owner: only the addresses beside it are copied.
    ...(opened === null || savedByOpening <= 0 || copied > MOST_NETWORKS
      ? []
      : [{ line, terms: partly, saved: savedByOpening, cost: (1 + copied) * care, reason: copied > 0 ? ("flattened" as const) : ("include-opened" as const), rank: care === OWN_CARE ? (1 as const) : copied > 0 || care === PROVIDERS_CARE ? (3 as const) : (2 as const) }]),
    ...(flat === null ? [] : [{ line, terms: present(flat), saved: reading.lookups, cost: (2 + flat.length) * deepest, reason: "flattened" as const, rank: deepest === OWN_CARE ? (1 as const) : (3 as const) }]),
  ];
}

/** The lookups that stay below the opened terms. */
function lookupsBelow(reading: Reading, kept: readonly string[]): number {
  const below = reading.child?.terms.filter((term) => kept.some((text) => sameTerm(text, term.text) || sameTerm(text, term.text.replace(/^redirect=/i, "include:")))) ?? [];
  return below.reduce((sum, term) => sum + Math.max(0, term.lookups - 1), 0);
}

const OWN_CARE = 1;
const OTHERS_CARE = 3;
/** How a provider lays out its record is its own affair, and changes unasked. */
const PROVIDERS_CARE = 20;

/** How much it costs to copy what `name` publishes: little where the domain's own people keep it, much where a big provider changes it unasked. */
function careFor(name: string, domain: Domain): number {
  if (isOwnName(name, domain)) return OWN_CARE;
  return providerByInclude(name) === null ? OTHERS_CARE : PROVIDERS_CARE;
}

/** The same of all that hangs under a reference: whoever copies its addresses copies those of all its owners. */
function careBelow({ child }: Reading, domain: Domain): number {
  return child === null ? 0 : Math.max(careFor(child.domain, domain), ...child.terms.map((term) => careBelow(term, domain)));
}

function isOwnHost(line: Placed, domain: Domain): boolean {
  const name = "domainSpec" in line.term ? (line.term.domainSpec ?? domain) : domain;
  return qualifierOf(line.term) === "+" && isOwnName(name, domain);
}
