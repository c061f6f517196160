/** `/docs/replies/{rule}`: one reply of Gmail, why it is given, how to look for oneself, what to do, and how to tell that it is done. */

import { ExternalLink } from "../../../../../components/ui/icons.tsx";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocPage, DocSection } from "../../../../../components/docs/doc-page.tsx";
import { FindingText } from "../../../../../components/docs/finding-text.tsx";
import { findingTitle } from "../../../../../components/docs/finding-words.ts";
import { RelatedReplyPages } from "../../../../../components/docs/related-pages.tsx";
import { ReplyFacts } from "../../../../../components/docs/reply-facts.tsx";
import { ConfirmChecks, FixSteps, VerifyChecks } from "../../../../../components/docs/reply-steps.tsx";
import { CodeBlock } from "../../../../../components/ui/code-block.tsx";
import { RichText } from "../../../../../components/ui/rich-text.tsx";
import { gmailReply } from "../../../../../lib/bounce/gmail-replies.ts";
import { requestedSite } from "../../../../_page/site.ts";

interface ReplyProps {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: ReplyProps): Promise<Metadata> {
  const { t } = await requestedSite();
  const reply = gmailReply((await params).slug);
  return reply === undefined ? {} : { title: `${t(`docs.name.${reply.rule}`)} (${reply.enhanced.slice(0, 2).join(", ")})`, description: findingTitle(t, `bounce.${reply.rule}`) };
}

export default async function ReplyPage({ params }: ReplyProps) {
  const site = await requestedSite();
  const { t } = site;
  const reply = gmailReply((await params).slug);
  if (reply === undefined) notFound();
  return (
    <DocPage site={site} kind={t("docs.reply.label")} title={t(`docs.name.${reply.rule}`)}>
      <DocSection title={t("docs.reply.means")}>
        <p className="text-lg">
          <FindingText t={t} code={`bounce.${reply.rule}`} part="title" />
        </p>
        <h3 className="mt-4 text-sm font-medium text-soft">{t("docs.reply.words")}</h3>
        <div lang="en" className="mt-1 space-y-2">
          {reply.wordings.map((wording) => (
            <CodeBlock key={wording} text={wording} />
          ))}
        </div>
        <ReplyFacts t={t} reply={reply} />
      </DocSection>
      <DocSection title={t("docs.reply.why")}>
        <p>
          <RichText t={t} id={`docs.why.${reply.rule}`} />
        </p>
      </DocSection>
      <DocSection title={t("docs.reply.confirm")}>
        <ConfirmChecks t={t} reply={reply} />
        {reply.dns === "no" ? null : (
          <p className="mt-4 text-sm text-soft">
            <RichText t={t} id="docs.reply.sample" />
          </p>
        )}
      </DocSection>
      <DocSection title={t("docs.reply.fix")}>
        <FixSteps t={t} rule={reply.rule} />
      </DocSection>
      <DocSection title={t("docs.reply.verify")}>
        <VerifyChecks t={t} reply={reply} />
        <p className="mt-4 text-soft">{t("docs.reply.then")}</p>
      </DocSection>
      <DocSection title={t("docs.reply.help")}>
        <a href={reply.help} rel="noreferrer" className="inline-flex min-h-11 items-center gap-1 underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent">
          {t("docs.reply.helpLink")}
          <ExternalLink aria-hidden />
        </a>
      </DocSection>
      <RelatedReplyPages site={site} reply={reply} />
    </DocPage>
  );
}
