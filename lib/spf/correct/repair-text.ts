/**
 * The text of a published record, read word by word. A record without a fault comes back as it is; in a broken one every
 * word becomes the terms it must have meant, or is given up, with the reason.
 */

import type { SpfChangeReason } from "../types.ts";
import { type Line, VERSION } from "./draft.ts";
import { isSound, oddName, type RepairedTerms, termsMeant } from "./repair-term.ts";
import { termOf } from "./term.ts";
import { BLANK, ESCAPED_SPACE, WORD, isSplitBetween, plainText, withoutQuotes } from "./typography.ts";

/** A record longer than this is no slip of the hand; RFC 7208 section 3.4 advises 450 octets. */
const LONGEST_RECORD = 8192;
const MOST_WORDS = 500;

/** Reasons of changes that read a faulty text as it must have been meant. */
export const REPAIRS: ReadonlySet<SpfChangeReason | null> = new Set<SpfChangeReason | null>(["syntax-repaired", "misspelt-mechanism", "address-in-include", "version-repaired", "unreadable"]);

/** RFC 7208 section 4.5: the version, then a space or the end. */
export function hasVersion(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

/** Texts together so long that no record that can be published says the same: they are not read at all, so that reading them costs nobody anything. */
export function isTooLong(texts: readonly string[]): boolean {
  if (texts.reduce((sum, text) => sum + text.length, 0) > LONGEST_RECORD) return true;
  return texts.reduce((sum, text) => sum + words(text).length, 0) > MOST_WORDS;
}

/** The names in the record that nobody would choose: whether they are in DNS tells whether they are mistakes. */
export function oddNames(text: string): string[] {
  return words(text).flatMap((word) => oddName(word.text) ?? []).slice(0, 20);
}

/** The record's words as lines, version first. Null where the text is not an SPF record, not even a broken one. */
export function repairedLines(text: string, isReal: (name: string) => boolean = () => false): Line[] | null {
  if (text.length > LONGEST_RECORD) return null;
  const all = words(text);
  const version = versionOf(all);
  if (version === null) return null;
  const rest = all.slice(version.words);
  const lines = groups(version.left === "" ? rest : [{ text: version.left, raw: "" }, ...rest], isReal).flatMap((group) => linesOf(group, isReal));
  if (version.certain || lines.filter((line) => line.after !== null).length * 2 > lines.length) return [version.line, ...lines];
  return null;
}

interface Word {
  /** The word, and as it is published; "" for a word that stands attached to the one before it. */
  readonly text: string;
  readonly raw: string;
}

/** A blank that is no space belongs to the word after it as published: it is a fault to show. So does one before the version. */
function words(text: string): Word[] {
  const found: Word[] = [];
  for (const [, blanks = "", word = ""] of text.matchAll(new RegExp(`((?:${BLANK}|${ESCAPED_SPACE})*)((?:(?!${ESCAPED_SPACE})${WORD})+)`, "g"))) {
    found.push({ text: word, raw: found.length === 0 || /[^ ]/.test(blanks) ? `${blanks}${word}` : word });
  }
  return found;
}

interface Version {
  readonly line: Line;
  readonly words: number;
  /** What stands behind the version without a space. */
  readonly left: string;
  /** False where `v=` is missing: then the rest must read like a record. */
  readonly certain: boolean;
}

const VERSION_MEANT = /^(?:v[=:]{1,2}spf[-_.]?(?:[123il](?:\.0)?)?|=?spf[1il])(?![a-z\d/])[;,:.]*/i;
const VERSION_ATTACHED = /^v=spf1(?=[-+~?]all|[-+~?]?(?:include|ip[46]|a|mx|exists|redirect)[:=])/i;

function versionOf(all: readonly Word[]): Version | null {
  const [first] = all;
  if (first === undefined) return null;
  if (/^v=spf1$/i.test(first.raw)) return { line: { before: first.raw, after: first.text, reason: null }, words: 1, left: "", certain: true };
  for (const count of [4, 3, 2, 1]) {
    const taken = all.slice(0, count);
    const text = plainText(taken.map((word) => word.text).join(""));
    const match = (VERSION_ATTACHED.exec(text) ?? VERSION_MEANT.exec(text))?.[0];
    if (match === undefined || taken.length < count) continue;
    const left = text.slice(match.length);
    // Only the last word may reach beyond the version.
    if (left.length >= plainText(taken.at(-1)?.text ?? "").length) continue;
    const raw = taken.map((word) => word.raw).join(" ");
    return { line: { before: raw, after: VERSION, reason: "version-repaired" }, words: count, left, certain: /^v/i.test(match) };
  }
  return null;
}

/** Words that belong together: `ip4: 192.0.2.1`, `- all`, a name cut in two by the quotes of character-strings. */
function groups(all: readonly Word[], isReal: (name: string) => boolean): Word[] {
  const grouped: Word[] = [];
  for (const word of all) {
    const previous = grouped.at(-1);
    if (previous === undefined || !belongTogether(previous.text, word.text, isReal)) grouped.push(word);
    else grouped[grouped.length - 1] = { text: `${plainText(previous.text)}${plainText(word.text)}`, raw: `${previous.raw} ${word.raw}` };
  }
  return grouped;
}

function belongTogether(left: string, right: string, isReal: (name: string) => boolean): boolean {
  const [plainLeft, plainRight] = [plainText(left), plainText(right)];
  if (isSound(right, isReal) && !/^[-+~?]$/.test(plainLeft)) return false;
  if (/^[-+~?]$/.test(plainLeft)) return /^[a-z]/i.test(plainRight);
  if (/^[-+~?]?(?:include|ipv?[46]?|a|mx|exists|ptr|redirect|exp)[:=]$/i.test(plainLeft)) return termsMeant(plainRight, null) === null || !/^[-+~?]?[a-z]+[46]?(?:[:=]|$)/i.test(plainRight);
  if (/^[-+~?]?(?:include|ipv?[46]|a|mx|exists|ptr|redirect|exp)$/i.test(plainLeft) && /^[:=]./.test(plainRight)) return true;
  if (/^[:=]$/.test(plainRight)) return /^[-+~?]?[a-z]+[46]?$/i.test(plainLeft);
  if (/^\/\d/.test(plainRight)) return termOf(`${plainLeft}${plainRight}`) !== null;
  return isSplitBetween(left, right) && (termOf(plainLeft) === null || termsMeant(plainRight, null) === null);
}

function linesOf(word: Word, isReal: (name: string) => boolean): Line[] {
  const before = word.raw === "" ? null : word.raw;
  if (word.raw === word.text && isSound(word.text, isReal)) return [{ before, after: word.text, reason: null }];
  const plain = plainText(word.text);
  const found: { after: string; reason: SpfChangeReason }[] = [];
  let previous: string | null = null;
  // A comma between braces is a macro's delimiter (RFC 7208 section 7.1).
  for (const piece of plain.includes("%{") ? [plain] : plain.split(/[,;]/)) {
    const meant: RepairedTerms | null = piece === "" ? null : termsMeant(piece, previous);
    found.push(...(meant?.terms.map((after) => ({ after, reason: meant.reason })) ?? []));
    previous = piece === "" ? previous : (meant?.terms.at(-1) ?? null);
  }
  const onlyQuotes = found.length === 1 && word.raw !== plain && withoutQuotes(word.raw) === found[0]?.after;
  if (found.length === 0) return before === null ? [] : [{ before, after: null, reason: plain === "" ? "quotes-removed" : "unreadable" }];
  return found.map(({ after, reason }, index) => ({ before: index === 0 ? before : null, after, reason: onlyQuotes ? "quotes-removed" : reason }));
}
