/** Faults behind all the records: name servers that do not speak for the zone, or do not say the same, and DNSSEC that fails. */

import type { Assessment } from "../assessment.ts";
import { disagreeing } from "../delegation.ts";
import { finding } from "../finding.ts";
import type { Finding } from "../report.ts";

/** Of many the first few say it all. */
const MOST_LAME_TOLD = 2;

export function judgeDelegation({ delegation, indexOf }: Assessment): Finding[] {
  if (delegation === null) return [];
  const { zone, domain, dmarcName, servers } = delegation;
  const named = indexOf(zone, "NS");
  const bogus = delegation.bogus ? [finding("dns.dnssec-bogus", { domain: zone }, [indexOf(domain, "TXT")])] : [];
  const differing = (["spf", "dmarc"] as const).flatMap((what) => {
    const found = disagreeing(delegation, what);
    if (found === null) return [];
    const name = what === "spf" ? domain : dmarcName;
    const hosts = [found.first.host, found.others[0].host];
    return [finding("dns.servers-differ", { domain, name, reason: what, host: found.first.host, other: found.others[0].host }, [indexOf(name, "TXT"), named, ...hosts.map((host) => indexOf(host, "A"))])];
  });
  const lame = servers
    .filter(({ status }) => status === "lame" || status === "no-address")
    .slice(0, MOST_LAME_TOLD)
    .map(({ host, reason }) => finding("dns.lame-server", { domain: zone, host, reason: reason ?? "no-address" }, [named, indexOf(host, "A"), indexOf(host, "AAAA")]));
  return [...bogus, ...differing, ...lame];
}
