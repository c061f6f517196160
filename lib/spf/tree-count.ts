/** The count against ten, as it runs through an unfolded record: which look-up each term is, where receivers give up, what is never reached. */

import { LOOKUP_LIMIT, VOID_LOOKUP_LIMIT } from "./evaluation.ts";
import type { SpfNode, SpfTermNode } from "./types.ts";

export interface RunningCount {
  /** The term's own place among the counted terms, from 1, in evaluation order; null where it does not count (RFC 7208 section 4.6.4). */
  readonly first: number | null;
  /** The last one in what hangs under it; `first` where nothing under it counts. */
  readonly last: number | null;
  /** Why evaluation ends in a permerror at this term: a limit that it passes, or a record behind it that can't be used. The first such term of the tree only. */
  readonly givesUp: "lookups" | "void-lookups" | "unusable" | null;
  /** False behind the place where receivers give up, and for what evaluation ignores. */
  readonly reached: boolean;
}

interface Counter {
  lookups: number;
  voidLookups: number;
  ended: boolean;
}

/** For every term of the tree. As if no term matched: what is true of the sender for whom most is looked up. */
export function runningCounts(tree: SpfNode): ReadonlyMap<SpfTermNode, RunningCount> {
  const counts = new Map<SpfTermNode, RunningCount>();
  countNode(tree, { lookups: 0, voidLookups: 0, ended: false }, counts);
  return counts;
}

function countNode(node: SpfNode, counter: Counter, counts: Map<SpfTermNode, RunningCount>): void {
  for (const term of evaluationOrder(node)) countTerm(term, counter, counts);
}

/** A redirect is evaluated after all directives, wherever it stands (RFC 7208 section 6.1). */
function evaluationOrder({ terms }: SpfNode): readonly SpfTermNode[] {
  return [...terms.filter((term) => term.kind !== "redirect"), ...terms.filter((term) => term.kind === "redirect")];
}

function countTerm(term: SpfTermNode, counter: Counter, counts: Map<SpfTermNode, RunningCount>): void {
  const counted = term.lookups > (term.child?.lookups ?? 0);
  const reached = !counter.ended && term.status !== "unused";
  if (counted) counter.lookups += 1;
  counter.voidLookups += term.voidLookups - (term.child?.voidLookups ?? 0);
  const givesUp = counter.ended ? null : whyEnded(term, counter);
  const first = counted ? counter.lookups : null;
  if (givesUp !== null) counter.ended = true;
  if (term.child !== null) countNode(term.child, counter, counts);
  counts.set(term, { first, last: first === null ? null : counter.lookups, givesUp, reached });
}

function whyEnded({ child }: SpfTermNode, counter: Counter): RunningCount["givesUp"] {
  if (counter.lookups > LOOKUP_LIMIT) return "lookups";
  if (counter.voidLookups > VOID_LOOKUP_LIMIT) return "void-lookups";
  switch (child?.status) {
    // RFC 7208 sections 5.2 and 6.1: no record, or none that can be used, is a permerror for whoever refers to it. A circle passes the limit, however often it must be gone round.
    case "none":
    case "multiple-records":
    case "syntax":
    case "loop":
      return "unusable";
    default:
      return null;
  }
}
