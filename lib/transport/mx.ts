/** Where the domain's own mail is delivered: its MX records and the addresses behind them. RFC 5321 section 5.1 */

import { type Domain, type IpAddress, parseIp } from "../address/index.ts";
import { type DnsFailure, isAbsent, type Resolver } from "../dns/resolver.ts";
import { lookUpAddresses } from "./addresses.ts";

export interface MxHost {
  /** Lower case, no final dot. */
  readonly host: string;
  readonly preference: number;
  readonly addresses: readonly IpAddress[];
  /** - `ok`: it has an address. - `unresolved`: DNS says that it has none. - `unanswered`: could not be looked up, see `failure`. - `not-asked`: beyond the first ten hosts. */
  readonly status: "ok" | "unresolved" | "unanswered" | "not-asked";
  readonly failure: { readonly type: "A" | "AAAA"; readonly status: DnsFailure } | null;
  /** `cname`: the host is an alias, which RFC 2181 section 10.3 forbids. `ip-literal`: an address where a name must stand. */
  readonly note: "cname" | "ip-literal" | null;
}

/**
 * - `mx`: MX records. - `implicit`: none, so mail goes to the domain's own address (RFC 5321 section 5.1). - `null-mx`: takes no mail (RFC 7505).
 * - `none`: neither MX nor address. - `no-domain`: the domain does not exist. - `unanswered`: could not be looked up.
 */
export type MxLookUp =
  | { readonly status: "mx" | "implicit"; readonly hosts: readonly [MxHost, ...MxHost[]]; /** A null MX beside others, which RFC 7505 section 3 forbids. */ readonly strayNullMx: boolean }
  | { readonly status: "null-mx" | "none" | "no-domain"; readonly hosts: readonly [] }
  | { readonly status: "unanswered"; readonly hosts: readonly []; readonly name: string; readonly type: "MX" | "A" | "AAAA"; readonly failure: DnsFailure };

/** Hosts whose addresses are looked up; a domain with more has ten to choose from. */
export const MX_HOSTS_MAX = 10;

/** Hosts in the order in which senders try them. Never rejects. */
export async function lookUpMx(domain: Domain, resolver: Resolver): Promise<MxLookUp> {
  const answer = await resolver.query(domain, "MX");
  if (answer.status === "no-name") return { status: "no-domain", hosts: [] };
  if (answer.status !== "ok") return isAbsent(answer.status) ? implicitMx(domain, resolver) : { status: "unanswered", hosts: [], name: domain, type: "MX", failure: answer.status };
  const named = answer.records.map(({ preference, exchange }) => ({ preference, host: exchange.toLowerCase().replace(/\.$/, "") }));
  const hosts = named.filter(({ host }) => host !== "").sort((a, b) => a.preference - b.preference || (a.host < b.host ? -1 : 1));
  const found = await Promise.all(hosts.map(async (host, index) => (index < MX_HOSTS_MAX ? lookUpHost(host, resolver) : { ...host, addresses: [], status: "not-asked" as const, failure: null, note: null })));
  const [first, ...rest] = found;
  // RFC 7505 section 3: a single record with the root as its exchange.
  if (first === undefined) return { status: "null-mx", hosts: [] };
  return { status: "mx", hosts: [first, ...rest], strayNullMx: hosts.length < named.length };
}

async function lookUpHost({ host, preference }: { readonly host: string; readonly preference: number }, resolver: Resolver): Promise<MxHost> {
  // RFC 5321 section 2.3.5: an exchange is a name; senders look "192.0.2.1" up as one and find nothing.
  if (parseIp(host) !== null) return { host, preference, addresses: [], status: "unresolved", failure: null, note: "ip-literal" };
  const [{ addresses, failure }, alias] = await Promise.all([lookUpAddresses(host, ["A", "AAAA"], resolver), resolver.query(host, "CNAME")]);
  const status = addresses.length > 0 ? "ok" : failure === null ? "unresolved" : "unanswered";
  return { host, preference, addresses, status, failure: status === "unanswered" ? failure : null, note: alias.status === "ok" ? "cname" : null };
}

async function implicitMx(domain: Domain, resolver: Resolver): Promise<MxLookUp> {
  const { addresses, failure } = await lookUpAddresses(domain, ["A", "AAAA"], resolver);
  if (addresses.length > 0) return { status: "implicit", hosts: [{ host: domain, preference: 0, addresses, status: "ok", failure: null, note: null }], strayNullMx: false };
  return failure === null ? { status: "none", hosts: [] } : { status: "unanswered", hosts: [], name: domain, type: failure.type, failure: failure.status };
}
