/** Today's records and the corrected one as words, each change with its number: what a difference needs, before it is drawn. */

import type { Fix } from "../../lib/diagnosis/report.ts";

type Change = Fix["changes"][number];

/** A piece of a word; `marked` where it differs from its counterpart. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

export interface Word {
  readonly pieces: readonly Piece[];
  /** The reason that stands beside it, by number; null for what stays. */
  readonly number: number | null;
  /** No space stands before it: `v=spf1` and a term glued together by a no-break space. */
  readonly attached: boolean;
}

export interface NumberedReason {
  readonly number: number;
  readonly reason: Change["reason"];
  /** What the reason names. */
  readonly by: string | undefined;
  /** What the number stands at, in today's records and in the corrected one. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface RecordDifference {
  /** Today's records, each whole and in its own order. */
  readonly before: readonly (readonly Word[])[];
  readonly after: readonly Word[];
  readonly reasons: readonly NumberedReason[];
}

export function recordDifference(changes: readonly Change[], replaces: readonly string[]): RecordDifference {
  const groups = grouped(changes);
  const draft = arranged(changes, replaces, new Map(groups.flatMap((group, index) => group.map((change) => [change, index]))));
  // Numbered as they are read: today's records first.
  const order = [...new Set([...draft.before.flat(), ...draft.after].flatMap(({ number }) => number ?? []))];
  const renumbered = (words: readonly Word[]) => words.map((word) => ({ ...word, number: word.number === null ? null : order.indexOf(word.number) + 1 }));
  const reasons = order.flatMap((at, place) => {
    const group = groups[at] ?? [];
    return { number: place + 1, reason: group[0]?.reason ?? null, by: group[0]?.by, before: group.flatMap(({ before }) => before ?? []), after: group.flatMap(({ after }) => after ?? []) };
  });
  return { before: draft.before.map(renumbered), after: renumbered(draft.after), reasons };
}

/** What is added, or removed, for one reason is one change; what is rewritten stands by itself. */
function grouped(changes: readonly Change[]): readonly (readonly Change[])[] {
  const groups: Change[][] = [];
  for (const change of changes) {
    if (change.kind === "kept") continue;
    const same = change.kind === "changed" ? undefined : groups.find(([first]) => first?.kind === change.kind && first.reason === change.reason && first.by === change.by);
    if (same === undefined) groups.push([change]);
    else same.push(change);
  }
  return groups;
}

function arranged(changes: readonly Change[], replaces: readonly string[], groups: ReadonlyMap<Change, number>): Pick<RecordDifference, "before" | "after"> {
  const words = new Map(changes.map((change): [Change, Pair] => [change, wordsOf(change, groups.get(change) ?? null)]));
  return { before: todaysRecords(changes, replaces, words), after: changes.flatMap((change) => words.get(change)?.after ?? []) };
}

interface Pair {
  readonly before: Word | null;
  readonly after: Word | null;
}

function wordsOf({ kind, before, after }: Change, number: number | null): Pair {
  const whole = (text: string | null): Word | null => (text === null ? null : { pieces: [{ text, marked: number !== null }], number, attached: false });
  if (kind !== "changed" || before === null || after === null || before === after) return { before: whole(before), after: whole(after) };
  const { start, end } = common(tokens(before), tokens(after));
  const word = (text: string): Word => {
    const all = tokens(text);
    const pieces = [all.slice(0, start), all.slice(start, all.length - end), all.slice(all.length - end)].map((part, index) => ({ text: part.join(""), marked: index === 1 }));
    return { pieces: pieces.filter((piece) => piece.text !== ""), number, attached: false };
  };
  return { before: word(before), after: word(after) };
}

/** Names, numbers, and each sign by itself. */
function tokens(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_]/gu) ?? [];
}

/** How many tokens both begin and end with. */
function common(a: readonly string[], b: readonly string[]): { readonly start: number; readonly end: number } {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return { start, end };
}

/**
 * The changes stand in the order of the corrected record; today's records have their own, and may be several. So each word of
 * them is looked up among the changes. Where a change is found nowhere, the changes' own order is all there is.
 */
function todaysRecords(changes: readonly Change[], replaces: readonly string[], words: ReadonlyMap<Change, Pair>): readonly (readonly Word[])[] {
  const left = new Set(changes.filter(({ before }) => before !== null));
  const read = replaces.map((record) => wordsOfRecord(record, left, words));
  const lost = [...left].some(({ kind }) => kind !== "kept");
  if (!lost && read.length > 0) return read;
  const inOrder = changes.flatMap((change) => words.get(change)?.before ?? []);
  return inOrder.length === 0 ? [] : [inOrder];
}

function wordsOfRecord(record: string, left: Set<Change>, words: ReadonlyMap<Change, Pair>): Word[] {
  const text = record.replaceAll(/ {2,}/g, " ").trim();
  const found: Word[] = [];
  for (let at = 0; at < text.length; ) {
    const change = longestAt(text, at, left);
    const end = change?.before == null ? wordEnd(text, at) : at + change.before.length;
    const word = (change === null ? null : words.get(change)?.before) ?? { pieces: [{ text: text.slice(at, end), marked: false }], number: null };
    found.push({ ...word, attached: at > 0 && text.charAt(at - 1) !== " " });
    if (change !== null) left.delete(change);
    at = text.charAt(end) === " " ? end + 1 : end;
  }
  return found;
}

/** A fault may reach over several words: `ip4: 192.0.2.1`. */
function longestAt(text: string, at: number, left: ReadonlySet<Change>): Change | null {
  let longest: Change | null = null;
  for (const change of left) {
    const { before } = change;
    if (before === null || before === "" || !text.startsWith(before, at) || !endsAt(text, at + before.length)) continue;
    if (longest?.before == null || before.length > longest.before.length) longest = change;
  }
  return longest;
}

/** A blank that is no space belongs to the word behind it, as the corrector reads records. */
function endsAt(text: string, at: number): boolean {
  return !/[\x21-\x7e]/.test(text.charAt(at));
}

function wordEnd(text: string, at: number): number {
  const space = text.indexOf(" ", at);
  return space === -1 ? text.length : space;
}
