/** What a reply's own rule says of a report: whether it was only a delay, whether DNS is its cause at all, and where it is explained. */

import { gmailReply } from "../../lib/bounce/gmail-replies.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import { isLocale, type Translator } from "../../lib/messages/translate.ts";
import { pageHref } from "../site/site.ts";

interface ReplyNotesProps {
  report: Pick<Report, "bounce" | "verdict">;
  t: Translator;
  /** The language, when the address names it. */
  addressLocale: string | null;
}

export function ReplyNotes({ report: { bounce, verdict }, t, addressLocale }: ReplyNotesProps) {
  const reply = bounce === null ? undefined : gmailReply(bounce.rule);
  if (bounce === null || reply === undefined) return null;
  const isDelay = bounce.permanent === false && verdict.outcome !== "accepted";
  const isNotDns = reply.dns !== "explains" && verdict.cause === `bounce.${reply.rule}`;
  return (
    <div className="mt-1 -mb-2 max-w-3xl text-[0.9375rem] leading-relaxed sm:mt-2">
      {isDelay ? <p>{t("docs.reply.delay")}</p> : null}
      {isNotDns ? <p>{t("docs.dns.not")}</p> : null}
      <a href={pageHref({ prefix: isLocale(addressLocale) ? `/${addressLocale}` : "" }, `/docs/replies/${reply.rule}`)} className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent print:hidden">
        {t("docs.reply.link")}
      </a>
    </div>
  );
}
