/** One word of a record that is no term, read as the terms that its author must have meant; or given up. */

import { parseDomain } from "../../address/index.ts";
import { providerByInclude } from "../../providers/index.ts";
import type { SpfChangeReason } from "../types.ts";
import { networksMeant, networkTerms } from "./repair-network.ts";
import { domainSpecOf, termOf } from "./term.ts";

export interface RepairedTerms {
  readonly terms: readonly string[];
  readonly reason: SpfChangeReason;
}

const MECHANISMS = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists", "redirect", "exp"] as const;
type Name = (typeof MECHANISMS)[number];

const isName = (text: string): text is Name => MECHANISMS.some((name) => name === text);

/** Words of more than this are no slip of the hand. */
const LONGEST = 512;

/**
 * A term that says what it seems to say. The grammar admits more: `include:a.testinclude:b.test` and `include:http://a.test`
 * are names to it, `ip4=192.0.2.1` is a modifier to ignore. `isReal` tells of such a name that it is in DNS after all.
 */
export function isSound(text: string, isReal: (name: string) => boolean): boolean {
  const term = termOf(text);
  if (term === null) return false;
  if (term.kind === "unknown-modifier") return mechanismMeant(term.name) === null;
  const name = oddName(text);
  return name === null || isReal(name);
}

/** The name in a term, when it is one that nobody would choose; null otherwise. */
export function oddName(text: string): string | null {
  const term = termOf(text);
  const name = term === null ? null : domainSpecOf(term);
  if (name === null || name.includes("%")) return null;
  return /^[\w-]+(?:\.[\w-]+)*\.?$/.test(name) && !/[-~?+]all\.?$/i.test(name) ? null : name;
}

/** The terms that `word` means. `previous` is the word before it in a list with commas: `include:a.test,b.test`. */
export function termsMeant(word: string, previous: string | null): RepairedTerms | null {
  if (word.length > LONGEST) return null;
  if (termOf(word) !== null && isSound(word, () => false)) return { terms: [word], reason: "syntax-repaired" };
  return joinedTerms(word) ?? oneTerm(word, previous);
}

const START_OF_TERM = /[-+~?]?(?:include|redirect|exists|ip[46]|ptr|exp|mx|a)[:=]|[-+~?]all[.:;]*$|mx$/gi;

/** `mxinclude:a.test`, `ip4:192.0.2.1-all`: terms without the space between them. */
function joinedTerms(word: string): RepairedTerms | null {
  for (const { index } of word.matchAll(START_OF_TERM)) {
    const left = index === 0 ? null : oneTerm(word.slice(0, index), null);
    if (left === null) continue;
    const right = termsMeant(word.slice(index), null);
    return right === null ? null : { terms: [...left.terms, ...right.terms], reason: "syntax-repaired" };
  }
  return null;
}

function oneTerm(word: string, previous: string | null): RepairedTerms | null {
  if (termOf(word) !== null && isSound(word, () => false)) return { terms: [word], reason: "syntax-repaired" };
  const [qualifiers, rest] = cut(/^[-+~?]*/, withoutEnd(word, ";,"));
  const qualifier = qualifiers.slice(-1);
  const [written, argument] = cut(/^[a-z_-]*(?:[46][a-z_-]*)?/i, rest);
  const [separator, value] = cut(/^[:=/;]*/, argument);
  const name = mechanismMeant(written);
  const bare = networksMeant(rest.replace(/\.$/, ""));
  if (bare !== null) return found(networkTerms(bare, qualifier), "syntax-repaired");
  if (separator === "" && value !== "") return bareName(rest, qualifier, previous);
  if (name === null) return separator === "" ? bareName(rest, qualifier, previous) : networkOf(value, qualifier, "misspelt-mechanism");
  const reason: SpfChangeReason = written.toLowerCase() === name ? "syntax-repaired" : "misspelt-mechanism";
  const spelt = reason === "syntax-repaired" ? written : name;
  const target = separator.startsWith("/") ? `/${value}` : value;
  switch (name) {
    case "all":
      return /^[.:;,]*$/.test(target) ? found([`${qualifier}${spelt}`], reason) : null;
    case "ip4":
    case "ip6":
      // A number that is no address is no host either.
      return networkOf(target, qualifier, reason) ?? (/\.[a-z]+\.?$/i.test(withoutPath(target)) ? hostTerm(qualifier, "a", target, reason) : null);
    case "include":
      if (/^[-+~?]?(?:include|a|mx|exists)(?:[:/]|$)/i.test(target)) return termsMeant(target, null);
      return networkOf(target.replace(/^ip[46]:/i, ""), qualifier, "address-in-include") ?? hostTerm(qualifier, spelt, withoutPath(target), reason);
    case "a":
    case "mx":
      return networkOf(target, qualifier, reason) ?? ownHost(`${qualifier}${spelt}`, argument, reason) ?? hostTerm(qualifier, spelt, target, reason);
    case "redirect":
    case "exp": {
      const host = hostMeant(withoutPath(target));
      return host === null ? null : found([`${spelt}=${host}`], reason);
    }
    case "ptr":
      return /^[.:;]*$/.test(target) ? found([`${qualifier}${spelt}`], reason) : hostTerm(qualifier, spelt, withoutPath(target), reason);
    case "exists":
      return hostTerm(qualifier, spelt, withoutPath(target), reason);
  }
}

/** What the pattern takes from the start, and the rest. */
function cut(start: RegExp, text: string): [string, string] {
  const head = start.exec(text)?.[0] ?? "";
  return [head, text.slice(head.length)];
}

/** The text without the characters of `stops` at its end. */
function withoutEnd(text: string, stops: string): string {
  let end = text.length;
  while (end > 0 && stops.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function found(terms: readonly string[], reason: SpfChangeReason): RepairedTerms | null {
  return terms.every((term) => termOf(term) !== null) ? { terms, reason } : null;
}

function networkOf(value: string, qualifier: string, reason: SpfChangeReason): RepairedTerms | null {
  const networks = networksMeant(withoutEnd(value, ".:;")) ?? networksMeant(value);
  return networks === null ? null : found(networkTerms(networks, qualifier), reason);
}

/** `a:`, `mx:/24`, `a/24/`: the domain's own hosts. Of a length that can't be, the hosts alone are certain. */
function ownHost(mechanism: string, argument: string, reason: SpfChangeReason): RepairedTerms | null {
  const [, lengths] = cut(/^[.:;=]*/, withoutEnd(argument, "/.:;"));
  return /^[/\d]*$/.test(lengths) && !/^\d/.test(lengths) ? (found([`${mechanism}${lengths}`], reason) ?? found([mechanism], reason)) : null;
}

function hostTerm(qualifier: string, name: string, value: string, reason: SpfChangeReason): RepairedTerms | null {
  const host = hostMeant(value);
  if (host === null) return value.includes("%") ? found([`${qualifier}${name}:${withoutEnd(value, ".:;,")}`], reason) : null;
  const lengths = /^(?:a|mx)$/i.test(name) ? (/[^/](\/\d{1,2}(?:\/\/\d{1,3})?|\/\/\d{1,3})$/.exec(value)?.[1] ?? "") : "";
  // A length that can't be: the hosts alone are certain.
  return found([`${qualifier}${name}:${host}${lengths}`], reason) ?? found([`${qualifier}${name}:${host}`], reason);
}

/** A name with neither mechanism nor address: the rest of a list, or an include target that everybody knows. */
function bareName(text: string, qualifier: string, previous: string | null): RepairedTerms | null {
  if (mechanismMeant(withoutEnd(text, ".:;")) !== null) return oneTermWithoutStop(text, qualifier);
  const host = hostMeant(text);
  if (host === null) return null;
  const list = /^([-+~?]?(?:include|a|mx)):/i.exec(previous ?? "")?.[1];
  if (list !== undefined) return found([`${list}:${host}`], "syntax-repaired");
  return providerByInclude(host)?.includes.includes(host) === true ? found([`${qualifier}include:${host}`], "syntax-repaired") : null;
}

/** `mx.` and `all.` */
function oneTermWithoutStop(text: string, qualifier: string): RepairedTerms | null {
  const written = withoutEnd(text, ".:;");
  const name = mechanismMeant(written);
  if (name !== "all" && name !== "a" && name !== "mx" && name !== "ptr") return null;
  // `al` is all only with its qualifier before it.
  if (written.toLowerCase() !== name && qualifier === "") return null;
  return found([`${qualifier}${written.toLowerCase() === name ? written : name}`], written.toLowerCase() === name ? "syntax-repaired" : "misspelt-mechanism");
}

const withoutPath = (value: string) => value.replace(/^([a-z]+:\/\/[^/]*)\/.*$/i, "$1").replace(/([^/:])\/.*$/, "$1");

/** The host name in a URL, a mailbox, a name with a port or with stray dots. A name with macros is taken as it is or not at all. */
function hostMeant(value: string): string | null {
  if (value.includes("%")) return null;
  const nested = value.replace(/^[a-z]+:\/\//i, "").replace(/^(?:include|spf|txt|a|mx)[:=]/i, "");
  const host = withoutEnd((nested.slice(nested.lastIndexOf("@") + 1).split("/")[0] ?? "").replace(/:\d+$/, "").replace(/\.{2,}/g, ".").replace(/^\./, ""), ".:;");
  const parsed = parseDomain(host);
  if (!parsed.ok) return null;
  return parsed.domain === host.toLowerCase() ? host : parsed.domain;
}

/** The mechanism or modifier that a word means, allowing for slips of the hand; null for one that is none, such as `ra`. */
function mechanismMeant(written: string): Name | null {
  const name = written.toLowerCase();
  if (isName(name)) return name;
  if (/^ip-?_?v?-?_?[46]?(?:addr)?$/.test(name)) return name.includes("6") ? "ip6" : "ip4";
  if (name === "spf" || name === "includes") return "include";
  if (name === "host" || name === "hostname") return "a";
  if (name === "al" || name === "alll" || name === "aall") return "all";
  return name.length < 5 || name.length > 10 ? null : ((["include", "redirect", "exists"] as const).find((known) => slips(name, known) <= (known.length > 6 ? 2 : 1)) ?? null);
}

/** Letters left out, added, exchanged or swapped with their neighbour, between two short words. */
function slips(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)));
  const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      const row = rows[i];
      if (row !== undefined) row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), swapped);
    }
  }
  return at(a.length, b.length);
}
