/** The replies that most people come with, each leading to its explanation. */

import { repliesOf } from "../docs/replies.ts";
import { ReplyList } from "../docs/reply-list.tsx";
import { pageHref, type Site } from "../site/site.ts";
import { LinkButton } from "../ui/button.tsx";

export function KnownReplies({ site }: { site: Site }) {
  const { t } = site;
  return (
    <section aria-labelledby="replies" className="mt-20">
      <h2 id="replies" className="text-xl font-semibold tracking-tight">
        {t("form.replies.title")}
      </h2>
      <p className="mt-2 text-soft">{t("form.replies.text")}</p>
      <ReplyList site={site} replies={repliesOf("authentication").slice(0, 8)} />
      <LinkButton href={pageHref(site, "/docs")} className="mt-4">
        {t("form.replies.all")}
      </LinkButton>
    </section>
  );
}
