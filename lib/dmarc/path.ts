/**
 * The careful way to a policy that stops forgeries: `none`, then `quarantine`, then `reject`, and what must be true before
 * each step. Every step is offered from the one before it: a domain that goes from `none` to `reject` in a day loses mail of
 * its own that nobody knew of. RFC 7489 section 6.7 and appendix B.2, RFC 9989 sections 5.1 and 7.4.
 */

import { type Domain, isSameOrBelow, organizationalDomain } from "../address/index.ts";
import type { DmarcDiscovery } from "./discover.ts";
import { DMARC_DEFAULTS, type DmarcFields, type DmarcPolicy, type DmarcRecord, formatDmarcRecord } from "./record.ts";

export const DMARC_STAGES = ["missing", "none", "quarantine", "reject"] as const;
export type DmarcStage = (typeof DMARC_STAGES)[number];

export const PATH_CONDITIONS = ["report-mailbox", "reports-asked", "reports-read", "services-aligned", "dkim-aligned", "forwarding-considered", "subdomains-aligned", "spam-folder-watched", "lists-considered"] as const;
export type PathCondition = (typeof PATH_CONDITIONS)[number];

export interface DmarcPath {
  /** What receivers do today: `t=y` lowers a policy by one step (RFC 9989 section 4.7). */
  readonly stage: DmarcStage;
  /** The policy of `stage` is asked for a part of the mail only, or for test (`pct`, `t`). */
  readonly partly: boolean;
  /** Owner name of the record. */
  readonly name: string;
  /** Null at the end of the way. */
  readonly next: null | {
    readonly policy: DmarcPolicy;
    readonly value: string;
    /** `value` in character-strings of at most 255 octets. */
    readonly strings: readonly string[];
    /** `met` where the record shows it; null: only the domain's owner can tell. */
    readonly conditions: readonly { readonly code: PathCondition; readonly met: boolean | null }[];
  };
}

/** Null where DNS did not answer, where a record has to be mended first, and where the record that applies is a public suffix's. */
export function dmarcPath(domain: Domain, discovery: DmarcDiscovery): DmarcPath | null {
  const own = discovery.sites.find((site) => site.domain === domain);
  if (discovery.status === "unanswered" || own === undefined) return null;
  if (discovery.status === "none") {
    const meant = discovery.sites.some((site) => isSameOrBelow(site.domain, organizationalDomain(domain)) && site.records.length + site.malformed.length > 0);
    if (meant) return null;
    return { stage: "missing", partly: false, name: own.name, next: step({ ...DMARC_DEFAULTS, p: "none" }, [{ code: "report-mailbox", met: null }]) };
  }
  const { record, policy, policyAssumed, faults } = discovery;
  const hurt = policy === null || policyAssumed || faults.some(({ effect }) => effect !== "harmless");
  if (hurt || !isSameOrBelow(discovery.domain, organizationalDomain(domain))) return null;
  const name = `_dmarc.${discovery.domain}`;
  const { stage, partly, next } = nextOf(record);
  return { stage, partly, name, next: next === null ? null : step({ ...record, p: next, test: false, pct: DMARC_DEFAULTS.pct }, conditionsOf(record, next)) };
}

function nextOf({ p, test, pct }: DmarcRecord): { readonly stage: DmarcPolicy; readonly partly: boolean; readonly next: DmarcPolicy | null } {
  if (p === "none") return { stage: "none", partly: false, next: "quarantine" };
  if (test) return { stage: p === "reject" ? "quarantine" : "none", partly: true, next: p };
  // First the policy that stands there for all of the mail. RFC 7489 section 6.3: of `reject` the rest is quarantined.
  if (pct < 100) return { stage: p === "quarantine" && pct === 0 ? "none" : "quarantine", partly: true, next: p };
  return p === "quarantine" ? { stage: "quarantine", partly: false, next: "reject" } : { stage: "reject", partly: false, next: null };
}

function conditionsOf({ rua, sp }: DmarcRecord, next: DmarcPolicy): NonNullable<DmarcPath["next"]>["conditions"] {
  const told = (...codes: PathCondition[]) => codes.map((code) => ({ code, met: null }));
  const reports = { code: "reports-asked" as const, met: rua.length > 0 };
  // Without `sp` the policy reaches every subdomain, too.
  const below = sp === null ? told("subdomains-aligned") : [];
  if (next === "quarantine") return [reports, ...told("reports-read", "services-aligned", "dkim-aligned", "forwarding-considered"), ...below];
  return [reports, ...told("spam-folder-watched", "services-aligned", "forwarding-considered", "lists-considered"), ...below];
}

function step(fields: DmarcFields, conditions: NonNullable<DmarcPath["next"]>["conditions"]): DmarcPath["next"] {
  const value = formatDmarcRecord(fields);
  return { policy: fields.p, value, strings: value.match(/.{1,255}/gs) ?? [], conditions };
}
