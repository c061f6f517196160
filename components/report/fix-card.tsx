/** One change: what to type where, what it replaces and why, and how it was proven. */

import { CircleAlert } from "lucide-react";
import { unicodeDomain } from "../../lib/address/index.ts";
import type { Fix, Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { SectionCard } from "../ui/card.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { CheckYourself } from "./check-yourself.tsx";
import { copyLabels } from "./copy-labels.ts";
import { DnsHostGuide } from "./dns-host-guide.tsx";
import { Foreign } from "./foreign.tsx";
import { FixChanges } from "./fix-changes.tsx";
import { FixPlace } from "./fix-place.tsx";
import { FixProof } from "./fix-proof.tsx";
import { Replaced } from "./replaced.tsx";
import { findingSentence, sentenceFor } from "./say.ts";
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
        {fix.action === "ask-provider" ? <Asked fix={fix} report={report} t={t} /> : <FixPlace fix={fix} zone={report.subject.organizationalDomain} t={t} />}
        <FixProof proof={fix.proof} t={t} />
      </div>
      <Details fix={fix} report={report} t={t} />
    </SectionCard>
  );
}

function fixTitle({ action, type, replaces }: Fix, t: Translator): string {
  const values = { type: type ?? "TXT", count: replaces.length };
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
        <div className="mt-1 flex flex-wrap items-start gap-2 rounded-lg border border-line bg-sunken p-2">
          <p className="min-w-0 grow basis-56 px-2 py-1 text-[0.9375rem] leading-relaxed wrap-anywhere">
            <Foreign text={question} />
          </p>
          <CopyButton text={question} {...copyLabels(t, "question")} className="ml-auto shrink-0" />
        </div>
      </div>
    </div>
  );
}

/** A name that already leads to the address is asked for by name. */
function questionFor({ finding, type, value }: Fix): "ptr" | "ptrNamed" | "key" | "signing" | "alignment" {
  if (type === "PTR") return value === null ? "ptr" : "ptrNamed";
  if (finding === "dmarc.not-aligned") return "alignment";
  return finding === "dkim.missing-signature" || finding === "dkim.signature-broken" ? "signing" : "key";
}

function Details({ fix, report, t }: { fix: Fix; report: Report; t: Translator }) {
  const asked = fix.action === "ask-provider";
  const left = fix.replaces.length > 0 || fix.changes.some((change) => change.kind !== "kept");
  return (
    <div className="grid border-t border-line lg:grid-cols-2">
      {left ? (
        <div className="grid min-w-0 content-start gap-5 p-4 sm:p-6">
          <Replaced fix={fix} t={t} />
          <FixChanges changes={fix.changes} t={t} />
        </div>
      ) : null}
      <div className={`grid min-w-0 content-start gap-2 p-4 sm:p-6 ${left ? "max-lg:border-t max-lg:border-line max-lg:pt-4 lg:border-l lg:border-line" : "lg:col-span-2"}`}>
        <Assumptions fix={fix} t={t} />
        <Disclosure summary={t("report.verify.heading")}>
          <CheckYourself fix={fix} t={t} />
        </Disclosure>
        {asked ? null : (
          <Disclosure summary={t("report.host.heading")}>
            <DnsHostGuide fix={fix} zone={unicodeDomain(report.subject.organizationalDomain)} t={t} />
          </Disclosure>
        )}
      </div>
    </div>
  );
}

function Assumptions({ fix, t }: { fix: Fix; t: Translator }) {
  const notes = fix.assumptions.flatMap((code) => sentenceFor(t, "note", code) ?? []);
  if (notes.length === 0) return null;
  return (
    <div className="pb-2">
      <h4 className="text-sm font-semibold text-soft">
        {t(fix.action === "ask-provider" ? "report.fix.note" : "report.fix.assumed")}
      </h4>
      <ul className="mt-2 grid gap-2">
        {notes.map((note) => (
          <li key={note.id} className="flex items-start gap-2 text-[0.9375rem] leading-relaxed">
            <CircleAlert aria-hidden className="mt-1 size-4 shrink-0 text-soft" />
            <span className="min-w-0 wrap-anywhere">
              <Sentence t={t} sentence={note} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
