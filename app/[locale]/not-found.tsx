/** Nothing at this address. */

import type { Metadata } from "next";
import { DeadEnd } from "../../components/site/dead-end.tsx";
import { pageHref } from "../../components/site/site.ts";
import { LinkButton } from "../../components/ui/button.tsx";
import { requestedSite } from "../_page/site.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await requestedSite();
  return { title: t("site.notFound.title") };
}

export default async function NotFound() {
  const site = await requestedSite();
  const { t } = site;
  return (
    <DeadEnd title={t("site.notFound.title")} text={t(site.path.startsWith("/r/") ? "site.notFound.report" : "site.notFound.text")}>
      <LinkButton variant="primary" href={pageHref(site, "/")}>
        {t("site.back")}
      </LinkButton>
      <LinkButton href={pageHref(site, "/docs")}>{t("site.docs")}</LinkButton>
    </DeadEnd>
  );
}
