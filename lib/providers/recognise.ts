/**
 * Whose a name in DNS is: by include term, reverse name, MX host, DKIM selector, CNAME of a DKIM key.
 *
 * A suffix matches on whole labels only (`notgoogle.com` is not Google's) and the longest that matches decides. Names are
 * compared as DNS compares them: ASCII without regard to case, nothing else folded, so that no look-alike letter passes.
 */

import type { Provider } from "./provider.ts";
import { PROVIDERS } from "./providers.ts";

const BY_INCLUDE = owners((provider) => provider.includes);
const BY_INCLUDE_SUFFIX = owners((provider) => provider.includeSuffixes);
const BY_PTR = owners((provider) => provider.ptr);
const BY_RENTED_PTR = owners((provider) => provider.rented);
const BY_MX = owners((provider) => provider.mx);
const BY_DKIM_CNAME = owners((provider) => provider.dkimCname);

/** Whose include this is: `_spf.google.com`, any case, with or without the final dot. */
export function providerByInclude(target: string): Provider | null {
  return BY_INCLUDE.get(canonical(target) ?? "") ?? ownerOf(target, BY_INCLUDE_SUFFIX)?.provider ?? null;
}

/** The providers that a record's terms name, each once, in the order of the record. Terms as published: `include:_spf.google.com`, `+include:…`, `redirect=…`. */
export function providersOfRecord(terms: readonly string[]): readonly Provider[] {
  const targets = terms.flatMap((term) => /^[-+~?]?(?:include:|redirect=)(.+)$/i.exec(term)?.[1] ?? []);
  return [...new Set(targets.map(providerByInclude).filter((provider) => provider !== null))];
}

/** Whose sending address it is, by the first of its names in reverse DNS that is anybody's. The names must be forward-confirmed by the caller to count as more than a hint. */
export function providerByPtr(names: readonly string[]): Provider | null {
  return first(names, (name) => {
    const owner = ownerOf(name, BY_PTR);
    const rented = ownerOf(name, BY_RENTED_PTR);
    return owner === null || (rented !== null && rented.suffix.length > owner.suffix.length) ? null : owner.provider;
  });
}

/** Who receives the domain's mail: by the first of its MX hosts that is anybody's, so give them by preference. */
export function providerByMx(hosts: readonly string[]): Provider | null {
  return first(hosts, (host) => ownerOf(host, BY_MX)?.provider ?? null);
}

/** Who holds the key that `selector._domainkey` of a domain is a CNAME for. */
export function providerByDkimCname(target: string): Provider | null {
  return ownerOf(target, BY_DKIM_CNAME)?.provider ?? null;
}

/** Words that any administrator may have chosen: they tell nobody apart. */
const COMMON_SELECTORS = new Set(["default", "dkim", "mail", "mx", "smtp", "email", "api", "pic", "s1", "s2", "s3", "k1", "k2", "k3", "key1", "key2", "key3", "selector1", "selector2", "m1", "dk", "ml", "fd"]);

/** Who gives out this DKIM selector. Null for one that several providers give out, or that anybody may have chosen. A hint: selectors are free to choose (RFC 6376 section 3.1). */
export function providerBySelector(selector: string): Provider | null {
  const name = canonical(selector);
  if (name === null || COMMON_SELECTORS.has(name)) return null;
  const [one, ...others] = PROVIDERS.filter((provider) => provider.selectors.includes(name));
  return others.length === 0 ? (one ?? null) : null;
}

/** DKIM selectors worth asking for when none is known. */
export function selectorsOf(provider: Provider): readonly string[] {
  return provider.selectors;
}

interface Owner {
  readonly provider: Provider;
  readonly suffix: string;
}

function owners(suffixesOf: (provider: Provider) => readonly string[]): ReadonlyMap<string, Provider> {
  return new Map(PROVIDERS.flatMap((provider) => suffixesOf(provider).map((suffix) => [suffix, provider] as const)));
}

/** The name itself, then what is above it label by label: the first known is the longest. */
function ownerOf(name: string, bySuffix: ReadonlyMap<string, Provider>): Owner | null {
  let suffix = canonical(name) ?? "";
  while (suffix !== "") {
    const provider = bySuffix.get(suffix);
    if (provider !== undefined) return { provider, suffix };
    const dot = suffix.indexOf(".");
    suffix = dot === -1 ? "" : suffix.slice(dot + 1);
  }
  return null;
}

function first(names: readonly string[], providerOf: (name: string) => Provider | null): Provider | null {
  for (const name of names) {
    const provider = providerOf(name);
    if (provider !== null) return provider;
  }
  return null;
}

/** Null for what is no name in DNS. `toLowerCase` alone would make a Kelvin sign a "k". */
function canonical(name: string): string | null {
  const typed = name.trim();
  return /^[\x21-\x7e]{1,254}$/.test(typed) ? typed.toLowerCase().replace(/\.$/, "") : null;
}
