/** Looks a reply up by its code or its words: a plain form, answered by the same page. */

import type { GmailReply } from "../../lib/bounce/gmail-replies.ts";
import { pageHref, type Site } from "../site/site.ts";
import { Button } from "../ui/button.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { ReplyList } from "./reply-list.tsx";
import { QUERY_MAX } from "./reply-search.ts";

interface ReplySearchProps {
  site: Site;
  /** "" when nothing was asked yet. */
  query: string;
  found: readonly GmailReply[];
}

export function ReplySearch({ site, query, found }: ReplySearchProps) {
  const { t } = site;
  return (
    <search className="mt-6 block">
      <form method="get" action={pageHref(site, "/docs")}>
        <label htmlFor="q" className="block font-medium">
          {t("docs.search.label")}
        </label>
        <p id="q-hint" className="mt-1 text-sm text-soft">
          <RichText t={t} id="docs.search.hint" />
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={query}
            maxLength={QUERY_MAX}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            aria-describedby="q-hint"
            className="min-h-11 min-w-0 grow basis-56 rounded-lg border border-control bg-surface px-3 font-mono text-base placeholder:text-soft"
          />
          <Button type="submit" variant="primary">
            {t("docs.search.submit")}
          </Button>
        </div>
      </form>
      {query === "" ? null : (
        <section aria-labelledby="found" className="mt-6">
          <h2 id="found" className="text-lg font-semibold wrap-anywhere">
            {t("docs.search.found", { count: found.length, query })}
          </h2>
          {found.length === 0 ? (
            <p className="mt-2">
              <RichText t={t} id="docs.search.none" />
            </p>
          ) : (
            <ReplyList site={site} replies={found} />
          )}
        </section>
      )}
    </search>
  );
}
