/** Whose addresses a record copies: they go stale when their owner changes them, so each owner is named. */

import { type Domain, isSameOrBelow, organizationalDomain } from "../../address/index.ts";
import { providerByInclude } from "../../providers/index.ts";
import { isEmpty } from "./address-set.ts";
import { assuming, type Draft } from "./draft.ts";
import type { Reading } from "./reading.ts";
import { domainSpecOf, isAddressTerm, termOf } from "./term.ts";

/** The draft in which `terms` stand for `reading`, with a warning for each owner whose addresses are among them. */
export function withCopied(draft: Draft, reading: Reading, terms: readonly string[], domain: Domain): Draft {
  const opened = terms.some((term) => !isAddressTerm(term)) && reading.child !== null && !isOwnName(reading.child.domain, domain);
  const open = opened ? assuming(draft, "opened-includes-may-change") : draft;
  if (!terms.some(isAddressTerm)) return open;
  // Where references stay, only the addresses that stood beside them were copied.
  const owners = ownersOf(reading, domain, terms.every(isAddressTerm));
  const others = [...owners].filter((owner) => owner !== OWN);
  const told = assuming(open, ...(owners.has(OWN) ? (["own-addresses-copied"] as const) : []), ...(others.length > 0 ? (["addresses-copied-may-change"] as const) : []));
  return { ...told, copiedFrom: new Set([...told.copiedFrom, ...others]) };
}

/** No name is empty. */
const OWN = "";

export function isOwnName(name: string, domain: Domain): boolean {
  return isSameOrBelow(name.toLowerCase().replace(/\.$/, ""), organizationalDomain(domain));
}

function ownersOf(reading: Reading, domain: Domain, whole: boolean): ReadonlySet<string> {
  if (reading.child === null) return new Set([hostOwner(reading, domain)]);
  const { child } = reading;
  return new Set(
    child.terms.flatMap((term) => {
      if (term.child !== null) return whole || term.status === "broken" ? [...ownersOf(term, domain, whole)] : [];
      return term.qualifier !== "+" || term.kind === "all" || isEmpty(term.matches) ? [] : [recordOwner(child.domain, domain)];
    }),
  );
}

function recordOwner(name: string, domain: Domain): string {
  return isOwnName(name, domain) ? OWN : (providerByInclude(name)?.name ?? name.toLowerCase().replace(/\.$/, ""));
}

/** Of `a` and `mx`: without a name, the domain's own. */
function hostOwner(reading: Reading, domain: Domain): string {
  const term = termOf(reading.text);
  const name = term === null ? null : domainSpecOf(term);
  return name === null || isOwnName(name, domain) ? OWN : name.toLowerCase().replace(/\.$/, "");
}
