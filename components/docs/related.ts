/** From a reply to the pages beside it: records, findings, and the replies that share its code. */

import type { GmailReply, GmailRule, ReplyCheck } from "../../lib/bounce/gmail-replies.ts";
import { repliesForCode } from "../../lib/bounce/replies-about.ts";
import type { FindingCode } from "../../lib/diagnosis/finding-codes.ts";
import type { RecordKind } from "./records.ts";

const RECORD_OF: Partial<Readonly<Record<ReplyCheck, RecordKind>>> = { spf: "spf", dkim: "dkim", dmarc: "dmarc", alignment: "dmarc", ptr: "ptr" };

const SPF_FAULTS: readonly FindingCode[] = ["spf.missing", "spf.not-authorised", "spf.multiple-records", "spf.too-many-lookups"];

/** What a report on such a bounce finds most often. */
const FINDINGS_OF: Partial<Readonly<Record<GmailRule, readonly FindingCode[]>>> = {
  unauthenticated: [...SPF_FAULTS, "dkim.missing-signature"],
  "spf-hard-fail": ["spf.not-authorised", "spf.stranger"],
  "spf-required": SPF_FAULTS,
  "suspicious-spf": ["spf.passes-all", "spf.wide", "spf.include-passes-all"],
  "dkim-required": ["dkim.missing-signature", "dkim.key-missing", "dkim.key-weak", "dkim.signature-broken"],
  "dmarc-policy": ["dmarc.not-aligned", "spf.not-authorised", "dkim.missing-signature"],
  "dmarc-required": ["dmarc.missing", "dmarc.no-policy", "dmarc.multiple-records", "dmarc.invalid"],
  "not-aligned": ["dmarc.not-aligned"],
  "missing-ptr": ["transport.ptr-missing", "transport.ptr-unconfirmed"],
  "ipv6-guidelines": ["transport.ptr-missing", "transport.ptr-unconfirmed", "spf.not-authorised"],
};

export interface RelatedPages {
  readonly records: readonly RecordKind[];
  readonly findings: readonly FindingCode[];
}

export function relatedPages({ rule, checks }: GmailReply): RelatedPages {
  const records = checks.map((check) => RECORD_OF[check]).filter((kind) => kind !== undefined);
  return { records: [...new Set(records)], findings: FINDINGS_OF[rule] ?? [] };
}

/** The others that this reply's commonest code may stand for. */
export function sameCode({ rule, enhanced }: GmailReply): readonly GmailReply[] {
  return repliesForCode(enhanced[0]).filter((reply) => reply.rule !== rule);
}
