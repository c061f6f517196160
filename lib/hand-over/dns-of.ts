/** Where the records of a report are edited, by what the report already holds: so that reports from before this was asked are told it as well. */

import { isSameOrBelow } from "../address/index.ts";
import type { Report } from "../diagnosis/report.ts";
import { type DnsHostFound, dnsHostOf } from "../providers/dns-hosts/index.ts";

export interface ZoneDns {
  /** The zone that is edited. Where it was not seen, the organizational domain, which is nearly always the zone. */
  readonly zone: string;
  readonly nameServers: readonly string[];
  readonly found: DnsHostFound;
}

export function dnsOf({ subject, delegation, dns }: Pick<Report, "subject" | "delegation" | "dns">): ZoneDns {
  const zone = delegation === null || delegation.zone === "" ? subject.organizationalDomain : delegation.zone;
  const answered = dns.answers.find(({ name, type, status }) => type === "NS" && status === "ok" && name === zone)?.records ?? [];
  // Where the list was cut or never kept, the servers that were spoken to are some of it.
  const nameServers = answered.length > 0 ? answered : (delegation?.servers ?? []).map(({ host }) => host);
  return { zone, nameServers, found: dnsHostOf(nameServers) };
}

/** The same for one name: its zone's host says nothing of a name elsewhere. */
export function dnsOfName(report: Pick<Report, "subject" | "delegation" | "dns">, name: string): ZoneDns {
  const dns = dnsOf(report);
  return isSameOrBelow(name, dns.zone) ? dns : { ...dns, nameServers: [], found: { status: "unseen" } };
}
