/** What the signatures of a pasted message prove, who broke those that fail, and where Gmail's own results differ from ours. */

import { isAligned } from "../../dmarc/index.ts";
import type { SignatureVerification } from "../../dkim/index.ts";
import { parseDomain } from "../../address/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding } from "../finding.ts";
import { isOpen, isPerhapsCopied, passedAtGmail, type MessageAssessment } from "../message.ts";
import type { Finding } from "../report.ts";

/** Another signature, for the author's own domain, passes: this one refuses nothing. */
const BESIDE_A_PASS = { severity: "info", cost: 0 } as const;
/** Not a signature of the author's domain: DMARC has no use for it. */
const ANOTHERS = { severity: "info", cost: 10 } as const;
/** No change that can be proven: copying alone may have altered the text. */
const PERHAPS_COPIED = { severity: "warning", cost: 40 } as const;
export function judgeMessage(assessment: Assessment): Finding[] {
  const { message, dkim } = assessment;
  if (message === null) return notVerified(assessment);
  const { signatures } = message.verification;
  const passing = signatures.some((one) => one.result === "pass" && isAuthors(one, assessment));
  const told = signatures.flatMap((one) => signatureFindings(one, message, softer(one, passing, assessment), keyOf(one, dkim, assessment)));
  return [...distinct(told), ...arcFindings(message), ...differences(assessment, message)];
}

/** Of a returned header only the key can be looked at: where that is at fault, its own finding says enough. */
function notVerified({ subject, dkim, unseen, indexOf }: Assessment): Finding[] {
  if (unseen === null) return [];
  const keyFor = (one: Assessment["subject"]["dkim"][number]) => dkim.find((key) => key.domain === one.domain && key.selector === one.selector);
  const told = subject.dkim.filter((one) => unseen === "not-kept" || ["valid", "testing"].includes(keyFor(one)?.status ?? ""));
  return told.slice(0, 1).map((one) => finding("dkim.signature-unseen", { domain: one.domain, selector: one.selector, reason: unseen }, [indexOf(keyFor(one)?.name ?? "", "TXT")]));
}

function keyOf({ domain, selector }: SignatureVerification, dkim: Assessment["dkim"], { indexOf }: Assessment): readonly (number | null)[] {
  const key = dkim.find((one) => one.domain === domain && one.selector === selector);
  return key === undefined ? [] : [indexOf(key.name, "TXT")];
}

function isAuthors({ domain }: SignatureVerification, { dmarc }: Assessment): boolean {
  const signer = parseDomain(domain);
  return signer.ok && isAligned(signer.domain, dmarc.domain, "r", dmarc.orgOf);
}

function softer(one: SignatureVerification, passing: boolean, assessment: Assessment): typeof BESIDE_A_PASS | typeof ANOTHERS | typeof PERHAPS_COPIED | undefined {
  if (passing) return BESIDE_A_PASS;
  if (!isAuthors(one, assessment)) return ANOTHERS;
  return assessment.message?.arrived !== true && isPerhapsCopied(one) ? PERHAPS_COPIED : undefined;
}

function signatureFindings(one: SignatureVerification, message: MessageAssessment, weight: ReturnType<typeof softer>, evidence: readonly (number | null)[]): Finding[] {
  const { domain, selector, algorithm, result } = one;
  const about = { domain, selector };
  switch (result) {
    case "pass":
      return [
        finding("dkim.signature-verified", { ...about, algorithm }, evidence),
        ...(one.unsignedOctets > 0 ? [finding("dkim.signature-partial", { ...about, octets: one.unsignedOctets }, evidence)] : []),
      ];
    case "key-missing":
    case "key-revoked":
    case "key-weak":
    case "key-invalid":
    case "unanswered":
      // The key's own finding says it.
      return [];
    case "body-not-seen":
    case "signature-not-seen":
      return [finding("dkim.signature-unseen", { ...about, reason: unseenReason(one, message) }, evidence)];
    case "body-changed":
    case "header-changed":
    case "other-key":
    case "not-matching":
    case "weak-algorithm":
    case "expired":
    case "not-yet-valid":
    case "malformed":
    case "unsupported":
      if (passedAtGmail(message, one)) return [finding("dkim.signature-pasted", about, evidence)];
      return [finding("dkim.signature-broken", { ...about, ...broken(one, message) }, evidence, weight)];
  }
}

function unseenReason({ result, headerHolds }: SignatureVerification, { returned }: MessageAssessment): string {
  if (result === "signature-not-seen") return "signature-shortened";
  if (returned) return "returned-differs";
  return headerHolds === null ? "" : headerHolds ? "header-holds" : "header-differs";
}

const BODY_REASONS = { end: "footer-added", start: "banner-added", inside: "lines-added" } as const;
const HEADER_REASONS = { added: "field-added", tag: "subject-tagged", rewritten: "field-rewritten" } as const;
/** Reasons that somebody on the way explains; a key or a clock is the signer's own affair. */
const CHANGED: readonly SignatureVerification["result"][] = ["body-changed", "header-changed", "not-matching"];

function broken(one: SignatureVerification, { changer }: MessageAssessment): { reason: string; fields: string; lines: number; by: string; changer: string } {
  const { result, bodyChange, headerChange } = one;
  const reason = bodyChange !== null ? BODY_REASONS[bodyChange.place] : headerChange !== null ? HEADER_REASONS[headerChange.how] : result;
  const seen = CHANGED.includes(result) && changer !== null && changer.name !== "" ? changer : null;
  return { reason, fields: (headerChange?.fields ?? []).join(", "), lines: bodyChange?.lines ?? 0, by: seen?.name ?? "", changer: seen?.kind ?? "" };
}

/** Ten copies of one signature say one thing. */
function distinct(findings: readonly Finding[]): Finding[] {
  const byText = new Map(findings.map((one) => [JSON.stringify([one.code, one.params]), one]));
  return [...byText.values()];
}

function arcFindings({ verification: { arc } }: MessageAssessment): Finding[] {
  if (arc.result === "none") return [];
  return [finding("dkim.arc", { result: arc.result, sealers: [...new Set(arc.sealers)].join(", "), count: arc.sets, saw: arc.firstSaw.join(", ") })];
}

/** Gmail looked when the message arrived, we look today: where the two differ, something has changed between. What ours leaves open is no difference. */
function differences({ subject, spf, dmarc, indexOf }: Assessment, { gmail, verification }: MessageAssessment): Finding[] {
  return (gmail ?? []).flatMap(({ method, domain, selector, result: theirs }): Finding[] => {
    if (domain === null) return [];
    switch (method) {
      case "spf": {
        const ours = spf.domain === domain && subject.sendingIp !== null ? (spf.evaluation?.result ?? null) : null;
        return ours === null || ours === "temperror" || theirs === "temperror" || ours === theirs ? [] : [finding("policy.results-differ", { method, domain, theirs, ours }, [indexOf(domain, "TXT")])];
      }
      case "dkim": {
        const one = verification.signatures.find((signature) => (signature.domain === domain || signature.identityDomain === domain) && (selector === null || signature.selector === selector));
        if (one === undefined || theirs === "temperror" || isOpen(one.result)) return [];
        const ours = one.result === "pass" ? "pass" : "fail";
        return (theirs === "pass") === (ours === "pass") ? [] : [finding("policy.results-differ", { method, domain: one.domain, theirs, ours }, [indexOf(`${one.selector}._domainkey.${one.domain}`, "TXT")])];
      }
      case "dmarc": {
        const { result: ours } = dmarc.alignment;
        const told = theirs === "pass" || theirs === "fail" || theirs === "none";
        return domain !== dmarc.domain || ours === "unknown" || !told || ours === theirs ? [] : [finding("policy.results-differ", { method, domain, theirs, ours })];
      }
    }
  });
}
