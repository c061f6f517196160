/** Everything that was worked out from DNS about one subject, before anybody judges it. */

import type { Domain } from "../address/index.ts";
import type { MessageForm } from "../bounce/message-form.ts";
import type { Bounce, ReadingNote, Subject } from "../bounce/reading.ts";
import type { DkimKeyFinding } from "../dkim/index.ts";
import type { AlignmentEvaluation, DmarcDiscovery, DmarcPlaces, ReportPermission } from "../dmarc/index.ts";
import type { DnsStatus, RecordType } from "../dns/resolver.ts";
import type { SpfEvaluation, SpfNode, SpfResult } from "../spf/types.ts";
import type { HeloLookUp, MtaStsLookUp, MxLookUp, PtrLookUp, StrangerVerdict, TlsRptLookUp } from "../transport/index.ts";
import type { MessageAssessment } from "./message.ts";
import type { Delegation } from "./report.ts";
import type { Surroundings } from "./surroundings.ts";

export interface SpfAssessment {
  /** Whose record receivers evaluate: the envelope sender's domain, or the HELO name for an empty envelope (RFC 7208 sections 2.3, 2.4). */
  readonly domain: Domain;
  /** The paste did not name the envelope domain: the header's was taken for it. */
  readonly envelopeAssumed: boolean;
  /** `checkHost` for the refused address; null when no address is known. */
  readonly evaluation: SpfEvaluation | null;
  readonly tree: SpfNode;
  /** Every SPF record published at `domain`. */
  readonly records: readonly string[];
  readonly txtStatus: DnsStatus;
  /** A record at the organizational domain, where `domain` is below it and has none of its own. */
  readonly parentWithRecord: Domain | null;
  readonly around: Surroundings;
}

export interface Assessment {
  readonly subject: Subject;
  readonly bounce: Bounce | null;
  readonly notes: readonly ReadingNote[];
  /** Null where the paste holds no whole header. */
  readonly form: MessageForm | null;
  /** Null where no whole message was pasted or returned; after a re-check too, since no message is kept. */
  readonly message: MessageAssessment | null;
  /** Why the signatures that were seen cannot be verified; null where they can, or where that is not asked. */
  readonly unseen: "returned-header" | "not-kept" | null;
  /** False only when the organizational domain itself is said not to exist. */
  readonly domainExists: boolean;
  readonly spf: SpfAssessment;
  readonly dkim: readonly DkimKeyFinding[];
  /** The header domain's policy, and whether what is known aligns with it. */
  readonly dmarc: {
    readonly domain: Domain;
    readonly discovery: DmarcDiscovery;
    readonly alignment: AlignmentEvaluation;
    readonly places: DmarcPlaces;
    /** Of those outside the domain whom its record names for reports. */
    readonly permissions: readonly ReportPermission[];
    /** The organizational domain by which relaxed alignment goes. */
    readonly orgOf: (domain: Domain) => string;
  };
  /** Where mail for `subject.domain` goes. */
  readonly mx: MxLookUp;
  /** Where mail for `spf.domain` goes: the same, but for a message whose envelope names another domain. */
  readonly envelopeMx: MxLookUp;
  /** Null when no address is known. */
  readonly ptr: PtrLookUp | null;
  /** Null when no greeting is known. */
  readonly helo: HeloLookUp | null;
  readonly mtaSts: MtaStsLookUp;
  readonly tlsRpt: TlsRptLookUp;
  /** Null where the zone's servers could not be looked at. */
  readonly delegation: Delegation | null;
  /** `checkHost` for the refused address with the records of each name server, where they are not all the same. */
  readonly resultsByServer: readonly SpfResult[];
  readonly stranger: StrangerVerdict;
  /** Name servers that were asked, as `ip:port`. */
  readonly servers: readonly string[];
  /** The index in `dns.answers` of a question; null when it was not asked. */
  readonly indexOf: (name: string, type: RecordType) => number | null;
  /** How that question ended; null when it was not asked. */
  readonly statusOf: (name: string, type: RecordType) => DnsStatus | null;
}
