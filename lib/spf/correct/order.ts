/**
 * The order of a record's terms. Receivers read from the left and stop at the first match, so addresses that stand before
 * all look-ups cost their senders none of the ten.
 *
 * Moving terms is worth a change only in a record that was at its limit and whose terms give way to addresses anyway: in any
 * other the order stays as published. It is done only where it can't change who passes.
 */

import { type Draft, type Line, termLines } from "./draft.ts";
import { isAddressTerm, qualifierOf } from "./term.ts";

const COUNTED = /^\+?(?:include|a|mx|ptr|exists)(?:[:/]|$)/i;

/** Addresses before look-ups; a term of today's record that has to move says so. */
export function cheapFirst(draft: Draft): Draft {
  const terms = termLines(draft);
  const all = terms.find(({ term }) => term.kind === "all")?.index ?? Infinity;
  const directives = terms.filter(({ index, term }) => "qualifier" in term && index < all);
  // Behind an exclusion a term may mean less than before it (RFC 7208 section 4.6.2).
  if (directives.some(({ term }) => qualifierOf(term) !== "+")) return draft;
  const first = directives.find(({ text }) => COUNTED.test(text))?.index;
  if (first === undefined) return draft;
  const late = new Set(directives.filter(({ index, text }) => index > first && isAddressTerm(text)).map(({ index }) => index));
  const moved = draft.lines.flatMap((line, index): Line[] => (late.has(index) ? [line.reason === null ? { ...line, reason: "cheaper-first" } : line] : []));
  const others = draft.lines.filter((_, index) => !late.has(index));
  return { ...draft, lines: [...others.slice(0, first), ...moved, ...others.slice(first)] };
}
