/**
 * Finds the DMARC record that applies to mail from a domain: its own, else one above it.
 * RFC 9989 section 4.10 (the tree walk), and beside it the older way, RFC 7489 section 6.6.3 (the domain, then its registrable domain by the public suffix list).
 */

import { type Domain, isSameOrBelow, organizationalDomain } from "../address/index.ts";
import { type DnsFailure, type DnsStatus, isUnanswered, type Resolver, txtValue } from "../dns/resolver.ts";
import { type DmarcFault, type DmarcParseResult, type DmarcPolicy, type DmarcRecord, parseDmarcRecord } from "./record.ts";

/** One name that was asked. */
export interface DmarcSite {
  readonly domain: string;
  /** `_dmarc.{domain}` */
  readonly name: string;
  readonly status: DnsStatus;
  /** What begins as a DMARC record must. More than one: all are discarded (RFC 9989 section 4.10, step 2). */
  readonly records: readonly DmarcRecordAt[];
  /** Texts that were meant as DMARC records and are not. Any other TXT record there is no concern of DMARC. */
  readonly malformed: readonly { readonly text: string; readonly faults: readonly DmarcFault[] }[];
}

type DmarcRecordAt = Exclude<DmarcParseResult, { status: "not-a-record" }>;

interface Discovered {
  /** The names asked, the domain's own first, at most nine. */
  readonly sites: readonly DmarcSite[];
  /** By the tree walk; where it finds no record, or can't be finished, by the public suffix list. */
  readonly organizationalDomain: string;
  /** The domains at which the tree walk and the older way find the record that applies (null: none), where they differ; null where they agree. */
  readonly differs: { readonly walk: string | null; readonly list: string | null } | null;
}

/**
 * - `found`: one record applies. `policy` is what it asks for mail from this domain (`p`, or `sp`/`np` of a record above); null when the record has no policy that can be read.
 * - `none`: no record applies. - `unanswered`: a name that decides could not be looked up.
 */
export type DmarcDiscovery =
  | (Discovered & {
      readonly status: "found";
      /** Where it stands. */
      readonly domain: string;
      readonly text: string;
      readonly record: DmarcRecord;
      readonly policy: DmarcPolicy | null;
      readonly policyTag: "p" | "sp" | "np";
      /** It stands above the domain asked for. */
      readonly inherited: boolean;
      /** `p=none` is taken because the published policy can't be read (RFC 7489 section 6.6.3). */
      readonly policyAssumed: boolean;
      readonly faults: readonly DmarcFault[];
    })
  | (Discovered & { readonly status: "none" })
  | (Discovered & { readonly status: "unanswered"; readonly name: string; readonly failure: DnsFailure });

/** RFC 9989 section 4.10: longer names are cut to their last seven labels, so that no walk asks more than eight times. */
const WALK_LABELS = 7;

/** Never rejects. The names are asked all at once and judged in order. */
export async function discoverDmarc(domain: Domain, resolver: Resolver): Promise<DmarcDiscovery> {
  const listed = organizationalDomain(domain);
  const names = walkNames(domain);
  const sites = await Promise.all((names.includes(listed) ? names : [...names, listed]).map((name) => lookAt(name, resolver)));
  const walk = upToBoundary(sites.filter((site) => names.includes(site.domain)));
  const older = olderRecord(domain, listed, sites);
  const [own] = walk;

  const blocked = walk.find((site) => isUnanswered(site.status) && (site === own || (own?.records.length !== 1 && isSameOrBelow(site.domain, listed))));
  if (blocked !== undefined && blocked.status !== "ok") {
    return { status: "unanswered", name: blocked.name, failure: blocked.status, sites, organizationalDomain: walkedOrganization(domain, walk) ?? listed, differs: null };
  }
  const organization = walkedOrganization(domain, walk) ?? listed;
  const found = applying(domain, organization, walk);
  const walkedTo = found?.site.domain ?? null;
  const differs = older === "unknown" || older === walkedTo ? null : { walk: walkedTo, list: older };
  const discovered = { sites, organizationalDomain: organization, differs };
  if (found === null) return { ...discovered, status: "none" };

  const { site, parsed } = found;
  const inherited = site.domain !== domain;
  const policyTag = inherited ? await subdomainTag(domain, parsed.record, resolver) : "p";
  return {
    ...discovered,
    status: "found",
    domain: site.domain,
    text: parsed.record.text,
    record: parsed.record,
    policy: parsed.status === "no-policy" ? null : policyOf(parsed.record, policyTag),
    policyTag,
    inherited,
    policyAssumed: parsed.status === "usable" && parsed.policyAssumed,
    faults: parsed.faults,
  };
}

/** The organizational domain of each by its own tree walk, for `isAligned` (RFC 9989 section 4.10.2); by the public suffix list where the walk finds no record or can't be finished. */
export async function organizationalDomains(domains: readonly Domain[], resolver: Resolver): Promise<(domain: Domain) => string> {
  const walked = new Map(
    await Promise.all(
      [...new Set(domains)].map(async (domain) => {
        const walk = upToBoundary(await Promise.all(walkNames(domain).map((name) => lookAt(name, resolver))));
        const listed = organizationalDomain(domain);
        const finished = walk.every((site) => !isUnanswered(site.status) || !isSameOrBelow(site.domain, listed));
        return [domain, (finished ? walkedOrganization(domain, walk) : null) ?? listed] as const;
      }),
    ),
  );
  return (domain) => walked.get(domain) ?? organizationalDomain(domain);
}

/** RFC 9989 section 4.10, steps 1, 3, 4 and 7: the domain itself, then its parents. */
export function walkNames(domain: Domain): readonly string[] {
  const labels = domain.split(".");
  const above = labels.length <= WALK_LABELS ? labels.slice(1) : labels.slice(-WALK_LABELS);
  return [domain, ...above.map((_, index) => above.slice(index).join("."))];
}

async function lookAt(domain: string, resolver: Resolver): Promise<DmarcSite> {
  const name = `_dmarc.${domain}`;
  const answer = await resolver.query(name, "TXT");
  const records: DmarcRecordAt[] = [];
  const malformed: { text: string; faults: readonly DmarcFault[] }[] = [];
  for (const text of answer.records.map(txtValue)) {
    const parsed = parseDmarcRecord(text);
    if (parsed.status !== "not-a-record") records.push(parsed);
    else if (parsed.meant) malformed.push({ text, faults: parsed.faults });
  }
  return { domain, name, status: answer.status, records, malformed };
}

/** RFC 9989 section 4.10, steps 2 and 6: a single record with psd=y or psd=n ends the walk. */
function upToBoundary(sites: readonly DmarcSite[]): readonly DmarcSite[] {
  const end = sites.findIndex((site) => psdOf(site) === "y" || psdOf(site) === "n");
  return end === -1 ? sites : sites.slice(0, end + 1);
}

function psdOf({ records: [only, another] }: DmarcSite): "y" | "n" | "u" | null {
  return only === undefined || another !== undefined ? null : only.record.psd;
}

/** RFC 9989 section 4.10.2. Null when no record was found. */
function walkedOrganization(domain: Domain, walk: readonly DmarcSite[]): string | null {
  const withRecord = walk.filter((site) => psdOf(site) !== null);
  for (const site of withRecord) {
    if (psdOf(site) === "n") return site.domain;
    if (psdOf(site) === "y" && site.domain !== domain) return oneLabelBelow(site.domain, domain);
  }
  return withRecord.at(-1)?.domain ?? null;
}

function oneLabelBelow(parent: string, domain: Domain): string {
  return domain.split(".").slice(-(parent.split(".").length + 1)).join(".");
}

/** RFC 9989 section 4.10.1: the record of the domain, of its organizational domain, of its public suffix, the first there is. */
function applying(domain: Domain, organization: string, walk: readonly DmarcSite[]): { readonly site: DmarcSite; readonly parsed: DmarcRecordAt } | null {
  const places = [walk.find((site) => site.domain === domain), walk.find((site) => site.domain === organization), walk.find((site) => psdOf(site) === "y")];
  for (const site of places) {
    const [parsed, another] = site?.records ?? [];
    if (site !== undefined && parsed !== undefined && another === undefined) return { site, parsed };
  }
  return null;
}

/** RFC 9989 section 4.10.1: `np` for a domain that does not exist, else `sp`; `p` stands in for both. */
async function subdomainTag(domain: Domain, record: DmarcRecord, resolver: Resolver): Promise<"p" | "sp" | "np"> {
  if (record.np !== null && (await isNoName(domain, resolver))) return "np";
  return record.sp === null ? "p" : "sp";
}

/** RFC 8020; but an alias whose target is gone answers so, too, and is a name (RFC 6604 section 3). */
async function isNoName(domain: Domain, resolver: Resolver): Promise<boolean> {
  return (await resolver.query(domain, "TXT")).status === "no-name" && (await resolver.query(domain, "CNAME")).status === "no-name";
}

function policyOf(record: DmarcRecord, tag: "p" | "sp" | "np"): DmarcPolicy {
  return record[tag] ?? record.p;
}

/** RFC 7489 section 6.6.3: the domain's record; if there is none, the organizational domain's; several at either end the search. The domain where it stands, or null. */
function olderRecord(domain: Domain, listed: Domain, sites: readonly DmarcSite[]): string | null | "unknown" {
  for (const name of [domain, listed]) {
    const site = sites.find((one) => one.domain === name);
    if (site === undefined || isUnanswered(site.status)) return "unknown";
    if (site.records.length > 0) return site.records.length === 1 ? site.domain : null;
  }
  return null;
}
