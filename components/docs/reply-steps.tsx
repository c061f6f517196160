/** What to do about a reply, in the order of doing it; and, for each thing to look at, how to look and how to tell that it is mended. */

import type { GmailReply, GmailRule, ReplyCheck } from "../../lib/bounce/gmail-replies.ts";
import type { MessageKey, Translator } from "../../lib/messages/translate.ts";
import { copyLabels } from "../site/copy-labels.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { type Commands, commandsFor, GOOD_ANSWERS } from "./commands.ts";

const STEPS = ["one", "two", "three", "four", "five"] as const;

export function stepsOf(t: Translator, rule: GmailRule): readonly MessageKey[] {
  return STEPS.map((step) => `docs.fix.${rule}.${step}`).filter((key) => t.has(key));
}

export function FixSteps({ t, rule }: { t: Translator; rule: GmailRule }) {
  return (
    <ol className="list-decimal space-y-2 pl-6 marker:text-soft">
      {stepsOf(t, rule).map((key) => (
        <li key={key} className="pl-1">
          <RichText t={t} id={key} />
        </li>
      ))}
    </ol>
  );
}

export function ConfirmChecks({ t, reply: { rule, checks } }: { t: Translator; reply: GmailReply }) {
  return (
    <div className="space-y-6">
      {checks.map((check) => (
        <section key={check}>
          <h3 className="font-semibold">{t(`docs.confirm.${check}.title`)}</h3>
          <p className="mt-1">
            <RichText t={t} id={`docs.confirm.${check}.look`} />
          </p>
          <CommandPair t={t} commands={commandsFor(rule, check)} />
          <p className="mt-3">
            <RichText t={t} id={`docs.confirm.${check}.expect`} />
          </p>
          <GoodAnswer check={check} />
        </section>
      ))}
    </div>
  );
}

function CommandPair({ t, commands }: { t: Translator; commands: Commands | null }) {
  if (commands === null) return null;
  return (
    <>
      <h4 className="mt-3 text-sm font-medium text-soft">{t("docs.records.windows")}</h4>
      <CodeBlock text={commands.windows} copy={copyLabels(t, commands.windows)} className="mt-1" />
      <h4 className="mt-3 text-sm font-medium text-soft">{t("docs.records.elsewhere")}</h4>
      <CodeBlock text={commands.elsewhere} copy={copyLabels(t, commands.elsewhere)} className="mt-1" />
    </>
  );
}

function GoodAnswer({ check }: { check: ReplyCheck }) {
  const answer = GOOD_ANSWERS[check];
  return answer === undefined ? null : <CodeBlock text={answer} className="mt-2" />;
}

export function VerifyChecks({ t, reply: { checks } }: { t: Translator; reply: GmailReply }) {
  return (
    <dl className="space-y-4">
      {checks.map((check) => (
        <div key={check}>
          <dt className="font-semibold">{t(`docs.confirm.${check}.title`)}</dt>
          <dd className="mt-1">
            <RichText t={t} id={`docs.confirm.${check}.verify`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
