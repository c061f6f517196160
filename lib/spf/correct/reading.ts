/**
 * What a record's terms authorise today, as exact sets, by the letter of evaluation but without its limits: a record over
 * the limits authorises nobody at Gmail, yet its author meant everybody in it.
 */

import { parseIp } from "../../address/index.ts";
import { isAbsent, isUnanswered, type Resolver, txtValue } from "../../dns/resolver.ts";
import { checkableDomain } from "../evaluation.ts";
import { parseSpfRecord } from "../record.ts";
import type { Qualifier, SpfTerm } from "../types.ts";
import { type AddressSet, EVERY_ADDRESS, isEmpty, network, NO_ADDRESS, subtract, union } from "./address-set.ts";
import { hasVersion } from "./repair-text.ts";
import { domainSpecOf, qualifierOf, termOf } from "./term.ts";

export interface Reading {
  readonly text: string;
  readonly kind: SpfTerm["kind"];
  readonly qualifier: Qualifier;
  /**
   * - `ok`. - `void`: the name holds nothing of the kind. - `dead`: an include or redirect without a record behind it.
   * - `loop`: leads back to a record that is being evaluated. - `broken`: evaluation of it ends in permerror.
   * - `unanswered`: could not be looked up. - `open`: who matches depends on the message (macros, `ptr`).
   */
  readonly status: "ok" | "void" | "dead" | "loop" | "broken" | "unanswered" | "open";
  /** The addresses known to match. */
  readonly matches: AddressSet;
  /** More may match than is known: something in it is open or unanswered. */
  readonly partial: boolean;
  readonly unanswered: boolean;
  /** Counted terms, all of them evaluated (RFC 7208 section 4.6.4). */
  readonly lookups: number;
  readonly child: RecordReading | null;
}

export interface RecordReading {
  readonly domain: string;
  readonly status: "ok" | "none" | "multiple" | "syntax" | "unanswered" | "too-deep";
  readonly terms: readonly Reading[];
  readonly pass: AddressSet;
  /** Every evaluation of it ends without error, limits aside. */
  readonly sound: boolean;
  readonly partial: boolean;
  readonly unanswered: boolean;
  readonly lookups: number;
}

export type ReadTerm = (text: string) => Promise<Reading | null>;

/** Far more than ten lookups can reach; a tree beyond it is built to explode. */
const MOST_RECORDS = 120;
const DEEPEST = 12;
/** RFC 7208 section 4.6.4: more MX hosts than this is an error. */
const MOST_MX = 10;

/** Reads terms as standing in the record at `domain`. */
export function readerOf(domain: string, resolver: Resolver): ReadTerm {
  const reader: Reader = { resolver, left: MOST_RECORDS, leaves: new Map() };
  const read = new Map<string, Promise<Reading | null>>();
  return (text) => {
    const before = read.get(text);
    if (before !== undefined) return before;
    const term = termOf(text);
    const reading = term === null ? Promise.resolve(null) : readTerm(term, domain, [canonical(domain)], reader);
    read.set(text, reading);
    return reading;
  };
}

/** The addresses that pass, by ordered evaluation: what an earlier term decides is decided (RFC 7208 section 4.6.2). */
export function passOf(terms: readonly Reading[]): AddressSet {
  let excluded = NO_ADDRESS;
  let pass = NO_ADDRESS;
  for (const run of runsOf(evaluated(terms))) {
    const matches = union(...run.map((term) => term.matches));
    if (run[0]?.qualifier === "+") pass = union(pass, subtract(matches, excluded));
    else excluded = union(excluded, subtract(matches, pass));
  }
  return pass;
}

/** Neighbours that decide alike, so that a record of a thousand networks is one set and not a thousand. */
function runsOf(terms: readonly Reading[]): Reading[][] {
  const runs: Reading[][] = [];
  for (const term of terms) {
    const run = runs.at(-1);
    if (run !== undefined && (run[0]?.qualifier === "+") === (term.qualifier === "+")) run.push(term);
    else runs.push([term]);
  }
  return runs;
}

/** The terms that evaluation can reach: none after `all`, and redirect last and only without `all` (RFC 7208 sections 5.1 and 6.1). */
export function evaluated(terms: readonly Reading[]): readonly Reading[] {
  const all = terms.findIndex((term) => term.kind === "all");
  const directives = terms.slice(0, all === -1 ? terms.length : all + 1).filter((term) => term.kind !== "redirect");
  return all === -1 ? [...directives, ...terms.filter((term) => term.kind === "redirect")] : directives;
}

interface Reader {
  readonly resolver: Resolver;
  left: number;
  /** Records that lead to no other: read alike wherever they are included, so that a hundred includes of one cost what one costs. */
  readonly leaves: Map<string, Promise<RecordReading>>;
}

const canonical = (name: string) => name.toLowerCase().replace(/\.$/, "");

const COUNTED: ReadonlySet<SpfTerm["kind"]> = new Set<SpfTerm["kind"]>(["include", "a", "mx", "ptr", "exists", "redirect"]);

async function readTerm(term: SpfTerm, domain: string, path: readonly string[], reader: Reader): Promise<Reading> {
  const base = {
    text: term.text,
    kind: term.kind,
    qualifier: qualifierOf(term),
    matches: NO_ADDRESS,
    partial: false,
    unanswered: false,
    lookups: COUNTED.has(term.kind) ? 1 : 0,
    child: null,
  } as const;
  const name = (domainSpecOf(term) ?? domain).replace(/%\{d\}/gi, domain);
  if (term.kind === "ptr" || (COUNTED.has(term.kind) && name.includes("%"))) return { ...base, status: "open", partial: true };
  switch (term.kind) {
    case "all":
      return { ...base, status: "ok", matches: EVERY_ADDRESS };
    case "ip4":
    case "ip6":
      return { ...base, status: "ok", matches: network(term.network, term.prefix) };
    case "a":
      return { ...base, ...(await addressesOf([name], term, reader)) };
    case "mx":
      return { ...base, ...(await exchangesOf(name, term, reader)) };
    case "exists": {
      // RFC 7208 section 5.7: any A record matches, whatever the sender.
      const { status } = await reader.resolver.query(name, "A");
      if (isUnanswered(status)) return { ...base, ...UNANSWERED };
      return isAbsent(status) ? { ...base, status: "void" } : { ...base, status: "ok", matches: EVERY_ADDRESS };
    }
    case "include":
    case "redirect":
      return { ...base, ...(await referred(name, path, reader)) };
    case "exp":
    case "unknown-modifier":
      return { ...base, status: "ok" };
  }
}

const UNANSWERED = { status: "unanswered", partial: true, unanswered: true } as const;

type Found = Partial<Reading> & Pick<Reading, "status">;

async function addressesOf(names: readonly string[], lengths: { readonly prefix4: number; readonly prefix6: number }, reader: Reader): Promise<Found> {
  const answers = await Promise.all(names.flatMap((name) => [reader.resolver.query(name, "A"), reader.resolver.query(name, "AAAA")]));
  const networks = answers.flatMap((answer) => answer.records.flatMap((address) => (typeof address === "string" ? networkAround(address, lengths) : [])));
  if (answers.some(({ status }) => isUnanswered(status))) return { ...UNANSWERED, matches: union(...networks) };
  return networks.length === 0 ? { status: "void" } : { status: "ok", matches: union(...networks) };
}

function networkAround(address: string, { prefix4, prefix6 }: { readonly prefix4: number; readonly prefix6: number }): AddressSet[] {
  const ip = parseIp(address);
  return ip === null ? [] : [network(ip, ip.includes(":") ? prefix6 : prefix4)];
}

async function exchangesOf(name: string, lengths: { readonly prefix4: number; readonly prefix6: number }, reader: Reader): Promise<Found> {
  const answer = await reader.resolver.query(name, "MX");
  if (isUnanswered(answer.status)) return UNANSWERED;
  const hosts = answer.records.map(({ exchange }) => exchange).filter((host) => host !== "" && host !== ".");
  if (hosts.length === 0) return { status: "void" };
  const found = await addressesOf(hosts.slice(0, 2 * MOST_MX), lengths, reader);
  return hosts.length > MOST_MX && found.status !== "unanswered" ? { ...found, status: "broken" } : found;
}

async function referred(name: string, path: readonly string[], reader: Reader): Promise<Found> {
  if (path.includes(canonical(name))) return { status: "loop" };
  const child = await readRecord(name, [...path, canonical(name)], reader);
  const found = { child, lookups: 1 + child.lookups, matches: child.pass, partial: child.partial, unanswered: child.unanswered };
  if (child.status === "unanswered") return { ...found, ...UNANSWERED };
  if (child.status === "too-deep") return { ...found, status: "open", partial: true };
  if (child.status === "none") return { ...found, status: "dead" };
  return { ...found, status: child.sound ? "ok" : "broken" };
}

async function readRecord(domain: string, path: readonly string[], reader: Reader): Promise<RecordReading> {
  const empty = { domain, terms: [], pass: NO_ADDRESS, sound: false, partial: false, unanswered: false, lookups: 0 };
  if (path.length > DEEPEST || reader.left <= 0) return { ...empty, status: "too-deep", partial: true };
  // A name that can't be asked holds no record (RFC 7208 section 4.3); an answer that can't be read says nothing of the name.
  if (checkableDomain(domain) === null) return { ...empty, status: "none" };
  reader.left -= 1;
  const answer = await reader.resolver.query(domain, "TXT");
  if (isUnanswered(answer.status)) return { ...empty, status: "unanswered", partial: true, unanswered: true };
  const records = answer.records.map(txtValue).filter(hasVersion);
  if (records.length === 0) return { ...empty, status: "none" };
  const parsed = records.map((record) => parseSpfRecord(record));
  const readable = parsed.map((result) => (result.ok ? result.record.terms : result.readable));
  const status = records.length > 1 ? "multiple" : parsed.every((result) => result.ok) ? "ok" : "syntax";
  const opened = (): Promise<RecordReading> => readTerms(domain, status, readable, path, reader);
  // Only what waits for no other record may be waited for: two that include each other would wait for ever.
  if (readable.flat().some(({ kind }) => kind === "include" || kind === "redirect")) return opened();
  const known = reader.leaves.get(domain) ?? opened();
  reader.leaves.set(domain, known);
  return known;
}

async function readTerms(domain: string, status: RecordReading["status"], readable: readonly (readonly SpfTerm[])[], path: readonly string[], reader: Reader): Promise<RecordReading> {
  const read = await Promise.all(readable.map((terms) => Promise.all(terms.map((term) => readTerm(term, domain, path, reader)))));
  const terms = read.flatMap(evaluated);
  return { domain, status, terms, ...summed(terms), pass: union(...read.map(passOf)), sound: status === "ok" && terms.every(isSoundTerm) };
}

/** RFC 7208 sections 5.2 and 6.1: what makes the record around it a permerror. */
function isSoundTerm(term: Reading): boolean {
  return term.status !== "dead" && term.status !== "loop" && term.status !== "broken";
}

export function summed(all: readonly Reading[]): Pick<RecordReading, "pass" | "partial" | "unanswered" | "lookups"> {
  const terms = evaluated(all);
  return {
    pass: passOf(terms),
    partial: terms.some((term) => term.partial),
    unanswered: terms.some((term) => term.unanswered),
    lookups: terms.reduce((sum, term) => sum + term.lookups, 0),
  };
}

export function matchesNobody(term: Reading): boolean {
  return !term.partial && isEmpty(term.matches);
}
