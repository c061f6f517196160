/**
 * The DMARC record that should stand there: the first one, one in place of several, or today's mended as it was meant.
 * Never stricter than what is published today; a policy that can't be read becomes `none`. What is proposed is read back before it is shown.
 */

import { type Domain, isSameOrBelow, organizationalDomain } from "../address/index.ts";
import type { DmarcDiscovery, DmarcSite } from "./discover.ts";
import { DMARC_DEFAULTS, DMARC_POLICIES, type DmarcFields, type DmarcPolicy, formatDmarcRecord, parseDmarcRecord } from "./record.ts";
import { repairDmarcText } from "./repair.ts";
import { onceEach } from "./report-address.ts";

export interface DmarcCorrection {
  /** Why: none is published, several are, or today's can't be read as meant. */
  readonly reason: "missing" | "several" | "malformed";
  readonly action: "create" | "replace";
  /** Owner name of the TXT record. */
  readonly name: string;
  readonly value: string;
  /** `value` in character-strings of at most 255 octets (RFC 1035 section 3.3.14). */
  readonly strings: readonly string[];
  /** Today's records at that name that must go, each its strings joined. */
  readonly replaces: readonly string[];
  readonly policy: DmarcPolicy;
  /** What was taken for granted. */
  readonly assumptions: readonly ("dmarc-start-with-none" | "dmarc-mended-as-meant")[];
}

/** Null when nothing is to be corrected, or DNS did not answer. `elsewhere`: a record that was put at a wrong name, and so never counted. */
export function correctDmarc(domain: Domain, discovery: DmarcDiscovery, elsewhere: string | null = null): DmarcCorrection | null {
  if (discovery.status === "unanswered") return null;
  for (const site of placesToMend(domain, discovery)) {
    const texts = [...site.records.map(({ record }) => record.text), ...site.malformed.map(({ text }) => text)];
    const hurt = site.records.some(({ faults }) => faults.some(({ effect }) => effect !== "harmless"));
    if (site.records.length === 1 && !hurt) return null;
    if (texts.length === 0) continue;
    const mended = texts.map(repairDmarcText);
    // A record that receivers can read outweighs one beside it that they discard.
    const readable = site.records.length === 1 ? mended.slice(0, 1) : mended;
    return proposal(texts.length > 1 && site.records.length !== 1 ? "several" : "malformed", site.name, mildest(readable), texts);
  }
  // Without a mailbox that is known to exist no report address is proposed: reports would bounce.
  return discovery.status === "found" ? null : proposal("missing", `_dmarc.${domain}`, elsewhere === null ? DMARC_DEFAULTS : firstStep(elsewhere), []);
}

/** A policy that never counted is a new one, however long it has been published: it begins with `none`, and keeps its reports and its alignment. */
function firstStep(elsewhere: string): DmarcFields {
  return { ...repairDmarcText(elsewhere), p: "none", sp: null, np: null, pct: DMARC_DEFAULTS.pct, test: false };
}

/** The domain's own name, then the one whose record applies or would. A public suffix's record is nobody's here to mend. */
function placesToMend(domain: Domain, discovery: DmarcDiscovery): readonly DmarcSite[] {
  const above = discovery.status === "found" ? discovery.domain : discovery.organizationalDomain;
  const names = above === domain || !isSameOrBelow(above, organizationalDomain(domain)) ? [domain] : [domain, above];
  return names.flatMap((name) => discovery.sites.find((site) => site.domain === name) ?? []);
}

function proposal(reason: DmarcCorrection["reason"], name: string, fields: DmarcFields, replaces: readonly string[]): DmarcCorrection | null {
  const value = formatDmarcRecord(fields);
  const parsed = parseDmarcRecord(value);
  // Proof: receivers read it, and read nothing else than what was meant.
  if (parsed.status !== "usable" || parsed.policyAssumed || parsed.faults.some(({ effect }) => effect !== "harmless") || parsed.record.p !== fields.p) return null;
  return {
    reason,
    action: replaces.length === 0 ? "create" : "replace",
    name,
    value,
    strings: value.match(/.{1,255}/gs) ?? [],
    replaces,
    policy: fields.p,
    assumptions: reason === "missing" ? ["dmarc-start-with-none"] : ["dmarc-mended-as-meant"],
  };
}

/** One record in place of several: of each setting the mildest, of report addresses all. */
function mildest(records: readonly DmarcFields[]): DmarcFields {
  const [first = DMARC_DEFAULTS, ...rest] = records;
  return rest.reduce((one, other) => {
    const p = milder(one.p, other.p);
    const sp = milder(one.sp ?? one.p, other.sp ?? other.p);
    const np = milder(one.np ?? one.sp ?? one.p, other.np ?? other.sp ?? other.p);
    return {
      ...one,
      p,
      sp: sp === p ? null : sp,
      np: np === sp ? null : np,
      adkim: one.adkim === other.adkim ? one.adkim : "r",
      aspf: one.aspf === other.aspf ? one.aspf : "r",
      pct: Math.min(one.pct, other.pct),
      test: one.test || other.test,
      psd: one.psd === other.psd ? one.psd : "u",
      rua: onceEach([...one.rua, ...other.rua]),
      ruf: onceEach([...one.ruf, ...other.ruf]),
      unknown: [...new Map([...other.unknown, ...one.unknown].map((tag) => [tag.name, tag])).values()],
    };
  }, first);
}

function milder(a: DmarcPolicy, b: DmarcPolicy): DmarcPolicy {
  return DMARC_POLICIES.indexOf(a) <= DMARC_POLICIES.indexOf(b) ? a : b;
}
