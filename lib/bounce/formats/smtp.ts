/** The general case: replies anywhere in a text, with whatever a dialogue, a report's words or returned headers around them tell of the sender. */

import { type Headers, headerBlocks, isMailerDaemon, isWhole, readHeaders } from "../headers.ts";
import { findReplies } from "../find-replies.ts";
import type { Format, Paste, Sighting } from "./format.ts";
import { greetedAddress, labelledHeaderFrom, labelledHelo, labelledMailFrom, lastMailFrom, ownAddress, recipientDomains, speakerIn } from "./labels.ts";

export const smtp: Format = { name: "smtp", confidence: "medium", detect: ({ text, parts }) => findReplies(parts?.body ?? text).length > 0 || findReplies(text).length > 0, extract: fromText };

/** Each reply with the lines before it; what these don't tell is taken from the whole text. */
export function fromText(paste: Paste): readonly Sighting[] {
  const inBody = paste.parts === null ? [] : findReplies(paste.parts.body);
  const text = inBody.length > 0 ? paste.parts?.body ?? paste.text : paste.text;
  const replies = inBody.length > 0 ? inBody : findReplies(text);
  const headers = returnedHeaders(paste);
  const recipients = recipientDomains(paste.text);
  const whole = labelsIn(text);
  let from = 0;
  return replies.map((reply, index) => {
    const at = text.indexOf(reply, from);
    const end = at === -1 ? text.length : at + reply.length;
    const own = replies.length === 1 ? whole : labelsIn(text.slice(Math.max(0, from, end - 20_000), index === replies.length - 1 ? end + 5000 : end));
    const inDialogue = lastMailFrom(text.slice(Math.max(0, from, end - 20_000), at === -1 ? end : at));
    from = Math.min(end, text.length);
    return {
      reply,
      ...codesApart(text.slice(end, end + 200)),
      speaker: own.speaker ?? whole.speaker,
      mailFrom: inDialogue !== undefined ? inDialogue : own.mailFrom === undefined ? whole.mailFrom : own.mailFrom,
      headerFrom: own.headerFrom ?? whole.headerFrom,
      helo: own.helo ?? whole.helo,
      ...(own.ip === null ? { ip: whole.ip, ipFrom: whole.ipFrom } : { ip: own.ip, ipFrom: own.ipFrom }),
      headers,
      recipients,
    };
  });
}

/** PHPMailer takes the codes out of the reply and tells them behind it. */
function codesApart(text: string): Pick<Sighting, "code" | "enhancedCode"> {
  const [, code, enhancedCode = null] = /^\s{0,20}SMTP code:\s{0,4}([45]\d\d)(?:\s{1,4}Additional SMTP info:\s{0,4}([45]\.\d{1,3}\.\d{1,3}))?/i.exec(text) ?? [];
  return code === undefined ? {} : { code: Number(code), enhancedCode };
}

function labelsIn(text: string) {
  const greeted = greetedAddress(text);
  const ipFrom: Sighting["ipFrom"] = greeted === null ? undefined : "greeting";
  return { speaker: speakerIn(text), mailFrom: labelledMailFrom(text), headerFrom: labelledHeaderFrom(text), helo: labelledHelo(text), ip: greeted ?? ownAddress(text), ipFrom };
}

/** The header of the message that was refused: its own part, else the last header in the text that no mailer wrote for itself. */
export function returnedHeaders({ text, parts }: Paste): Headers | null {
  const returned = parts === null || parts.returned === "" ? [] : headerBlocks(parts.returned).slice(0, 1);
  const blocks = returned.length > 0 ? returned : headerBlocks(parts === null ? text : parts.body).filter((block) => !isMailerDaemon(block));
  const block = blocks.at(-1);
  return block === undefined || !isWhole(block) ? null : readHeaders(block);
}
