/** The SPF record unfolded, as a picture: the count on top, the branches below it, and the same as text to copy. */

import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { AddressSource } from "./address-source.tsx";
import { copyLabels } from "./copy-labels.ts";
import { wordFor } from "./say.ts";
import { Branches } from "./spf-tree/branches.tsx";
import { BreakingCode } from "./spf-tree/breaking-code.tsx";
import { LookupMeter } from "./spf-tree/lookup-meter.tsx";
import { MarkLabel } from "./spf-tree/mark-label.tsx";
import { spfTreeText } from "./spf-tree/text.ts";
import { TreeKeys } from "./spf-tree/tree-keys.tsx";
import { treeView, type TreeView } from "./spf-tree/view.ts";
import { NODE_STATES } from "./spf-tree/words.ts";

export function SpfTree({ report, t }: { report: Pick<Report, "spf" | "findings" | "subject" | "testMail">; t: Translator }) {
  const tree = treeView(report);
  if (tree === null) return <p className="text-soft">{t("report.tree.unseen")}</p>;
  const copy = <CopyButton text={spfTreeText(tree, t)} {...copyLabels(t, "tree")} label={t("report.copy.tree")} />;
  return (
    <div className="grid gap-4">
      <Summary tree={tree} report={report} t={t} />
      {tree.terms.length === 0 ? (
        <div>{copy}</div>
      ) : (
        <TreeKeys label={t("report.tree.label", { domain: tree.domain })} canFold={tree.terms.some((term) => term.terms.length > 0)} unfold={t("report.tree.unfold")} fold={t("report.tree.fold")} tools={copy}>
          <Branches tree={tree} t={t} />
        </TreeKeys>
      )}
    </div>
  );
}

function Summary({ tree, report, t }: { tree: TreeView; report: Pick<Report, "subject" | "testMail">; t: Translator }) {
  const { sender } = tree;
  return (
    <div className="grid gap-2 text-[0.9375rem]">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <BreakingCode text={tree.domain} className="text-base font-semibold" />
        {tree.status === "ok" ? null : <MarkLabel mark={{ state: NODE_STATES[tree.status], text: wordFor(t, "spfNodeStatus", tree.status) }} />}
      </p>
      {tree.record === null ? null : <LookupMeter count={tree.lookups} voids={tree.voidLookups} t={t} />}
      {sender === null ? null : (
        <p className="wrap-anywhere">
          <RichText t={t} id="report.tree.result" values={{ ip: sender.ip, result: wordFor(t, "spfResult", sender.result) }} />
        </p>
      )}
      <AddressSource report={report} t={t} />
    </div>
  );
}
