/** The lasting cure of a record over ten look-ups: services move to subdomains of their own, in three steps, each with what it takes to carry it out. */

import type { ReactNode } from "react";
import type { Fix } from "../../lib/diagnosis/report.ts";
import type { MessageValues, Translator } from "../../lib/messages/translate.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { copyLabels } from "./copy-labels.ts";
import { FixNotes } from "./fix-notes.tsx";
import { ForeignCode } from "./foreign.tsx";
import { hostField } from "./host-field.ts";
import { listed } from "./listed.ts";

type Alternative = NonNullable<Fix["alternative"]>;
type Move = Alternative["moves"][number];

interface FixAlternativeProps {
  alternative: Alternative;
  /** The zone in which the names stand. */
  zone: string;
  /** No record stands beside it: it is the whole cure. */
  alone: boolean;
  t: Translator;
}

export function FixAlternative({ alternative, zone, alone, t }: FixAlternativeProps) {
  const { moves, main, steps, assumptions } = alternative;
  const replaces = steps.includes("replace-main");
  const values = moveValues(alternative, t);
  return (
    <div className="grid min-w-0 gap-3 leading-relaxed">
      {alone ? null : <h4 className="font-semibold wrap-anywhere">{t("report.move.heading", values)}</h4>}
      <p className="max-w-3xl wrap-anywhere">{t(!replaces ? "report.move.whyUnchanged" : alone ? "report.move.alone" : "report.move.why", values)}</p>
      <ol className="grid gap-5">
        <Step number={1}>
          {moves.map((move) => (
            <Published key={move.domain} move={move} zone={zone} t={t} />
          ))}
        </Step>
        <Step number={2}>
          {moves.map(({ provider, domain }) => (
            <p key={domain} className="wrap-anywhere">
              <RichText t={t} id="report.move.returnPath" values={{ provider, domain }} />
            </p>
          ))}
        </Step>
        {replaces ? (
          <Step number={3}>
            <p className="wrap-anywhere">{t("report.move.replace")}</p>
            <CodeBlock text={main.value} copy={copyLabels(t, "main-value")} />
            <p className="text-[0.9375rem] wrap-anywhere text-soft">{t("report.move.mainProof", { ...values, lookups: main.proof.lookups, kept: main.proof.kept, of: main.proof.of })}</p>
          </Step>
        ) : null}
      </ol>
      <FixNotes codes={assumptions} copiedFrom={[]} heading={t("report.fix.note")} t={t} />
    </div>
  );
}

/** What the sentences about a move name. */
export function moveValues({ moves }: Alternative, t: Translator): MessageValues {
  return { providers: listed(moves.map(({ provider }) => provider), t.locale), count: moves.length };
}

function Step({ number, children }: { number: number; children: ReactNode }) {
  return (
    <li className="flex min-w-0 items-start gap-3">
      <span aria-hidden className="inline-flex size-7 shrink-0 items-center justify-center rounded-full border border-control text-sm font-semibold text-soft">
        {number}
      </span>
      <div className="grid min-w-0 grow gap-2 pt-0.5">{children}</div>
    </li>
  );
}

function Published({ move: { provider, record }, zone, t }: { move: Move; zone: string; t: Translator }) {
  const host = hostField(record.name, zone);
  return (
    <>
      <p className="wrap-anywhere">{t("report.move.publish", { provider })}</p>
      <div className="flex min-h-11 min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-sm text-soft">{t("report.move.host")}</span>
        <ForeignCode text={host.short ?? host.full} className="font-semibold" />
        <CopyButton text={host.short ?? host.full} {...copyLabels(t, "subdomain-host")} />
        {host.short === null ? null : (
          <span className="min-w-0 text-sm wrap-anywhere text-soft">
            <RichText t={t} id="report.fix.orFullName" values={{ name: host.full }} />
          </span>
        )}
      </div>
      <CodeBlock text={record.value} copy={copyLabels(t, "subdomain-value")} />
    </>
  );
}
