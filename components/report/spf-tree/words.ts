/** What the tree says, in the reader's language: the same words in the picture and in the text. */

import type { Translator } from "../../../lib/messages/translate.ts";
import type { State } from "../../ui/outcome-badge.tsx";
import { wordFor } from "../say.ts";
import type { TermView, TreeView } from "./view.ts";

export interface Mark {
  readonly state: State;
  readonly text: string;
}

/** "look-up 3", "look-ups 8 to 10"; null for what doesn't count. */
export function lookupWords({ first, last }: Pick<TermView, "first" | "last">, t: Translator): string | null {
  if (first === null || last === null) return null;
  return first === last ? t("report.tree.number", { first }) : t("report.tree.numbers", { first, last });
}

/** How the sender fared at this term: the result's own icon, and words. */
export function matchMark({ match }: Pick<TermView, "match">, sender: TreeView["sender"], t: Translator): Mark | null {
  if (match === null || sender === null) return null;
  const state = MATCH_STATES[sender.result];
  return match === "inside" ? { state, text: t("report.tree.inside", { ip: sender.ip }) } : { state, text: t("report.tree.here", { ip: sender.ip, result: wordFor(t, "spfResult", sender.result) }) };
}

const MATCH_STATES = { pass: "pass", fail: "critical", softfail: "warning", neutral: "info", none: "unknown", temperror: "unknown", permerror: "critical" } as const;

/** What is wrong at this term, gravest first. */
export function faultMarks(term: TermView, t: Translator): readonly Mark[] {
  return [
    ...(term.givesUp === null ? [] : [{ state: "critical", text: t(`report.tree.givesUp.${term.givesUp}`, { number: term.first ?? 0 }) } as const]),
    ...(term.status === "ok" ? [] : [{ state: TERM_STATES[term.status], text: wordFor(t, "spfTermStatus", term.status) }]),
    // A look-up that failed is the same fault for the term and for the record behind it.
    ...(term.childStatus === "ok" || term.childStatus === term.status ? [] : [{ state: NODE_STATES[term.childStatus], text: wordFor(t, "spfNodeStatus", term.childStatus) }]),
    ...(term.reached || term.status === "unused" ? [] : [{ state: "unknown", text: t("report.tree.unreached") } as const]),
  ];
}

const TERM_STATES = { void: "warning", unanswered: "unknown", invalid: "critical", macro: "info", unused: "unknown" } as const;

export const NODE_STATES = { ok: "pass", none: "critical", "multiple-records": "critical", syntax: "critical", unanswered: "unknown", loop: "critical", macro: "info", "too-deep": "unknown" } as const;
