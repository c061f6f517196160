/** Mailbox addresses in a text: where they stand, and the text without their local parts. Whoever reads a report learns of domains, not of people. */

import { withoutInside } from "./inside.ts";
import { withoutEnd } from "./trim.ts";

export interface Mailbox {
  /** Where the local part begins. */
  readonly start: number;
  readonly at: number;
  /** Behind the last character of the domain. */
  readonly end: number;
  /** As written: `example.test`, `[192.0.2.1]`; empty where the text breaks off. */
  readonly domain: string;
}

/** RFC 5321 section 4.5.3.1: 64 octets; VERP and SRS forms in the wild are longer. */
const LOCAL_MAX = 300;
const DOMAIN_MAX = 255;
const LOCAL_END = /[\s<>()[\],;:"\\|]/;
const DOMAIN_END = /[^\p{L}\p{M}\p{N}._\u3002\uFF0E\uFF61-]/u;

/** Every address of a text, in order. Linear: no local part is looked at twice. */
export function mailboxes(text: string): readonly Mailbox[] {
  const found: Mailbox[] = [];
  let done = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const start = localStart(text, at, done);
    const end = domainEnd(text, at + 1);
    if (start < at) found.push({ start, at, end, domain: withoutEnd(text.slice(at + 1, end), ".") });
    done = at + 1;
  }
  return found;
}

function localStart(text: string, at: number, least: number): number {
  const limit = Math.max(least, at - LOCAL_MAX);
  if (text[at - 1] === '"') {
    const open = text.lastIndexOf('"', at - 2);
    if (open >= limit) return open;
  }
  let start = at;
  while (start > limit && !LOCAL_END.test(text[start - 1] ?? " ")) start -= 1;
  return start;
}

function domainEnd(text: string, from: number): number {
  if (text[from] === "[") {
    const close = text.indexOf("]", from);
    return close !== -1 && close - from < 60 ? close + 1 : from;
  }
  let end = from;
  while (end < text.length && end - from < DOMAIN_MAX && !DOMAIN_END.test(text[end] ?? " ")) end += 1;
  return end;
}

const MARK = "…";

/** Local parts replaced by `…`, whatever their form (quoted, plus-addressed, SRS, VERP, `%40` in links, broken over lines inside `< >`), and with them what belongs to the inside of a network. */
export function redacted(written: string): string {
  const text = withoutInside(written);
  let kept = "";
  let last = 0;
  for (const mailbox of mailboxes(text)) {
    const start = Math.max(angleStart(text, mailbox.start, last), last);
    kept += text.slice(last, start) + MARK;
    last = mailbox.at;
  }
  return (kept + text.slice(last)).replace(/[\w.+-]{1,300}%40/g, `${MARK}@`);
}

/** Inside `< >` everything before the "@" is the local part, even where a wrapped line put blanks into it. */
function angleStart(text: string, start: number, least: number): number {
  for (let at = start - 1; at >= least && start - at < LOCAL_MAX; at -= 1) {
    const character = text[at];
    if (character === "<") return at + 1;
    if (character === ">" || character === "@" || character === "(" || character === "[") return start;
  }
  return start;
}
