/** The marks of an excerpt as numbers and as a tree: what stands inside what. */

import type { ReportBounce } from "../../../lib/diagnosis/report.ts";

type Excerpt = NonNullable<ReportBounce["excerpt"]>;
export type MarkField = Excerpt["marks"][number]["field"];

/** By field and value; counted in the order of the text, what was read from the same piece of it one after the other. */
export type Numbers = ReadonlyMap<string, number>;

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "mark"; readonly numbers: readonly number[]; readonly pieces: readonly Piece[] };

export function numberKey(field: MarkField, value: string): string {
  return `${field} ${value}`;
}

export function numbersOf(excerpt: Excerpt | null): Numbers {
  const numbers = new Map<string, number>();
  for (const { field, value } of excerpt?.marks ?? []) {
    const key = numberKey(field, value);
    if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
  }
  return numbers;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly numbers: readonly number[];
}

/** The excerpt's text in pieces, marks nested. Of two marks that cross, the later is drawn in two. */
export function piecesOf(excerpt: Excerpt, numbers: Numbers): readonly Piece[] {
  return within(excerpt.text, 0, excerpt.text.length, spansOf(excerpt, numbers));
}

/** Marks of one piece of the text are one. */
function spansOf({ marks }: Excerpt, numbers: Numbers): readonly Span[] {
  const spans = new Map<string, Span>();
  for (const { field, value, at, length } of marks) {
    const key = `${at} ${length}`;
    const known = spans.get(key);
    const number = numbers.get(numberKey(field, value));
    const all = [...(known?.numbers ?? []), ...(number === undefined || known?.numbers.includes(number) === true ? [] : [number])];
    spans.set(key, { from: at, to: at + length, numbers: all });
  }
  return [...spans.values()].sort((a, b) => a.from - b.from || b.to - a.to);
}

function within(text: string, from: number, to: number, spans: readonly Span[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  spans.forEach((span, index) => {
    const start = Math.max(span.from, at);
    const end = Math.min(span.to, to);
    if (start >= end || start < from) return;
    if (start > at) pieces.push({ kind: "text", text: text.slice(at, start) });
    const inner = spans.slice(index + 1).filter((one) => one.from < end && one.from >= start);
    pieces.push({ kind: "mark", numbers: span.numbers, pieces: within(text, start, end, inner) });
    at = end;
  });
  if (at < to) pieces.push({ kind: "text", text: text.slice(at, to) });
  return pieces;
}
