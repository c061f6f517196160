/** The SPF tree as plain text, for a ticket or a mail to a provider. */

import type { SpfNode, SpfTermNode } from "../../lib/spf/types.ts";
import { visibleText } from "./visible-text.ts";

export interface SpfTreeWords {
  readonly node: (status: SpfNode["status"]) => string;
  readonly term: (status: SpfTermNode["status"]) => string;
  readonly lookups: (count: number) => string;
  readonly overLimit: string;
}

const MOST_NETWORKS = 8;

export function spfTreeText(node: SpfNode, words: SpfTreeWords): string {
  return visibleLines([`${node.domain}  ${nodeText(node, words)}`, ...termLines(node, words, "")]);
}

function nodeText(node: SpfNode, words: SpfTreeWords): string {
  const status = node.status === "ok" ? "" : `[${words.node(node.status)}] `;
  return `${status}${node.record ?? ""}`.trim() + ` (${words.lookups(node.lookups)})`;
}

function termLines(node: SpfNode, words: SpfTreeWords, indent: string): string[] {
  return node.terms.flatMap((term, index) => {
    const last = index === node.terms.length - 1;
    const line = `${indent}${last ? "└─ " : "├─ "}${termText(term, words)}`;
    const below = term.child === null ? [] : termLines(term.child, words, `${indent}${last ? "   " : "│  "}`);
    return [line, ...below];
  });
}

function termText(term: SpfTermNode, words: SpfTreeWords): string {
  const networks = term.kind === "ip4" || term.kind === "ip6" ? [] : term.networks;
  const shown = networks.length === 0 ? "" : ` → ${networks.slice(0, MOST_NETWORKS).join(", ")}${networks.length > MOST_NETWORKS ? `, … (${networks.length})` : ""}`;
  const marks = [
    ...(term.status === "ok" ? [] : [words.term(term.status)]),
    ...(term.child === null || term.child.status === "ok" ? [] : [words.node(term.child.status)]),
    ...(term.lookups === 0 ? [] : [words.lookups(term.lookups)]),
    ...(term.overLimit ? [words.overLimit] : []),
  ];
  return `${term.text}${shown}${marks.length === 0 ? "" : `  (${marks.join("; ")})`}`;
}

function visibleLines(lines: readonly string[]): string {
  return lines.map(visibleText).join("\n");
}
