/** A reply in short: its codes, who has to act, whether DNS can be the cause, and whether to send again. */

import type { ReactNode } from "react";
import type { GmailReply } from "../../lib/bounce/gmail-replies.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { Code, RichText } from "../ui/rich-text.tsx";

export function ReplyFacts({ t, reply: { enhanced, actors, dns, retry } }: { t: Translator; reply: GmailReply }) {
  const hasTwins = new Set(enhanced.map((known) => known.charAt(0))).size > 1;
  const tellsLittle = enhanced.some((known) => ["5.7.26", "5.7.1"].includes(known));
  return (
    <dl className="mt-6 divide-y divide-line rounded-card border border-line bg-surface px-5">
      <Fact name={t("docs.reply.codes")}>
        <ul className="flex flex-wrap gap-2">
          {enhanced.map((known) => (
            <li key={known}>
              <Code text={known} />
            </li>
          ))}
        </ul>
        {hasTwins ? <p className="mt-2 text-sm text-soft">{t("docs.reply.twin")}</p> : null}
        {tellsLittle ? (
          <p className="mt-2 text-sm text-soft">
            <RichText t={t} id="docs.reply.one" />
          </p>
        ) : null}
      </Fact>
      <Fact name={t("docs.reply.who")}>
        <ul>
          {actors.map((actor) => (
            <li key={actor}>{t(`docs.actor.${actor}`)}</li>
          ))}
        </ul>
      </Fact>
      <Fact name={t("docs.reply.dns")}>{t(`docs.dns.${dns}`)}</Fact>
      <Fact name={t("docs.reply.again")}>{t(`docs.retry.${retry}`)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="gap-x-4 py-2.5 sm:flex sm:items-baseline">
      <dt className="shrink-0 text-sm text-soft sm:w-40">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
