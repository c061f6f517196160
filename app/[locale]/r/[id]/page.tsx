/** The report: what happened, why, what to paste where; then everything that was looked at. */

import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { OtherBounces } from "../../../../components/report/bounce/other-bounces.tsx";
import { Contents } from "../../../../components/report/contents.tsx";
import { DmarcPath } from "../../../../components/report/dmarc-path.tsx";
import { AllAnswers, Engineers } from "../../../../components/report/engineers.tsx";
import { Advice, Cures } from "../../../../components/report/fix-list.tsx";
import { HandOver } from "../../../../components/report/hand-over/hand-over.tsx";
import { Keeping } from "../../../../components/report/keeping.tsx";
import { Problem } from "../../../../components/report/problem.tsx";
import { Requirements } from "../../../../components/report/requirements.tsx";
import { causeFinding, findingSentence, wordFor } from "../../../../components/report/say.ts";
import { Scores } from "../../../../components/report/scores.tsx";
import { SinceLastCheck } from "../../../../components/report/since-last-check.tsx";
import { Unsaved } from "../../../../components/report/unsaved.tsx";
import { VerdictBand } from "../../../../components/report/verdict-band.tsx";
import { WatchChange } from "../../../../components/report/watch/watch-change.tsx";
import { DeadEnd } from "../../../../components/site/dead-end.tsx";
import { pageHref } from "../../../../components/site/site.ts";
import { GmailAnswer } from "../../../../components/test-mail/gmail-answer.tsx";
import { TestMailOffer } from "../../../../components/test-mail/offer.tsx";
import { Glossary } from "../../../../components/terms/glossary.tsx";
import { LinkButton } from "../../../../components/ui/button.tsx";
import { unicodeDomain } from "../../../../lib/address/index.ts";
import { environment } from "../../../../lib/environment/index.ts";
import { deleteCookieName } from "../../../_http/delete-cookie.ts";
import { earlierReports } from "../../../_http/earlier-reports.ts";
import { findReport } from "../../../_http/stored-report.ts";
import { requestedSite } from "../../../_page/site.ts";

interface ReportPageProps {
  params: Promise<{ id: string }>;
  /** What a form of this page could not do: see `backToReport`. */
  searchParams: Promise<{ problem?: string | string[]; seconds?: string | string[] }>;
}

/** Asked for by the metadata and by the page: read once. */
const loaded = cache(findReport);

export async function generateMetadata({ params }: Pick<ReportPageProps, "params">): Promise<Metadata> {
  const [{ id }, { t }] = await Promise.all([params, requestedSite()]);
  const found = await loaded(id);
  const robots = { index: false, follow: false };
  if (!found.ok) return { title: t(found.error.code === "not-found" ? "site.notFound.title" : "report.unavailable.title"), robots };
  const { report } = found;
  const cause = causeFinding(report);
  const sentence = findingSentence(t, cause, "title");
  const text = findingSentence(t, cause, "text");
  const said = sentence === null ? "" : t(sentence.id, sentence.values);
  const domain = unicodeDomain(report.subject.domain);
  // Most causes name the domain themselves.
  const title = said.includes(domain) ? said : t("report.meta.title", { domain, cause: said === "" ? wordFor(t, "outcome", report.verdict.outcome) : said });
  const description = [said, text === null ? "" : t(text.id, text.values)].filter((part) => part !== "").join(t("report.proof.joint"));
  return { metadataBase: new URL(new URL(report.url).origin), title: { absolute: title }, description, robots, openGraph: { title, description, type: "article", url: report.url, siteName: t("site.name") }, twitter: { card: "summary_large_image", title, description } };
}

export default async function ReportPage({ params, searchParams }: ReportPageProps) {
  const [{ id }, asked, site, jar] = await Promise.all([params, searchParams, requestedSite(), cookies()]);
  const { t } = site;
  const found = await loaded(id);
  if (!found.ok) {
    if (found.error.code === "not-found") notFound();
    return (
      <DeadEnd title={t("report.unavailable.title")} text={t("report.unavailable.text")}>
        <LinkButton variant="primary" href={pageHref(site, site.path)}>
          {t("report.unavailable.again")}
        </LinkButton>
        <LinkButton href={pageHref(site, "/")}>{t("site.back")}</LinkButton>
      </DeadEnd>
    );
  }
  const { report } = found;
  const earlier = report.changed === null ? [] : await earlierReports(report);
  const addressLocale = site.prefix === "" ? null : site.locale;
  return (
    <div className="grid gap-4 py-4 sm:gap-8 sm:py-8">
      {found.unsaved ? <Unsaved reportId={report.id} again={asked.problem === "not-saved"} addressLocale={addressLocale} t={t} /> : null}
      {found.unsaved && asked.problem === "not-saved" ? null : <Problem code={asked.problem} seconds={asked.seconds} t={t} />}
      <VerdictBand report={report} t={t} addressLocale={addressLocale} />
      <GmailAnswer report={report} t={t} />
      <Cures report={report} t={t} />
      <WatchChange of="cures" report={report} prefix={site.prefix} t={t} />
      <SinceLastCheck report={report} earlier={earlier} site={site} />
      <Advice report={report} t={t} />
      <WatchChange of="advice" report={report} prefix={site.prefix} t={t} />
      {environment().mail === null ? null : <TestMailOffer on="report" t={t} addressLocale={addressLocale} />}
      <OtherBounces report={report} addressLocale={addressLocale} t={t} />
      <div className="later grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 sm:gap-8">
      <Contents report={report} t={t} />
      <div className="grid items-start gap-6 sm:gap-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
        <Scores report={report} t={t} />
        <Engineers report={report} t={t} />
      </div>
      <Requirements report={report} t={t} />
      <DmarcPath report={report} t={t} />
      <AllAnswers report={report} t={t} />
      <HandOver report={report} t={t} />
      <Keeping report={report} mine={jar.has(deleteCookieName(report.id))} addressLocale={addressLocale} t={t} />
      </div>
      <Glossary prefix={site.prefix} t={t} />
    </div>
  );
}
