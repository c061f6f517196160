/** Whether what SPF and DKIM proved is about the domain that people see in `From:`. RFC 7489 section 3.1, RFC 9989 section 4.4 */

import { type Domain, organizationalDomain } from "../address/index.ts";
import type { AlignmentMode, DmarcRecord } from "./record.ts";

/** Strict: the same domain. Relaxed: the same organizational domain; `orgOf` gives it (by the public suffix list when left out). */
export function isAligned(a: Domain, b: Domain, mode: AlignmentMode, orgOf: (domain: Domain) => string = organizationalDomain): boolean {
  return a === b || (mode === "r" && orgOf(a) === orgOf(b));
}

export interface AlignmentQuestion {
  readonly headerFrom: Domain;
  /** The domain that SPF checked and what it gave (RFC 7208 section 2.6), `result` null where no sending address is known; null where the envelope is not known. */
  readonly spf: { readonly domain: Domain; readonly result: string | null } | null;
  /** Signatures that are known; `pass` null where the message could not be verified. */
  readonly dkim: readonly { readonly domain: Domain; readonly pass: boolean | null }[];
  /** All signatures of the message are in `dkim`: an empty list means that it was not signed. */
  readonly signaturesSeen?: boolean;
  /** The record that applies; null where there is none. */
  readonly record: DmarcRecord | null;
  /** The record could not be looked up. */
  readonly recordUnanswered?: boolean;
  readonly orgOf?: (domain: Domain) => string;
}

export interface AlignmentEvaluation {
  /** The SPF domain aligns, whatever SPF's result; null where it is not known. */
  readonly spfAligned: boolean | null;
  /** The domain of one signature aligns, whether or not it verifies; null where no signature is known. */
  readonly dkimAligned: boolean | null;
  /** A pass of SPF would be an aligned one: mending SPF would cure it. */
  readonly spfWouldAlign: boolean;
  /** `none`: no record, so no DMARC. `unknown`: what is missing could still make it pass, or fail. */
  readonly result: "pass" | "fail" | "none" | "unknown";
  /** Which of the two has less to be mended until DMARC passes; null when it passes, or neither is known. */
  readonly nearer: "spf" | "dkim" | null;
}

export function evaluateAlignment(question: AlignmentQuestion): AlignmentEvaluation {
  const { headerFrom, spf, dkim, record, orgOf } = question;
  const aligned = (domain: Domain, mode: AlignmentMode) => isAligned(domain, headerFrom, mode, orgOf);
  const spfAligned = spf === null ? null : aligned(spf.domain, record?.aspf ?? "r");
  const alignedSignatures = dkim.filter((signature) => aligned(signature.domain, record?.adkim ?? "r"));
  const unsigned = dkim.length === 0 && question.signaturesSeen === true;
  const dkimAligned = dkim.length > 0 ? alignedSignatures.length > 0 : unsigned ? false : null;

  // RFC 7489 section 6.6.2, step 5: one aligned pass of either is enough.
  const spfGives = spf === null ? "unknown" : spfAligned !== true ? "fail" : spf.result === "pass" ? "pass" : spf.result === null || spf.result === "temperror" ? "unknown" : "fail";
  const dkimGives = alignedSignatures.some(({ pass }) => pass === true) ? "pass" : dkimAligned === null || alignedSignatures.some(({ pass }) => pass === null) ? "unknown" : "fail";
  const both = spfGives === "pass" || dkimGives === "pass" ? "pass" : spfGives === "unknown" || dkimGives === "unknown" ? "unknown" : "fail";
  const result = question.recordUnanswered === true ? "unknown" : record === null ? "none" : both;
  return { spfAligned, dkimAligned, spfWouldAlign: spfAligned === true, result, nearer: both === "pass" ? null : nearer(spfAligned, dkimAligned, dkim.length > 0) };
}

/** An aligned identifier has only to pass; SPF first, since its record is DNS and can be mended today. With neither aligned, a signer has one setting to change, its `d=`. */
function nearer(spfAligned: boolean | null, dkimAligned: boolean | null, isSigned: boolean): "spf" | "dkim" | null {
  if (spfAligned === true) return "spf";
  if (dkimAligned === true || isSigned) return "dkim";
  return spfAligned === false ? "spf" : null;
}
