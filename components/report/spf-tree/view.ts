/** The SPF tree made ready to be shown, the same for the picture and for the text: counts, providers, networks, the branch that matched. */

import type { Report } from "../../../lib/diagnosis/report.ts";
import { providerByInclude } from "../../../lib/providers/index.ts";
import { matchingBranch, type RunningCount, runningCounts } from "../../../lib/spf/index.ts";
import type { SpfNode, SpfResult, SpfTermNode } from "../../../lib/spf/types.ts";

export interface TreeView {
  readonly domain: string;
  readonly record: string | null;
  readonly status: SpfNode["status"];
  readonly lookups: number;
  readonly voidLookups: number;
  /** The sender that was judged by it, where one was. */
  readonly sender: { readonly ip: string; readonly result: SpfResult } | null;
  readonly terms: readonly TermView[];
  /** Terms of the record that the report does not hold. */
  readonly omitted: number;
}

export interface TermView extends RunningCount {
  readonly text: string;
  readonly status: SpfTermNode["status"];
  /** What is wrong with the record behind it; "ok" also where there is none. */
  readonly childStatus: SpfNode["status"];
  /** The name that is looked up, where the term doesn't write it. */
  readonly target: string | null;
  readonly provider: string | null;
  /** What it resolved to, where the term doesn't write it. */
  readonly networks: readonly string[];
  /** Networks that the report does not hold. */
  readonly omittedNetworks: number;
  /** `ip4` or `ip6`, with nothing to say of it: many of them are shown as one. */
  readonly plain: boolean;
  /** "here": the term that matched the sender. "inside": the match lies under it. */
  readonly match: "here" | "inside" | null;
  readonly terms: readonly TermView[];
  /** Terms of the record behind it that the report does not hold. */
  readonly omitted: number;
}

export function treeView({ spf, subject, findings }: Pick<Report, "spf" | "subject" | "findings">): TreeView | null {
  if (spf === null) return null;
  const { tree, result } = spf;
  const sender = result === null || subject.sendingIp === null ? null : { ip: subject.sendingIp, result };
  const mechanism = findings.find(({ code }) => code === "spf.pass")?.params["mechanism"];
  const branch = sender === null ? [] : matchingBranch(tree, { ...sender, mechanism: typeof mechanism === "string" && mechanism !== "" ? mechanism : null });
  const reading: ReadTree = { counts: runningCounts(tree), branch };
  return { domain: tree.domain, record: tree.record, status: tree.status, lookups: tree.lookups, voidLookups: tree.voidLookups, sender, terms: tree.terms.map((term) => termView(term, reading)), omitted: tree.omitted ?? 0 };
}

interface ReadTree {
  readonly counts: ReadonlyMap<SpfTermNode, RunningCount>;
  readonly branch: readonly SpfTermNode[];
}

const NOT_COUNTED: RunningCount = { first: null, last: null, givesUp: null, reached: true };

function termView(term: SpfTermNode, reading: ReadTree): TermView {
  const counted = reading.counts.get(term) ?? NOT_COUNTED;
  const writesNetwork = term.kind === "ip4" || term.kind === "ip6";
  const match = reading.branch.at(-1) === term ? "here" : reading.branch.includes(term) ? "inside" : null;
  const leads = term.kind === "include" || term.kind === "redirect";
  return {
    ...counted,
    text: term.text,
    status: term.status,
    childStatus: term.child?.status ?? "ok",
    target: term.target !== null && !term.text.toLowerCase().includes(term.target.toLowerCase()) ? term.target : null,
    provider: leads && term.target !== null ? (providerByInclude(term.target)?.name ?? null) : null,
    networks: writesNetwork ? [] : term.networks.map(asWritten),
    omittedNetworks: term.omitted ?? 0,
    plain: writesNetwork && term.status === "ok" && match === null,
    match,
    terms: term.child?.terms.map((below) => termView(below, reading)) ?? [],
    omitted: term.child?.omitted ?? 0,
  };
}

/** One address by itself is read without its length. */
function asWritten(cidr: string): string {
  return cidr.replace(cidr.includes(":") ? /\/128$/ : /\/32$/, "");
}

/** Terms as they are drawn: one by itself, or plain addresses that follow one another as one. */
export type Drawn = { readonly kind: "term"; readonly term: TermView } | { readonly kind: "run"; readonly terms: readonly TermView[] };

/** So many plain addresses in a row are easier to take in as one. */
const SHORTEST_RUN = 6;

export function drawn(terms: readonly TermView[]): readonly Drawn[] {
  const groups: TermView[][] = [];
  for (const term of terms) {
    const last = groups.at(-1);
    if (last?.[0]?.plain === true && term.plain && last[0].reached === term.reached) last.push(term);
    else groups.push([term]);
  }
  return groups.flatMap((group): Drawn[] => (group.length < SHORTEST_RUN ? group.map((term) => ({ kind: "term", term })) : [{ kind: "run", terms: group }]));
}

/** Whether this or anything under it is what the picture is looked at for: then it is open from the start. */
export function isTelling(term: TermView): boolean {
  return term.match === "inside" || term.terms.some((below) => below.givesUp !== null || below.match !== null || below.status === "invalid" || isTelling(below));
}
