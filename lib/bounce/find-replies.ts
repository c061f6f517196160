/** Where SMTP replies stand in a text: a refusal begins at its codes, and Gmail's end at its closing token. */

import { GMAIL_WORDS, ruleByWords, squash } from "./rule-of-reply.ts";

/** A reply code with its enhanced code (RFC 3463), as mailers and programs write them: `550-5.7.26`, `550 5.7.26`, `(550, b'5.7.26`, `#550 #5.7.26`. */
const CODE_PAIR = /(?<![\d.])([45]\d\d)[-\s,#:;'"b(]{1,8}([45]\.[0-7]\.\d{1,3})(?!\.?\d)/g;
const LONE_ENHANCED = /(?<![\w.])[45]\.[0-7]\.\d{1,3}(?![\w-]|\.\d)/;
const LONE_CODE = /(?:^|said:|says:|smtp;|was:|returned:?|response:|replied:|after [\w ]{1,40}:)[\s'"(]{0,12}[45]\d\d(?=[- ][A-Z<["'])/im;
const CLOSING = /\bgsmtp\b|\bgcdp\b(?!\s[\s\S]{0,90}\bgsmtp\b)/gi;
/** Lines behind which no reply goes on. */
const STOP = /\(in reply to|\n(?:Reporting-MTA|Final-Recipient|Original-Recipient|Action|Status|Remote-MTA|Last-Attempt-Date|Diagnostic-Code|Received|Return-Path|From|To|Subject|Date|Message-ID|Content-[a-z-]{1,40}|MIME-Version|Original message headers|-{2,}[^\n]{0,80}|QUIT|RSET|MAIL FROM)\b/i;

/** Gmail's longest reply is under a kilobyte; wrapping and quoting may double it. */
export const REPLY_MAX = 3000;
const REPLIES_MAX = 1000;
/** No refusal is told in fewer characters. */
const WORDS_MIN = 24;

interface Codes {
  readonly at: number;
  readonly end: number;
  readonly codes: string;
}

/** The refusals of a text, in order. Empty where it holds none. */
export function findReplies(text: string): readonly string[] {
  const coded = findCodedReplies(text);
  if (coded.length > 0) return coded;
  const lone = LONE_CODE.exec(text) ?? LONE_ENHANCED.exec(text);
  if (lone !== null) {
    const cut = stopped(text.slice(lone.index, lone.index + REPLY_MAX).replace(/^\s+/, ""));
    if (isRefusal(cut) || lone[0].trim().length === text.trim().length || text.trim().startsWith(cut.slice(0, 12))) return [cut];
  }
  return isRefusal(text.slice(0, 20_000)) ? [text.slice(0, REPLY_MAX)] : [];
}

/** Those that codes begin or Gmail's token closes; words alone don't count. */
export function findCodedReplies(text: string): readonly string[] {
  const closed = closedReplies(text);
  return closed.length > 0 ? closed : openReplies(text);
}

/** A long text may speak of replies without being one: there only Gmail's own words count. */
function isRefusal(text: string): boolean {
  const letters = squash(text);
  return GMAIL_WORDS.some((words) => letters.includes(words)) || (text.length < 1500 && ruleByWords({ code: null, enhancedCode: null, letters, recipientsRule: false }) !== null);
}

function codesIn(text: string): readonly Codes[] {
  const found: Codes[] = [];
  for (const match of text.matchAll(CODE_PAIR)) found.push({ at: match.index, end: match.index + match[0].length, codes: `${match[1] ?? ""} ${match[2] ?? ""}` });
  return found;
}

/** Replies that end in Gmail's `gsmtp`. What stands between two of these and has no refusal code is an acceptance, or a banner. */
function closedReplies(text: string): readonly string[] {
  const replies: string[] = [];
  let from = 0;
  let wordless = 0;
  for (const closing of text.matchAll(CLOSING)) {
    const end = closing.index + closing[0].length;
    const segment = text.slice(Math.max(from, end - 2 * REPLY_MAX), end);
    from = end;
    const start = startOfLast(codesIn(segment));
    if (start !== null) replies.push(segment.slice(start));
    else if (segment.length >= WORDS_MIN && !/(?:^|[^\d.])2\d\d[- ]/.test(segment.slice(-300))) {
      if (isRefusal(segment)) replies.push(segment.slice(-REPLY_MAX));
      else wordless += 1;
    }
    if (replies.length >= REPLIES_MAX || wordless >= REPLIES_MAX) break;
  }
  return replies;
}

/** Where the run of equal codes begins that the segment ends with. A hard wrap may cut one of them, so a shorter form of the same code goes on. */
function startOfLast(codes: readonly Codes[]): number | null {
  const last = codes.at(-1);
  if (last === undefined) return null;
  let start = last.at;
  for (const one of codes.toReversed()) {
    if (!one.codes.startsWith(last.codes) && !last.codes.startsWith(one.codes)) break;
    start = one.at;
  }
  return start;
}

function openReplies(text: string): readonly string[] {
  const all = codesIn(text);
  const replies: string[] = [];
  for (let index = 0; index < all.length && replies.length < REPLIES_MAX; ) {
    const first = all[index];
    if (first === undefined) break;
    let next = index + 1;
    let lastEnd = first.end;
    for (let one = all[next]; one !== undefined && one.codes === first.codes && one.at - lastEnd < 400 && !STOP.test(text.slice(lastEnd, one.at)); one = all[next]) {
      lastEnd = one.end;
      next += 1;
    }
    const limit = Math.min(all[next]?.at ?? text.length, lastEnd + 1200);
    replies.push(text.slice(first.at, lastEnd) + stopped(text.slice(lastEnd, limit)));
    index = next;
  }
  return replies;
}

/** Up to the next line that cannot belong to a reply, or a blank one. */
function stopped(text: string): string {
  const stop = STOP.exec(text)?.index ?? text.length;
  const blank = /\n[ \t]*\n/.exec(text)?.index ?? text.length;
  return text.slice(0, Math.min(stop, blank));
}
