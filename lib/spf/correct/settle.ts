/** The ends of a record put right: one `all`, last, that doesn't let everybody pass; one `redirect`, only where there is no `all`. */

import type { SpfChangeReason } from "../types.ts";
import { assuming, type Draft, type Line, lineLast, removeLine, replaceLine, termLines } from "./draft.ts";
import { qualifierOf } from "./term.ts";

/** What becomes of terms after `all`: nobody reads them today (RFC 7208 section 5.1), yet somebody wrote them. */
export type AfterAll = "move" | "drop";

/** How the record is wished to end. */
export type Ending = "-all" | "~all";

export function settled(draft: Draft, afterAll: AfterAll, ending?: Ending): Draft {
  return [withoutRepeats, (each: Draft) => allLast(each, afterAll), withoutUnusedRedirect, (each: Draft) => carefulAll(each, ending ?? "~all"), (each: Draft) => (ending === undefined ? each : endingIn(each, ending))].reduce((each, step) => step(each), draft);
}

/** A second `all`, a second `redirect` or `exp` (an error by RFC 7208 section 6), a second version. */
function withoutRepeats(draft: Draft): Draft {
  return termLines(draft).toReversed().reduce((each, { index }) => (isRepeat(draft, index) ? removeLine(each, index, "duplicate") : each), draft);
}

function isRepeat(draft: Draft, index: number): boolean {
  const terms = termLines(draft);
  const own = terms.find((line) => line.index === index)?.term;
  if (own === undefined) return false;
  if (own.kind === "unknown-modifier") return own.name.toLowerCase() === "v";
  return (own.kind === "all" || own.kind === "redirect" || own.kind === "exp") && terms.some(({ index: other, term }) => other < index && term.kind === own.kind);
}

function allLast(draft: Draft, afterAll: AfterAll): Draft {
  const terms = termLines(draft);
  const all = terms.find(({ term }) => term.kind === "all");
  const after = terms.filter(({ index, term }) => all !== undefined && index > all.index && "qualifier" in term);
  const last = after.at(-1);
  if (all === undefined || last === undefined) return draft;
  if (afterAll === "drop") return after.toReversed().reduce((each, { index }) => removeLine(each, index, "after-all"), draft);
  const moved: Line = { before: draft.lines[all.index]?.before ?? null, after: all.text, reason: "all-moved-last" };
  const lines = [...draft.lines.slice(0, last.index + 1), moved, ...draft.lines.slice(last.index + 1)];
  return assuming({ ...draft, lines: lines.filter((_, index) => index !== all.index) }, "repaired-as-meant");
}

function withoutUnusedRedirect(draft: Draft): Draft {
  const terms = termLines(draft);
  const redirect = terms.find(({ term }) => term.kind === "redirect");
  // RFC 7208 section 6.1: beside `all`, redirect is ignored.
  return redirect !== undefined && terms.some(({ term }) => term.kind === "all") ? removeLine(draft, redirect.index, "unused-redirect") : draft;
}

function carefulAll(draft: Draft, ending: Ending): Draft {
  const terms = termLines(draft);
  const all = terms.find(({ term }) => term.kind === "all");
  if (all === undefined) return terms.some(({ term }) => term.kind === "redirect") ? draft : withAll(draft, ending);
  const qualifier = qualifierOf(all.term);
  const reason: SpfChangeReason | null = qualifier === "+" ? "pass-all-replaced" : qualifier === "?" ? "neutral-all-replaced" : null;
  if (reason === null) return draft;
  const replaced = softly(replaceLine(draft, all.index, [ending], reason), ending);
  return qualifier === "+" ? assuming(replaced, "pass-all-senders-unknown") : replaced;
}

/** The published ending gives way to the one wished for. Whoever a redirect passes, an include of the same name passes (RFC 7208 sections 5.2 and 6.1). */
function endingIn(draft: Draft, ending: Ending): Draft {
  const terms = termLines(draft);
  const all = terms.find(({ term }) => term.kind === "all");
  if (all !== undefined) return qualifierOf(all.term) === ending.charAt(0) ? draft : softly(replaceLine(draft, all.index, [ending], "ending-asked-for"), ending);
  const redirect = terms.find(({ term }) => term.kind === "redirect");
  if (redirect === undefined) return draft;
  const { draft: last, index } = lineLast(draft, redirect.index);
  return softly(replaceLine(last, index, [redirect.text.replace(/^redirect=/i, "include:"), ending], "ending-asked-for"), ending);
}

const softly = (draft: Draft, ending: Ending) => (ending === "~all" ? assuming(draft, "softfail-until-sure") : draft);

function withAll(draft: Draft, ending: Ending): Draft {
  const directives = termLines(draft).filter(({ term }) => "qualifier" in term);
  const at = (directives.at(-1)?.index ?? 0) + 1;
  const lines: Line[] = [...draft.lines.slice(0, at), { before: null, after: ending, reason: "all-added" }, ...draft.lines.slice(at)];
  return softly({ ...draft, lines }, ending);
}
