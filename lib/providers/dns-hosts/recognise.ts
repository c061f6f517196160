/**
 * Whose panel a zone is edited in, by the names of its name servers (RFC 1035 section 3.3.11). A name server of somebody's
 * own, or one rented under its own name, tells nobody: then the host is unknown, and nothing is guessed.
 */

import { CLOUDS } from "./data-clouds.ts";
import { JAPAN } from "./data-japan.ts";
import { REGISTRARS } from "./data-registrars.ts";
import type { DnsHost } from "./dns-host.ts";

/** Every DNS host that is recognised. To add one: its entry, with its own help page as source, and a line of the test's table. */
export const DNS_HOSTS: readonly DnsHost[] = [...CLOUDS, ...REGISTRARS, ...JAPAN];

/**
 * - `unseen`: the name servers are not known. - `unknown`: they are, and whose they are is not.
 * - `one`: all are this host's. - `either`: the same servers serve several products, and only the owner knows which.
 * - `mixed`: several hosts, or one beside servers that are nobody's we know (`others`): a record must be the same at each.
 */
export type DnsHostFound =
  | { readonly status: "unseen" }
  | { readonly status: "unknown"; readonly others: readonly string[] }
  | { readonly status: "one"; readonly host: DnsHost }
  | { readonly status: "either"; readonly hosts: readonly DnsHost[] }
  | { readonly status: "mixed"; readonly hosts: readonly DnsHost[]; readonly others: readonly string[] };

/** @param nameServers Names of the zone's NS records, any case, with or without the final dot. */
export function dnsHostOf(nameServers: readonly string[]): DnsHostFound {
  const names = [...new Set(nameServers.map(canonical))].filter((name) => name !== "");
  if (names.length === 0) return { status: "unseen" };
  const owners = names.map((name) => ({ name, hosts: ownersOf(name) }));
  const others = owners.filter(({ hosts }) => hosts.length === 0).map(({ name }) => name);
  const known = owners.map(({ hosts }) => hosts).filter((hosts) => hosts.length > 0);
  const [first] = known;
  if (first === undefined) return { status: "unknown", others };
  const common = first.filter((host) => known.every((hosts) => hosts.includes(host)));
  const [host, ...more] = common;
  if (host === undefined || others.length > 0) return { status: "mixed", hosts: host === undefined ? [...new Set(known.flat())] : common, others };
  return more.length === 0 ? { status: "one", host } : { status: "either", hosts: common };
}

/** Names that end in a number of their own: `ns-1536.awsdns-00.co.uk`. */
const NUMBERED = [{ id: "route53", name: /^ns-\d{1,4}\.awsdns-\d{2}\.(?:com|net|org|co\.uk)$/ }] as const;

function ownersOf(name: string): readonly DnsHost[] {
  const numbered = NUMBERED.filter((known) => known.name.test(name)).map(({ id }) => id);
  return DNS_HOSTS.filter((host) => numbered.some((id) => id === host.id) || host.nameServers.some((suffix) => name === suffix || name.endsWith(`.${suffix}`)));
}

/** Null and longest names aside, DNS compares ASCII letters without regard to case, and nothing else (RFC 4343). */
function canonical(name: string): string {
  const typed = name.trim();
  return /^[\x21-\x7e]{1,254}$/.test(typed) ? typed.toLowerCase().replace(/\.$/, "") : "";
}
