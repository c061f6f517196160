/** Two versions of a record as the words that went, came and stayed: what `record-difference.ts` draws. */

import type { Fix } from "../../lib/diagnosis/report.ts";

type Change = Fix["changes"][number];

/** A record of more words than fit in ten look-ups many times over: its words are not lined up, only counted as gone and come. */
const MOST_WORDS = 400;

export function wordChanges(before: string, after: string): Change[] {
  const old = words(before);
  const now = words(after);
  if (old.length > MOST_WORDS || now.length > MOST_WORDS) return [...old.map(removed), ...now.map(added)];
  return paired(aligned(old, now));
}

function words(record: string): readonly string[] {
  return record.split(/\s+/).filter((word) => word !== "");
}

const kept = (word: string): Change => ({ kind: "kept", before: word, after: word, reason: null });
const removed = (word: string): Change => ({ kind: "removed", before: word, after: null, reason: null });
const added = (word: string): Change => ({ kind: "added", before: null, after: word, reason: null });

/** By the longest common subsequence: what stays, stays in order. */
function aligned(old: readonly string[], now: readonly string[]): Change[] {
  const width = now.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      common[row * width + column] = old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const changes: Change[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < now.length) {
    const gone = old[row];
    const come = now[column];
    if (gone !== undefined && gone === come) {
      changes.push(kept(gone));
      row += 1;
      column += 1;
    } else if (come === undefined || (gone !== undefined && at(row + 1, column) >= at(row, column + 1))) {
      if (gone !== undefined) changes.push(removed(gone));
      row += 1;
    } else {
      changes.push(added(come));
      column += 1;
    }
  }
  return changes;
}

/** One word that went where one came is one word that changed: only what differs in it is marked. */
function paired(changes: readonly Change[]): Change[] {
  const out: Change[] = [];
  for (const change of changes) {
    const last = out.at(-1);
    const isLone = out.at(-2)?.kind !== "removed";
    if (change.kind === "added" && last?.kind === "removed" && isLone) out.splice(-1, 1, { kind: "changed", before: last.before, after: change.after, reason: null });
    else out.push(change);
  }
  return out;
}

/** Of a record set: which of today's records came in the place of which. What is in both sets is told by nobody. */
export function recordPairs(before: readonly string[], after: readonly string[]): { readonly before: string | null; readonly after: string | null }[] {
  const gone = before.filter((record) => !after.includes(record));
  const come = after.filter((record) => !before.includes(record));
  const left = new Set(come);
  const pairs = gone.map((record) => {
    const match = [...left].find((other) => kindOf(other) === kindOf(record)) ?? null;
    if (match !== null) left.delete(match);
    return { before: record, after: match };
  });
  return [...pairs, ...[...left].map((record) => ({ before: null, after: record }))];
}

/** `v=spf1`, `v=DMARC1`; for what has no version: its first word up to a sign. */
function kindOf(record: string): string {
  return (/^[^\s;:=]+(?:\s*=\s*[^\s;]+)?/.exec(record)?.[0] ?? record).toLowerCase();
}
