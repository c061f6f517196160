/** Gmail's replies in a list: codes, and what they mean in one line. */

import type { GmailReply } from "../../lib/bounce/gmail-replies.ts";
import { pageHref, type Site } from "../site/site.ts";

export function ReplyList({ site, replies }: { site: Site; replies: readonly GmailReply[] }) {
  return (
    <ul className="mt-4 divide-y divide-line rounded-card border border-line bg-surface">
      {replies.map(({ rule, enhanced }) => (
        <li key={rule}>
          <a href={pageHref(site, `/docs/replies/${rule}`)} className="group flex min-h-11 flex-col gap-x-4 px-5 py-2.5 no-underline sm:flex-row sm:items-baseline">
            <span className="shrink-0 font-mono text-sm text-soft sm:w-32">{enhanced.slice(0, 2).join(" ")}</span>
            <span className="text-ink group-hover:text-accent group-hover:underline">{site.t(`docs.name.${rule}`)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
