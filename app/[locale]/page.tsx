/** `/`: the form. Nearly empty above the fold; below it, how it works and where to find what is asked for. */

import { hintWithReplies, repliesBeside } from "../../components/docs/about-replies.ts";
import { DiagnosisForm, type FormValues } from "../../components/form/diagnosis-form.tsx";
import type { FormError } from "../../components/form/ask.ts";
import { EXAMPLES, PLACEHOLDER } from "../../components/form/examples.ts";
import { HowItWorks } from "../../components/form/how-it-works.tsx";
import { KnownReplies } from "../../components/form/known-replies.tsx";
import { WhereToFind } from "../../components/form/where-to-find.tsx";
import { formWords } from "../../components/form/words.ts";
import { pageHref } from "../../components/site/site.ts";
import { TestMailOffer } from "../../components/test-mail/offer.tsx";
import { Glossary } from "../../components/terms/glossary.tsx";
import { environment } from "../../lib/environment/index.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { type Draft, readDraft, reportStore } from "../../lib/store/index.ts";
import { requestedSite } from "../_page/site.ts";

interface HomeProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Home({ searchParams }: HomeProps) {
  const site = await requestedSite();
  const { t } = site;
  const asked = await searchParams;
  const draft = typeof asked.draft === "string" ? await readDraft(reportStore(environment()).shared, asked.draft) : null;
  const examples = EXAMPLES.map(({ id, key, input, sendingIp }) => ({ id, label: t(`form.example.${key}`), href: pageHref(site, `/?example=${id}`), input, sendingIp }));
  return (
    <div className="mx-auto max-w-3xl">
      {asked.deleted === "1" ? (
        <p role="status" className="mt-6 rounded-lg border border-line bg-surface px-4 py-3 text-sm text-soft">
          {t("form.deleted")}
        </p>
      ) : null}
      <h1 className="mt-10 text-3xl font-semibold tracking-tight text-balance sm:mt-14 sm:text-4xl">{t("form.heading")}</h1>
      <p className="mt-3 mb-8 text-lg text-pretty text-soft">{t("form.lead")}</p>
      <DiagnosisForm
        words={formWords(t)}
        locale={site.locale}
        prefix={site.prefix}
        values={draft === null ? exampleValues(asked.example) : draftValues(draft)}
        error={draft === null ? null : draftError(t, draft)}
        placeholder={PLACEHOLDER}
        examples={examples}
      />
      <p className="mt-4 border-t border-line pt-4 text-sm text-soft">
        {t("form.kept")}{" "}
        <a href={pageHref(site, "/docs/kept")} className="text-ink underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent">
          {t("form.keptMore")}
        </a>
      </p>
      {environment().mail === null ? null : <TestMailOffer on="form" t={t} addressLocale={site.prefix === "" ? null : site.locale} />}
      <HowItWorks t={t} />
      <WhereToFind t={t} />
      <KnownReplies site={site} />
      <Glossary prefix={site.prefix} t={t} />
    </div>
  );
}

/** Only what the form shows goes to the browser. */
function draftValues({ input, sendingIp, selectors, domain, keepAddresses }: Draft): FormValues {
  return { input, sendingIp, selectors, domain, keepAddresses };
}

function exampleValues(id: string | string[] | undefined): FormValues {
  const example = EXAMPLES.find((one) => one.id === id);
  return { input: example?.input ?? "", sendingIp: example?.sendingIp ?? "", selectors: "", domain: "", keepAddresses: false };
}

function draftError(t: Translator, { input, error: { code, params, ask } }: Draft): FormError {
  const say = (part: "message" | "hint") => {
    const key = `error.${code}.${part}`;
    return t.has(key) ? t(key, params) : t(`form.failed.draft.${part}`);
  };
  const about = repliesBeside(code, input);
  const { hint, replies } = about === null ? { hint: say("hint"), replies: [] } : hintWithReplies(t, say("hint"), about);
  return { message: say("message"), hint, ask, replies };
}
