/** Gmail's replies that fit what somebody typed: a code, a piece of a reply, or words of our own pages. */

import { type GmailReply, REPLY_GROUPS } from "../../lib/bounce/gmail-replies.ts";
import { repliesAbout } from "../../lib/bounce/replies-about.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { repliesOf } from "./replies.ts";
import { stepsOf } from "./reply-steps.tsx";

/** As many characters of a query as are looked at. */
export const QUERY_MAX = 500;

/** Code and Gmail's words first; else every reply on whose page all the words stand. */
export function searchReplies(t: Translator, query: string): readonly GmailReply[] {
  const text = query.slice(0, QUERY_MAX);
  const { replies } = repliesAbout(text);
  if (replies.length > 0) return replies;
  const words = text.normalize("NFKC").toLowerCase().split(/[\s,;:()[\]"“”「」、。]+/u).filter((word) => word !== "");
  if (words.length === 0) return [];
  const commonestFirst = REPLY_GROUPS.flatMap(repliesOf);
  return commonestFirst.filter((reply) => {
    const page = pageText(t, reply);
    return words.every((word) => page.includes(word));
  });
}

/** What the page of a reply says of it alone. */
function pageText(t: Translator, reply: GmailReply): string {
  const { rule, wordings, enhanced } = reply;
  const said = [t(`docs.name.${rule}`), t(`docs.why.${rule}`), t(`finding.bounce.${rule}.title`, { domain: "", enhancedCode: "" }), ...stepsOf(t, rule).map((key) => t(key))];
  return [rule, ...wordings, ...enhanced, ...said].join(" ").normalize("NFKC").toLowerCase();
}

