/**
 * Asks ahead of the evaluation. check_host() goes through terms one after another; what they will ask is known as soon as
 * the record is. So the questions of all terms go out at once, includes are followed while their siblings are still in flight,
 * and evaluation, in order, finds its answers on the way. Nothing is decided or counted here.
 */

import { reverseName } from "../address/index.ts";
import { checkableDomain, type Evaluation, isCounted, LOOKUP_LIMIT, macrosOf, matchesNetwork, NAMES_LIMIT, publishedRecord, usesNonAsciiLocalPart } from "./evaluation.ts";
import { expandMacros, isQueryable, macroValues, targetName, withoutRoot } from "./macro.ts";
import type { MacroString } from "./macro-string.ts";
import type { SpfRecord, SpfTerm } from "./types.ts";

/** Returns at once. The resolver must share questions with whoever evaluates. */
export function fetchAhead(record: SpfRecord, domain: string, evaluation: Evaluation): void {
  fetchTerms(record, domain, evaluation, { left: LOOKUP_LIMIT });
}

/** Terms still to be fetched for, in the whole tree: as many as evaluation may come to, however the tree is made to explode. */
interface Allowance {
  left: number;
}

function fetchTerms(record: SpfRecord, domain: string, evaluation: Evaluation, allowance: Allowance): void {
  for (const term of reachable(record, evaluation)) {
    if (evaluation.ended || allowance.left === 0) return;
    if (!isCounted(term.kind)) continue;
    allowance.left -= 1;
    void fetchTerm(term, domain, evaluation, allowance);
  }
}

/** Up to the first term that is known to match without a question, and the redirect when there is none. */
function* reachable(record: SpfRecord, evaluation: Evaluation): Generator<SpfTerm> {
  for (const directive of record.directives) {
    if (directive.kind === "all") return;
    if ((directive.kind === "ip4" || directive.kind === "ip6") && matchesNetwork(evaluation, directive)) return;
    yield directive;
  }
  if (record.redirect !== null) yield record.redirect;
}

async function fetchTerm(term: SpfTerm, domain: string, evaluation: Evaluation, allowance: Allowance): Promise<void> {
  const { resolver, addressType } = evaluation;
  const spec = "domainSpec" in term && term.domainSpec !== null ? macrosOf(term.domainSpec) : null;
  if (term.kind === "ptr" || (spec?.ok === true && spec.letters.includes("p"))) return fetchPointers(evaluation);
  const name = spec === null ? domain : nameOf(spec, domain, evaluation);
  if (name === null) return;
  switch (term.kind) {
    case "a":
      return void resolver.query(name, addressType);
    case "exists":
      return void resolver.query(name, "A");
    case "mx": {
      const { records } = await resolver.query(name, "MX");
      if (!evaluation.ended && records.length <= NAMES_LIMIT) fetchAddresses(records.map(({ exchange }) => exchange), evaluation);
      return;
    }
    case "include":
    case "redirect":
      return fetchRecord(name, evaluation, allowance);
    case "all": case "ip4": case "ip6": case "exp": case "unknown-modifier":
      return;
  }
}

function nameOf(spec: MacroString, domain: string, { message }: Evaluation): string | null {
  return spec.ok && !usesNonAsciiLocalPart(spec.letters, message) ? targetName(expandMacros(spec.parts, macroValues(message, domain))) : null;
}

async function fetchRecord(name: string, evaluation: Evaluation, allowance: Allowance): Promise<void> {
  if (checkableDomain(name) === null) return;
  const answer = await evaluation.resolver.query(name, "TXT");
  if (evaluation.ended) return;
  const record = publishedRecord(answer);
  if (record.kind === "one" && record.parsed.ok) fetchTerms(record.parsed.record, name, evaluation, allowance);
}

async function fetchPointers(evaluation: Evaluation): Promise<void> {
  const { records } = await evaluation.resolver.query(reverseName(evaluation.message.ip), "PTR");
  if (!evaluation.ended) fetchAddresses(records.slice(0, NAMES_LIMIT), evaluation);
}

function fetchAddresses(names: readonly string[], { resolver, addressType }: Evaluation): void {
  for (const name of names) if (isQueryable(withoutRoot(name))) void resolver.query(name, addressType);
}
