/**
 * DMARC: ties SPF and DKIM to the domain that people see in `From:`, and says what to do when neither vouches for it.
 *
 * A domain publishes a TXT record at `_dmarc.{domain}`: `v=DMARC1; p=reject; …`. A message passes when SPF or DKIM passes for
 * a domain that aligns with `From:`; a message that does not is treated as the policy `p` asks. This room reads the record,
 * finds the one that applies, evaluates alignment and mends records. RFC 7489, and its successor RFC 9989 ("DMARCbis").
 */

export { type AlignmentEvaluation, type AlignmentQuestion, evaluateAlignment, isAligned } from "./alignment.ts";
export { correctDmarc, type DmarcCorrection } from "./correct.ts";
export { DMARC_STAGES, type DmarcPath, dmarcPath, type DmarcStage, PATH_CONDITIONS, type PathCondition } from "./path.ts";
export { type DmarcMisplacement, type DmarcPlaces, dmarcPlaces } from "./places.ts";
export { type ReportPermission, reportPermissions } from "./report-permission.ts";
export { discoverDmarc, type DmarcDiscovery, type DmarcSite, organizationalDomains } from "./discover.ts";
export {
  type AlignmentMode, DMARC_FAULTS, DMARC_POLICIES, type DmarcFault, type DmarcFaultCode, type DmarcFaultEffect, type DmarcFields, type DmarcParseResult, type DmarcPolicy, type DmarcRecord, formatDmarcRecord, parseDmarcRecord,
} from "./record.ts";
export type { ReportAddress } from "./report-address.ts";
