/**
 * What a record means for one address, read the plain way: term by term, no sets, no limits. Slow and simple, so that
 * property tests can hold the corrections against it. Of faults it makes nothing: a term that leads nowhere matches nobody.
 */

import { type IpAddress, ipBytes, parseIp } from "../../address/index.ts";
import { isUnanswered, type Resolver } from "../../dns/resolver.ts";
import { parseSpfRecord, selectSpfRecords } from "../record.ts";
import type { SpfTerm } from "../types.ts";

/** "unknown" where it depends on the message or on what could not be looked up. */
export type Meaning = "pass" | "other" | "unknown";

export interface Question {
  readonly ip: IpAddress;
  readonly domain: string;
  readonly resolver: Resolver;
}

/**
 * By the records published at `domain`, each by itself: what any of them passes is meant. `all` is never meant to let everybody pass;
 * what stands after it is meant to count ("read") or not ("ignored").
 */
export async function meantOf({ ip, domain, resolver }: Question, afterAll: "read" | "ignored"): Promise<Meaning> {
  const answer = await resolver.query(domain, "TXT");
  if (isUnanswered(answer.status)) return "unknown";
  const each: Meaning[] = [];
  for (const text of selectSpfRecords(answer.records)) {
    const terms = termsOf(text);
    const all = terms.findIndex((term) => term.kind === "all");
    const counting = all === -1 || afterAll === "read" ? terms : terms.slice(0, all);
    each.push(await evaluated(counting.filter((term) => term.kind !== "all" && !(all !== -1 && term.kind === "redirect")), { ip, domain, resolver }, [key(domain)]));
  }
  return each.includes("pass") ? "pass" : each.includes("unknown") ? "unknown" : "other";
}

const key = (name: string) => name.toLowerCase().replace(/\.$/, "");

function termsOf(text: string): readonly SpfTerm[] {
  const parsed = parseSpfRecord(text);
  return parsed.ok ? parsed.record.terms : parsed.readable;
}

async function evaluated(terms: readonly SpfTerm[], question: Question, path: readonly string[]): Promise<Meaning> {
  for (const term of terms) {
    if (!("qualifier" in term)) continue;
    const match = await matches(term, question, path);
    if (match === null) return "unknown";
    if (match) return term.qualifier === "+" ? "pass" : "other";
  }
  const redirect = terms.find((term) => term.kind === "redirect");
  return redirect === undefined ? "other" : below(redirect.domainSpec, question, path);
}

async function below(spec: string, { ip, domain, resolver }: Question, path: readonly string[]): Promise<Meaning> {
  const name = expanded(spec, domain);
  if (name === null || path.length > 12) return "unknown";
  if (path.includes(key(name))) return "other";
  const answer = await resolver.query(name, "TXT");
  if (isUnanswered(answer.status)) return "unknown";
  const each: Meaning[] = [];
  for (const text of selectSpfRecords(answer.records)) {
    const terms = termsOf(text);
    const all = terms.findIndex((term) => term.kind === "all");
    each.push(await evaluated(all === -1 ? terms : terms.slice(0, all + 1), { ip, domain: name, resolver }, [...path, key(name)]));
  }
  return each.includes("pass") ? "pass" : each.includes("unknown") ? "unknown" : "other";
}

const expanded = (spec: string, domain: string) => {
  const name = spec.replaceAll("%{d}", domain);
  return name.includes("%") ? null : name;
};

/** Null: not known. */
async function matches(term: Extract<SpfTerm, { readonly qualifier: string }>, question: Question, path: readonly string[]): Promise<boolean | null> {
  const { ip, domain, resolver } = question;
  switch (term.kind) {
    case "all":
      return true;
    case "ip4":
    case "ip6":
      return isIn(ip, term.network, term.prefix);
    case "ptr":
      return null;
    case "include": {
      const meaning = await below(term.domainSpec, question, path);
      return meaning === "unknown" ? null : meaning === "pass";
    }
    case "exists": {
      const name = expanded(term.domainSpec, domain);
      const answer = name === null ? null : await resolver.query(name, "A");
      return answer === null || isUnanswered(answer.status) ? null : answer.records.length > 0;
    }
    case "a":
    case "mx": {
      const name = expanded(term.domainSpec ?? domain, domain);
      if (name === null) return null;
      const hosts = term.kind === "a" ? [name] : await exchanges(name, resolver);
      if (hosts === null) return null;
      for (const host of hosts) {
        const answer = await resolver.query(host, ip.includes(":") ? "AAAA" : "A");
        if (isUnanswered(answer.status)) return null;
        if (answer.records.some((address) => isIn(ip, address, ip.includes(":") ? term.prefix6 : term.prefix4))) return true;
      }
      return false;
    }
  }
}

async function exchanges(name: string, resolver: Resolver): Promise<string[] | null> {
  const answer = await resolver.query(name, "MX");
  return isUnanswered(answer.status) ? null : answer.records.map(({ exchange }) => exchange).filter((host) => host !== "");
}

function isIn(ip: IpAddress, network: string, prefix: number): boolean {
  const address = parseIp(network);
  if (address === null || address.includes(":") !== ip.includes(":")) return false;
  const bits = (of: IpAddress) => [...ipBytes(of)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits(address).slice(0, prefix) === bits(ip).slice(0, prefix);
}
