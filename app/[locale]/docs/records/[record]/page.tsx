/** `/docs/records/{kind}`: what a record is, an example, and how to look it up. */

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocPage, DocSection } from "../../../../../components/docs/doc-page.tsx";
import { DOCUMENTED_RECORDS, recordKind } from "../../../../../components/docs/records.ts";
import { copyLabels } from "../../../../../components/site/copy-labels.ts";
import { Explained } from "../../../../../components/terms/explained.tsx";
import { Glossary } from "../../../../../components/terms/glossary.tsx";
import { DkimRole, SpfRole } from "../../../../../components/terms/role-pictures.tsx";
import { CodeBlock } from "../../../../../components/ui/code-block.tsx";
import { Code, RichText } from "../../../../../components/ui/rich-text.tsx";
import { requestedSite } from "../../../../_page/site.ts";

interface RecordProps {
  params: Promise<{ record: string }>;
}

const PARTS = ["one", "two", "three", "four", "five"] as const;

export async function generateMetadata({ params }: RecordProps): Promise<Metadata> {
  const { t } = await requestedSite();
  const kind = recordKind((await params).record);
  return kind === undefined ? {} : { title: t(`docs.records.${kind}.title`), description: t(`docs.records.${kind}.what`) };
}

export default async function RecordPage({ params }: RecordProps) {
  const site = await requestedSite();
  const { t } = site;
  const kind = recordKind((await params).record);
  if (kind === undefined) notFound();
  const record = DOCUMENTED_RECORDS[kind];
  return (
    <DocPage site={site} kind={t("docs.records.label")} title={t(`docs.records.${kind}.title`)}>
      <p className="mt-3 text-lg text-pretty text-soft">
        <Explained t={t} id={`docs.records.${kind}.what`} />
      </p>
      {kind === "spf" ? <SpfRole id="role" t={t} className="mt-5" /> : kind === "dkim" ? <DkimRole id="role" t={t} className="mt-5" /> : null}
      <DocSection title={t("docs.records.where")}>
        <p>
          <Explained t={t} id={`docs.records.${kind}.where`} />
        </p>
      </DocSection>
      <DocSection title={t("docs.records.example")}>
        <p className="mb-2 text-sm text-soft">
          {t("docs.records.type")} <Code text={record.host} /> <Code text={record.type} />
        </p>
        <CodeBlock text={record.example} />
        <ul className="mt-4 space-y-2">
          {PARTS.map((part) => (
            <li key={part}>
              <RichText t={t} id={`docs.records.${kind}.part.${part}`} />
            </li>
          ))}
        </ul>
      </DocSection>
      <DocSection title={t("docs.records.gmail")}>
        <p>
          <Explained t={t} id={`docs.records.${kind}.gmail`} />
        </p>
      </DocSection>
      <DocSection title={t("docs.records.look")}>
        <h3 className="text-sm font-medium text-soft">{t("docs.records.windows")}</h3>
        <CodeBlock text={record.windows} copy={copyLabels(t, record.windows)} className="mt-1" />
        <h3 className="mt-4 text-sm font-medium text-soft">{t("docs.records.elsewhere")}</h3>
        <CodeBlock text={record.elsewhere} copy={copyLabels(t, record.elsewhere)} className="mt-1" />
      </DocSection>
      <Glossary prefix={site.prefix} t={t} />
    </DocPage>
  );
}
