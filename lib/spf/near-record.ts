/**
 * TXT records that were meant as SPF records and are none. RFC 7208 section 4.5 takes a text for one only when it begins with
 * exactly "v=spf1", followed by a space or nothing: an invisible character in front, a quotation mark or a full-width letter,
 * and receivers say "none", while the person who looks at the control panel sees a record.
 *
 * Only told here; `correct/` says how such a record has to be written.
 */

import { BLANK, plainText } from "./correct/typography.ts";

export const NEAR_RECORD_REASONS = ["byte-order-mark", "invisible-character", "blank-in-front", "odd-space", "quotes", "wide-letters", "no-space", "version", "sender-id", "text-in-front"] as const;

/**
 * What keeps receivers from seeing the record.
 * - `byte-order-mark`, `invisible-character`, `blank-in-front`, `quotes`, `text-in-front`: what stands before the version (an invisible
 *   character also within it). - `odd-space`: after the version stands a blank that is no space. - `no-space`: nothing parts the version
 *   from what follows. - `wide-letters`: letters that are not ASCII. - `version`: misspelt. - `sender-id`: `spf2.0/…`, another, given-up standard.
 */
export type NearRecordReason = (typeof NEAR_RECORD_REASONS)[number];

export interface NearRecord {
  readonly reason: NearRecordReason;
  /** The record's beginning as published, up to where the reason shows and a little more. */
  readonly start: string;
  /** The record that it was meant to be, from "v=spf1" on, faults of its terms and all; null where that can't be told, as for Sender ID. */
  readonly meant: string | null;
  /** The text holds nothing else: what replaces the record replaces the text. */
  readonly whole: boolean;
}

/** What counts stands at the very start; a longer text is not read further than this. */
const LONGEST_START = 300;
const SHOWN = 48;
/** No record that can be published is longer. */
const LONGEST_TEXT = 8192;

const VERSION = /^v=spf1(?: |$)/i;
const MARK = /^(?:\ufeff|ï»¿)/;
const UNSEEN = /\u034f|(?![\t\n\v\f\r\u0085])[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;
const QUOTE = /["'`\\\u00b4\u2018-\u201f\u2039\u203a\u00ab\u00bb\u300c-\u300f\u301d-\u301f\u2032\u2033\uff02\uff07]/;
const BLANK_AT_START = new RegExp(`^${BLANK}`);
const IN_FRONT = new RegExp(`^(?:${BLANK}|${QUOTE.source}|${UNSEEN.source}|ï»¿)+`, "u");
/** A term: the rest reads like a record, and is no prose that happens to name SPF. */
const TERM = /(?:^|[\s;,])(?:[-+~?]all(?![a-z\d.])|[-+~?]?mx(?![a-z\d.])|[-+~?]?(?:include|ipv?[46]|exists|redirect|a|mx)[:=])/i;

/** `text`: a TXT record, its strings joined. Null for an SPF record, and for what has nothing to do with SPF. */
export function nearRecord(text: string): NearRecord | null {
  const head = text.slice(0, LONGEST_START);
  const reason = VERSION.test(text) ? null : reasonOf(head);
  return reason === null ? null : { reason, start: head.slice(0, SHOWN), meant: text.length > LONGEST_TEXT ? null : meantBy(text, reason), whole: reason !== "text-in-front" || isZoneLine(head) };
}

const VERSION_MISSPELT = /^(?:(?:v|version)\s*[=:]{1,2}\s*(?:spf|sfp|psf)[-_.]?[\dil]*(?:\.\d+)?|=?spf[-_.]?[1il])[\s;,:.]*/i;

function meantBy(text: string, reason: NearRecordReason): string | null {
  if (reason === "sender-id") return null;
  const from = reason === "text-in-front" ? text.slice(text.search(/v=spf1 /i)) : text.replace(/^ï»¿/, "");
  const plain = plainText(from).trim();
  const terms = plain.replace(/^v=spf1(?![\d.])[\s;,:]*/i, "");
  const rest = terms === plain ? plain.replace(VERSION_MISSPELT, "") : terms;
  return rest === plain ? null : `v=spf1 ${rest}`.trim();
}

/** What stands before the record's text on a line of a zone file: owner, TTL, class, type. RFC 1035 section 5.1 */
function isZoneLine(head: string): boolean {
  const before = head.slice(0, head.search(/v=spf1 /i)).split(/[\s"'(:=]+/).filter((word) => word !== "");
  return before.every((word) => /^(?:@|in|txt|spf|\d+|[a-z\d.-]+\.)$/i.test(word));
}

function reasonOf(head: string): NearRecordReason | null {
  const bare = head.replace(IN_FRONT, "");
  if (/^spf2\.0\//i.test(bare)) return "sender-id";
  if (VERSION.test(bare)) return reasonInFront(head);
  return attached(bare) ?? altered(bare) ?? (textInFront(bare) ? "text-in-front" : null);
}

function reasonInFront(head: string): NearRecordReason {
  if (MARK.test(head)) return "byte-order-mark";
  if (head.charAt(0).replace(UNSEEN, "") === "") return "invisible-character";
  return BLANK_AT_START.test(head) ? "blank-in-front" : "quotes";
}

/** The version is there, and something other than a space behind it. */
function attached(bare: string): NearRecordReason | null {
  if (!/^v=spf1/i.test(bare)) return null;
  const next = bare.charAt(6);
  if (next.replace(UNSEEN, "") === "") return "invisible-character";
  if (BLANK_AT_START.test(next)) return "odd-space";
  if (QUOTE.test(next)) return "quotes";
  return /[\d.]/.test(next) ? "version" : "no-space";
}

/** Not "v=spf1" by its letters, and meant as that. */
function altered(bare: string): NearRecordReason | null {
  const seen = bare.replace(UNSEEN, "");
  if (seen !== bare && /^v=spf1/i.test(seen)) return "invisible-character";
  const plain = plainText(bare);
  if (/^v=spf1(?![a-z\d])/i.test(plain)) return /^[^a-z]*["'`\\]/i.test(bare) || QUOTE.test(bare.slice(0, 8)) ? "quotes" : "wide-letters";
  const isMeant = /^(?:v|version)\s*[=:]{1,2}\s*(?:spf|sfp|psf)/i.test(plain) || /^=?spf[-_.]?[1il](?![a-z\d/])/i.test(plain);
  return isMeant && TERM.test(plain) ? "version" : null;
}

/** A whole zone-file line, or two records in one. */
function textInFront(bare: string): boolean {
  const at = bare.search(/v=spf1 /i);
  return at > 0 && /[\s"'=:;,([]/.test(bare.charAt(at - 1)) && TERM.test(bare.slice(at + 6));
}
