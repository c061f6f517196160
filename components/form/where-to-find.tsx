/** Where the bounce is in the mail programs that people use: the exact clicks, the exact commands. */

import type { ReactNode } from "react";
import type { Translator } from "../../lib/messages/translate.ts";
import { copyLabels } from "../site/copy-labels.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { RichText } from "../ui/rich-text.tsx";

const PLACES = ["gmail", "outlook", "thunderbird", "postfix"] as const;

/** Postfix: what Gmail answered last. */
const COMMANDS = { one: "grep gsmtp /var/log/mail.log | tail -n 5", two: "journalctl -t postfix/smtp -g gsmtp -n 5 --no-pager" } as const;

export function WhereToFind({ t }: { t: Translator }) {
  const command = (name: keyof typeof COMMANDS) => <CodeBlock text={COMMANDS[name]} copy={copyLabels(t, COMMANDS[name])} className="mt-2" />;
  return (
    <section aria-labelledby="where" className="mt-20">
      <h2 id="where" className="text-xl font-semibold tracking-tight">
        {t("form.where.title")}
      </h2>
      <p className="mt-2 text-soft">{t("form.where.text")}</p>
      <div className="mt-5 divide-y divide-line rounded-card border border-line bg-surface">
        {PLACES.map((place) => (
          <Disclosure key={place} name="where" variant="row" summary={t(`form.where.${place}.name`)}>
            <ol className="list-decimal space-y-2 pl-5 marker:text-soft">
              <Item>
                <RichText t={t} id={`form.where.${place}.one`} />
                {place === "postfix" ? command("one") : null}
              </Item>
              <Item>
                <RichText t={t} id={`form.where.${place}.two`} />
                {place === "postfix" ? command("two") : null}
              </Item>
              <Item>
                <RichText t={t} id={`form.where.${place}.three`} />
              </Item>
            </ol>
          </Disclosure>
        ))}
      </div>
    </section>
  );
}

function Item({ children }: { children: ReactNode }) {
  return <li className="pl-1">{children}</li>;
}
