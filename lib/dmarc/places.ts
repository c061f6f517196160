/**
 * Where a DMARC record stands that nobody finds, and whose name `_dmarc` is an alias of. Three questions at most, each asked
 * only where its answer can matter. A look-up that failed shows nothing: it is neither a record nor the lack of one.
 */

import { type Domain, organizationalDomain, parseDomain } from "../address/index.ts";
import { isAbsent, type Resolver, txtValue } from "../dns/resolver.ts";
import type { DmarcDiscovery } from "./discover.ts";
import { parseDmarcRecord } from "./record.ts";

/** At the domain itself; at `_dmarc` with the zone's name appended once more, as control panels do; at `dmarc`, the underscore forgotten. */
export type DmarcMisplacement = "apex" | "doubled" | "no-underscore";

export interface DmarcPlaces {
  /** A record elsewhere, where the domain has none that counts. */
  readonly misplaced: { readonly place: DmarcMisplacement; readonly name: string; readonly record: string } | null;
  /** `_dmarc.{domain}` is an alias (RFC 1034 section 3.6.2): the record is whatever stands at `target`. `dangling`: nothing does. */
  readonly alias: { readonly name: string; readonly target: string; readonly dangling: boolean } | null;
}

/** Never rejects. */
export async function dmarcPlaces(domain: Domain, discovery: DmarcDiscovery, resolver: Resolver): Promise<DmarcPlaces> {
  const [misplaced, alias] = await Promise.all([misplacedRecord(domain, discovery, resolver), aliasOf(domain, discovery, resolver)]);
  return { misplaced, alias };
}

async function misplacedRecord(domain: Domain, { status }: DmarcDiscovery, resolver: Resolver): Promise<DmarcPlaces["misplaced"]> {
  if (status !== "none") return null;
  const places: readonly { readonly place: DmarcMisplacement; readonly name: string }[] = [
    { place: "apex", name: domain },
    { place: "doubled", name: `_dmarc.${domain}.${organizationalDomain(domain)}` },
    { place: "no-underscore", name: `dmarc.${domain}` },
  ];
  const found = await Promise.all(places.map(async (at) => ({ ...at, record: await recordAt(at.name, resolver) })));
  for (const { place, name, record } of found) if (record !== null) return { place, name, record };
  return null;
}

async function recordAt(name: string, resolver: Resolver): Promise<string | null> {
  if (!parseDomain(name).ok) return null;
  const texts = (await resolver.query(name, "TXT")).records.map(txtValue);
  return texts.find((text) => parseDmarcRecord(text).status !== "not-a-record") ?? null;
}

async function aliasOf(domain: Domain, { sites }: DmarcDiscovery, resolver: Resolver): Promise<DmarcPlaces["alias"]> {
  const name = `_dmarc.${domain}`;
  // A name that does not exist is no alias; one whose alias leads nowhere looks the same (RFC 6604 section 3).
  const site = sites.find((one) => one.domain === domain);
  if (site === undefined) return null;
  const [target] = (await resolver.query(name, "CNAME")).records;
  return target === undefined ? null : { name, target, dangling: isAbsent(site.status) };
}
