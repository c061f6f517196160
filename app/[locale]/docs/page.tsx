/** `/docs`: everything that is explained, in one list; `?q=` looks replies up by code or words. */

import type { Metadata } from "next";
import { FindingIndex } from "../../../components/docs/finding-index.tsx";
import { RECORDS } from "../../../components/docs/records.ts";
import { repliesOf } from "../../../components/docs/replies.ts";
import { ReplyList } from "../../../components/docs/reply-list.tsx";
import { QUERY_MAX, searchReplies } from "../../../components/docs/reply-search.ts";
import { ReplySearch } from "../../../components/docs/search-form.tsx";
import { pageHref } from "../../../components/site/site.ts";
import { LinkButton } from "../../../components/ui/button.tsx";
import { REPLY_GROUPS } from "../../../lib/bounce/gmail-replies.ts";
import { requestedSite } from "../../_page/site.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await requestedSite();
  return { title: t("docs.title"), description: t("docs.description") };
}

interface DocsProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Docs({ searchParams }: DocsProps) {
  const site = await requestedSite();
  const { t } = site;
  const { q } = await searchParams;
  const query = typeof q === "string" ? q.slice(0, QUERY_MAX).trim() : "";
  return (
    <div className="mx-auto max-w-3xl">
      <h1 className="mt-10 text-3xl font-semibold tracking-tight text-balance">{t("docs.title")}</h1>
      <p className="mt-3 text-lg text-pretty text-soft">{t("docs.lead")}</p>
      <ReplySearch site={site} query={query} found={searchReplies(t, query)} />
      <section aria-labelledby="records">
        <h2 id="records" className="mt-10 text-xl font-semibold tracking-tight">
          {t("docs.records.label")}
        </h2>
        <ul className="mt-4 grid gap-3 sm:grid-cols-2">
          {RECORDS.map((kind) => (
            <li key={kind}>
              <LinkButton href={pageHref(site, `/docs/records/${kind}`)} className="w-full justify-start text-left">
                {t(`docs.records.${kind}.title`)}
              </LinkButton>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="replies">
        <h2 id="replies" className="mt-12 text-xl font-semibold tracking-tight">
          {t("docs.reply.label")}
        </h2>
        {REPLY_GROUPS.map((group) => (
          <section key={group} aria-labelledby={`group-${group}`} className="mt-6">
            <h3 id={`group-${group}`} className="font-semibold text-soft">
              {t(`docs.group.${group}`)}
            </h3>
            <ReplyList site={site} replies={repliesOf(group)} />
          </section>
        ))}
      </section>
      <FindingIndex site={site} />
    </div>
  );
}
