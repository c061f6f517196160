/** `/docs/kept`: what is stored, what is not, and for how long. */

import type { Metadata } from "next";
import { DocPage, DocSection } from "../../../../components/docs/doc-page.tsx";
import { environment } from "../../../../lib/environment/index.ts";
import { requestedSite } from "../../../_page/site.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await requestedSite();
  return { title: t("docs.kept.title") };
}

export default async function Kept() {
  const site = await requestedSite();
  const { t } = site;
  const { reportDays } = environment();
  return (
    <DocPage site={site} kind={t("docs.kept.label")} title={t("docs.kept.title")}>
      <p className="mt-3 text-lg text-pretty text-soft">{t("docs.kept.lead")}</p>
      <DocSection title={t("docs.kept.stored")}>
        <List lines={[t("docs.kept.one"), t("docs.kept.two"), t("docs.kept.three")]} />
      </DocSection>
      <DocSection title={t("docs.kept.dropped")}>
        <List lines={[t("docs.kept.four"), t("docs.kept.five"), t("docs.kept.six")]} />
      </DocSection>
      <DocSection title={t("docs.kept.time")}>
        <List lines={[reportDays === 0 ? t("docs.kept.forever") : t("docs.kept.days", { days: reportDays }), t("docs.kept.remove"), t("docs.kept.draft"), t("docs.kept.visitor"), t("docs.kept.engines")]} />
      </DocSection>
    </DocPage>
  );
}

function List({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="list-disc space-y-1.5 pl-5 marker:text-soft">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
