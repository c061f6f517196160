/** Delivery status notifications (RFC 3464): a field block for the message, one for each recipient, and the returned header. */

import type { Domain } from "../../address/index.ts";
import { findReplies } from "../find-replies.ts";
import { squash } from "../rule-of-reply.ts";
import { type Header, headerBlock, type ReversePath } from "../headers.ts";
import { readReply } from "../reply.ts";
import type { Format, Paste, Sighting } from "./format.ts";
import { domainOf, labelledMailFrom } from "./labels.ts";
import { fromText, returnedHeaders } from "./smtp.ts";

export const dsn: Format = {
  name: "dsn",
  confidence: "high",
  detect: ({ text, parts }) => (parts !== null && parts.status !== "") || /^(?:Final-Recipient|Diagnostic-Code|Reporting-MTA):/im.test(text),
  extract,
};

const GROUPS_MAX = 200;
const REPLIES_MAX = 50;

interface Found {
  readonly reply: string;
  readonly enhancedCode: string | null;
  readonly letters: number;
}

function extract(paste: Paste): readonly Sighting[] {
  const status = paste.parts?.status ?? "";
  const groups = (status === "" ? statusFields(paste.text) : status).split(/\n[ \t]*\n/).slice(0, GROUPS_MAX).map(headerBlock);
  const body = paste.parts?.body ?? "";
  const inText = [...findReplies(body), ...(body === "" ? findReplies(paste.text) : [])].slice(0, REPLIES_MAX).map((reply) => ({ reply, enhancedCode: readReply(reply).enhancedCode, letters: squash(reply).length }));
  const headers = returnedHeaders(paste);
  const mailFrom = senderOf(groups, paste);
  const shared = fromText(paste)[0];
  const sightings = groups.flatMap((group): Sighting[] => {
    const field = (name: string): string | null => group.find((one) => one.name === name)?.value ?? null;
    const action = field("action")?.toLowerCase() ?? null;
    if ((field("final-recipient") ?? field("original-recipient") ?? field("diagnostic-code")) === null || action === "delivered" || action === "relayed" || action === "expanded") return [];
    const diagnostic = (field("diagnostic-code") ?? "").replace(/^[\w.-]{1,40}\s{0,3};\s{0,3}/, "");
    const recipient = domainOf(field("final-recipient") ?? field("original-recipient") ?? "");
    return [{
      reply: fullest(diagnostic, inText),
      speaker: (field("remote-mta") ?? "").replace(/^[\w.-]{1,20}\s{0,3};\s{0,3}/, "").split(" ")[0]?.replace(/\.$/, "").toLowerCase() || shared?.speaker || null,
      enhancedCode: /[245]\.\d{1,3}\.\d{1,3}/.exec(field("status") ?? "")?.[0] ?? null,
      permanent: action === "failed" ? true : action === "delayed" ? false : null,
      mailFrom,
      headerFrom: shared?.headerFrom ?? null,
      helo: null,
      headers,
      recipients: [...(shared?.recipients ?? []), ...(recipient === null ? [] : [recipient])],
    }];
  });
  return sightings.length > 0 ? sightings : fromText(paste);
}

/** The part of a text that looks like report fields, where the MIME around it was lost. */
function statusFields(text: string): string {
  const at = text.search(/^(?:Reporting-MTA|Original-Envelope-Id|Final-Recipient|Original-Recipient|Diagnostic-Code):/im);
  return at === -1 ? "" : text.slice(at);
}

/** Mailers shorten the field: the words in the report's text may tell more of the same reply. */
function fullest(diagnostic: string, inText: readonly Found[]): string {
  const { enhancedCode } = readReply(diagnostic);
  const same = inText.filter((found) => diagnostic === "" || found.enhancedCode === enhancedCode);
  const longest = same.reduce<Found | null>((best, found) => (best === null || found.letters > best.letters ? found : best), null);
  return longest !== null && (diagnostic === "" || longest.letters > squash(diagnostic).length + 20) ? longest.reply : diagnostic;
}

function senderOf(groups: readonly (readonly Header[])[], paste: Paste): ReversePath {
  const field = groups.flat().find(({ name }) => name === "x-postfix-sender" || name === "original-mail-from" || name === "x-original-mail-from")?.value;
  if (field === undefined) return labelledMailFrom(paste.parts?.body ?? paste.text);
  const domain: Domain | null = domainOf(field.replace(/^rfc822;\s*/i, ""));
  return domain ?? (/;\s*(?:<>)?$/.test(field) ? null : undefined);
}
