/**
 * The SPF record to publish, as far as the verdict allows one, and only proven by evaluation over today's DNS: today's record
 * mended; or that which stands at a wrong name, put where it counts; or, for a domain that seems to send nothing, the record that says so.
 */

import { parseIp } from "../address/index.ts";
import { overlay } from "../dns/overlay.ts";
import type { Resolver } from "../dns/resolver.ts";
import { type CorrectionRequest, correctSpf, cureSpf, proofAsItStands } from "../spf/correct/index.ts";
import { characterStrings } from "../spf/correct/strings.ts";
import { nearRecord } from "../spf/near-record.ts";
import { checkHost } from "../spf/index.ts";
import type { SpfAlternative, SpfCorrection } from "../spf/types.ts";
import type { Assessment } from "./assessment.ts";
import type { FindingCode } from "./finding-codes.ts";
import { seemsParked, SENDS_NOTHING } from "./parked.ts";
import type { Finding, Fix } from "./report.ts";
import { isPlainStranger, type Verdict } from "./verdict.ts";

/** Faults of the record that are worth mending though the mail is not refused for them. */
const WORTH_MENDING: readonly FindingCode[] = [
  "spf.passes-all", "spf.multiple-records", "spf.syntax", "spf.include-loop", "spf.too-many-lookups", "spf.too-many-void-lookups", "spf.include-missing", "spf.include-broken", "spf.too-many-mx",
  "spf.neutral-all", "spf.ptr", "spf.no-all", "spf.after-all",
];
const SPF_CAUSES: readonly FindingCode[] = ["spf.missing", "spf.not-authorised", ...WORTH_MENDING];

/** One at most. */
export async function spfFixes(assessment: Assessment, verdict: Verdict, findings: readonly Finding[], dns: Resolver): Promise<Fix[]> {
  if (verdict.spfFix === "none") return [];
  const cures = verdict.spfFix === "cure";
  const mends = findingToMend(verdict, findings, cures ? SPF_CAUSES : WORTH_MENDING);
  if (mends === null) return [];
  const { spf } = assessment;
  if (mends === "spf.missing" && seemsParked(assessment)) return [await sendsNothing(assessment, dns)];
  const request = requestOf(assessment);
  // A new record beside one that was meant would forget whom that allows.
  const elsewhere = mends === "spf.missing" ? spf.around.misplaced : null;
  const proposed = elsewhere === null ? ((await asMeant(assessment, request, dns)) ?? (await cureSpf(request, dns))) : await fromElsewhere(elsewhere.record, request, dns);
  if (proposed === null) return [];
  // No record can be proposed: the move alone is the cure, and today's record stays until its last step.
  const { action, name, value, strings, replaces, changes, assumptions, copiedFrom, proof } = proposed.value === null ? { ...NO_RECORD, name: proposed.name } : proposed;
  return [
    {
      finding: mends, action, name, type: "TXT", value, proof, advice: !cures,
      strings: [...strings], replaces: [...replaces], changes: [...changes], copiedFrom: [...copiedFrom], alternative: alternativeOf(proposed.alternative),
      assumptions: [
        ...(elsewhere === null ? [] : (["record-from-elsewhere"] as const)),
        ...assumptions,
        ...(spf.envelopeAssumed ? (["envelope-domain-assumed"] as const) : []),
        ...(spf.around.alias === null ? [] : (["name-is-alias"] as const)),
      ],
    },
  ];
}

const NO_RECORD = { action: "replace", value: null, strings: [], replaces: [], changes: [], assumptions: [], copiedFrom: [], proof: null } as const;

/** As the report has it. */
function alternativeOf(alternative: SpfAlternative | null): Fix["alternative"] {
  if (alternative === null) return null;
  const { kind, moves, main, steps, assumptions } = alternative;
  return {
    kind,
    moves: moves.map((move) => ({ ...move, record: { ...move.record, strings: [...move.record.strings] } })),
    main: { ...main, strings: [...main.strings], changes: [...main.changes] },
    steps: [...steps],
    assumptions: [...assumptions],
  };
}

function findingToMend(verdict: Verdict, findings: readonly Finding[], codes: readonly FindingCode[]): FindingCode | null {
  if (codes.includes(verdict.cause)) return verdict.cause;
  return codes.find((code) => findings.some((one) => one.code === code)) ?? null;
}

function requestOf(assessment: Assessment): CorrectionRequest {
  const { spf, subject, ptr, envelopeMx, stranger } = assessment;
  return {
    domain: spf.domain,
    // Whoever is behind a forwarder could send as the domain: its record is mended without adding the address.
    ip: isPlainStranger(assessment) ? null : subject.sendingIp,
    helo: subject.helo,
    ptr: ptr === null ? null : { names: ptr.names, confirmed: ptr.confirmed },
    mx: envelopeMx.status === "mx" ? envelopeMx.hosts.map(({ host }) => host) : [],
    stranger: stranger.stranger,
  };
}

/** No mail seen and none taken: the record of a domain without senders (RFC 7208 section 10.1.2), under that assumption. */
async function sendsNothing({ spf: { domain } }: Assessment, dns: Resolver): Promise<Fix> {
  const anybody = parseIp("192.0.2.1");
  const evaluated = anybody === null ? null : await checkHost({ ip: anybody, mailFrom: `postmaster@${domain}`, helo: domain }, overlay(dns, { name: domain, txt: [SENDS_NOTHING] }));
  const proof = evaluated === null ? null : { result: evaluated.result, ip: null, lookups: evaluated.lookups, voidLookups: evaluated.voidLookups, kept: 0, of: 0 };
  return { finding: "spf.missing", action: "create", name: domain, type: "TXT", value: SENDS_NOTHING, strings: [SENDS_NOTHING], replaces: [], changes: [], assumptions: ["sends-no-mail"], copiedFrom: [], alternative: null, proof, advice: false };
}

type Proposed = Pick<SpfCorrection, "action" | "name" | "value" | "strings" | "replaces" | "changes" | "assumptions" | "copiedFrom" | "proof" | "alternative">;

/** What `cureSpf` does not read as a record, read from where its version should be; null where it reads it, or nothing is like that. */
async function asMeant({ spf: { records, around } }: Assessment, request: CorrectionRequest, dns: Resolver): Promise<Proposed | null> {
  const near = around.texts.flatMap((text) => {
    const found = records.length > 0 ? null : nearRecord(text);
    return found?.meant == null ? [] : [{ text, meant: found.meant, whole: found.whole }];
  });
  const [only, ...others] = near;
  if (only === undefined || others.length > 0) return null;
  const read = await correctSpf(request, dns);
  if (read !== null && read.action === "replace") return read;
  const proposed = await fromElsewhere(only.meant, request, dns);
  if (proposed === null) return null;
  const assumptions = proposed.assumptions.includes("repaired-as-meant") ? proposed.assumptions : [...proposed.assumptions, "repaired-as-meant" as const];
  return { ...proposed, assumptions, ...(only.whole ? { action: "replace", replaces: [only.text] } : {}) };
}

/** The record at a wrong name as if it stood at the domain: mended where that is needed, else as it is. Null where it can't be shown to hold. */
async function fromElsewhere(record: string, request: CorrectionRequest, dns: Resolver): Promise<Proposed | null> {
  const laid = overlay(dns, { name: request.domain, txt: [record] });
  const mended = await correctSpf(request, laid);
  if (mended !== null) return { ...mended, action: "create", replaces: [] };
  const proof = await proofAsItStands(request, laid);
  return proof === null ? null : { action: "create", name: request.domain, value: record, strings: characterStrings(record), replaces: [], changes: [], assumptions: [], copiedFrom: [], proof, alternative: null };
}
