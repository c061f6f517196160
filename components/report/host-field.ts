/** What goes into the "host" or "name" field of a DNS panel, where the zone's own name is left out. */

import { isSameOrBelow, organizationalDomain, parseDomain } from "../../lib/address/index.ts";

interface HostField {
  /** "@" or "news", as panels take it; null where the name stands in nobody's forward zone, as for reverse DNS. */
  readonly short: string | null;
  readonly full: string;
  /** The zone it is short for: the organizational domain, which is nearly always the zone. */
  readonly zone: string | null;
}

export function hostField(name: string, subjectZone: string): HostField {
  const full = name.toLowerCase().replace(/\.$/, "");
  const zone = isSameOrBelow(full, subjectZone) ? subjectZone : zoneOf(full);
  if (zone === null || isReverse(full)) return { short: null, full, zone: null };
  return { short: full === zone ? "@" : full.slice(0, -zone.length - 1), full, zone };
}

function zoneOf(name: string): string | null {
  const parsed = parseDomain(name);
  return parsed.ok ? organizationalDomain(parsed.domain) : null;
}

function isReverse(name: string): boolean {
  return isSameOrBelow(name, "in-addr.arpa") || isSameOrBelow(name, "ip6.arpa");
}
