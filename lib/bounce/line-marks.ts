/** What stands at the ends of lines and belongs to no text: quoting, the marks of dialogues, margins, and line ends at a fixed column. */

import { type Edit, editing } from "./edits.ts";

/** Calls with where each line begins and ends, before its line end. */
export function eachLine(text: string, visit: (start: number, end: number) => void): void {
  for (let start = 0; ; ) {
    const newline = text.indexOf("\n", start);
    visit(start, newline === -1 ? text.length : newline);
    if (newline === -1) return;
    start = newline + 1;
  }
}

const drop = (from: number, to: number): Edit => ({ from, to, with: "" });
const isBlank = (code: number): boolean => code === 32 || code === 9;

/** Words and codes broken by a wrap at a fixed column, as terminals and web forms make it: where many lines are as long as the longest, they go on in the next. */
export const linesJoined = editing((text) => {
  const { longest, full, lines, lastIsFull } = widthsOf(text);
  if (longest < 12 || longest > WRAP_MAX) return [];
  const wrapped = full >= 3 ? full * 4 >= lines : WIDTHS.has(longest) && full >= (lastIsFull ? lines : lines - 1);
  if (!wrapped) return [];
  const edits: Edit[] = [];
  let open = false;
  eachLine(text, (start, end) => {
    if (open && !STARTS_ANEW.test(text.slice(start, Math.min(end, start + 60)))) edits.push(drop(start - 1, start));
    open = end - start === longest;
  });
  return edits;
});

interface Widths {
  readonly longest: number;
  /** Lines of that length. */
  readonly full: number;
  readonly lines: number;
  readonly lastIsFull: boolean;
}

function widthsOf(text: string): Widths {
  let longest = 0;
  let full = 0;
  let lines = 0;
  let last = 0;
  eachLine(text, (start, end) => {
    last = end - start;
    lines += 1;
    if (last > longest) {
      longest = last;
      full = 0;
    }
    if (last === longest) full += 1;
  });
  return { longest, full, lines, lastIsFull: last === longest };
}

const WRAP_MAX = 200;
/** Columns at which terminals and mail clients break a text; so few lines tell of a wrap only where they end there. */
const WIDTHS: ReadonlySet<number> = new Set([64, 70, 72, 74, 75, 76, 77, 78, 79, 80, 100, 120, 132]);
/** An empty line, a folded one, a reply's code, a field, a log's stamp, a quote of MIME. */
const STARTS_ANEW = /^(?:$|\s|--|[245]\d\d[- ]|[A-Z][A-Za-z-]{1,40}: |[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:|\d{4}-\d{2}-\d{2}[T ])/;

/** Blanks before every line: a block of code, or a text that was set in. */
export const marginsDropped = editing((text) => {
  const margin = marginOf(text);
  const edits: Edit[] = [];
  if (margin > 0) eachLine(text, (start, end) => edits.push(drop(start, Math.min(end, start + margin))));
  return edits;
});

function marginOf(text: string): number {
  let margin = Number.POSITIVE_INFINITY;
  for (let start = 0; start < text.length && margin > 0; ) {
    let first = start;
    while (first - start < margin && isBlank(text.charCodeAt(first))) first += 1;
    if (first < text.length && text.charCodeAt(first) !== 10) margin = Math.min(margin, first - start);
    const newline = text.indexOf("\n", start);
    if (newline === -1) break;
    start = newline + 1;
  }
  return Number.isFinite(margin) ? margin : 0;
}

/** Quoting (`> `), sendmail (`<<< `, `>>> `), swaks (`<- `, `<** `, ` -> `), exim (`SMTP<< `), program logs (`S: `, `C: `). */
const PREFIX = /^[ \t]{0,40}(?:>+(?!>)|<<<|<\*\*|<[-~](?=\s|$)|[-~]>|={1,2}>(?=\s)|\|(?=\s)|SMTP(?:<<|>>)|[SC](?::|>)(?=\s))/;
const PREFIXES_MAX = 12;
const MARKS = new Set([..."><-~=|SC \t"].map((mark) => mark.charCodeAt(0)));

export const prefixesDropped = editing((text) => {
  const edits: Edit[] = [];
  eachLine(text, (start, end) => {
    if (!MARKS.has(text.charCodeAt(start))) return;
    let at = start;
    for (let round = 0; round < PREFIXES_MAX; round += 1) {
      const found = PREFIX.exec(text.slice(at, Math.min(end, at + PREFIX_MAX)));
      if (found === null) break;
      at += found[0].length;
      if (at < end && text.charCodeAt(at) === 32) at += 1;
    }
    if (at > start) edits.push(drop(start, at));
  });
  return edits;
});
const PREFIX_MAX = 120;

export const blankEndsDropped = editing((text) => {
  const edits: Edit[] = [];
  eachLine(text, (start, end) => {
    let last = end;
    while (last > start && isBlank(text.charCodeAt(last - 1))) last -= 1;
    if (last < end) edits.push(drop(last, end));
  });
  return edits;
});
