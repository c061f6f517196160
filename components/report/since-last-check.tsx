/** What is different since the report that this one follows, and the checks before that. */

import type { ReactNode } from "react";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { pageHref, type Site } from "../site/site.ts";
import { SectionCard } from "../ui/card.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { OutcomeBadge, type Outcome } from "../ui/outcome-badge.tsx";
import { ForeignCode } from "./foreign.tsx";
import { Moment } from "./moment.tsx";
import { titleOfCode, wordFor } from "./say.ts";
import { Sentence } from "./sentence.tsx";
import { SinceRecords } from "./since-records.tsx";

interface SinceLastCheckProps {
  report: Report;
  /** The checks before, newest first, as far as they are still kept. The first knows the values of findings that are gone. */
  earlier: readonly Report[];
  site: Site;
}

const OUTCOMES: readonly Outcome[] = ["refused", "at-risk", "accepted", "unknown"];

export function SinceLastCheck({ report, earlier, site }: SinceLastCheckProps) {
  const { changed } = report;
  const { t } = site;
  const previous = earlier[0] ?? null;
  if (changed === null) return null;
  const before = OUTCOMES.find((outcome) => outcome === changed.outcomeBefore) ?? "unknown";
  const nothing = changed.gone.length === 0 && changed.come.length === 0 && changed.records.length === 0 && before === report.verdict.outcome;
  return (
    <SectionCard aria-labelledby="since" className="grid gap-4 p-4 sm:p-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="since" className="text-lg font-semibold">
          {t("report.since.heading")}
        </h2>
        {previous === null ? null : (
          <a href={pageHref(site, `/r/${previous.id}`)} className="text-[0.9375rem] text-accent underline underline-offset-2 hover:text-accent-strong">
            {t("report.since.previous")} <Moment iso={previous.createdAt} t={t} />
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
      <Codes heading={t("report.since.stayed")} codes={previous === null ? [] : stayed(previous, report)} findings={report.findings} t={t} />
      {changed.records.length === 0 ? null : (
        <Group heading={t("report.since.records")} plain>
          <SinceRecords records={changed.records} t={t} />
        </Group>
      )}
      <Chain report={report} earlier={earlier} site={site} />
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

/** What was wrong, and still is. What Gmail's reply said then stays said, and is no news. */
function stayed(previous: Report, report: Report): readonly string[] {
  const faults = ({ findings }: Report) => findings.filter(({ area, severity }) => area !== "bounce" && (severity === "critical" || severity === "warning")).map(({ code }) => code);
  const before = new Set(faults(previous));
  return [...new Set(faults(report).filter((code) => before.has(code)))];
}

/** Each check with its time and verdict, this one first. One alone is linked above. */
function Chain({ report, earlier, site }: SinceLastCheckProps) {
  if (earlier.length < 2) return null;
  const { t } = site;
  return (
    <Disclosure summary={t("report.since.chain")}>
      <ol className="grid gap-1">
        {[report, ...earlier].map((check) => (
          <li key={check.id} className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-[0.9375rem]">
            <OutcomeBadge state={check.verdict.outcome} label={wordFor(t, "outcome", check.verdict.outcome)} />
            {check.id === report.id ? (
              <span aria-current="page">
                <Moment iso={check.createdAt} t={t} /> <span className="text-soft">{t("report.since.thisOne")}</span>
              </span>
            ) : (
              <a href={pageHref(site, `/r/${check.id}`)} className="text-accent underline underline-offset-2 hover:text-accent-strong">
                <Moment iso={check.createdAt} t={t} />
              </a>
            )}
          </li>
        ))}
      </ol>
      {earlier.at(-1)?.previous == null ? null : <p className="mt-2 text-sm text-soft">{t("report.since.more")}</p>}
    </Disclosure>
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
