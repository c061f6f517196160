/** What a record in error decides today all the same: evaluation ends at the first match, and not every sender comes as far as the fault. */

import { type AddressSet, EVERY_ADDRESS, intersection, NO_ADDRESS, subtract, union } from "./address-set.ts";
import { evaluated, type Reading } from "./reading.ts";

/** The senders that evaluation is through with before it comes to a fault; for all others it ends in permerror. */
export interface Decided {
  readonly pass: AddressSet;
  readonly other: AddressSet;
}

const NOBODY: Decided = { pass: NO_ADDRESS, other: NO_ADDRESS };

/** By the record that an include or redirect leads to. Null where it depends on the message, or on what could not be looked up. */
export function decidedBefore({ child }: Reading): Decided | null {
  // A fault in the text, or a second record, and nothing of it is evaluated (RFC 7208 sections 4.5 and 4.6).
  if (child === null || child.status !== "ok") return NOBODY;
  let left = EVERY_ADDRESS;
  let { pass, other } = NOBODY;
  for (const term of evaluated(child.terms)) {
    const decided = decidedBy(term);
    if (decided === null) return null;
    // A redirect's result stands for the whole (RFC 7208 section 6.1).
    const matched = intersection(decided.pass, left);
    if (term.qualifier === "+") pass = union(pass, matched);
    else other = union(other, matched);
    left = intersection(decided.other, subtract(left, matched));
  }
  return { pass, other: union(other, left) };
}

/** `pass`: the term matches; `other`: it doesn't, and evaluation goes on. */
function decidedBy(term: Reading): Decided | null {
  if (term.partial) return null;
  if (term.status === "dead" || term.status === "loop") return NOBODY;
  if (term.status === "broken") return decidedBefore(term);
  return { pass: term.matches, other: subtract(EVERY_ADDRESS, term.matches) };
}
