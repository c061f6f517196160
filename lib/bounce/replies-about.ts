/**
 * What replies of Gmail a few words can mean: a code alone, "550 5.7.25", or a piece of a reply with no sender in it.
 * The code alone often tells too little, so it gives all that come with it; words, where we know them, give the one.
 */

import { cleanText } from "./clean.ts";
import { GMAIL_REPLIES, type GmailReply, gmailReply } from "./gmail-replies.ts";
import { BOUNCE_RULES } from "./reading.ts";
import { ruleByWords, squash } from "./rule-of-reply.ts";

export interface RepliesAbout {
  /** The enhanced code that told, "5.7.26"; null where the words did, or nothing. */
  readonly enhancedCode: string | null;
  /** Those that it can be, the commonest first. */
  readonly replies: readonly GmailReply[];
}

/** A code and a sentence are short; a longer text is a message, which is read in other ways. */
const LOOKED_AT = 4000;

/** Takes any text, never fails; nothing of ours in it gives an empty list. */
export function repliesAbout(text: string): RepliesAbout {
  const clean = cleanText(text.slice(0, LOOKED_AT));
  const { code, enhancedCode } = codesIn(clean);
  const rule = ruleByWords({ code, enhancedCode, letters: squash(clean), recipientsRule: /\bgcdp\b/i.test(clean) });
  const told = rule === null ? undefined : gmailReply(rule);
  if (told !== undefined) return { enhancedCode: null, replies: [told] };
  return enhancedCode === null ? { enhancedCode, replies: [] } : { enhancedCode, replies: repliesForCode(enhancedCode, code) };
}

/**
 * The replies that come with an enhanced code ("5.7.26"), narrowed by the reply code (550) where that tells more.
 * A code that only its twin is known by (4.7.27 of 5.7.27) gives the twin's.
 */
export function repliesForCode(enhancedCode: string, code: number | null = null): readonly GmailReply[] {
  const twin = withoutClass(enhancedCode);
  const fitting = COMMONEST_FIRST.filter((reply) => code === null || !isOfOtherCode(reply, code, twin));
  const exact = fitting.filter((reply) => reply.enhanced.includes(enhancedCode));
  return exact.length > 0 ? exact : fitting.filter((reply) => [...reply.codes, ...reply.enhanced.map(withoutClass)].includes(twin));
}

/** The catalogue is in the order in which replies are told apart. */
const COMMONEST_FIRST = GMAIL_REPLIES.toSorted((a, b) => BOUNCE_RULES.indexOf(a.rule) - BOUNCE_RULES.indexOf(b.rule));

const withoutClass = (enhancedCode: string): string => enhancedCode.slice(2);

/** "552/7.0" with 550: of the same class, this reply has another code. */
function isOfOtherCode({ codes }: GmailReply, code: number, twin: string): boolean {
  const bound = codes.filter((known) => known.endsWith(`/${twin}`) && known.startsWith(String(code).charAt(0)));
  return bound.length > 0 && !bound.includes(`${code}/${twin}`);
}

function codesIn(text: string): { code: number | null; enhancedCode: string | null } {
  const found = /(?:(?<![\w.])([45]\d\d)[-\s,#_/]{1,4})?(?<![\w.])([45]\.[0-7]\.\d{1,3})(?!\w|\.\d)/.exec(text);
  return { code: found?.[1] === undefined ? null : Number(found[1]), enhancedCode: found?.[2] ?? null };
}
