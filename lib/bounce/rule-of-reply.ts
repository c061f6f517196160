/** Which rule a reply is of: by its words, then by its code. */

import { GMAIL_REPLIES } from "./gmail-replies.ts";
import type { BounceRule } from "./reading.ts";

/** Lower case, nothing but letters and digits: what no wrapping, quoting or punctuation changes. */
export function squash(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "");
}

/** Words that only Gmail uses; a reply with them is Gmail's even where its closing token was cut off. */
export const GMAIL_WORDS: readonly string[] = [
  "gmailrequires", "gmailhasdetected", "gmaildoesnotaccept", "gmailusers", "ourbulkemailsendersguidelines", "bulkemailsendersguidelines", "mailisunauthenticated", "thedmarcinitiative", "pdmarcrejection",
  "emailaccountthatyoutriedtoreach", "theuseryouaretryingtocontactisreceivingmail", "exceededgooglesmessage", "oursystemhasdetectedthatthismessage", "oursystemhasdetectedanunusualrate", "emailhasbeenblockedbecausethesenderisunauthenticated",
  "mailhasbeenblockedbecausethesenderisunauthenticated", "ipv6sendingguidelines", "hasanspfrecordwithahardfailpolicy", "isnotacceptedduetodomainsdmarcpolicy", "theuserordomainthatyouaresendingtoorfrom", "theipyoureusingtosendmailisnotauthorized",
  "doesnothaveauthenticationinformationorfails", "ipaddresssendingthismessagedoesnothaveaptrrecord", "spfrecordofthesendingdomainhasoneormoresuspicious", "ipnotinwhitelistforrcptdomain", "tlsrequiredforrcptdomain", "spfanddkimbothdonotpass", "dkimdidnotpassspf",
];

export interface ReplyFacts {
  readonly code: number | null;
  readonly enhancedCode: string | null;
  /** The reply, squashed. */
  readonly letters: string;
  /** The reply ends in `gcdp`: the recipient's administrator wrote the rule. */
  readonly recipientsRule: boolean;
}

/** By words first. Null where none of ours are in it. */
export function ruleByWords({ letters, recipientsRule }: ReplyFacts): BounceRule | null {
  if (recipientsRule) return "recipient-policy";
  const found = GMAIL_REPLIES.find((reply) => reply.phrases.some((phrase) => letters.includes(phrase)));
  if (found !== undefined) return found.rule;
  if (violatesPolicy(letters)) return "recipient-policy";
  return neitherPasses(letters) ? "unauthenticated" : null;
}

/** The results alone, where the sentence before them was not pasted: "DKIM = did not pass SPF [example.com] with ip: [192.0.2.1] = did not pass" */
function neitherPasses(letters: string): boolean {
  const at = letters.indexOf("dkimdidnotpassspf");
  const ip = at === -1 ? -1 : letters.indexOf("withip", at);
  return ip !== -1 && ip - at < 300 && letters.slice(ip, ip + 60).includes("didnotpass");
}

/** "This message violates example.com email policy" */
function violatesPolicy(letters: string): boolean {
  const at = letters.indexOf("messageviolates");
  return at !== -1 && letters.slice(at, at + 290).includes("emailpolicy");
}

/** By code alone, where Gmail gives it one meaning. */
export function ruleByCode({ code, enhancedCode }: Pick<ReplyFacts, "code" | "enhancedCode">): BounceRule | null {
  if (enhancedCode === null) return null;
  const twin = enhancedCode.slice(2);
  const exact = `${code ?? (enhancedCode.startsWith("4") ? 450 : 550)}/${twin}`;
  const found = GMAIL_REPLIES.find((reply) => reply.codes.includes(exact)) ?? GMAIL_REPLIES.find((reply) => reply.codes.includes(twin));
  return found?.rule ?? null;
}
