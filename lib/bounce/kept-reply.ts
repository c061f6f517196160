/**
 * What is kept of a reply: its own words. A text that had no line ends left, or that speaks of a refusal in prose, brings more with
 * it: headers, a greeting, what somebody wrote above or below.
 */

import { GMAIL_REPLIES } from "./gmail-replies.ts";
import { withoutInside } from "./inside.ts";
import { redacted } from "./redact.ts";
import type { Reply } from "./reply.ts";
import { GMAIL_WORDS } from "./rule-of-reply.ts";

type Told = Pick<Reply, "text" | "begun" | "closed" | "code" | "enhancedCode">;

/** What no reply goes on behind, wherever it stands. Gmail itself writes "the From: header". */
const FOREIGN =
  /\s(?:(?:Subject|Received|Return-Path|To|Cc|Date|Message-I[Dd]|DKIM-Signature|X-[A-Za-z-]{2,40}|Content-[A-Za-z-]{2,40}|MIME-Version|Authorization|[Pp]assword|Reporting-MTA|Final-Recipient|Action|Remote-MTA|Original message headers):|From:(?! header)|(?:EHLO|HELO|AUTH PLAIN|AUTH LOGIN|Dear|Hi|Hello|Regards|Thanks)\b|-{4,})/;
const CLOSING = /\S{0,120}\s?-?\s?\bgsmtp\b/i;

/** Gmail's own; the header field of that name goes on with a host. */
const RESULTS = ["authenticationresultsdkim", "authenticationresultsspf"];

export function keptReply(reply: Told, keepAddresses: boolean): string {
  const own = ownWords(reply);
  return keepAddresses ? withoutInside(own) : redacted(own);
}

function ownWords({ text, begun, closed, code, enhancedCode }: Told): string {
  const closing = closed ? CLOSING.exec(text) : null;
  const ended = closing === null ? text : text.slice(0, closing.index + closing[0].length);
  const stop = FOREIGN.exec(ended);
  if (closing !== null) return begun && stop === null ? ended : `${heading(text, code, enhancedCode)}${telling(ended.slice(0, closing.index)).trimEnd()} ${closing[0].trim()}`;
  const stopped = stop === null || stop.index < 12 ? ended : ended.slice(0, stop.index);
  return code === null && enhancedCode === null ? telling(stopped) : stopped;
}

/** The codes, where the text begins with them. */
function heading(text: string, code: number | null, enhancedCode: string | null): string {
  const codes = [code, enhancedCode].filter((part) => part !== null).map((part) => `${part} `).join("");
  return text.startsWith(codes) ? codes : "";
}

/** Of prose, the sentences that hold words of the catalogue; of the first, what stands before these words is somebody else's. */
function telling(text: string): string {
  return text
    .split(/(?<=[.!?。])\s/)
    .flatMap((sentence) => {
      const at = knownAt(sentence);
      return at === null ? [] : [sentence.slice(withOpening(sentence, at))];
    })
    .join(" ");
}

/** The catalogue's words leave out how a sentence of Gmail's opens. */
function withOpening(sentence: string, at: number): number {
  const opening = /\b(?:your|this|the|our) $/i.exec(sentence.slice(0, at));
  return opening === null ? at : opening.index;
}

/** Where the first words of the catalogue begin in a sentence; null where it has none. */
function knownAt(sentence: string): number | null {
  const kept: number[] = [];
  let letters = "";
  const lower = sentence.toLowerCase();
  for (let at = 0; at < lower.length; at += 1) {
    const character = lower[at] ?? "";
    if (!/[a-z0-9]/.test(character)) continue;
    letters += character;
    kept.push(at);
  }
  const found = [...RESULTS, ...GMAIL_WORDS, ...GMAIL_REPLIES.flatMap(({ phrases }) => phrases)].map((words) => letters.indexOf(words)).filter((at) => at !== -1);
  return found.length === 0 ? null : (kept[Math.min(...found)] ?? null);
}
