/** Who has to do something about the verdict: the reader learns at once whether to go on reading or whom to write to. */

import { gmailReply, type ReplyActor } from "../../lib/bounce/gmail-replies.ts";
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

/** Where a reply's own words are the cause, the likeliest to mend it of those that the catalogue names. */
const ACTOR_OF_REPLY = {
  "dns-owner": "dns-owner",
  "mail-server": "mail-provider",
  "ip-owner": "ip-owner",
  sender: "sender",
  recipient: "recipient",
  "recipient-admin": "recipient",
  google: "nobody",
} as const satisfies Readonly<Record<ReplyActor, Actor>>;

function actorOfCause(cause: FindingCode): Actor {
  const reply = cause.startsWith("bounce.") ? gmailReply(cause.slice("bounce.".length)) : undefined;
  if (reply !== undefined) return ACTOR_OF_REPLY[reply.actors[0]];
  if (cause === "bounce.unknown" || cause === "bounce.not-gmail") return "undecided";
  if (cause === "dns.unanswered") return "name-server";
  if (cause === "spf.not-authorised" || cause === "spf.stranger" || cause.startsWith("policy.from-") || cause.startsWith("bounce.")) return "sender";
  if (cause.startsWith("transport.ptr")) return "ip-owner";
  if (cause.startsWith("dkim.") || cause === "dmarc.not-aligned") return "mail-provider";
  return "dns-owner";
}
