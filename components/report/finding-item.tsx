/** One finding: how grave, what it is, why it matters, what to do, and on which answers of DNS it rests. */

import { ExternalLink } from "../ui/icons.tsx";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { Explained } from "../terms/explained.tsx";
import { OutcomeBadge } from "../ui/outcome-badge.tsx";
import { Foreign } from "./foreign.tsx";
import { referenceLink } from "./reference-link.ts";
import { findingSentence, type ReportFinding, wordFor } from "./say.ts";
import { Sentence } from "./sentence.tsx";

interface FindingItemProps {
  finding: ReportFinding;
  answers: Report["dns"]["answers"];
  t: Translator;
}

export function FindingItem({ finding, answers, t }: FindingItemProps) {
  const title = findingSentence(t, finding, "title");
  const text = findingSentence(t, finding, "text");
  const act = finding.severity === "pass" ? null : findingSentence(t, finding, "act");
  return (
    <div className="grid gap-1.5 text-[0.9375rem] leading-relaxed wrap-anywhere">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <OutcomeBadge state={finding.severity} label={wordFor(t, "severity", finding.severity)} />
        {finding.cost === 0 ? null : <span className="text-sm font-medium tabular-nums text-soft">{t("report.finding.cost", { cost: finding.cost })}</span>}
      </div>
      <h4 className="font-semibold">{title === null ? finding.code : <Sentence t={t} sentence={title} />}</h4>
      {text === null ? null : (
        <p>
          <Explained t={t} {...text} />
        </p>
      )}
      {act === null ? null : (
        <p>
          <b className="font-semibold">{t("report.finding.act")}</b> <Explained t={t} {...act} after={[text]} />
        </p>
      )}
      <Sources finding={finding} answers={answers} t={t} />
    </div>
  );
}

function Sources({ finding, answers, t }: FindingItemProps) {
  const link = referenceLink(finding.reference);
  const evidence = [...new Set(finding.evidence)].flatMap((index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [{ index, answer }];
  });
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
      <li>
        {link === null ? (
          finding.reference
        ) : (
          <a href={link} rel="noreferrer" className="inline-flex items-center gap-1 underline underline-offset-2 hover:text-accent">
            {finding.reference}
            <ExternalLink aria-hidden className="size-3.5" />
          </a>
        )}
      </li>
      {evidence.map(({ index, answer }) => (
        <li key={index} className="min-w-0">
          <a href={`#dns-${index + 1}`} className="underline underline-offset-2 hover:text-accent">
            {t("report.finding.evidence")}{" "}
            <span className="font-mono text-[0.9em] wrap-anywhere">
              <Foreign text={`${answer.type} ${answer.name}`} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
