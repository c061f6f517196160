/**
 * Gmail's requirements of those who send to it, row by row: met, not met, or not to be seen from here. Of all senders, and of
 * those with more than 5,000 messages a day to personal Gmail accounts. What cannot be seen is never guessed.
 */

import type { BounceRule } from "../bounce/reading.ts";
import type { Assessment } from "./assessment.ts";
import { sentElsewhere } from "./judge/free-mail.ts";
import { signaturePasses } from "./message.ts";
import type { Report } from "./report.ts";
import { type RequirementCode, REQUIREMENTS, type RequirementState } from "./requirement-codes.ts";

export type Requirement = Report["requirements"][number];
type Params = Requirement["params"];

interface Seen {
  readonly state: RequirementState;
  readonly params?: Params;
}

const BULK: readonly RequirementCode[] = ["spf-and-dkim", "dmarc", "alignment", "one-click"];

const ROWS: Readonly<Record<RequirementCode, (assessment: Assessment) => Seen>> = {
  "spf-or-dkim": spfOrDkim,
  ptr: reverseName,
  tls: overTls,
  "message-form": formOfMessage,
  "not-gmail": notInGmailsName,
  // Only Google counts what its users mark as spam.
  "spam-rate": ({ subject }) => ({ state: "not-seen", params: { domain: subject.domain } }),
  arc: sealedWhenForwarded,
  "spf-and-dkim": spfAndDkim,
  dmarc: dmarcRecord,
  alignment: aligned,
  "one-click": oneClick,
};

export function senderRequirements(assessment: Assessment): Requirement[] {
  return REQUIREMENTS.map((code): Requirement => {
    const { state, params = {} } = ROWS[code](assessment);
    return { code, scope: BULK.includes(code) ? "bulk" : "all", state, params };
  });
}

/** `ready`: published, and no message was seen that it failed. */
type Standing = "passes" | "ready" | "fails" | "absent" | "unknown";

const SPF_REFUSED: readonly BounceRule[] = ["unauthenticated", "spf-hard-fail", "spf-required"];
const DKIM_REFUSED: readonly BounceRule[] = ["unauthenticated", "spf-hard-fail", "dkim-required"];

function ruleOf({ bounce }: Assessment): BounceRule | null {
  return bounce === null || bounce.reporter === "other" ? null : bounce.rule;
}

function isRefusedFor(assessment: Assessment, rules: readonly BounceRule[]): boolean {
  const rule = ruleOf(assessment);
  return rule !== null && rules.includes(rule);
}

function spfStanding(assessment: Assessment): Standing {
  const { spf } = assessment;
  const { txtStatus, records, tree, evaluation, envelopeAssumed } = spf;
  if (records.length === 0) return txtStatus === "ok" || txtStatus === "no-data" || txtStatus === "no-name" ? "absent" : "unknown";
  const result = envelopeAssumed ? null : (evaluation?.result ?? null);
  if (result === "pass") return "passes";
  if (result === "temperror") return "unknown";
  if (result !== null) return "fails";
  if (tree.status === "unanswered") return "unknown";
  if (records.length > 1 || tree.status !== "ok" || tree.lookups > 10) return "fails";
  return isRefusedFor(assessment, SPF_REFUSED) ? "fails" : "ready";
}

function dkimStanding(assessment: Assessment): Standing {
  const { subject, dkim, message } = assessment;
  if (subject.headersSeen && subject.dkim.length === 0) return "absent";
  const verified = subject.dkim.map((signature) => signaturePasses(message, signature));
  if (verified.includes(true)) return "passes";
  if (verified.length > 0 && verified.every((passes) => passes === false)) return "fails";
  const signed = dkim.filter(({ source }) => source === "paste");
  if (isRefusedFor(assessment, DKIM_REFUSED)) return "fails";
  if (signed.length > 0 && signed.every(({ status }) => status !== "valid" && status !== "testing" && status !== "unknown")) return "fails";
  return dkim.some(({ status }) => status === "valid" || status === "testing") ? "ready" : "unknown";
}

const isGood = (standing: Standing): boolean => standing === "passes" || standing === "ready";
const isBad = (standing: Standing): boolean => standing === "fails" || standing === "absent";

function spfOrDkim(assessment: Assessment): Seen {
  const [spf, dkim] = [spfStanding(assessment), dkimStanding(assessment)];
  const params = { spf, dkim };
  if (isGood(spf) || isGood(dkim)) return { state: "met", params };
  return { state: isBad(spf) && isBad(dkim) ? "not-met" : "not-seen", params };
}

function spfAndDkim(assessment: Assessment): Seen {
  const [spf, dkim] = [spfStanding(assessment), dkimStanding(assessment)];
  const params = { spf, dkim };
  if (isBad(spf) || isBad(dkim)) return { state: "not-met", params };
  return { state: isGood(spf) && isGood(dkim) ? "met" : "not-seen", params };
}

function reverseName({ ptr }: Assessment): Seen {
  if (ptr === null || ptr.status === "unanswered") return { state: "not-seen", params: { ip: ptr?.ip ?? "" } };
  return { state: ptr.status === "confirmed" ? "met" : "not-met", params: { ip: ptr.ip, name: ptr.confirmedNames[0] ?? ptr.names[0] ?? "" } };
}

function overTls(assessment: Assessment): Seen {
  const seen = assessment.form?.overTls ?? null;
  if (seen === true) return { state: "met" };
  return { state: seen === false || isRefusedFor(assessment, ["tls-required", "tls-required-by-recipient"]) ? "not-met" : "not-seen" };
}

function formOfMessage(assessment: Assessment): Seen {
  const { form } = assessment;
  const [fault] = form?.faults ?? [];
  if (fault !== undefined) return { state: "not-met", params: { reason: fault.code, field: fault.field } };
  if (isRefusedFor(assessment, ["rfc5322"])) return { state: "not-met", params: { reason: "", field: "" } };
  return { state: form === null ? "not-seen" : "met" };
}

function notInGmailsName(assessment: Assessment): Seen {
  const { subject, dmarc } = assessment;
  if (subject.headerFrom === null && subject.kind === "bounce") return { state: "not-seen", params: { domain: "" } };
  return { state: sentElsewhere(assessment) === "gmail" ? "not-met" : "met", params: { domain: dmarc.domain } };
}

/** Asked of forwarders alone. */
function sealedWhenForwarded({ form, stranger }: Assessment): Seen {
  if (form !== null && form.sealed) return { state: "met" };
  return { state: form !== null && (form.fromList || (stranger.stranger && !stranger.doubt)) ? "not-met" : "not-seen" };
}

function dmarcRecord({ dmarc: { domain, discovery } }: Assessment): Seen {
  if (discovery.status === "unanswered") return { state: "not-seen", params: { domain, policy: "" } };
  const policy = discovery.status === "found" && !discovery.policyAssumed ? discovery.policy : null;
  return { state: policy === null ? "not-met" : "met", params: { domain, policy: policy ?? "" } };
}

function aligned(assessment: Assessment): Seen {
  const { subject, spf, dmarc } = assessment;
  const { alignment, domain } = dmarc;
  const params = { domain };
  if (subject.kind === "domain") return { state: "not-seen", params };
  const passes = alignment.spfAligned === true && !spf.envelopeAssumed && spf.evaluation?.result === "pass";
  if (alignment.result === "pass" || passes) return { state: "met", params };
  const apart = alignment.result === "fail" || (alignment.spfAligned === false && alignment.dkimAligned === false);
  return { state: apart || isRefusedFor(assessment, ["dmarc-policy", "not-aligned"]) ? "not-met" : "not-seen", params };
}

/** Asked of marketing and subscribed mail: a message without any of it may well be a single one. */
function oneClick({ form }: Assessment): Seen {
  if (form === null || form.unsubscribe === "none") return { state: "not-seen", params: { reason: form === null ? "" : "none" } };
  return form.unsubscribe === "complete" ? { state: "met" } : { state: "not-met", params: { reason: form.unsubscribe } };
}
