/** The top of a report: what happened, why, and whose turn it is. */

import { UserRound } from "../ui/icons.tsx";
import { unicodeDomain } from "../../lib/address/index.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { OutcomeBadge, STATE_LOOKS } from "../ui/outcome-badge.tsx";
import { Explained } from "../terms/explained.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { ForeignCode } from "./foreign.tsx";
import { dateOf, Moment } from "./moment.tsx";
import { RecheckForm } from "./recheck-form.tsx";
import { ReplyNotes } from "./reply-notes.tsx";
import { actFinding, causeFinding, findingSentence, wordFor } from "./say.ts";
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
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <OutcomeBadge state={verdict.outcome} label={wordFor(t, "outcome", verdict.outcome)} size="large" />
        <div className="ml-auto flex gap-2 sm:order-last">
          <RecheckForm reportId={report.id} locale={addressLocale} label={t("report.recheck.label")} workingLabel={t("report.recheck.working")} />
          <CopyButton text={report.url} label={t("report.share.label")} accessibleLabel={t("report.share.accessible")} copiedLabel={t("report.share.done")} failedLabel={t("report.copy.failed")} compact />
        </div>
        <Subject report={report} t={t} />
        {/* Paper leads back to the page by it, as long as there is one. */}
        <p className="hidden basis-full text-sm wrap-anywhere text-soft print:block">
          <ForeignCode text={report.url} /> {report.expiresAt === null ? null : `· ${t("report.keep.until", { date: dateOf(report.expiresAt, t.locale) })}`}
        </p>
      </div>
      <h1 id="verdict" className="mt-2 max-w-4xl text-lg leading-snug font-semibold wrap-anywhere sm:mt-3 sm:text-2xl sm:text-balance [&_code]:bg-transparent [&_code]:p-0 [&_code]:font-semibold">
        {title === null ? wordFor(t, "outcome", verdict.outcome) : <Explained t={t} {...title} />}
      </h1>
      {act === null ? null : (
        <p data-act className="mt-2 max-w-3xl text-[0.9375rem] leading-normal wrap-anywhere text-ink sm:text-base sm:leading-relaxed">
          <Explained t={t} {...act} after={[title]} />
        </p>
      )}
      <Who report={report} t={t} />
      <ReplyNotes report={report} t={t} addressLocale={addressLocale} />
    </section>
  );
}

function Subject({ report, t }: { report: Report; t: Translator }) {
  const { domain, sendingIp } = report.subject;
  const shown = unicodeDomain(domain);
  return (
    <ul className="flex min-w-0 flex-wrap max-sm:basis-full items-baseline gap-x-3 text-[0.9375rem] text-soft sm:gap-y-1">
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
      <li className="text-sm whitespace-nowrap">
        <span className="sr-only">{t("report.checkedAt")} </span>
        <Moment iso={report.createdAt} t={t} />
      </li>
    </ul>
  );
}

function Who({ report, t }: { report: Report; t: Translator }) {
  const values = { domain: unicodeDomain(report.subject.organizationalDomain), ip: report.subject.sendingIp ?? "" };
  return (
    <p data-who className="mt-2 flex min-w-0 items-start gap-2 text-sm text-soft sm:mt-3 sm:text-[0.9375rem]">
      <UserRound aria-hidden className="mt-0.5 sm:mt-1" />
      <span className="min-w-0 wrap-anywhere">
        <RichText t={t} id={`report.who.${whoActs(report)}`} values={values} />
      </span>
    </p>
  );
}
