/** What is said, beside an error, to somebody who handed in no more than a code or a piece of a reply: which replies it can be. */

import type { GmailRule } from "../../lib/bounce/gmail-replies.ts";
import { type RepliesAbout, repliesAbout } from "../../lib/bounce/replies-about.ts";
import type { Translator } from "../../lib/messages/translate.ts";

/** Errors of a text in which no sender was found. */
const WITHOUT_SENDER: ReadonlySet<string> = new Set(["no-domain", "not-a-bounce", "invalid-domain"]);

/** Null where the error is about something else, or the text tells of no reply. */
export function repliesBeside(errorCode: string, input: string): RepliesAbout | null {
  if (!WITHOUT_SENDER.has(errorCode)) return null;
  const about = repliesAbout(input);
  return about.replies.length === 0 ? null : about;
}

export interface ReplyLink {
  readonly rule: GmailRule;
  readonly title: string;
}

/** The hint with what leads to the replies behind it, and the replies by name. */
export function hintWithReplies(t: Translator, hint: string, { enhancedCode, replies }: RepliesAbout): { readonly hint: string; readonly replies: readonly ReplyLink[] } {
  const about = enhancedCode === null ? t("docs.about.words") : t("docs.about.code", { enhancedCode, count: replies.length });
  return { hint: t("docs.about.hint", { hint, about }), replies: replies.map(({ rule }) => ({ rule, title: t(`docs.name.${rule}`) })) };
}
