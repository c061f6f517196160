/**
 * What Gmail would have answered to a message that we received ourselves. Every fact of its rules is known here: the address, the
 * greeting, the envelope, TLS, each octet. Its opinion of senders is not, so an "accepted" speaks of authentication and form alone.
 */

import { type IpAddress, ipFamily, isPublicIp } from "../address/index.ts";
import { gmailReply } from "../bounce/gmail-replies.ts";
import type { Bounce, BounceRule } from "../bounce/reading.ts";
import { isAligned } from "../dmarc/index.ts";
import type { Assessment } from "./assessment.ts";
import { signaturePasses } from "./message.ts";
import type { Finding, TestMail } from "./report.ts";
import { reachVerdict, type Verdict } from "./verdict.ts";

/** How the message came in. */
export interface Arrival {
  readonly ip: IpAddress;
  readonly tls: TestMail["tls"];
  readonly tlsOffered: boolean;
  readonly nullSender: boolean;
  readonly octets: number;
}

type Reply = NonNullable<TestMail["bulk"]>;

export function testMailOf(arrival: Arrival, assessment: Assessment): TestMail {
  const answer = answerTo(arrival, assessment);
  return { ...arrival, answer, bulk: answer.outcome === "refused" || answer.reason === "private-address" ? null : bulkReply(arrival, assessment) };
}

/** A message that Gmail would refuse is judged by the rule that refuses it, as its bounce would be; any other as DNS has it. */
export function verdictOn({ answer }: TestMail, assessment: Assessment, findings: readonly Finding[]): Verdict {
  if (answer.reply === null) return reachVerdict(assessment, findings);
  const verdict = reachVerdict({ ...assessment, bounce: foreseen(answer.reply) }, findings);
  // "Mended since" is said of old bounces.
  return verdict.outcome === "accepted" ? { outcome: "refused", cause: `bounce.${answer.reply.rule}`, spfFix: "advice", findings: [] } : verdict;
}

function foreseen({ rule, text }: Reply): Bounce {
  return { reporter: "gmail", format: "smtp", code: 550, enhancedCode: codeOf(rule), rule, permanent: true, text, claims: { spf: null, dkim: null, dmarc: null } };
}

function answerTo({ ip }: Arrival, assessment: Assessment): TestMail["answer"] {
  const { dmarc, message, ptr } = assessment;
  const refused = (rule: BounceRule): TestMail["answer"] => ({ outcome: "refused", reason: "rule", reply: replyOf(rule, assessment) });
  const open = (reason: "arc" | "form" | "private-address" | "unanswered"): TestMail["answer"] => ({ outcome: "open", reason, reply: null });
  if (!isPublicIp(ip)) return open("private-address");
  if (isMalformed(assessment)) return refused("rfc5322");
  const { spf, dkim } = standing(assessment);
  const { result, applies } = dmarcOf(assessment);
  const policy = dmarc.discovery.status === "found" && applies ? dmarc.discovery.policy : null;
  // RFC 8617 section 7.2: a chain that holds lets a receiver overlook the failure, if it trusts those who sealed.
  const sealed = message?.verification.arc.result === "pass" && message.verification.arc.firstSaw.some((saw) => /^(?:dkim|spf|dmarc)=pass$/.test(saw));
  if (result === "unknown") return open("unanswered");
  if (result === "fail" && policy === "reject") return sealed ? open("arc") : refused("dmarc-policy");
  if (spf === "unknown" && dkim !== "pass") return open("unanswered");
  if (dkim === "unknown" && spf !== "pass") return open("unanswered");
  if (spf !== "pass" && dkim !== "pass") return sealed ? open("arc") : refused(assessment.spf.evaluation?.result === "fail" && !assessment.spf.envelopeAssumed ? "spf-hard-fail" : "unauthenticated");
  if (ptr?.status === "unanswered") return open("unanswered");
  if (ptr?.status !== "confirmed") return refused(ipFamily(ip) === 6 ? "ipv6-guidelines" : "missing-ptr");
  if ((assessment.form?.faults.length ?? 0) > 0) return open("form");
  return { outcome: "accepted", reason: result === "fail" && policy === "quarantine" ? "spam-folder" : "authenticated", reply: null };
}

type Passes = "pass" | "fail" | "unknown";

function standing(assessment: Assessment): { readonly spf: Passes; readonly dkim: Passes } {
  const { spf, subject, message } = assessment;
  // An envelope whose domain cannot be read has no SPF to pass.
  const result = spf.envelopeAssumed ? "none" : (spf.evaluation?.result ?? "none");
  const signatures = subject.dkim.map((signature) => signaturePasses(message, signature));
  return {
    spf: result === "pass" ? "pass" : result === "temperror" ? "unknown" : "fail",
    dkim: signatures.includes(true) ? "pass" : signatures.includes(null) ? "unknown" : "fail",
  };
}

/** `applies`: the policy is meant for this message. RFC 7489 section 6.6.2 */
function dmarcOf(assessment: Assessment): { readonly result: "pass" | "fail" | "none" | "unknown"; readonly applies: boolean } {
  const { dmarc, spf, subject, message } = assessment;
  if (dmarc.discovery.status === "unanswered") return { result: "unknown", applies: false };
  if (dmarc.discovery.status === "none") return { result: "none", applies: false };
  const { record } = dmarc.discovery;
  const { spf: spfStands } = standing(assessment);
  const bySpf = !spf.envelopeAssumed && isAligned(spf.domain, dmarc.domain, record.aspf, dmarc.orgOf) ? spfStands : "fail";
  const bySignature = subject.dkim.filter(({ domain }) => isAligned(domain, dmarc.domain, record.adkim, dmarc.orgOf)).map((signature) => signaturePasses(message, signature));
  if (bySpf === "pass" || bySignature.includes(true)) return { result: "pass", applies: true };
  return { result: bySpf === "unknown" || bySignature.includes(null) ? "unknown" : "fail", applies: true };
}

/** What leaves the author open, or says twice what may be said once. */
function isMalformed({ form }: Assessment): boolean {
  return form !== null && form.faults.some(({ code, field }) => code === "repeated" || field === "From");
}

/** Asked of bulk senders alone, in the order in which it helps to mend. */
function bulkReply({ tls, tlsOffered }: Arrival, assessment: Assessment): Reply | null {
  const { spf, dkim } = standing(assessment);
  const { result } = dmarcOf(assessment);
  const rule: BounceRule | null =
    spf === "fail" ? "spf-required" : dkim === "fail" ? "dkim-required" : result === "none" ? "dmarc-required" : result === "fail" ? "not-aligned" : tlsOffered && tls === null ? "tls-required" : null;
  return rule === null ? null : replyOf(rule, assessment);
}

function codeOf(rule: BounceRule): string {
  return gmailReply(rule)?.enhanced[0] ?? "5.7.26";
}

/** In the words of the catalogue, with the names of this message in the place of the sample's, in lines as Gmail sends them. */
function replyOf(rule: BounceRule, assessment: Assessment): Reply {
  const { spf, dmarc, subject } = assessment;
  const reply = gmailReply(rule);
  const code = codeOf(rule);
  const domain = rule === "dmarc-policy" || rule === "not-aligned" ? dmarc.domain : spf.domain;
  const named = (wording: string): string => wording.replaceAll("shop.example", domain).replaceAll("203.0.113.7", subject.sendingIp ?? "");
  const results = rule === "unauthenticated" ? ["Authentication results:", "DKIM = did not pass", `SPF [${spf.domain}] with ip: [${subject.sendingIp ?? ""}] = did not pass`] : [];
  const lines = [...named(reply?.wordings[0] ?? "").split(/(?<=\.) /), ...results];
  return { rule, text: [...lines.map((line) => `550-${code} ${line}`), `550 ${code} ${reply?.help ?? ""} - gsmtp`].join("\n") };
}
