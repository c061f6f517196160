/** Two or more SPF records at one name are an error for the receiver (RFC 7208 section 4.5): the one record that says what they say together. */

import type { Qualifier } from "../types.ts";
import { assuming, type Draft, draftOf, type Line } from "./draft.ts";
import { qualifierOf, sameTerm, termOf } from "./term.ts";

/** Qualifiers of `all` from open to strict. */
const STRICTNESS: readonly Qualifier[] = ["+", "?", "~", "-"];

/** Each record as its lines, version first. The order of the records is DNS's and means nothing, so the result doesn't depend on it. */
export function merged(records: readonly (readonly Line[])[]): Draft {
  const [only, second] = records;
  if (only === undefined) return draftOf([]);
  if (second === undefined) return draftOf(only);
  const sorted = records.toSorted((a, b) => b.length - a.length || (textOf(a) < textOf(b) ? -1 : 1));
  const alls = sorted.flatMap((lines) => lines.find((line) => kindOf(line) === "all") ?? []);
  const strictest = alls.toSorted((a, b) => strictness(b) - strictness(a))[0] ?? null;
  const redirects = sorted.flatMap((lines) => lines.filter((line) => kindOf(line) === "redirect"));
  const keepsRedirect = strictest === null && redirects.every((line) => sameTerm(line.after ?? "", redirects[0]?.after ?? ""));
  const body: Line[] = [];
  // What one record excludes another may authorise: all that authorises before any exclusion goes first.
  const late: Line[] = [];
  const tail: Line[] = [];
  for (const [at, lines] of sorted.entries()) {
    const excludes = lines.findIndex((line) => isExclusion(line));
    const hasAll = lines.some((line) => kindOf(line) === "all");
    for (const [place, line] of lines.entries()) {
      const kind = kindOf(line);
      if (place === 0) body.push(at === 0 ? line : { ...line, after: null, reason: "merged-record" });
      else if (line.after === null) body.push(line);
      else if (kind === "all") (line === strictest ? tail : body).push(line === strictest ? line : dropped(line));
      else if (kind === "redirect") {
        if (hasAll) body.push({ ...line, after: null, reason: "unused-redirect" });
        else if (keepsRedirect) (holds(tail, line) ? body : tail).push(holds(tail, line) ? dropped(line) : line);
        else body.push({ ...line, after: asInclude(line.after), reason: "merged-record" });
      } else if (kind === "exp") (tail.some((other) => kindOf(other) === "exp") ? body : tail).push(tail.some((other) => kindOf(other) === "exp") ? dropped(line) : line);
      else if (holds([...body.slice(1), ...late], line)) body.push({ ...line, after: null, reason: "duplicate" });
      else (excludes !== -1 && place >= excludes ? late : body).push(line);
    }
  }
  const differ = new Set(alls.map(strictness)).size > 1;
  return assuming(draftOf([...body, ...late, ...tail]), ...(differ ? (["strictest-all-of-merged"] as const) : []));
}

function isExclusion(line: Line): boolean {
  const term = line.after === null ? null : termOf(line.after);
  return term !== null && term.kind !== "all" && qualifierOf(term) !== "+";
}

const textOf = (lines: readonly Line[]) => lines.map((line) => line.before ?? "").join(" ");

const kindOf = (line: Line) => (line.after === null ? null : (termOf(line.after)?.kind ?? null));

const dropped = (line: Line): Line => ({ ...line, after: null, reason: "merged-record" });

const holds = (lines: readonly Line[], line: Line) => lines.some((other) => other.after !== null && line.after !== null && sameTerm(other.after, line.after));

/** What a redirect passes, an include of the same name passes (RFC 7208 sections 5.2 and 6.1); only an include may stand beside other terms. */
const asInclude = (text: string) => text.replace(/^redirect=/i, "include:");

function strictness(line: Line): number {
  const term = line.after === null ? null : termOf(line.after);
  return term === null ? -1 : STRICTNESS.indexOf(qualifierOf(term));
}
