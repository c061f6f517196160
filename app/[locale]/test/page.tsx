/** `/test`: what a test mail is, and the button that gives an address for one. */

import type { Metadata } from "next";
import { Problem } from "../../../components/report/problem.tsx";
import { DeadEnd } from "../../../components/site/dead-end.tsx";
import { pageHref } from "../../../components/site/site.ts";
import { StartForm } from "../../../components/test-mail/start-form.tsx";
import { LinkButton } from "../../../components/ui/button.tsx";
import { environment } from "../../../lib/environment/index.ts";
import { requestedSite } from "../../_page/site.ts";

interface StartPageProps {
  /** What could not be done just now: see `app/submit/test-mail`. */
  searchParams: Promise<{ problem?: string | string[]; seconds?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await requestedSite();
  return { title: t("testMail.page.title") };
}

export default async function StartPage({ searchParams }: StartPageProps) {
  const [site, asked] = await Promise.all([requestedSite(), searchParams]);
  const { t } = site;
  if (environment().mail === null) {
    return (
      <DeadEnd title={t("testMail.off.title")} text={t("testMail.off.text")}>
        <LinkButton href={pageHref(site, "/")}>{t("site.back")}</LinkButton>
      </DeadEnd>
    );
  }
  return (
    <div className="mx-auto grid max-w-2xl gap-6 py-10 sm:py-14">
      <Problem code={asked.problem} seconds={asked.seconds} t={t} />
      <div>
        <h1 className="text-2xl font-semibold tracking-tight sm:text-3xl">{t("testMail.page.title")}</h1>
        <p className="mt-3 text-soft text-pretty">{t("testMail.page.start")}</p>
      </div>
      <StartForm t={t} locale={site.prefix === "" ? null : site.locale} variant="primary" />
    </div>
  );
}
