/** Where a test mail would answer the next question: under the form, and on each report. */

import type { Translator } from "../../lib/messages/translate.ts";
import { SectionCard } from "../ui/card.tsx";
import { StartForm } from "./start-form.tsx";

interface OfferProps {
  on: "form" | "report";
  t: Translator;
  /** The language, when the address names it. */
  addressLocale: string | null;
}

export function TestMailOffer({ on, t, addressLocale }: OfferProps) {
  return (
    <SectionCard aria-labelledby="test-mail" className={`flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4 sm:p-5 print:hidden ${on === "form" ? "mt-6" : ""}`}>
      <div className="min-w-0 grow basis-80">
        <h2 id="test-mail" className="font-semibold">
          {t("testMail.offer.title")}
        </h2>
        <p className="mt-1 max-w-2xl text-[0.9375rem] text-soft text-pretty">{t(`testMail.offer.${on}`)}</p>
      </div>
      <StartForm t={t} locale={addressLocale} />
    </SectionCard>
  );
}
