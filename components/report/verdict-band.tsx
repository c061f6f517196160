/** The top of a report: what happened, why, and whose turn it is. */

import { UserRound } from "lucide-react";
import { unicodeDomain } from "../../lib/address/index.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { OutcomeBadge, STATE_LOOKS } from "../ui/outcome-badge.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { ForeignCode } from "./foreign.tsx";
import { Moment } from "./moment.tsx";
import { RecheckForm } from "./recheck-form.tsx";
import { ReplyNotes } from "./reply-notes.tsx";
import { actFinding, causeFinding, findingSentence, wordFor } from "./say.ts";
import { Sentence } from "./sentence.tsx";
import { whoActs } from "./who-acts.ts";

interface VerdictBandProps {
  report: Report;
  t: Translator;
  /** The language, when the address names it. */
  addressLocale: string | null;
}

export function VerdictBand({ report, t, addressLocale }: VerdictBandProps) {
  const { verdict } = report;
  const cause = causeFinding(report);
  const title = findingSentence(t, cause, "title");
  const act = findingSentence(t, actFinding(report), "act");
  return (
    <section aria-labelledby="verdict" className={`rounded-card border border-l-4 bg-surface p-4 sm:p-6 ${STATE_LOOKS[verdict.outcome].border}`}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2 sm:gap-x-3">
        <OutcomeBadge state={verdict.outcome} label={wordFor(t, "outcome", verdict.outcome)} size="large" />
        <span className="ml-auto text-[0.8125rem] text-soft sm:text-sm sm:order-last">
          <span className="sr-only">{t("report.checkedAt")} </span>
          <Moment iso={report.createdAt} t={t} />
        </span>
        <Subject report={report} />
      </div>
      <h1 id="verdict" className="mt-2 max-w-4xl text-lg leading-snug font-semibold wrap-anywhere sm:mt-3 sm:text-2xl sm:text-balance [word-break:auto-phrase] [&_code]:bg-transparent [&_code]:p-0 [&_code]:font-semibold">
        {title === null ? wordFor(t, "outcome", verdict.outcome) : <Sentence t={t} sentence={title} />}
      </h1>
      {act === null ? null : (
        <p className="mt-2 max-w-3xl text-[0.9375rem] leading-relaxed wrap-anywhere text-ink sm:text-base">
          <Sentence t={t} sentence={act} />
        </p>
      )}
      <ReplyNotes report={report} t={t} addressLocale={addressLocale} />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <Who report={report} t={t} told={act !== null} />
        <div className="flex flex-wrap gap-2">
          <RecheckForm reportId={report.id} locale={addressLocale} label={t("report.recheck.label")} workingLabel={t("report.recheck.working")} />
          <CopyButton text={report.url} label={t("report.share.label")} accessibleLabel={t("report.share.accessible")} copiedLabel={t("report.share.done")} failedLabel={t("report.copy.failed")} />
        </div>
      </div>
    </section>
  );
}

function Subject({ report }: { report: Report }) {
  const { domain, sendingIp } = report.subject;
  const shown = unicodeDomain(domain);
  return (
    <ul className="flex min-w-0 flex-wrap max-sm:basis-full items-baseline gap-x-3 gap-y-1 text-[0.9375rem] text-soft">
      <li className="min-w-0">
        <ForeignCode text={shown} className="font-semibold text-ink" />
        {shown === domain ? null : (
          <>
            {" "}
            <ForeignCode text={`(${domain})`} />
          </>
        )}
      </li>
      {sendingIp === null ? null : (
        <li className="min-w-0">
          <ForeignCode text={sendingIp} className="text-ink" />
        </li>
      )}
    </ul>
  );
}

/** On a narrow screen only where the act does not say it. */
function Who({ report, t, told }: { report: Report; t: Translator; told: boolean }) {
  const values = { domain: unicodeDomain(report.subject.organizationalDomain), ip: report.subject.sendingIp ?? "" };
  return (
    <p className={`min-w-0 items-start gap-2 text-[0.9375rem] text-soft ${told ? "hidden sm:flex" : "flex"}`}>
      <UserRound aria-hidden className="mt-1 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        <RichText t={t} id={`report.who.${whoActs(report)}`} values={values} />
      </span>
    </p>
  );
}
