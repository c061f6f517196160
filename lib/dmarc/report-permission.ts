/**
 * Whether whoever is to receive a domain's reports agreed to it. A record may name a mailbox elsewhere, and receivers send
 * nothing there until the owner of that place says so by a record at `{domain}._report._dmarc.{host}`.
 * RFC 7489 section 7.1, RFC 9990 section 4, RFC 9991 section 5.
 */

import { type Domain, organizationalDomain, parseDomain } from "../address/index.ts";
import { type DnsFailure, isAbsent, type Resolver, txtValue } from "../dns/resolver.ts";
import type { DmarcDiscovery } from "./discover.ts";
import { parseDmarcRecord } from "./record.ts";

export interface ReportPermission {
  /** The host of the mailbox. */
  readonly host: Domain;
  /** The name asked for the permission. */
  readonly name: string;
  /** `unasked`: the name is longer than DNS allows, so nobody can ask, and receivers send nothing (RFC 9990 section 4, step 4). */
  readonly status: "given" | "missing" | "unasked" | "unanswered";
  /** Why, with `unanswered`. */
  readonly failure: DnsFailure | null;
}

/** Records name one place or two; more are not asked about. */
export const MOST_REPORT_HOSTS = 4;

/** One entry for each host outside the record's own organizational domain, in the order of the record. Never rejects. */
export async function reportPermissions(discovery: DmarcDiscovery, resolver: Resolver): Promise<readonly ReportPermission[]> {
  if (discovery.status !== "found") return [];
  const { rua, ruf } = discovery.record;
  const from = parseDomain(discovery.domain);
  const own = from.ok ? organizationalDomain(from.domain) : discovery.domain;
  const hosts = [...rua, ...ruf].flatMap(({ domain }) => (domain === null || organizationalDomain(domain) === own ? [] : [domain]));
  return Promise.all([...new Set(hosts)].slice(0, MOST_REPORT_HOSTS).map((host) => askPermission(discovery.domain, host, resolver)));
}

async function askPermission(domain: string, host: Domain, resolver: Resolver): Promise<ReportPermission> {
  const name = `${domain}._report._dmarc.${host}`;
  if (!parseDomain(name).ok) return { host, name, status: "unasked", failure: null };
  const answer = await resolver.query(name, "TXT");
  if (answer.status !== "ok") return isAbsent(answer.status) ? { host, name, status: "missing", failure: null } : { host, name, status: "unanswered", failure: answer.status };
  // Only the version is asked for: a permission needs no policy. A single one of several records is enough.
  const given = answer.records.some((strings) => parseDmarcRecord(txtValue(strings)).status !== "not-a-record");
  return { host, name, status: given ? "given" : "missing", failure: null };
}
