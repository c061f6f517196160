/** What is different since the report that this one follows. */

import type { ReactNode } from "react";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { SectionCard } from "../ui/card.tsx";
import { OutcomeBadge, type Outcome } from "../ui/outcome-badge.tsx";
import { ForeignCode } from "./foreign.tsx";
import { Moment } from "./moment.tsx";
import { titleOfCode, wordFor } from "./say.ts";
import { Sentence } from "./sentence.tsx";

interface SinceLastCheckProps {
  report: Report;
  /** The report before, while it is still kept: it knows the values of findings that are gone. */
  previous: Report | null;
  previousHref: string | null;
  t: Translator;
}

const OUTCOMES: readonly Outcome[] = ["refused", "at-risk", "accepted", "unknown"];

export function SinceLastCheck({ report, previous, previousHref, t }: SinceLastCheckProps) {
  const { changed } = report;
  if (changed === null) return null;
  const before = OUTCOMES.find((outcome) => outcome === changed.outcomeBefore) ?? "unknown";
  const nothing = changed.gone.length === 0 && changed.come.length === 0 && changed.records.length === 0 && before === report.verdict.outcome;
  return (
    <SectionCard aria-labelledby="since" className="grid gap-4 p-4 sm:p-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="since" className="text-lg font-semibold">
          {t("report.since.heading")}
        </h2>
        {previousHref === null ? null : (
          <a href={previousHref} className="text-[0.9375rem] text-accent underline underline-offset-2 hover:text-accent-strong">
            {t("report.since.previous")}
            {previous === null ? null : (
              <>
                {" "}
                <Moment iso={previous.createdAt} t={t} />
              </>
            )}
          </a>
        )}
      </div>
      <p className="flex flex-wrap items-center gap-2">
        <span className="sr-only">{t("report.since.before")}</span>
        <OutcomeBadge state={before} label={wordFor(t, "outcome", before)} />
        <span aria-hidden>→</span>
        <span className="sr-only">{t("report.since.now")}</span>
        <OutcomeBadge state={report.verdict.outcome} label={wordFor(t, "outcome", report.verdict.outcome)} />
      </p>
      {nothing ? <p>{t("report.since.nothing")}</p> : null}
      <Codes heading={t("report.since.gone")} codes={changed.gone} findings={previous?.findings ?? []} t={t} />
      <Codes heading={t("report.since.come")} codes={changed.come} findings={report.findings} t={t} />
      <Records records={changed.records} t={t} />
    </SectionCard>
  );
}

function Codes({ heading, codes, findings, t }: { heading: string; codes: readonly string[]; findings: Report["findings"]; t: Translator }) {
  if (codes.length === 0) return null;
  return (
    <Group heading={heading}>
      {codes.map((code) => {
        const finding = findings.find((one) => one.code === code);
        const title = finding === undefined ? null : titleOfCode(t, code, finding.params);
        return (
          <li key={code} className="wrap-anywhere">
            {title === null ? <ForeignCode text={code} /> : <Sentence t={t} sentence={title} />}
          </li>
        );
      })}
    </Group>
  );
}

function Records({ records, t }: { records: NonNullable<Report["changed"]>["records"]; t: Translator }) {
  if (records.length === 0) return null;
  return (
    <Group heading={t("report.since.records")} plain>
      {records.map(({ name, type, before, after }) => (
        <li key={`${type} ${name}`} className="min-w-0">
          <p>
            <ForeignCode text={`${type} ${name}`} className="font-medium" />
          </p>
          {before
            .filter((record) => !after.includes(record))
            .map((record, index) => (
              <Line key={index} sign="−" word={t("report.change.removed")} look="bg-refused-soft" text={record} />
            ))}
          {after
            .filter((record) => !before.includes(record))
            .map((record, index) => (
              <Line key={index} sign="+" word={t("report.change.added")} look="bg-accepted-soft" text={record} />
            ))}
        </li>
      ))}
    </Group>
  );
}

function Line({ sign, word, look, text }: { sign: string; word: string; look: string; text: string }) {
  return (
    <p className={`flex items-start gap-2 px-3 py-1 leading-6 first-of-type:rounded-t-lg last-of-type:rounded-b-lg ${look}`}>
      <span aria-hidden className="font-mono font-semibold select-none">
        {sign}
      </span>
      <span className="sr-only">{word}</span>
      <ForeignCode text={text} className="min-w-0" />
    </p>
  );
}

function Group({ heading, plain = false, children }: { heading: string; plain?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="text-sm font-semibold text-soft">{heading}</h3>
      <ul className={`mt-1 grid gap-2 text-[0.9375rem] leading-relaxed ${plain ? "" : "list-disc pl-5 marker:text-soft"}`}>{children}</ul>
    </div>
  );
}
