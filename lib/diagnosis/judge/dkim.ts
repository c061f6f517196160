/** What the keys in DNS say, and whether the message was signed at all. Keys that were only guessed at accuse nobody. */

import { type DkimKeyFinding, type SignatureResult, unmadeSelector } from "../../dkim/index.ts";
import { providerByDkimCname } from "../../providers/index.ts";
import type { Assessment } from "../assessment.ts";
import { finding, unanswered } from "../finding.ts";
import { isOpen } from "../message.ts";
import type { Finding } from "../report.ts";

/** One good key is enough for DKIM to pass: then another's fault is worth knowing, and refuses nothing. */
const BESIDE_A_GOOD_KEY = { severity: "warning", cost: 20 } as const;
/** An old key that a guess turned up may be out of use. */
const GUESSED = { severity: "info", cost: 0 } as const;

export function judgeDkim(assessment: Assessment): Finding[] {
  const { dkim } = assessment;
  const keys = dkim.flatMap((key) => keyFindings(key, dkim.some((other) => other !== key && isGood(other)), assessment));
  return [...signatureFindings(assessment, dkim.some(isGood)), ...keys, ...dkim.flatMap((key) => placeFindings(key, assessment))];
}

function signatureFindings(assessment: Assessment, someGood: boolean): Finding[] {
  const { subject, bounce, dkim, dmarc, message, indexOf } = assessment;
  const known = dkim.filter((key) => key.source !== "guessed");
  if (subject.headersSeen && subject.dkim.length === 0) return [finding("dkim.missing-signature", { domain: dmarc.domain })];
  // Where the report returned the message, what broke its signature may be told by itself.
  const isTold = message !== null && message.verification.signatures.some(({ result }) => isFailure(result));
  const broken = gmailRefusedSignature(assessment) && !isTold ? known.find((key) => key.source === "paste" && isGood(key)) : undefined;
  if (broken !== undefined) return [finding("dkim.signature-broken", { domain: broken.domain, selector: broken.selector, reason: "gmail-said-so", fields: "", lines: 0, by: "", changer: "" }, [indexOf(broken.name, "TXT")])];
  if (bounce?.rule === "dkim-required" && (someGood || known.length === 0)) return [finding("dkim.missing-signature", { domain: dmarc.domain })];
  return known.length === 0 && !someGood ? [finding("dkim.no-selector", { domain: dmarc.domain })] : [];
}

function isFailure(result: SignatureResult): boolean {
  return result !== "pass" && !isOpen(result) && !result.startsWith("key-");
}

/** The reply's rule says that no signature passed (for DMARC: no aligned one). Where the key is in order today, the signature was broken on the way, or made with another key. */
function gmailRefusedSignature({ bounce, dmarc }: Assessment): boolean {
  switch (bounce?.rule) {
    case "unauthenticated":
    case "spf-hard-fail":
    case "dkim-required":
      return true;
    case "dmarc-policy":
    case "not-aligned":
      return dmarc.alignment.dkimAligned === true;
    default:
      return false;
  }
}

function isGood({ status }: DkimKeyFinding): boolean {
  return status === "valid" || status === "testing";
}

function keyFindings(key: DkimKeyFinding, besideGood: boolean, { indexOf, servers }: Assessment): Finding[] {
  const { name, selector, domain, status, source } = key;
  const evidence = [indexOf(name, "TXT")];
  const about = { name, selector, domain };
  const softer = source === "guessed" ? GUESSED : besideGood ? BESIDE_A_GOOD_KEY : undefined;
  switch (status) {
    case "valid": {
      const valid = finding("dkim.key-valid", { ...about, keyType: key.keyType ?? "", bits: key.bits ?? 0 }, evidence);
      return key.short ? [valid, finding("dkim.key-short", { ...about, bits: key.bits ?? 0 }, evidence)] : [valid];
    }
    case "testing":
      return [finding("dkim.key-testing", about, evidence)];
    case "missing":
      return source === "guessed" ? [] : [finding("dkim.key-missing", about, [...evidence, indexOf(name, "CNAME")], softer)];
    case "revoked":
      return [finding("dkim.key-revoked", about, evidence, softer)];
    case "invalid":
      return [finding("dkim.key-invalid", { ...about, reason: key.reason ?? "not-a-key-record" }, evidence, softer)];
    case "weak":
      return [finding("dkim.key-weak", { ...about, bits: key.bits ?? 0 }, evidence, softer)];
    case "unknown":
      return source === "guessed" ? [] : [unanswered("dkim", { name, type: "TXT", status: key.failure ?? "timeout", server: servers.join(", ") }, evidence)];
  }
}

/** Where the key stands, or the answer comes from, when it is not in order: who has to mend it. */
function placeFindings({ name, selector, domain, status, source, record, reason, alias, wildcard, misplaced }: DkimKeyFinding, { indexOf }: Assessment): Finding[] {
  const about = { name, selector, domain };
  const evidence = [indexOf(name, "TXT")];
  const found: Finding[] = [];
  if (alias !== null) {
    const at = { ...about, target: alias, provider: providerByDkimCname(alias)?.name ?? "" };
    const code = status === "missing" && record === null ? "dkim.alias-dangling" : "dkim.alias";
    found.push(finding(code, at, [indexOf(name, "CNAME"), ...evidence]));
  }
  if (wildcard && (source !== "guessed" || status !== "missing")) {
    const kind = reason === "not-a-key-record" ? "other" : status === "revoked" ? "revoked" : "key";
    found.push(finding("dkim.wildcard", { ...about, term: record ?? "", reason: kind }, [...evidence, indexOf(unmadeSelector(domain), "TXT")]));
  }
  if (misplaced !== null) found.push(finding("dkim.misplaced", { ...about, place: misplaced.name, reason: misplaced.place }, [...evidence, indexOf(misplaced.name, "TXT")]));
  return found;
}
