/**
 * A record being corrected: one line for each term of today's record and of the next one, each with the reason it changed.
 *
 * The first line of a record is its version, `v=spf1`. Joining every `after` with a space gives the proposed record;
 * the lines are the report's difference, so a correction can't say one thing and do another.
 */

import type { SpfAssumption, SpfChange, SpfChangeReason, SpfTerm } from "../types.ts";
import type { AddressSet } from "./address-set.ts";
import { isAddressTerm, termOf } from "./term.ts";

export interface Line {
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: SpfChangeReason | null;
  /** What the reason names. */
  readonly by?: string | undefined;
}

export interface Draft {
  readonly lines: readonly Line[];
  readonly assumptions: ReadonlySet<SpfAssumption>;
  /** Whose addresses were copied, by name. */
  readonly copiedFrom: ReadonlySet<string>;
  /** Terms that its changes say it drops though they authorise somebody, each with those of them who stay nevertheless. */
  readonly dropped: ReadonlyMap<string, AddressSet>;
}

export interface TermLine {
  /** Index in `lines`. */
  readonly index: number;
  readonly text: string;
  readonly term: SpfTerm;
}

export const VERSION = "v=spf1";

export function draftOf(lines: readonly Line[], assumptions: readonly SpfAssumption[] = []): Draft {
  return { lines, assumptions: new Set(assumptions), copiedFrom: new Set(), dropped: new Map() };
}

export function assuming(draft: Draft, ...assumptions: readonly SpfAssumption[]): Draft {
  return { ...draft, assumptions: new Set([...draft.assumptions, ...assumptions]) };
}

export function valueOf(draft: Draft): string {
  return draft.lines.flatMap((line) => line.after ?? []).join(" ");
}

/** The terms of the proposed record, in order. */
export function termLines(draft: Draft): TermLine[] {
  return draft.lines.slice(1).flatMap((line, at) => {
    const term = line.after === null ? null : termOf(line.after);
    return term === null || line.after === null ? [] : [{ index: at + 1, text: line.after, term }];
  });
}

/** The line's term gives way to `terms`; with none it is removed. A term that was never in today's record leaves no trace. `addressReason`: of the addresses after the first term. */
export function replaceLine(draft: Draft, index: number, terms: readonly string[], reason: SpfChangeReason, addressReason: SpfChangeReason = reason): Draft {
  const line = draft.lines[index];
  if (line === undefined) return draft;
  const [head, ...rest] = terms;
  const first: Line[] = head === undefined && line.before === null ? [] : [{ before: line.before, after: head ?? null, reason: line.before !== null && line.before === head ? line.reason : reason }];
  const others = rest.map((after): Line => ({ before: null, after, reason: isAddressTerm(after) ? addressReason : reason }));
  return { ...draft, lines: [...draft.lines.slice(0, index), ...first, ...others, ...draft.lines.slice(index + 1)] };
}

export function removeLine(draft: Draft, index: number, reason: SpfChangeReason, by?: string): Draft {
  const removed = replaceLine(draft, index, [], reason);
  if (by === undefined || draft.lines[index]?.before == null) return removed;
  return { ...removed, lines: removed.lines.map((line, at) => (at === index ? { ...line, by } : line)) };
}

/** The draft, which gives up the term on purpose, but for the senders in `staying`. */
export function dropping(draft: Draft, text: string, staying: AddressSet): Draft {
  return { ...draft, dropped: new Map([...draft.dropped, [text, staying]]) };
}

/** A redirect is evaluated last wherever it stands (RFC 7208 section 6.1): its line behind all directives, so that what takes its place stands there. */
export function lineLast(draft: Draft, index: number): { readonly draft: Draft; readonly index: number } {
  const last = termLines(draft).findLast(({ term }) => "qualifier" in term)?.index ?? 0;
  const line = draft.lines[index];
  if (line === undefined || last < index) return { draft, index };
  return { draft: { ...draft, lines: [...draft.lines.slice(0, index), ...draft.lines.slice(index + 1, last + 1), line, ...draft.lines.slice(last + 1)] }, index: last };
}

/** Adds a term where it still counts: before `all` or `redirect` (nothing after `all` is looked at, RFC 7208 section 5.1), else after the last directive; or in front of all others. */
export function addTerm(draft: Draft, after: string, reason: SpfChangeReason, place: "last" | "first" = "last", by?: string): Draft {
  const terms = termLines(draft);
  const end = terms.find(({ term }) => term.kind === "all" || term.kind === "redirect" || term.kind === "exp");
  const last = end?.index ?? (terms.at(-1)?.index ?? 0) + 1;
  const at = place === "first" ? 1 : last;
  return { ...draft, lines: [...draft.lines.slice(0, at), { before: null, after, reason, ...(by === undefined ? {} : { by }) }, ...draft.lines.slice(at)] };
}

export function changesOf(draft: Draft): SpfChange[] {
  return draft.lines.map((line) => {
    const kind = line.before === null ? "added" : line.after === null ? "removed" : line.reason === null ? "kept" : "changed";
    return { kind, ...line };
  });
}

export function isUnchanged(draft: Draft): boolean {
  return draft.lines.every((line) => line.reason === null);
}
