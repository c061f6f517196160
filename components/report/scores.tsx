/** How SPF, DKIM and DMARC stand, and what was found in each; then what has no score: transport, Gmail's policy, the bounce. */

import type { Area } from "../../lib/diagnosis/finding-codes.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import { areaState } from "../../lib/diagnosis/score.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { Card } from "../ui/card.tsx";
import { TermButton } from "../terms/term-button.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { STATE_LOOKS } from "../ui/outcome-badge.tsx";
import { FindingItem } from "./finding-item.tsx";
import { type ReportFinding, wordFor } from "./say.ts";
import { ScoreBar } from "./score-bar.tsx";

type ScoredArea = "spf" | "dkim" | "dmarc";
const SCORED: readonly ScoredArea[] = ["spf", "dkim", "dmarc"];
const UNSCORED: readonly Area[] = ["transport", "policy", "bounce"];

interface Numbered {
  readonly finding: ReportFinding;
  readonly index: number;
}

export function Scores({ report, t }: { report: Report; t: Translator }) {
  const numbered = report.findings.map((finding, index) => ({ finding, index }));
  const inArea = (area: Area) => numbered.filter(({ finding }) => finding.area === area).sort((a, b) => weight(a.finding) - weight(b.finding));
  const causeArea = report.findings.find((finding) => finding.code === report.verdict.cause)?.area ?? null;
  const unseen = SCORED.filter((area) => report.scores[area] === null).length;
  return (
    <section aria-labelledby="scores" className="min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="scores" className="text-lg font-semibold">
          {t("report.scores.heading")}
        </h2>
        <p className="text-[0.9375rem] text-soft">
          {t("report.scores.total")} <b className="font-semibold text-ink tabular-nums">{unseen === SCORED.length ? t("report.scores.unseen") : t("report.scores.of100", { score: report.scores.total })}</b>
          {unseen > 0 && unseen < SCORED.length ? ` ${t("report.scores.partial")}` : ""}
        </p>
      </div>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-soft print:hidden">
        {t("report.scores.about")}
        {SCORED.map((area) => (
          <span key={area} className="inline-flex min-h-8 items-center">
            <TermButton term={area}>{wordFor(t, "area", area)}</TermButton>
          </span>
        ))}
      </p>
      <Card className="mt-2 divide-y divide-line overflow-hidden">
        {SCORED.map((area) => (
          <ScoredDisclosure key={area} area={area} score={report.scores[area]} findings={inArea(area)} open={area === causeArea} report={report} t={t} />
        ))}
        {UNSCORED.map((area) => {
          const findings = inArea(area);
          return findings.length === 0 ? null : (
            <Disclosure key={area} id={`area-${area}`} variant="row" open={area === causeArea} summary={<h3 className="py-1 font-semibold">{wordFor(t, "area", area)}</h3>}>
              <Findings findings={findings} report={report} t={t} />
            </Disclosure>
          );
        })}
      </Card>
    </section>
  );
}

interface ScoredDisclosureProps {
  area: ScoredArea;
  score: number | null;
  findings: readonly Numbered[];
  open: boolean;
  report: Report;
  t: Translator;
}

function ScoredDisclosure({ area, score, findings, open, report, t }: ScoredDisclosureProps) {
  const state = areaState(area, score, report.findings);
  const { Icon, text } = STATE_LOOKS[state];
  const summary = (
    <span className="block py-2">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-semibold">{wordFor(t, "area", area)}</h3>
        <span className="font-medium tabular-nums">{score === null ? <span className="text-soft">{t("report.scores.unseen")}</span> : t("report.scores.of100", { score })}</span>
      </span>
      <ScoreBar score={score} state={state} />
      <span className="mt-1.5 flex flex-wrap items-center justify-between gap-x-4 text-sm font-normal">
        <span className={`inline-flex items-center gap-1.5 font-medium ${text}`}>
          <Icon aria-hidden />
          {t(`report.scores.state.${state}`)}
        </span>
        <span className="text-soft">{t("report.scores.count", { count: findings.length })}</span>
      </span>
    </span>
  );
  return (
    <Disclosure id={`area-${area}`} variant="row" open={open} summary={summary}>
      {findings.length === 0 ? <p className="text-[0.9375rem] text-soft">{t("report.scores.nothing")}</p> : <Findings findings={findings} report={report} t={t} />}
    </Disclosure>
  );
}

interface FindingsProps {
  findings: readonly Numbered[];
  report: Report;
  t: Translator;
}

/** What is only good to know stands folded below what is not in order, or is. */
function Findings({ findings, report, t }: FindingsProps) {
  const minor = findings.filter(({ finding }) => isMinor(finding, report));
  if (minor.length === 0 || minor.length === findings.length) return <Listed findings={findings} report={report} t={t} />;
  return (
    <>
      <Listed findings={findings.filter((one) => !minor.includes(one))} report={report} t={t} />
      <Disclosure summary={<span className="text-[0.9375rem] font-normal text-soft">{t("report.scores.minor", { count: minor.length })}</span>} className="mt-3 -mb-3">
        <Listed findings={minor} report={report} t={t} />
      </Disclosure>
    </>
  );
}

function isMinor({ severity, cost, code }: ReportFinding, { verdict }: Report): boolean {
  return severity === "info" && cost === 0 && code !== verdict.cause;
}

function Listed({ findings, report, t }: FindingsProps) {
  return (
    <ul className="grid gap-5">
      {findings.map(({ finding, index }) => (
        <li key={index} id={`finding-${index + 1}`} className="min-w-0 scroll-mt-4">
          <FindingItem finding={finding} answers={report.dns.answers} t={t} />
        </li>
      ))}
    </ul>
  );
}

const ORDER: readonly ReportFinding["severity"][] = ["critical", "warning", "unknown", "info", "pass"];

function weight({ severity }: ReportFinding): number {
  return ORDER.indexOf(severity);
}
