/** The SPF tree as plain text, for a ticket or a mail to a provider: everything that the picture shows, nothing folded. */

import type { Translator } from "../../../lib/messages/translate.ts";
import { wordFor } from "../say.ts";
import { visibleText } from "../visible-text.ts";
import type { TermView, TreeView } from "./view.ts";
import { faultMarks, lookupWords, matchMark } from "./words.ts";

export function spfTreeText(tree: TreeView, t: Translator): string {
  const { sender } = tree;
  const record = tree.record ?? (tree.status === "ok" ? "" : wordFor(t, "spfNodeStatus", tree.status));
  const fault = tree.record === null || tree.status === "ok" ? [] : [wordFor(t, "spfNodeStatus", tree.status)];
  const facts = [
    ...fault,
    t("report.tree.total", { count: tree.lookups }),
    ...(tree.voidLookups === 0 ? [] : [t("report.tree.voids", { count: tree.voidLookups })]),
    ...(sender === null ? [] : [t("report.tree.result", { ip: sender.ip, result: wordFor(t, "spfResult", sender.result) })]),
  ];
  return [`${tree.domain}  ${record}`.trimEnd(), ...facts, ...termLines(tree, tree, "", t)].map(visibleText).join("\n");
}

function termLines({ terms, omitted }: Pick<TermView, "terms" | "omitted">, tree: TreeView, indent: string, t: Translator): string[] {
  const lines = terms.flatMap((term, index) => {
    const last = omitted === 0 && index === terms.length - 1;
    return [`${indent}${last ? "└─ " : "├─ "}${termLine(term, tree, t)}`, ...termLines(term, tree, `${indent}${last ? "   " : "│  "}`, t)];
  });
  return omitted === 0 ? lines : [...lines, `${indent}└─ ${t("report.tree.omitted", { count: omitted })}`];
}

function termLine(term: TermView, { sender }: TreeView, t: Translator): string {
  const match = matchMark(term, sender, t);
  const marks = [term.provider, lookupWords(term, t), ...faultMarks(term, t).map(({ text }) => text)].filter((mark) => mark !== null);
  return [
    term.text,
    ...(term.target === null ? [] : [`(${term.target})`]),
    ...(term.networks.length === 0 ? [] : [`→ ${term.networks.join(", ")}${term.omittedNetworks === 0 ? "" : ` ${t("report.tree.more", { count: term.omittedNetworks })}`}`]),
    ...(marks.length === 0 ? [] : [`[${marks.join("; ")}]`]),
    ...(match === null ? [] : [`<== ${match.text}`]),
  ].join("  ");
}
