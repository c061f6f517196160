/** Who has to do something about the verdict: the reader learns at once whether to go on reading or whom to write to. */

import type { FindingCode } from "../../lib/diagnosis/finding-codes.ts";
import type { Fix, Report } from "../../lib/diagnosis/report.ts";

export type Actor = "dns-owner" | "ip-owner" | "mail-provider" | "sender" | "recipient" | "name-server" | "nobody" | "undecided";

export function whoActs({ verdict, fixes }: Pick<Report, "verdict" | "fixes">): Actor {
  if (verdict.outcome === "accepted") return "nobody";
  const [cure] = fixes.filter((fix) => !fix.advice);
  return cure === undefined ? actorOfCause(verdict.cause) : actorOfFix(cure);
}

function actorOfFix(fix: Pick<Fix, "action" | "type" | "assumptions">): Actor {
  if (fix.type === "PTR" || fix.assumptions.includes("ask-ip-owner")) return "ip-owner";
  if (fix.action === "ask-provider" || fix.assumptions.includes("ask-mail-provider")) return "mail-provider";
  return "dns-owner";
}

const RECIPIENT: readonly FindingCode[] = [
  "bounce.no-such-user", "bounce.disabled", "bounce.over-quota", "bounce.recipient-policy", "bounce.recipient-rate", "bounce.not-whitelisted", "bounce.tls-required-by-recipient",
];
const NOT_SENDING_MAIL: readonly FindingCode[] = ["bounce.unknown", "bounce.try-later", "bounce.not-gmail"];

function actorOfCause(cause: FindingCode): Actor {
  if (RECIPIENT.includes(cause)) return "recipient";
  if (cause === "dns.unanswered") return "name-server";
  if (NOT_SENDING_MAIL.includes(cause)) return "undecided";
  if (cause === "spf.not-authorised" || cause === "spf.stranger") return "sender";
  if (cause.startsWith("transport.ptr")) return "ip-owner";
  if (cause.startsWith("dkim.") || cause === "dmarc.not-aligned") return "mail-provider";
  if (cause.startsWith("bounce.")) return "sender";
  return "dns-owner";
}
