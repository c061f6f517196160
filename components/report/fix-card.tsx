/** One change: what to type where, what it replaces and why, and how it was proven. */

import type { Fix, Report } from "../../lib/diagnosis/report.ts";
import { dnsOf } from "../../lib/hand-over/index.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { RichText } from "../ui/rich-text.tsx";
import { SectionCard } from "../ui/card.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { CheckYourself } from "./check-yourself.tsx";
import { copyLabels } from "./copy-labels.ts";
import { FixWait } from "./delegation.tsx";
import { DnsHostGuide, dnsHostHeading } from "./dns-host-guide.tsx";
import { Foreign } from "./foreign.tsx";
import { FixChanges, hasDifference } from "./fix-changes.tsx";
import { FixAlternative, moveValues } from "./fix-alternative.tsx";
import { FixNotes } from "./fix-notes.tsx";
import { FixPlace } from "./fix-place.tsx";
import { FixProof } from "./fix-proof.tsx";
import { Replaced } from "./replaced.tsx";
import { findingSentence } from "./say.ts";
import { Sentence } from "./sentence.tsx";

interface FixCardProps {
  fix: Fix;
  report: Report;
  t: Translator;
  /** Its place in the order, where there are several. */
  step: number | null;
  id: string;
}

export function FixCard({ fix, report, t, step, id }: FixCardProps) {
  const heading = `${id}-heading`;
  return (
    <SectionCard aria-labelledby={heading} className="overflow-hidden">
      <div className="grid gap-3 p-4 sm:gap-4 sm:p-6">
        <h3 id={heading} className="flex items-start gap-3 font-semibold">
          {step === null ? null : (
            <span className="inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-accent text-sm text-on-accent">
              <span className="sr-only">{t("report.fix.step")} </span>
              {step}
            </span>
          )}
          <span className="min-w-0 pt-0.5 wrap-anywhere">{fixTitle(fix, t)}</span>
        </h3>
        <WhatToDo fix={fix} report={report} t={t} />
        <FixProof proof={fix.proof} t={t} />
        <FixWait fix={fix} delegation={report.delegation} t={t} />
      </div>
      {fix.alternative === null || fix.value === null ? null : (
        <div id={`${id}-better`} className="border-t border-line p-4 sm:p-6">
          <FixAlternative alternative={fix.alternative} zone={dnsOf(report).zone} alone={false} t={t} />
        </div>
      )}
      <Details fix={fix} report={report} t={t} />
    </SectionCard>
  );
}

function WhatToDo({ fix, report, t }: { fix: Fix; report: Report; t: Translator }) {
  const { zone } = dnsOf(report);
  if (fix.action === "ask-provider") return <Asked fix={fix} report={report} t={t} />;
  if (fix.alternative === null) return <FixPlace fix={fix} zone={zone} t={t} />;
  if (fix.value === null) return <FixAlternative alternative={fix.alternative} zone={zone} alone t={t} />;
  return (
    <>
      <FixPlace fix={fix} zone={zone} t={t} />
      <p className="rounded-lg border-l-4 border-accent bg-sunken px-3 py-2 leading-relaxed wrap-anywhere">
        <RichText t={t} id="report.move.better" values={moveValues(fix.alternative, t)} />
      </p>
    </>
  );
}

export function fixTitle({ action, type, replaces, value, alternative, assumptions }: Fix, t: Translator): string {
  if (value === null && alternative !== null) return t("report.move.title", moveValues(alternative, t));
  const values = { type: type ?? "TXT", count: replaces.length };
  if (assumptions.includes("sends-no-mail") && type === "TXT" && value?.startsWith("v=spf1") === true) return t("report.fix.title.parked", values);
  switch (action) {
    case "create":
      return t("report.fix.title.create", values);
    case "replace":
      return replaces.length > 1 ? t("report.fix.title.replaceSeveral", values) : t("report.fix.title.replace", values);
    case "delete":
      return t("report.fix.title.delete", values);
    case "ask-provider":
      return t(type === "PTR" ? "report.fix.title.askIpOwner" : "report.fix.title.askProvider", values);
  }
}

/** Nobody but the provider can make this change: what to say to them, ready to send. */
function Asked({ fix, report, t }: { fix: Fix; report: Report; t: Translator }) {
  // The verdict's own act stands at the top of the page already.
  const finding = fix.finding === report.verdict.cause ? undefined : report.findings.find((one) => one.code === fix.finding);
  const act = finding === undefined ? null : findingSentence(t, finding, "act");
  const domain = report.subject.headerFrom ?? report.subject.domain;
  const question = t(`report.fix.question.${questionFor(fix)}`, { name: fix.name, ip: report.subject.sendingIp ?? fix.name, host: fix.value ?? "", domain });
  return (
    <div className="grid gap-3">
      {act === null ? null : (
        <p className="max-w-3xl leading-relaxed wrap-anywhere">
          <Sentence t={t} sentence={act} />
        </p>
      )}
      <div>
        <p className="text-sm text-soft">{t("report.fix.question.label")}</p>
        <div className="mt-1 flow-root rounded-lg border border-line bg-sunken p-2">
          <CopyButton text={question} {...copyLabels(t, "question")} className="float-right ml-3 bg-sunken" />
          <p data-question className="min-h-11 px-2 py-1 text-[0.9375rem] leading-relaxed wrap-anywhere">
            <Foreign text={question} />
          </p>
        </div>
      </div>
    </div>
  );
}

/** A name that already leads to the address is asked for by name. */
export function questionFor({ finding, type, value }: Fix): "ptr" | "ptrNamed" | "key" | "signing" | "alignment" {
  if (type === "PTR") return value === null ? "ptr" : "ptrNamed";
  if (finding === "dmarc.not-aligned") return "alignment";
  return finding === "dkim.missing-signature" || finding === "dkim.signature-broken" ? "signing" : "key";
}

function Details({ fix, report, t }: { fix: Fix; report: Report; t: Translator }) {
  const asked = fix.action === "ask-provider";
  const left = fix.replaces.length > 0 || hasDifference(fix.changes);
  return (
    <div className="grid border-t border-line lg:grid-cols-2">
      {left ? (
        <div className="grid min-w-0 content-start gap-5 p-4 sm:p-6">
          {hasDifference(fix.changes) ? <FixChanges changes={fix.changes} replaces={fix.replaces} t={t} /> : <Replaced fix={fix} t={t} />}
        </div>
      ) : null}
      <div className={`grid min-w-0 content-start gap-2 p-4 sm:p-6 ${left ? "max-lg:border-t max-lg:border-line max-lg:pt-4 lg:border-l lg:border-line" : "lg:col-span-2"}`}>
        <FixNotes codes={fix.assumptions} copiedFrom={fix.copiedFrom} heading={t(asked ? "report.fix.note" : "report.fix.assumed")} t={t} />
        <Disclosure summary={t("report.verify.heading")}>
          <CheckYourself fix={fix} t={t} />
        </Disclosure>
        {asked || fix.value === null ? null : (
          <Disclosure summary={dnsHostHeading(report, fix, t)}>
            <DnsHostGuide fix={fix} report={report} t={t} />
          </Disclosure>
        )}
      </div>
    </div>
  );
}
