/** `/test/{id}`: the address of one test mail. Waits for it, and leads to its report; without scripts, by a link. */

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Moment } from "../../../../components/report/moment.tsx";
import { copyLabels } from "../../../../components/site/copy-labels.ts";
import { DeadEnd } from "../../../../components/site/dead-end.tsx";
import { pageHref } from "../../../../components/site/site.ts";
import { StartForm } from "../../../../components/test-mail/start-form.tsx";
import { Waiting } from "../../../../components/test-mail/waiting.tsx";
import { LinkButton } from "../../../../components/ui/button.tsx";
import { SectionCard } from "../../../../components/ui/card.tsx";
import { CopyButton } from "../../../../components/ui/copy-button.tsx";
import { requestedSite } from "../../../_page/site.ts";
import { findTestMail } from "../../../_http/test-mails.ts";

interface TestMailPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await requestedSite();
  return { title: t("testMail.page.title"), robots: { index: false, follow: false } };
}

const NOTHING_COMES = ["log", "slow", "port"] as const;

export default async function TestMailPage({ params }: TestMailPageProps) {
  const [{ id }, site] = await Promise.all([params, requestedSite()]);
  const { t } = site;
  const found = await findTestMail(id);
  if (!found.ok && found.error.code === "store-unavailable") {
    return (
      <DeadEnd title={t("report.unavailable.title")} text={t("report.unavailable.text")}>
        <LinkButton variant="primary" href={pageHref(site, site.path)}>
          {t("report.unavailable.again")}
        </LinkButton>
      </DeadEnd>
    );
  }
  if (found.ok && found.state.reportId !== null) redirect(pageHref(site, `/r/${found.state.reportId}`));
  if (!found.ok || found.state.address === null) {
    return (
      <DeadEnd title={t("testMail.expired.title")} text={t("testMail.expired.text")}>
        <StartForm t={t} locale={site.prefix === "" ? null : site.locale} variant="primary" />
        <LinkButton href={pageHref(site, "/")}>{t("site.back")}</LinkButton>
      </DeadEnd>
    );
  }
  const { address, expiresAt } = found.state;
  const words = { waiting: t("testMail.waiting"), arrived: t("testMail.arrived"), received: t("testMail.received"), lost: t("testMail.lost") };
  return (
    <div className="mx-auto grid max-w-2xl gap-6 py-8 sm:py-14">
      <div>
        <h1 className="text-2xl font-semibold tracking-tight text-balance sm:text-3xl">{t("testMail.page.heading")}</h1>
        <p className="mt-3 text-soft text-pretty">{t("testMail.page.lead")}</p>
      </div>
      <SectionCard aria-labelledby="address" className="grid gap-3 p-4 sm:p-6">
        <h2 id="address" className="font-semibold">
          {t("testMail.page.address")}
        </h2>
        <div className="flex flex-wrap items-center gap-2 rounded-lg border border-line bg-sunken p-2">
          <code className="min-w-0 grow basis-56 px-2 py-1 font-mono text-[0.875rem] leading-6 break-all">{address}</code>
          <CopyButton text={address} {...copyLabels(t, t("testMail.page.address"))} className="ml-auto shrink-0" />
        </div>
        <p className="text-[0.9375rem] text-soft">
          {t("testMail.page.valid")} <Moment iso={expiresAt} t={t} />
        </p>
        <Waiting id={id} prefix={site.prefix} expiresAt={expiresAt} words={words} />
        <noscript>
          <LinkButton variant="primary" href={pageHref(site, site.path)}>
            {t("testMail.reload")}
          </LinkButton>
        </noscript>
      </SectionCard>
      <section aria-labelledby="nothing">
        <h2 id="nothing" className="font-semibold">
          {t("testMail.nothing.title")}
        </h2>
        <ul className="mt-2 grid list-disc gap-2 pl-5 text-[0.9375rem] text-soft">
          {NOTHING_COMES.map((hint) => (
            <li key={hint}>{t(`testMail.nothing.${hint}`)}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
