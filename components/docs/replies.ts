/** Gmail's replies as the docs list them: the codes that they come with, and words to know them by. */

import type { BounceRule } from "../../lib/bounce/reading.ts";

export type DocumentedRule = Exclude<BounceRule, "unknown">;

export const REPLY_GROUPS = ["authentication", "reputation", "recipient", "relay"] as const;
export type ReplyGroup = (typeof REPLY_GROUPS)[number];

export interface DocumentedReply {
  readonly rule: DocumentedRule;
  readonly group: ReplyGroup;
  readonly codes: readonly string[];
  /** As Gmail writes it, in part: its replies are in English whatever the language of the mail. */
  readonly words: string;
}

const authentication = (rule: DocumentedRule, codes: readonly string[], words: string): DocumentedReply => ({ rule, group: "authentication", codes, words });
const reputation = (rule: DocumentedRule, codes: readonly string[], words: string): DocumentedReply => ({ rule, group: "reputation", codes, words });
const recipient = (rule: DocumentedRule, codes: readonly string[], words: string): DocumentedReply => ({ rule, group: "recipient", codes, words });
const relay = (rule: DocumentedRule, codes: readonly string[], words: string): DocumentedReply => ({ rule, group: "relay", codes, words });

export const DOCUMENTED_REPLIES: readonly DocumentedReply[] = [
  authentication("unauthenticated", ["5.7.26", "4.7.26"], "Your email has been blocked because the sender is unauthenticated."),
  authentication("spf-hard-fail", ["5.7.26"], "The MAIL FROM domain [shop.example] has an SPF record with a hard fail policy (-all) but it fails to pass SPF checks"),
  authentication("dmarc-policy", ["5.7.26", "5.7.1"], "Unauthenticated email from shop.example is not accepted due to domain's DMARC policy."),
  authentication("spf-required", ["5.7.27", "4.7.27"], "blocked because SPF does not pass"),
  authentication("dkim-required", ["5.7.30", "4.7.30"], "blocked because DKIM does not pass"),
  authentication("dmarc-required", ["5.7.40", "4.7.40"], "there is no DMARC record, or the DMARC record has no policy"),
  authentication("not-aligned", ["5.7.32", "4.7.32"], "isn't aligned with either the authenticated SPF or DKIM organizational domain"),
  authentication("missing-ptr", ["5.7.25", "4.7.23"], "does not have a PTR record setup, or the corresponding forward DNS entry does not point to the sending IP"),
  authentication("suspicious-spf", ["5.7.24", "4.7.24"], "The SPF record of the sending domain has one or more suspicious entries"),
  authentication("tls-required", ["5.7.29", "4.7.29"], "not sent over a TLS connection"),
  authentication("ipv6-guidelines", ["5.7.1"], "does not meet IPv6 sending guidelines regarding PTR records and authentication"),
  authentication("rfc5322", ["5.7.1"], "not RFC 5322 compliant"),
  reputation("unsolicited-rate", ["4.7.28", "5.7.28", "4.7.0"], "an unusual rate of unsolicited mail"),
  reputation("likely-unsolicited", ["5.7.1"], "Our system has detected that this message is likely unsolicited mail"),
  reputation("ip-not-authorised", ["5.7.1"], "The IP you're using to send mail is not authorized to send email directly to our servers"),
  reputation("blocked-content", ["5.7.0"], "blocked because its content presents a potential security issue"),
  reputation("try-later", ["4.7.0", "4.3.0", "4.4.5"], "Try again later, closing connection"),
  recipient("no-such-user", ["5.1.1"], "The email account that you tried to reach does not exist"),
  recipient("disabled", ["5.2.1"], "The email account that you tried to reach is disabled"),
  recipient("over-quota", ["5.2.2", "4.2.2"], "The recipient's inbox is out of storage space"),
  recipient("recipient-rate", ["4.2.1", "5.2.1"], "The user you are trying to contact is receiving mail too quickly"),
  recipient("recipient-policy", ["5.7.1"], "a policy that prohibited the mail that you sent"),
  recipient("too-large", ["5.2.3"], "exceeded Google's message size limits"),
  recipient("bad-address", ["5.1.2", "5.1.3", "5.1.7"], "not a valid RFC-5321 address"),
  recipient("not-whitelisted", ["4.7.0"], "IP not in whitelist for RCPT domain"),
  recipient("tls-required-by-recipient", ["4.7.0"], "TLS required for RCPT domain"),
  relay("sending-limit", ["5.4.5"], "Daily user sending limit exceeded"),
  relay("relay-denied", ["5.7.0"], "Mail relay denied"),
  relay("login", ["5.7.8", "5.7.9", "5.7.14"], "Username and Password not accepted"),
  relay("protocol", ["5.5.1", "5.5.2", "4.4.2"], "SMTP protocol violation"),
];

export function documentedReply(slug: string): DocumentedReply | undefined {
  return DOCUMENTED_REPLIES.find(({ rule }) => rule === slug);
}
