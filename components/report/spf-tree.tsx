/** The whole SPF record unfolded: a nested list that folds, readable on a phone. */

import { ChevronRight } from "lucide-react";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import type { SpfNode, SpfTermNode } from "../../lib/spf/types.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { STATE_LOOKS } from "../ui/outcome-badge.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { copyLabels } from "./copy-labels.ts";
import { ForeignCode } from "./foreign.tsx";
import { matchedTerm } from "./matched-term.ts";
import { wordFor } from "./say.ts";
import { spfTreeText } from "./spf-tree-text.ts";

const LOOKUP_LIMIT = 10;
/** Open so deep at first; the rest is a key press away. */
const OPEN_LEVELS = 2;
const NETWORKS_SHOWN = 4;
/** A narrow screen has room for no more steps to the right. */
const DEEPEST_INDENT = 5;

export function SpfTree({ report, t }: { report: Pick<Report, "spf" | "findings" | "subject">; t: Translator }) {
  const { spf } = report;
  if (spf === null) return <p className="text-soft">{t("report.tree.unseen")}</p>;
  const { tree } = spf;
  const words = {
    node: (status: SpfNode["status"]) => wordFor(t, "spfNodeStatus", status),
    term: (status: SpfTermNode["status"]) => wordFor(t, "spfTermStatus", status),
    lookups: (count: number) => t("report.tree.lookups", { count }),
    overLimit: t("report.tree.overLimit"),
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <p className="min-w-0 flex-1 basis-60 text-[0.9375rem]">
          {spf.result === null || report.subject.sendingIp === null ? null : (
            <>
              <RichText t={t} id="report.tree.result" values={{ ip: report.subject.sendingIp, result: wordFor(t, "spfResult", spf.result) }} />{" "}
            </>
          )}
          <span className={tree.lookups > LOOKUP_LIMIT ? "font-semibold text-refused" : ""}>{t("report.tree.total", { count: tree.lookups })}</span>
          {tree.voidLookups === 0 ? "" : ` ${t("report.tree.voids", { count: tree.voidLookups })}`}
        </p>
        <CopyButton text={spfTreeText(tree, words)} {...copyLabels(t, "tree")} />
      </div>
      <div className="min-w-0">
        <Head node={tree} t={t} />
        <Terms node={tree} level={1} matched={matchedTerm(report)} t={t} />
      </div>
    </div>
  );
}

function Head({ node, t }: { node: SpfNode; t: Translator }) {
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 leading-7">
      <ForeignCode text={node.domain} className="font-semibold" />
      {node.status === "ok" ? null : <Mark state={node.status === "unanswered" || node.status === "too-deep" || node.status === "macro" ? "unknown" : "critical"} text={wordFor(t, "spfNodeStatus", node.status)} />}
    </p>
  );
}

interface TermsProps {
  node: SpfNode;
  level: number;
  matched: SpfTermNode | null;
  t: Translator;
}

function Terms({ node, level, matched, t }: TermsProps) {
  if (node.terms.length === 0) return null;
  return (
    <ul className={level > DEEPEST_INDENT ? "" : "border-l border-line pl-1.5 sm:pl-3"}>
      {node.terms.map((term, index) => (
        <li key={index} className="min-w-0">
          {term.child === null ? (
            <div className="py-1 pl-6">
              <Line term={term} matched={term === matched} t={t} />
            </div>
          ) : (
            <details open={level < OPEN_LEVELS || holds(term, (below) => below.overLimit)} className="group/term">
              <summary className="flex list-none items-start gap-2 rounded-lg py-1 hover:text-accent [&::-webkit-details-marker]:hidden">
                <ChevronRight aria-hidden className="mt-1.5 size-4 shrink-0 text-soft transition-transform duration-100 [details[open]>summary>&]:rotate-90" />
                <span className="min-w-0">
                  <Line term={term} matched={term === matched} t={t} />
                </span>
              </summary>
              <div className="pl-1.5 sm:pl-2">
                {term.child.terms.length === 0 ? (
                  <div className="py-1 pl-6">
                    <Head node={term.child} t={t} />
                  </div>
                ) : (
                  <Terms node={term.child} level={level + 1} matched={null} t={t} />
                )}
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function Line({ term, matched, t }: { term: SpfTermNode; matched: boolean; t: Translator }) {
  const written = term.kind === "ip4" || term.kind === "ip6";
  const networks = written ? [] : term.networks;
  const target = term.target !== null && !term.text.toLowerCase().includes(term.target.toLowerCase()) ? term.target : null;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2 leading-7">
      <ForeignCode text={term.text} className={term.status === "unused" ? "text-soft [&_span]:line-through" : "font-medium text-ink"} />
      {target === null ? null : <ForeignCode text={`→ ${target}`} className="text-soft" />}
      {matched ? <Mark state="info" text={t("report.tree.matched")} /> : null}
      {term.lookups === 0 ? null : <span className="text-sm whitespace-nowrap text-soft">{t("report.tree.lookups", { count: term.lookups })}</span>}
      {term.overLimit ? <Mark state="critical" text={t("report.tree.overLimit")} /> : null}
      {term.status === "ok" ? null : <Mark state={term.status === "invalid" ? "critical" : term.status === "void" ? "warning" : "unknown"} text={wordFor(t, "spfTermStatus", term.status)} />}
      {networks.length === 0 ? null : (
        <span className="basis-full text-sm leading-6 text-soft">
          <ForeignCode text={networks.slice(0, NETWORKS_SHOWN).join(" ")} />
          {networks.length > NETWORKS_SHOWN ? ` ${t("report.tree.moreNetworks", { count: networks.length - NETWORKS_SHOWN })}` : ""}
        </span>
      )}
    </span>
  );
}

function Mark({ state, text }: { state: "critical" | "warning" | "unknown" | "info"; text: string }) {
  const { Icon, text: colour } = STATE_LOOKS[state];
  return (
    <span className={`inline-flex items-center gap-1 text-sm font-medium ${colour}`}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {text}
    </span>
  );
}

function holds(term: SpfTermNode, test: (term: SpfTermNode) => boolean): boolean {
  return test(term) || (term.child?.terms.some((below) => holds(below, test)) ?? false);
}
