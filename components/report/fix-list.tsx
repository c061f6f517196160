/** What to change: the cures in the order to do them, then what is worth mending beside them; or why no DNS change is offered. */

import { CircleHelp } from "../ui/icons.tsx";
import type { Fix, Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { SectionCard } from "../ui/card.tsx";
import { Explained } from "../terms/explained.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { FixCard } from "./fix-card.tsx";
import { causeFinding, findingSentence } from "./say.ts";

interface FixListProps {
  report: Report;
  t: Translator;
}

export function Cures({ report, t }: FixListProps) {
  const cures = report.fixes.filter((fix) => !fix.advice);
  if (cures.length === 0) return report.verdict.outcome === "accepted" ? null : <NoChange report={report} t={t} />;
  return (
    <section aria-labelledby="cures">
      {/* On a small screen a card's own heading says enough, but for a condition: what to paste must be seen without scrolling. */}
      <h2 id="cures" className={`text-lg font-semibold ${isParked(cures) ? "max-sm:text-base" : "max-sm:sr-only"}`}>
        {t(`report.fix.heading.${headingFor(cures)}`)}
      </h2>
      <Cards fixes={cures} report={report} t={t} numbered={cures.length > 1} idPrefix="cure" />
    </section>
  );
}

export function Advice({ report, t }: FixListProps) {
  const advice = report.fixes.filter((fix) => fix.advice);
  if (advice.length === 0) return null;
  return (
    <section aria-labelledby="advice">
      <h2 id="advice" className="text-lg font-semibold">
        {t("report.fix.adviceHeading")}
      </h2>
      <Cards fixes={advice} report={report} t={t} numbered={false} idPrefix="advice" />
    </section>
  );
}

function Cards({ fixes, report, t, numbered, idPrefix }: FixListProps & { fixes: readonly Fix[]; numbered: boolean; idPrefix: string }) {
  return (
    <ol className="mt-2 grid gap-4 sm:mt-3">
      {fixes.map((fix, index) => (
        <li key={index} className="min-w-0">
          <FixCard fix={fix} report={report} t={t} step={numbered ? index + 1 : null} id={`${idPrefix}-${index + 1}`} />
        </li>
      ))}
    </ol>
  );
}

function headingFor(cures: readonly Fix[]): "paste" | "ask" | "several" | "ifParked" {
  if (isParked(cures)) return "ifParked";
  if (cures.length > 1) return "several";
  return cures.some((fix) => fix.action === "ask-provider") ? "ask" : "paste";
}

/** A record that forbids all sending is advice for whoever sends nothing; who does send must not take it for the cure. */
function isParked(cures: readonly Fix[]): boolean {
  return cures.every((fix) => fix.assumptions.includes("sends-no-mail"));
}

/** No record of ours would be the cure: said plainly, with what to do instead. */
function NoChange({ report, t }: FixListProps) {
  // Another's server is why the obvious cure would be the wrong one.
  const stranger = report.findings.find((finding) => finding.code === "spf.stranger");
  const told = stranger ?? causeFinding(report);
  const sentences = (stranger === undefined ? (["text"] as const) : (["title", "text"] as const)).flatMap((voice) => findingSentence(t, told, voice) ?? []);
  return (
    <SectionCard aria-labelledby="no-change" className="p-4 sm:p-6">
      <h2 id="no-change" className="flex items-start gap-2 text-lg font-semibold">
        <CircleHelp aria-hidden className="mt-1 size-5 text-soft" />
        {t("report.noFix.heading")}
      </h2>
      <div className="mt-2 grid max-w-3xl gap-2 leading-relaxed wrap-anywhere">
        {sentences.map((sentence) => (
          <p key={sentence.id}>
            <Explained t={t} {...sentence} />
          </p>
        ))}
        {stranger === undefined ? (
          <p className="text-soft">
            <RichText t={t} id={`report.noFix.${whyNoChange(report)}`} />
          </p>
        ) : null}
      </div>
    </SectionCard>
  );
}

type NoChangeReason = "term" | "bounce" | "dkim" | "dmarc" | "spf" | "transport" | "dns" | "other";

/** What such a term was meant to allow only its owner knows. */
const TERM_TO_JUDGE: readonly string[] = ["spf.exists-always", "spf.include-passes-all", "spf.wide", "spf.include-wide"];

function whyNoChange({ verdict }: Report): NoChangeReason {
  if (TERM_TO_JUDGE.includes(verdict.cause)) return "term";
  const [area = ""] = verdict.cause.split(".");
  switch (area) {
    case "bounce":
    case "dkim":
    case "dmarc":
    case "spf":
    case "transport":
    case "dns":
      return area;
    default:
      return "other";
  }
}
