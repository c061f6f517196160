/** Gmail's replies in the order of the docs: by group, and in it the commonest first. */

import { GMAIL_REPLIES, type GmailReply, type ReplyGroup } from "../../lib/bounce/gmail-replies.ts";
import { BOUNCE_RULES } from "../../lib/bounce/reading.ts";

export function repliesOf(group: ReplyGroup): readonly GmailReply[] {
  return BOUNCE_RULES.flatMap((rule) => GMAIL_REPLIES.filter((reply) => reply.rule === rule && reply.group === group));
}
