/** What one run of check_host() carries: the message, the resolver, and the counters of RFC 7208 section 4.6.4. */

import { reverseName } from "../address/index.ts";
import { type Answer, isUnanswered, type RecordType, type Resolver } from "../dns/resolver.ts";
import { asciiName, expandMacros, isAscii, isFullyQualified, isQueryable, macroValues, type Message, targetName, withoutRoot } from "./macro.ts";
import { type MacroString, readMacroString } from "./macro-string.ts";
import { bytesOf, ip4Bytes, ip6Bytes, sharesPrefix } from "./network.ts";
import { parseSpfRecord, selectSpfRecords } from "./record.ts";
import type { Directive, SpfParseResult, SpfProblem, SpfTerm } from "./types.ts";

/** "SPF implementations MUST limit the total number of those terms to 10 during SPF evaluation". RFC 7208 section 4.6.4 */
export const LOOKUP_LIMIT = 10;
/** "SPF implementations SHOULD limit void lookups to two." RFC 7208 section 4.6.4 */
export const VOID_LOOKUP_LIMIT = 2;
/** Address look-ups for the names of one MX or PTR answer. RFC 7208 section 4.6.4 */
export const NAMES_LIMIT = 10;

export interface Evaluation {
  readonly message: Message;
  readonly ipBytes: readonly number[];
  readonly addressType: "A" | "AAAA";
  readonly resolver: Resolver;
  lookups: number;
  voidLookups: number;
  /** A result is found: what is still being fetched ahead of it is not needed. */
  ended: boolean;
}

export function startEvaluation(message: Message, resolver: Resolver): Evaluation {
  const bytes = bytesOf(message.ip) ?? [];
  return { message, ipBytes: bytes, addressType: bytes.length === 4 ? "A" : "AAAA", resolver, lookups: 0, voidLookups: 0, ended: false };
}

/** Evaluation can't go on. Not "none": that is no error where it arises. */
export interface Failure {
  readonly kind: "failure";
  readonly result: "temperror" | "permerror";
  readonly problem: SpfProblem;
}

/** One term while it is evaluated: it counts once against ten, and at most once as void. */
export interface Running {
  readonly domain: string;
  readonly term: SpfTerm;
  isVoid: boolean;
}

/**
 * "include", "a", "mx", "ptr", "exists" and "redirect" count; "all", "ip4", "ip6" and "exp" don't, nor do the address look-ups of
 * MX and PTR names, nor `%{p}` by itself: it stands in a term that counts. RFC 7208 section 4.6.4
 */
export function isCounted(kind: SpfTerm["kind"]): boolean {
  return kind === "include" || kind === "a" || kind === "mx" || kind === "ptr" || kind === "exists" || kind === "redirect";
}

export function startTerm(evaluation: Evaluation, term: SpfTerm, domain: string): Running | Failure {
  evaluation.lookups += 1;
  if (evaluation.lookups > LOOKUP_LIMIT) return { kind: "failure", result: "permerror", problem: { code: "too-many-lookups", domain, term: term.text } };
  return { domain, term, isVoid: false };
}

/** The records, none of them when there are none, or why evaluation ends here. */
export type Found<T extends RecordType> = { readonly kind: "found"; readonly records: Answer<T>["records"] } | Failure;

/** Asks on behalf of a term. RFC 7208 section 5: NXDOMAIN is zero records, any other error or no answer is a temperror. */
export async function ask<T extends RecordType>(evaluation: Evaluation, running: Running, name: string, type: T): Promise<Found<T>> {
  const answer = await evaluation.resolver.query(name, type);
  if (isUnanswered(answer.status)) return unanswered(answer);
  const failure = answer.records.length === 0 ? countVoid(evaluation, running) : null;
  return failure ?? { kind: "found", records: answer.records };
}

export function unanswered(answer: Answer): Failure {
  return { kind: "failure", result: "temperror", problem: { code: "unanswered", domain: answer.name, type: answer.type, status: answer.status } };
}

/**
 * RFC 7208 section 4.6.4 limits "the number of 'terms' for which DNS queries return" nothing: terms, not queries. So a term
 * counts once however many of its queries are void (an `mx` with three hosts that have no AAAA is one), and the look-ups
 * of the first record, of `exp=` and of the explanation don't count: no term is being evaluated.
 */
export function countVoid(evaluation: Evaluation, running: Running): Failure | null {
  if (running.isVoid) return null;
  running.isVoid = true;
  evaluation.voidLookups += 1;
  if (evaluation.voidLookups <= VOID_LOOKUP_LIMIT) return null;
  return { kind: "failure", result: "permerror", problem: { code: "too-many-void-lookups", domain: running.domain, term: running.term.text } };
}

/** `invalid`: DNS has no place for the name. `unmatched`: the term matches nothing, whatever DNS says. */
export type Target = { readonly kind: "name"; readonly name: string } | { readonly kind: "invalid"; readonly text: string } | { readonly kind: "unmatched" } | Failure;

/** The <target-name> of a term, macros expanded; the record's own domain when it names none. RFC 7208 section 4.8 */
export async function target(evaluation: Evaluation, running: Running, domainSpec: string | null): Promise<Target> {
  if (domainSpec === null) return { kind: "name", name: running.domain };
  const spec = macrosOf(domainSpec);
  // The record was parsed before it was evaluated, so its macros can be read.
  if (!spec.ok) return { kind: "invalid", text: domainSpec };
  if (usesNonAsciiLocalPart(spec.letters, evaluation.message)) return { kind: "unmatched" };
  const literal = spec.letters === "" ? literalName(domainSpec) : null;
  if (literal !== null) return { kind: "name", name: literal };
  let validatedName: string | undefined;
  if (spec.letters.includes("p")) {
    const names = await validatedNames(evaluation, running);
    if (!Array.isArray(names)) return names;
    validatedName = preferred(names, running.domain);
  }
  const text = expandMacros(spec.parts, macroValues(evaluation.message, running.domain, validatedName));
  const name = targetName(text);
  return name === null ? { kind: "invalid", text } : { kind: "name", name };
}

/** RFC 8616 section 4: with a local-part that is not ASCII, terms with `%{s}` or `%{l}` match nothing. */
export function usesNonAsciiLocalPart(letters: string, message: Message): boolean {
  return /[sl]/.test(letters) && !isAscii(message.localPart);
}

/** RFC 7208 section 7.3: the <domain> itself, else a name below it, else any; "unknown" when there is none. */
export function preferred(names: readonly string[], domain: string): string {
  const below = `.${domain.toLowerCase()}`;
  return names.find((name) => `.${name.toLowerCase()}` === below) ?? names.find((name) => name.toLowerCase().endsWith(below)) ?? names[0] ?? "unknown";
}

/**
 * The sender's names that lead back to its address. RFC 7208 section 5.5: a failing PTR look-up gives none, a name whose
 * look-up fails is skipped; section 4.6.4: of more than ten names the first ten are looked up. A failure here is only ever the void limit.
 * `running` is null for an explanation, which counts nothing.
 */
export async function validatedNames(evaluation: Evaluation, running: Running | null): Promise<string[] | Failure> {
  const { resolver, message, addressType } = evaluation;
  const pointers = await resolver.query(reverseName(message.ip), "PTR");
  const names = pointers.records.slice(0, NAMES_LIMIT);
  if (running !== null && pointers.records.length === 0 && !isUnanswered(pointers.status)) {
    const failure = countVoid(evaluation, running);
    if (failure !== null) return failure;
  }
  const answers = await Promise.all(names.map(async (name) => (isQueryable(name) ? resolver.query(name, addressType) : null)));
  const validated: string[] = [];
  for (const [index, answer] of answers.entries()) {
    const name = names[index];
    if (answer === null || name === undefined || isUnanswered(answer.status)) continue;
    if (answer.records.length === 0 && running !== null) {
      const failure = countVoid(evaluation, running);
      if (failure !== null) return failure;
    }
    if (answer.records.some((address) => matchesAddress(evaluation, address, 32, 128))) validated.push(name);
  }
  return validated;
}

/** `address` as DNS gave it. */
export function matchesAddress(evaluation: Evaluation, address: string, prefix4: number, prefix6: number): boolean {
  const bytes = evaluation.addressType === "A" ? ip4BytesOf(address) : ip6BytesOf(address);
  return bytes !== null && sharesPrefix(bytes, evaluation.ipBytes, evaluation.addressType === "A" ? prefix4 : prefix6);
}

const networks = new WeakMap<Directive, readonly number[]>();

/** RFC 7208 section 5.6: an IPv6 sender never matches `ip4`, an IPv4 sender never `ip6`, and an IPv4-mapped one is IPv4 (section 5). */
export function matchesNetwork(evaluation: Evaluation, directive: Directive & { readonly kind: "ip4" | "ip6" }): boolean {
  if ((directive.kind === "ip4") !== (evaluation.addressType === "A")) return false;
  let bytes = networks.get(directive);
  if (bytes === undefined) {
    bytes = (directive.kind === "ip4" ? ip4Bytes(directive.network) : ip6Bytes(directive.network)) ?? [];
    networks.set(directive, bytes);
  }
  return sharesPrefix(bytes, evaluation.ipBytes, directive.prefix);
}

/** Records, macro-strings, names and addresses already read: the same providers' come again and again. Bounded in number and length. */
const MOST_REMEMBERED = 256;
const LONGEST_REMEMBERED = 1024;

function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    if (text.length > LONGEST_REMEMBERED) return value;
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, value);
    return value;
  };
}

const parsedRecord: (text: string) => SpfParseResult = remembering(parseSpfRecord);

/** What a TXT answer holds for SPF (RFC 7208 section 4.5): no record, one, or several, of which none is evaluated. */
export type Published = { readonly kind: "none" } | { readonly kind: "several" } | { readonly kind: "one"; readonly text: string; readonly parsed: SpfParseResult };

const published = new WeakMap<Answer<"TXT">, Published>();

/** Read once for as long as the answer is kept: one proof evaluates the same answers hundreds of times. */
export function publishedRecord(answer: Answer<"TXT">): Published {
  const before = published.get(answer);
  if (before !== undefined) return before;
  const [text, ...others] = selectSpfRecords(answer.records);
  const read: Published = text === undefined ? { kind: "none" } : others.length > 0 ? { kind: "several" } : { kind: "one", text, parsed: parsedRecord(text) };
  published.set(answer, read);
  return read;
}
export const macrosOf: (domainSpec: string) => MacroString = remembering((text) => readMacroString(text, "term"));

/** RFC 7208 section 4.3: what check_host() can be asked about at all; null is "malformed". */
export const checkableDomain: (domain: string) => string | null = remembering((domain) => {
  const name = asciiName(withoutRoot(domain));
  // An address literal is no domain name; its dots would make it look like one.
  if (name.startsWith("[") || ip4Bytes(name) !== null || /\s/.test(name)) return null;
  return isFullyQualified(name) ? name : null;
});

/** The name that a domain-spec without macros is; null when it has some, or is no name. */
const literalName: (domainSpec: string) => string | null = remembering((text) => {
  const spec = macrosOf(text);
  return spec.ok && spec.letters === "" ? targetName(expandMacros(spec.parts, () => "")) : null;
});

const ip4BytesOf: (address: string) => readonly number[] | null = remembering(ip4Bytes);
const ip6BytesOf: (address: string) => readonly number[] | null = remembering(ip6Bytes);
