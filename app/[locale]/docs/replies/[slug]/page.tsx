/** `/docs/replies/{rule}`: one reply of Gmail, what it means and what to do. */

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocPage, DocSection } from "../../../../../components/docs/doc-page.tsx";
import { FindingText } from "../../../../../components/docs/finding-text.tsx";
import { documentedReply } from "../../../../../components/docs/replies.ts";
import { CodeBlock } from "../../../../../components/ui/code-block.tsx";
import { Code, RichText } from "../../../../../components/ui/rich-text.tsx";
import { requestedSite } from "../../../../_page/site.ts";

interface ReplyProps {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: ReplyProps): Promise<Metadata> {
  const { t } = await requestedSite();
  const reply = documentedReply((await params).slug);
  return reply === undefined ? {} : { title: `${t(`docs.name.${reply.rule}`)} (${reply.codes.join(", ")})`, description: reply.words };
}

export default async function ReplyPage({ params }: ReplyProps) {
  const site = await requestedSite();
  const { t } = site;
  const reply = documentedReply((await params).slug);
  if (reply === undefined) notFound();
  const code = `bounce.${reply.rule}` as const;
  const isAmbiguous = reply.codes.some((known) => known === "5.7.26" || known === "5.7.1");
  const hasTwins = new Set(reply.codes.map((known) => known[0])).size > 1;
  return (
    <DocPage site={site} kind={t("docs.reply.label")} title={t(`docs.name.${reply.rule}`)}>
      <p className="mt-3 text-lg text-soft">
        <FindingText t={t} code={code} part="title" />
      </p>
      <DocSection title={t("docs.reply.means")}>
        <p>
          <FindingText t={t} code={code} part="text" />
        </p>
      </DocSection>
      <DocSection title={t("docs.reply.act")}>
        <p>
          <FindingText t={t} code={code} part="act" />
        </p>
      </DocSection>
      <DocSection title={t("docs.reply.words")}>
        <div lang="en">
          <CodeBlock text={reply.words} />
        </div>
      </DocSection>
      <DocSection title={t("docs.reply.codes")}>
        <ul className="flex flex-wrap gap-2">
          {reply.codes.map((known) => (
            <li key={known}>
              <Code text={known} />
            </li>
          ))}
        </ul>
        {hasTwins ? <p className="mt-3 text-soft">{t("docs.reply.twin")}</p> : null}
        {isAmbiguous ? (
          <p className="mt-3 text-soft">
            <RichText t={t} id="docs.reply.one" />
          </p>
        ) : null}
      </DocSection>
    </DocPage>
  );
}
