/** Where to read on from a reply: the replies that share its code, the records it is about, and what a report may find. */

import type { ReactNode } from "react";
import type { GmailReply } from "../../lib/bounce/gmail-replies.ts";
import { pageHref, type Site } from "../site/site.ts";
import { DocSection } from "./doc-page.tsx";
import { findingPath, findingTitle } from "./finding-words.ts";
import { relatedPages, sameCode } from "./related.ts";
import { ReplyList } from "./reply-list.tsx";

export function RelatedReplyPages({ site, reply }: { site: Site; reply: GmailReply }) {
  const { t } = site;
  const others = sameCode(reply);
  const { records, findings } = relatedPages(reply);
  return (
    <>
      {others.length === 0 ? null : (
        <DocSection title={t("docs.reply.also", { enhancedCode: reply.enhanced[0] })}>
          <ReplyList site={site} replies={others} />
        </DocSection>
      )}
      {records.length + findings.length === 0 ? null : (
        <DocSection title={t("docs.reply.more")}>
          <ul>
            {records.map((kind) => (
              <PageLink key={kind} href={pageHref(site, `/docs/records/${kind}`)}>
                {t(`docs.records.${kind}.title`)}
              </PageLink>
            ))}
            {findings.map((code) => (
              <PageLink key={code} href={pageHref(site, findingPath(code))}>
                {findingTitle(t, code)}
              </PageLink>
            ))}
          </ul>
        </DocSection>
      )}
    </>
  );
}

function PageLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <li>
      <a href={href} className="inline-flex min-h-11 items-center py-1 underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent">
        {children}
      </a>
    </li>
  );
}
