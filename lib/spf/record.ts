/**
 * SPF records as text (RFC 7208 sections 3, 4.5, 4.6.1 and 12).
 *
 * An SPF record is a TXT record that begins with `v=spf1`, followed by terms parted by spaces: directives (`-all`, `ip4:192.0.2.0/24`)
 * that say who may send as the domain, and modifiers (`redirect=example.com`). One fault anywhere makes the whole record useless
 * to receivers (permerror), so every fault is found, with the place where it stands.
 */

import { txtValue } from "../dns/resolver.ts";
import { domainSpecFaults, readMacroString } from "./macro-string.ts";
import { addressText, ip4Bytes, ip6Bytes } from "./network.ts";
import type { Directive, Modifier, Qualifier, SpfParseResult, SpfRecord, SpfSyntaxError, SpfTerm } from "./types.ts";

const VERSION = "v=spf1";

/** Of the TXT records at a name (each its character-strings), those that are SPF records, each joined without a space. RFC 7208 sections 3.3 and 4.5 */
export function selectSpfRecords(txts: readonly (readonly string[])[]): string[] {
  return txts.map(txtValue).filter(hasVersion);
}

/** "v=spf1", any case, at the very start, ended by SP or the end of the record: `v=spf10` and ` v=spf1` are no SPF records. RFC 7208 section 4.5 */
function hasVersion(text: string): boolean {
  return text.slice(0, VERSION.length).toLowerCase() === VERSION && (text.length === VERSION.length || text.charAt(VERSION.length) === " ");
}

/** Parses one SPF record, `text` as selected. Every fault is reported; `readable` holds the terms without one. */
export function parseSpfRecord(text: string): SpfParseResult {
  const errors: SpfSyntaxError[] = [];
  const terms: SpfTerm[] = [];
  let redirect: SpfRecord["redirect"] = null;
  let exp: SpfRecord["exp"] = null;
  const body = readVersion(text, errors);
  for (const { word, at } of words(text, body)) {
    const read = readTerm(word, at);
    if (!read.ok) {
      errors.push(...read.faults.map(({ code, at: within, length }) => ({ code, at: at + within, length, term: word })));
      continue;
    }
    const { term } = read;
    // RFC 7208 section 6: redirect and exp "MUST NOT appear in a record more than once each".
    if ((term.kind === "redirect" && redirect !== null) || (term.kind === "exp" && exp !== null)) {
      errors.push({ code: "duplicate-modifier", at, length: word.length, term: word });
      continue;
    }
    if (term.kind === "redirect") redirect = { ...term, kind: "redirect" };
    if (term.kind === "exp") exp = { ...term, kind: "exp" };
    terms.push(term);
  }
  const [first, ...others] = errors;
  if (first !== undefined) return { ok: false, errors: [first, ...others], readable: terms, text };
  return { ok: true, record: { text, terms, directives: terms.filter(isDirective), redirect, exp } };
}

export function isDirective(term: SpfTerm): term is Directive {
  return "qualifier" in term;
}

/** The record in its plainest writing: one space between terms, no `+`, no prefix length that says nothing. */
export function formatSpfRecord(record: { readonly terms: readonly SpfTerm[] } | readonly SpfTerm[]): string {
  const terms = "terms" in record ? record.terms : record;
  return [VERSION, ...terms.map(formatTerm)].join(" ");
}

export function formatTerm(term: SpfTerm): string {
  switch (term.kind) {
    case "redirect":
    case "exp":
      return `${term.kind}=${term.domainSpec}`;
    case "unknown-modifier":
      return `${term.name}=${term.value}`;
    case "all":
      return `${sign(term)}all`;
    case "include":
    case "exists":
      return `${sign(term)}${term.kind}:${term.domainSpec}`;
    case "ptr":
      return `${sign(term)}ptr${argument(term.domainSpec)}`;
    case "a":
    case "mx":
      return `${sign(term)}${term.kind}${argument(term.domainSpec)}${length(term.prefix4, 32)}${length(term.prefix6, 128, "//")}`;
    case "ip4":
      return `${sign(term)}ip4:${term.network}${length(term.prefix, 32)}`;
    case "ip6":
      return `${sign(term)}ip6:${term.network}${length(term.prefix, 128)}`;
  }
}

const sign = (directive: Directive) => (directive.qualifier === "+" ? "" : directive.qualifier);
const argument = (domainSpec: string | null) => (domainSpec === null ? "" : `:${domainSpec}`);
const length = (prefix: number, whole: number, slash = "/") => (prefix === whole ? "" : `${slash}${prefix}`);

/** Where the terms begin. A record that was selected has its version; any other text is told where it lacks one. */
function readVersion(text: string, errors: SpfSyntaxError[]): number {
  const blank = /^\s*/.exec(text)?.[0].length ?? 0;
  if (blank > 0) errors.push({ code: "bad-whitespace", at: 0, length: blank, term: "" });
  if (hasVersion(text.slice(blank))) return blank + VERSION.length;
  const space = text.indexOf(" ", blank);
  const word = text.slice(blank, space === -1 ? text.length : space);
  // A tab or line end instead of SP: the version is there, the separator is not.
  const tabbed = word.slice(0, VERSION.length).toLowerCase() === VERSION && /\s/.test(word.charAt(VERSION.length));
  errors.push({ code: tabbed ? "bad-whitespace" : "unknown-mechanism", at: tabbed ? blank + VERSION.length : blank, length: tabbed ? 1 : word.length, term: word });
  return tabbed ? blank + VERSION.length + 1 : blank + word.length;
}

/** RFC 7208 section 4.6.1: terms are parted by SP, one or more, and nothing else. */
function* words(text: string, from: number): Generator<{ readonly word: string; readonly at: number }> {
  for (let at = from; at < text.length; ) {
    const space = text.indexOf(" ", at);
    const end = space === -1 ? text.length : space;
    if (end > at) yield { word: text.slice(at, end), at };
    at = end + 1;
  }
}

interface Fault {
  readonly code: SpfSyntaxError["code"];
  readonly at: number;
  readonly length: number;
}

type Read<T> = { readonly ok: true; readonly term: T } | { readonly ok: false; readonly faults: readonly Fault[] };

const fault = (code: Fault["code"], at: number, length: number): { readonly ok: false; readonly faults: readonly Fault[] } => ({ ok: false, faults: [{ code, at, length }] });

/** name "=": what makes a term a modifier, whatever else it looks like; `a=b` is an unknown modifier. RFC 7208 section 4.6.1 */
const MODIFIER = /^([a-z][a-z\d._-]*)=/i;

function readTerm(word: string, at: number): Read<SpfTerm> {
  const strays = strayFaults(word);
  if (strays.length > 0) return { ok: false, faults: strays };
  const name = MODIFIER.exec(word)?.[1];
  if (name !== undefined) return readModifier(word, at, name);
  const qualifier = qualifierOf(word.charAt(0));
  const skip = qualifier === null ? 0 : 1;
  const bare = word.slice(skip);
  if (qualifier !== null && MODIFIER.test(bare)) return fault("bad-qualifier", 0, 1);
  if (qualifierOf(bare.charAt(0)) !== null) return fault("bad-qualifier", skip, 1);
  const end = bare.search(/[:/=]/);
  if (end !== -1 && bare.charAt(end) === "=") return fault("bad-modifier-name", 0, skip + Math.max(end, 1));
  return readDirective({ text: word, at, qualifier: qualifier ?? "+" }, skip, end === -1 ? bare : bare.slice(0, end));
}

/** Characters that no term may hold: anything but visible ASCII. RFC 7208 section 7.1, `macro-literal` */
function strayFaults(word: string): Fault[] {
  const faults: Fault[] = [];
  for (const match of word.matchAll(/[^\x21-\x7e]+/g)) {
    const run = match[0];
    const code = /[^\0-\x7f]/.test(run) ? "non-ascii" : /[\t\n\v\f\r]/.test(run) ? "bad-whitespace" : MODIFIER.test(word) ? "bad-modifier-value" : "bad-domain-spec";
    faults.push({ code, at: match.index, length: run.length });
  }
  return faults;
}

function qualifierOf(character: string): Qualifier | null {
  switch (character) {
    case "+": case "-": case "~": case "?":
      return character;
    default:
      return null;
  }
}

function readModifier(word: string, at: number, name: string): Read<Modifier> {
  const value = word.slice(name.length + 1);
  const begins = name.length + 1;
  const kind = name.toLowerCase();
  if (kind === "redirect" || kind === "exp") {
    const faults = argumentFaults(value, begins);
    return faults.length > 0 ? { ok: false, faults } : { ok: true, term: { kind, text: word, at, domainSpec: value } };
  }
  // RFC 7208 section 6: unknown modifiers are ignored, yet their value has to be a macro-string, maybe empty (section 12).
  const read = readMacroString(value, "term");
  if (!read.ok) return { ok: false, faults: read.faults.map((found) => ({ code: "bad-macro", at: begins + found.at, length: found.length })) };
  return { ok: true, term: { kind: "unknown-modifier", text: word, at, name, value } };
}

/** A domain-spec that has to be there. */
function argumentFaults(value: string, begins: number): Fault[] {
  if (value === "") return [{ code: "missing-argument", at: 0, length: begins }];
  return domainSpecFaults(value).map(({ code, at, length }) => ({ code, at: begins + at, length }));
}

interface Start {
  readonly text: string;
  readonly at: number;
  readonly qualifier: Qualifier;
}

function readDirective(start: Start, skip: number, written: string): Read<Directive> {
  const kind = written.toLowerCase();
  const begins = skip + written.length;
  const rest = start.text.slice(begins);
  switch (kind) {
    case "all":
      return rest === "" ? { ok: true, term: { ...start, kind } } : fault("unexpected-argument", begins, rest.length);
    case "include":
    case "exists": {
      const faults = argumentFaults(rest.startsWith(":") ? rest.slice(1) : "", begins + (rest === "" ? 0 : 1));
      return faults.length > 0 ? { ok: false, faults } : { ok: true, term: { ...start, kind, domainSpec: rest.slice(1) } };
    }
    case "ptr": {
      if (rest === "") return { ok: true, term: { ...start, kind, domainSpec: null } };
      if (!rest.startsWith(":")) return fault("unexpected-argument", begins, rest.length);
      const faults = argumentFaults(rest.slice(1), begins + 1);
      return faults.length > 0 ? { ok: false, faults } : { ok: true, term: { ...start, kind, domainSpec: rest.slice(1) } };
    }
    case "a":
    case "mx":
      return readHosts(start, kind, begins, rest);
    case "ip4":
    case "ip6":
      return readNetwork(start, kind, begins, rest);
    default:
      return start.text.length === skip ? fault("unknown-mechanism", 0, skip) : fault("unknown-mechanism", skip, written.length === 0 ? rest.length : written.length);
  }
}

/** [ ":" domain-spec ] [ dual-cidr-length ]. RFC 7208 sections 5.3, 5.4 and 5.6 */
function readHosts(start: Start, kind: "a" | "mx", begins: number, rest: string): Read<Directive> {
  const slash = rest.startsWith(":") ? prefixAt(rest) : 0;
  const faults: Fault[] = rest.startsWith(":") ? argumentFaults(rest.slice(1, slash), begins + 1) : [];
  const lengths = rest.slice(slash);
  const [, four, six] = /^(?:\/([^/]*))?(?:\/\/([^/]*))?$/.exec(lengths) ?? [, "", ""];
  const prefix4 = four === undefined ? 32 : prefixLength(four, 32);
  const prefix6 = six === undefined ? 128 : prefixLength(six, 128);
  if (prefix4 === null || prefix6 === null) return { ok: false, faults: [...faults, { code: "bad-prefix-length", at: begins + slash, length: lengths.length }] };
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, term: { ...start, kind, domainSpec: rest.startsWith(":") ? rest.slice(1, slash) : null, prefix4, prefix6 } };
}

/** Where the prefix lengths begin: a domain-spec may hold slashes too, but not in its last label or macro (section 7.1, `domain-end`). */
function prefixAt(rest: string): number {
  const slash = rest.indexOf("/", Math.max(rest.lastIndexOf("."), rest.lastIndexOf("}"), rest.lastIndexOf("%") + 1, 0));
  return slash === -1 ? rest.length : slash;
}

/** "0", or no leading zero, within the family's range; null otherwise. RFC 7208 section 5.6 */
function prefixLength(text: string, most: 32 | 128): number | null {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= most ? Number(text) : null;
}

/** ":" network [ "/" length ]. RFC 7208 section 5.6 */
function readNetwork(start: Start, kind: "ip4" | "ip6", begins: number, rest: string): Read<Directive> {
  const slash = rest.indexOf("/");
  const network = rest.slice(1, slash === -1 ? rest.length : slash);
  if (!rest.startsWith(":") || network === "") return fault("missing-argument", 0, begins + Math.min(rest.length, 1));
  const most = kind === "ip4" ? 32 : 128;
  const prefix = slash === -1 ? most : prefixLength(rest.slice(slash + 1), most);
  const canonical = canonicalNetwork(kind, network);
  const faults: Fault[] = canonical === null ? [{ code: "bad-address", at: begins + 1, length: network.length }] : [];
  if (prefix === null) faults.push({ code: "bad-prefix-length", at: begins + slash, length: rest.length - slash });
  return canonical === null || prefix === null ? { ok: false, faults } : { ok: true, term: { ...start, kind, network: canonical, prefix } };
}

function canonicalNetwork(kind: "ip4" | "ip6", text: string): string | null {
  if (kind === "ip4") return ip4Bytes(text) === null ? null : text;
  const bytes = ip6Bytes(text);
  return bytes === null ? null : addressText(bytes);
}
