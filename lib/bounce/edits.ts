/** Changes of a text that can be followed back: where a piece of the changed text stood in the one that was handed in. */

export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly with: string;
}

/** One change of a whole text. Edits are in order and don't overlap. */
export interface Change {
  readonly apply: (text: string) => string;
  readonly edits: (text: string) => readonly Edit[];
}

/** Steps that are taken only where their condition holds of the text before the first of them. */
export interface Group {
  readonly when: (text: string) => boolean;
  readonly steps: readonly Step[];
}

export type Step = Change | Group;

export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** `pattern` has the global flag. `to` gets what the pattern and its groups matched. */
export function replacing(pattern: RegExp, to: (found: readonly (string | undefined)[]) => string): Change {
  return {
    apply: (text) => text.replace(pattern, (...found: (string | undefined)[]) => to(found)),
    edits: (text) => Array.from(text.matchAll(pattern), (match) => ({ from: match.index, to: match.index + match[0].length, with: to(match) })),
  };
}

/** For what no pattern finds. */
export function editing(edits: (text: string) => readonly Edit[]): Change {
  return { apply: (text) => edited(text, edits(text)), edits };
}

export function inTurn(steps: readonly Step[], text: string): string {
  return steps.reduce((changed, step) => ("when" in step ? (step.when(changed) ? inTurn(step.steps, changed) : changed) : step.apply(changed)), text);
}

export interface Trace {
  readonly text: string;
  /** The piece of the first text that a piece of this one was made from. */
  readonly origin: (span: Span) => Span;
}

/** The same as `inTurn`, with the way back. */
export function traced(steps: readonly Step[], text: string): Trace {
  const taken: Taken[] = [];
  const changed = take(steps, text, taken);
  return {
    text: changed,
    origin: ({ offset, length }) => {
      let from = offset;
      let to = offset + Math.max(length, 1);
      for (const { edits, starts } of taken.toReversed()) {
        from = before(from, edits, starts).from;
        to = before(to - 1, edits, starts).to;
      }
      return { offset: from, length: Math.max(0, to - from) };
    },
  };
}

interface Taken {
  readonly edits: readonly Edit[];
  /** Where in the text that they made each of them begins. */
  readonly starts: readonly number[];
}

function take(steps: readonly Step[], text: string, taken: Taken[]): string {
  let changed = text;
  for (const step of steps) {
    if ("when" in step) {
      if (step.when(changed)) changed = take(step.steps, changed, taken);
      continue;
    }
    const edits = step.edits(changed);
    if (edits.length === 0) continue;
    taken.push({ edits, starts: startsOf(edits) });
    changed = edited(changed, edits);
  }
  return changed;
}

export function edited(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const kept: string[] = [];
  let at = 0;
  for (const edit of edits) {
    kept.push(text.slice(at, edit.from), edit.with);
    at = edit.to;
  }
  kept.push(text.slice(at));
  return kept.join("");
}

function startsOf(edits: readonly Edit[]): readonly number[] {
  let shift = 0;
  return edits.map((edit) => {
    const start = edit.from + shift;
    shift += edit.with.length - (edit.to - edit.from);
    return start;
  });
}

/** The character of the earlier text, or the whole piece that was replaced, that the character at `at` was made from. */
function before(at: number, edits: readonly Edit[], starts: readonly number[]): { readonly from: number; readonly to: number } {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const index = low - 1;
  const edit = edits[index];
  const start = starts[index];
  if (edit === undefined || start === undefined) return { from: at, to: at + 1 };
  if (at < start + edit.with.length) return { from: edit.from, to: edit.to };
  const from = edit.to + (at - start - edit.with.length);
  return { from, to: from + 1 };
}
