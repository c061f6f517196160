/**
 * The lines of a paste in which something was found, for the reader of a report to check us by.
 *
 * It is made by what may stay, not by what must go: a word of the paste stays only if it is a word of the reply (which is kept
 * redacted), a value that was drawn out, the domain of a mailbox, a reply code, or a word of `excerpt-words.ts`. Every other word
 * becomes `…`, so that nobody's name, subject, body, password or host can be among what is left.
 */

import { unicodeDomain } from "../address/index.ts";
import { PLAIN_WORDS } from "./excerpt-words.ts";
import { chosenStretches, type Stretch } from "./excerpt-lines.ts";
import { isGoogle } from "./headers.ts";
import { isInsideName } from "./inside.ts";
import type { Place, PlaceField } from "./reading.ts";
import { mailboxes } from "./redact.ts";

export interface Mark {
  readonly field: PlaceField;
  readonly value: string;
  /** Into the excerpt, in UTF-16 code units. */
  readonly at: number;
  readonly length: number;
}

export interface Excerpt {
  readonly text: string;
  /** In the order of the text; one that holds another comes before it. */
  readonly marks: readonly Mark[];
  /** Whether something that was found stands in none of the lines, because there were too many. */
  readonly cut: boolean;
}

export interface ExcerptRequest {
  /** As it was pasted. */
  readonly raw: string;
  readonly places: readonly Place[];
  /** The reply as it is kept. */
  readonly reply: string;
  readonly keepAddresses: boolean;
}

const OMITTED = "…";
const WORD = /[\p{L}\p{M}\p{N}_.+%-]+/gu;

/** Null where no place is known. */
export function excerpt({ raw, places, reply, keepAddresses }: ExcerptRequest): Excerpt | null {
  const shown = places.filter(isShowable);
  if (shown.length === 0) return null;
  const replyWords = new Set(Array.from(reply.matchAll(WORD), ([word]) => plain(word)));
  const { stretches, cut } = chosenStretches(raw, shown, (word) => replyWords.has(plain(word)));
  const values = new Set(shown.map(({ value }) => plain(value)));
  const hidden = [...(keepAddresses ? [] : locals(raw, stretches)), ...plainHosts(raw, stretches)];
  const writing: Writing = { raw, replyWords, replyLetters: letters(reply), values, hidden, domains: mailboxDomains(raw, stretches) };
  return { ...written(stretches, shown, writing), cut };
}

/** What names a host of the inside is not kept, so its place is not shown. */
function isShowable({ field, value }: Place): boolean {
  return !((field === "helo" || field === "message-id-host" || field === "recipient") && isInsideName(value));
}

interface Writing {
  readonly raw: string;
  readonly replyWords: ReadonlySet<string>;
  readonly replyLetters: string;
  readonly values: ReadonlySet<string>;
  /** Where local parts stand, and hosts that may be called as a word of the reply is. */
  readonly hidden: readonly Stretch[];
  /** Where the domains of mailboxes begin and end. */
  readonly domains: ReadonlyMap<number, number>;
}

/** Labels that an "=" ties to an address. */
const TIED_LABEL = /^(?:from|to|orig_to|ctladdr|envelope-from|smtp\.mailfrom|header\.(?:from|i))=/i;

function locals(raw: string, stretches: readonly Stretch[]): readonly Stretch[] {
  return stretches.flatMap(({ from, to }) =>
    mailboxes(raw.slice(from, to)).map(({ start, at }) => {
      const label = TIED_LABEL.exec(raw.slice(from + start, from + at))?.[0] ?? "";
      return { from: from + start + label.length, to: from + at };
    }),
  );
}

/** A log's own host behind the time, and single labels before an address or behind HELO: "mail" is one of the commonest. */
function plainHosts(raw: string, stretches: readonly Stretch[]): readonly Stretch[] {
  const label = /^(?:[a-z]{3} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\S{8,30}) ([\w-]{1,63}) |\b(?:helo[ =]<?|ehlo |from |by |host |relay=)([\w-]{1,63})(?=[>)]|\s?[[(]|$)/dgim;
  return stretches.flatMap(({ from, to }) =>
    Array.from(raw.slice(from, to).matchAll(label)).flatMap(({ indices }) => {
      const [start, end] = indices?.[1] ?? indices?.[2] ?? [0, 0];
      return end > start ? [{ from: from + start, to: from + end }] : [];
    }),
  );
}

function mailboxDomains(raw: string, stretches: readonly Stretch[]): ReadonlyMap<number, number> {
  return new Map(stretches.flatMap(({ from, to }) => mailboxes(raw.slice(from, to)).filter(({ domain }) => !isInsideName(domain)).map(({ at, end }) => [from + at + 1, from + end])));
}

function written(stretches: readonly Stretch[], places: readonly Place[], writing: Writing): Pick<Excerpt, "text" | "marks"> {
  const page = new Page();
  const marks: Mark[] = [];
  stretches.forEach(({ from, to }, index) => {
    const before = stretches[index - 1];
    if (before !== undefined) page.breakLine(before.to + 2 < from);
    const within = places.filter(({ offset, length }) => offset >= from && offset + length <= to);
    const edges = [...new Set([from, to, ...within.flatMap(({ offset, length }) => [offset, offset + length])])].sort((a, b) => a - b);
    const placed = new Map<number, number>();
    edges.forEach((edge, place) => {
      const holding = within.filter(({ offset, length }) => offset <= edge && edge < offset + length);
      if (holding.length > 0 || within.some(({ offset, length }) => offset + length === edge)) page.keepApart();
      placed.set(edge, page.length);
      const next = edges[place + 1];
      if (next !== undefined) write(page, edge, next, holding, writing);
    });
    for (const { field, value, offset, length } of within) {
      const at = placed.get(offset) ?? 0;
      const end = placed.get(offset + length) ?? at;
      if (end > at) marks.push({ field, value, at, length: end - at });
    }
  });
  return { text: page.text, marks: marks.sort((a, b) => a.at - b.at || b.length - a.length) };
}

function write(page: Page, from: number, to: number, holding: readonly Place[], writing: Writing): void {
  const piece = writing.raw.slice(from, to);
  let last = 0;
  for (const match of piece.matchAll(WORD)) {
    page.add(piece.slice(last, match.index));
    last = match.index + match[0].length;
    for (const [word, at] of unhidden(match[0], from + match.index, writing.hidden)) {
      if (word !== null && stays(word, at, holding, writing)) page.add(word);
      else page.omit();
    }
  }
  page.add(piece.slice(last));
}

/** A word in pieces: null for what is hidden. */
function unhidden(word: string, at: number, hidden: readonly Stretch[]): readonly (readonly [string | null, number])[] {
  const one = hidden.find(({ from, to }) => from < at + word.length && to > at);
  if (one === undefined) return [[word, at]];
  const end = Math.min(word.length, one.to - at);
  return [[null, at], ...(end < word.length ? unhidden(word.slice(end), at + end, hidden) : [])];
}

const CODE = /^(?:[2-5]\d\d[- ]?)?(?:[245]\.\d{1,3}\.\d{1,3})?$/;
const DATE_WORD = /^(?:\d{1,4}|\d{1,2}-[a-z]{3}-\d{2,4}|\d{1,2}[a-z]{3}\d{2,4}|[+-]?\d{4}|\d{4}-\d{2}-\d{2}(?:t\d{2})?|\d{2}(?:\.\d{1,9})?z?|z|utc|gmt|[bcejmp][sd]?t|cest|am|pm|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})$/;

function stays(word: string, at: number, holding: readonly Place[], { replyWords, replyLetters, values, domains }: Writing): boolean {
  const bare = plain(word);
  if (replyWords.has(bare) || PLAIN_WORDS.has(bare) || values.has(bare) || CODE.test(bare) || (domains.get(at) ?? 0) >= at + word.length || isGoogle(bare)) return true;
  return holding.some(({ field, value }) => (field === "time" ? isDateWord(bare) : isPieceOf(bare, field, value, replyLetters)));
}

/** Inside its place a value may be cut by a wrap, or written in its other form. */
function isPieceOf(word: string, field: PlaceField, value: string, replyLetters: string): boolean {
  const piece = letters(word);
  if (field === "rule" || field.endsWith("-claim")) return replyLetters.includes(piece);
  return letters(value).includes(piece) || letters(unicodeDomain(value)).includes(piece);
}

/** Whether a stamp is one: numbers, and the names of days, months and zones. */
export function isDateText(text: string): boolean {
  return Array.from(text.matchAll(WORD), ([word]) => word).every((word) => isDateWord(plain(word)));
}

function isDateWord(word: string): boolean {
  return DATE_WORD.test(word);
}

function plain(word: string): string {
  return word.normalize("NFKC").toLowerCase().replace(/^[.+%_-]{1,20}/, "").replace(/(?<![.+%_-])[.+%_-]{1,20}$/, "");
}

function letters(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}

/** The text as it grows. What is left out in a row is told once. */
class Page {
  text = "";
  /** Behind the last sign of an omission that nothing but blanks and points follow; -1 where there is none. */
  #omitted = -1;

  get length(): number {
    return this.text.length;
  }

  add(piece: string): void {
    // Marks of direction, and what no line shows.
    const visible = piece.replace(/\r\n?/g, "\n").replace(/\t/g, " ").replace(/[^\P{Cc}\n]|\p{Cf}/gu, "");
    if (/[^\s.,;:/\\|+*~!?-]/.test(visible)) this.#omitted = -1;
    this.text += visible;
  }

  omit(): void {
    if (this.#omitted >= 0) this.text = this.text.slice(0, this.#omitted);
    else this.text += OMITTED;
    this.#omitted = this.text.length;
  }

  /** What follows is a mark, or follows one: it does not flow together with what was. */
  keepApart(): void {
    this.#omitted = -1;
  }

  breakLine(hasGap: boolean): void {
    this.text += hasGap ? `\n${OMITTED}\n` : "\n";
    this.#omitted = -1;
  }
}
