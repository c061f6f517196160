/** Which lines of a paste an excerpt is made of: those in which something was found, and the reply around them; of long lines, what is near. */

import type { Place } from "./reading.ts";

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const LINES_MAX = 40;
const TEXT_MAX = 4096;
/** A line as long as a reply of Gmail with all its text stays whole. */
const LINE_MAX = 1400;
/** On both sides of what was found in a longer one. */
const AROUND = 300;

export function chosenStretches(raw: string, places: readonly Place[], isOfReply: (word: string) => boolean): { readonly stretches: readonly Stretch[]; readonly cut: boolean } {
  const lines = linesOf(raw);
  const found = new Set(places.flatMap((place) => linesWith(place, lines)).sort((a, b) => a - b));
  const near = new Set<number>();
  for (const index of found) {
    for (const step of [-1, 1]) {
      for (let at = index + step; near.size < LINES_MAX && isReplyLine(raw, lines[at], isOfReply); at += step) near.add(at);
    }
  }
  const chosen: Stretch[] = [];
  let text = 0;
  let cut = false;
  for (const index of [...found, ...[...near].filter((at) => !found.has(at)).sort((a, b) => a - b)]) {
    for (const stretch of stretchesOf(raw, lines[index] ?? { from: 0, to: 0 }, places)) {
      if (chosen.length >= LINES_MAX || text + stretch.to - stretch.from > TEXT_MAX) {
        cut ||= found.has(index);
        continue;
      }
      chosen.push(stretch);
      text += stretch.to - stretch.from + 3;
    }
  }
  return { stretches: joined(chosen.sort((a, b) => a.from - b.from), places), cut };
}

/** Character by character: a paste of nothing but line ends would make a match object for each. */
function linesOf(raw: string): readonly Stretch[] {
  const lines: Stretch[] = [];
  let from = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const code = raw.charCodeAt(at);
    if (code !== LINE_FEED && code !== CARRIAGE_RETURN) continue;
    lines.push({ from, to: at });
    if (code === CARRIAGE_RETURN && raw.charCodeAt(at + 1) === LINE_FEED) at += 1;
    from = at + 1;
  }
  return [...lines, { from, to: raw.length }];
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The first of them, where it goes over many. */
function linesWith(place: Place, lines: readonly Stretch[]): readonly number[] {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.to ?? 0) <= place.offset) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let index = low; found.length < LINES_MAX && index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || line.from >= place.offset + place.length) break;
    if (overlap(place, line)) found.push(index);
  }
  return found;
}

function overlap({ offset, length }: Place, { from, to }: Stretch): boolean {
  return offset < to && offset + length > from;
}

/** Three words at least, most of them the reply's. */
function isReplyLine(raw: string, line: Stretch | undefined, isOfReply: (word: string) => boolean): boolean {
  if (line === undefined || line.to - line.from > LINE_MAX) return false;
  const words = raw.slice(line.from, line.to).match(/[\p{L}\p{M}\p{N}_.+%-]+/gu) ?? [];
  const own = words.filter(isOfReply).length;
  return (words.length >= 3 && own * 10 >= words.length * 7) || (words.length > 0 && words.every((word) => /^[245]\d\d[- ]?(?:[245]\.\d{1,3}\.\d{1,3})?$/.test(word) || isOfReply(word)));
}

/** The line, or of a long one what stands near its places, from the end of a word to the end of a word. */
function stretchesOf(raw: string, line: Stretch, places: readonly Place[]): readonly Stretch[] {
  if (line.to - line.from <= LINE_MAX) return [line];
  const pieces = places
    .filter((place) => overlap(place, line))
    .map(({ offset, length }) => ({ from: blankBefore(raw, Math.max(line.from, offset - AROUND), line.from), to: blankBehind(raw, Math.min(line.to, offset + length + AROUND), line.to) }))
    .sort((a, b) => a.from - b.from);
  return merged(pieces);
}

function blankBefore(raw: string, at: number, least: number): number {
  let from = at;
  while (from > least && at - from < AROUND && /[\p{L}\p{M}\p{N}_.+%@-]/u.test(raw[from - 1] ?? " ")) from -= 1;
  return from;
}

function blankBehind(raw: string, at: number, most: number): number {
  let to = at;
  while (to < most && to - at < AROUND && /[\p{L}\p{M}\p{N}_.+%@-]/u.test(raw[to] ?? " ")) to += 1;
  return to;
}

function merged(pieces: readonly Stretch[]): readonly Stretch[] {
  const kept: Stretch[] = [];
  for (const piece of pieces) {
    const last = kept.at(-1);
    if (last !== undefined && piece.from <= last.to) kept[kept.length - 1] = { from: last.from, to: Math.max(last.to, piece.to) };
    else kept.push(piece);
  }
  return kept;
}

/** Lines that a place goes over are one stretch, so that it can be marked whole. */
function joined(stretches: readonly Stretch[], places: readonly Place[]): readonly Stretch[] {
  const kept: Stretch[] = [];
  for (const stretch of stretches) {
    const last = kept.at(-1);
    const goesOver = last !== undefined && stretch.from <= last.to + 2 && places.some(({ offset, length }) => offset < last.to && offset + length > stretch.from);
    if (last !== undefined && goesOver) kept[kept.length - 1] = { from: last.from, to: stretch.to };
    else kept.push(stretch);
  }
  return kept;
}
