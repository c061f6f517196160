/** `/docs/findings/{area}/{name}`: one finding, what it means, what it weighs and where it is laid down. */

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { DocPage, DocSection } from "../../../../../../components/docs/doc-page.tsx";
import { FindingText } from "../../../../../../components/docs/finding-text.tsx";
import { findingCode, findingTitle } from "../../../../../../components/docs/finding-words.ts";
import { referenceLink } from "../../../../../../components/report/reference-link.ts";
import { OutcomeBadge } from "../../../../../../components/ui/outcome-badge.tsx";
import { FINDING_KINDS } from "../../../../../../lib/diagnosis/finding-codes.ts";
import { requestedSite } from "../../../../../_page/site.ts";

interface FindingProps {
  params: Promise<{ area: string; code: string }>;
}

export async function generateMetadata({ params }: FindingProps): Promise<Metadata> {
  const { t } = await requestedSite();
  const { area, code } = await params;
  const found = findingCode(area, code);
  return found === undefined ? {} : { title: findingTitle(t, found) };
}

export default async function FindingPage({ params }: FindingProps) {
  const site = await requestedSite();
  const { t } = site;
  const { area, code } = await params;
  const found = findingCode(area, code);
  if (found === undefined) notFound();
  const kind = FINDING_KINDS[found];
  const link = referenceLink(kind.reference);
  return (
    <DocPage site={site} kind={t("docs.finding.label")} title={<FindingText t={t} code={found} part="title" />}>
      <DocSection title={t("docs.finding.means")}>
        <p>
          <FindingText t={t} code={found} part="text" />
        </p>
      </DocSection>
      <DocSection title={t("docs.finding.act")}>
        <p>
          <FindingText t={t} code={found} part="act" />
        </p>
      </DocSection>
      <dl className="mt-8 divide-y divide-line rounded-card border border-line bg-surface px-5">
        <Fact name={t("docs.finding.severity")}>
          <OutcomeBadge state={kind.severity} label={t(`word.severity.${kind.severity}`)} />
        </Fact>
        <Fact name={t("docs.finding.area")}>{t(`word.area.${kind.area}`)}</Fact>
        <Fact name={t("docs.finding.cost")}>{kind.cost === 0 ? t("docs.finding.free") : t("docs.finding.costs", { cost: kind.cost })}</Fact>
        <Fact name={t("docs.finding.reference")}>
          {link === null ? (
            kind.reference
          ) : (
            <a href={link} rel="noreferrer" className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent">
              {kind.reference}
            </a>
          )}
        </Fact>
      </dl>
      <p className="mt-3 text-sm text-soft">{t("docs.finding.sample")}</p>
    </DocPage>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-h-11 gap-x-4 gap-y-1 py-1.5 max-sm:flex-col max-sm:justify-center sm:items-center">
      <dt className="w-44 text-sm text-soft">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
