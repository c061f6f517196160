/**
 * Who sends mail for whom. A company's mail often leaves from a provider's servers; the provider shows in the `include:`
 * terms of the SPF record, in the reverse name of the sending address, in the MX hosts, in the DKIM selectors.
 *
 * Pure data and matching; nothing is asked. Reverse names are written by whoever holds the address, so a match by PTR
 * counts for no more than the forward confirmation behind it. To add a provider, add one entry to one of the data files.
 */

import { JAPANESE_PROVIDERS } from "./japanese-providers.ts";
import { MAILBOX_PROVIDERS } from "./mailbox-providers.ts";
import type { Provider } from "./provider.ts";
import { SENDING_SERVICES } from "./sending-services.ts";

export type { Provider } from "./provider.ts";

export const PROVIDERS: readonly Provider[] = [...MAILBOX_PROVIDERS, ...SENDING_SERVICES, ...JAPANESE_PROVIDERS];

/** Whose include this is: `_spf.google.com`, any case, with or without the final dot. */
export function providerByInclude(target: string): Provider | null {
  const name = canonical(target);
  return PROVIDERS.find((provider) => provider.includes.includes(name) || endsWithOne(name, provider.includeSuffixes)) ?? null;
}

/** The providers that a record's terms name, each once, in the order of the record. Terms as published: `include:_spf.google.com`, `+include:…`, `redirect=…`. */
export function providersOfRecord(terms: readonly string[]): readonly Provider[] {
  const targets = terms.flatMap((term) => /^[-+~?]?(?:include:|redirect=)(.+)$/i.exec(term)?.[1] ?? []);
  return once(targets.map(providerByInclude));
}

/** Whose sending address it is, by its names in reverse DNS. The names must be forward-confirmed by the caller to count as more than a hint. */
export function providerByPtr(names: readonly string[]): Provider | null {
  return byLongestSuffix(names, (provider) => provider.ptr);
}

/** Who receives the domain's mail. */
export function providerByMx(hosts: readonly string[]): Provider | null {
  return byLongestSuffix(hosts, (provider) => provider.mx);
}

/** DKIM selectors worth asking for when none is known. */
export function selectorsOf(provider: Provider): readonly string[] {
  return provider.selectors;
}

function byLongestSuffix(names: readonly string[], suffixesOf: (provider: Provider) => readonly string[]): Provider | null {
  let best: { provider: Provider; length: number } | null = null;
  for (const provider of PROVIDERS) {
    for (const suffix of suffixesOf(provider)) {
      if (suffix.length > (best?.length ?? 0) && names.some((name) => endsWithOne(canonical(name), [suffix]))) best = { provider, length: suffix.length };
    }
  }
  return best?.provider ?? null;
}

const canonical = (name: string) => name.trim().toLowerCase().replace(/\.$/, "");

const endsWithOne = (name: string, suffixes: readonly string[]) => suffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));

function once(found: readonly (Provider | null)[]): readonly Provider[] {
  return [...new Set(found.filter((provider) => provider !== null))];
}
