/** How long the report is kept, and its end: for whoever made it, in two steps, without scripts. */

import { Trash2 } from "../ui/icons.tsx";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { Button } from "../ui/button.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { dateOf } from "./moment.tsx";

interface KeepingProps {
  report: Report;
  /** This browser made the report. */
  mine: boolean;
  addressLocale: string | null;
  t: Translator;
}

export function Keeping({ report, mine, addressLocale, t }: KeepingProps) {
  return (
    <section aria-labelledby="keeping" className="border-t border-line pt-6 text-[0.9375rem] print:hidden">
      <h2 id="keeping" className="font-semibold">
        {t("report.keep.heading")}
      </h2>
      <p className="mt-1 text-soft">
        {t("report.keep.link")} {report.expiresAt === null ? t("report.keep.forEver") : t("report.keep.until", { date: dateOf(report.expiresAt, t.locale) })}
      </p>
      {mine ? (
        <Disclosure summary={t("report.keep.delete")} className="mt-2">
          <form method="post" action="/submit/delete" className="grid justify-items-start gap-3">
            <input type="hidden" name="id" value={report.id} />
            {addressLocale === null ? null : <input type="hidden" name="locale" value={addressLocale} />}
            <p>{t("report.keep.confirm")}</p>
            <Button type="submit">
              <Trash2 aria-hidden />
              {t("report.keep.confirmButton")}
            </Button>
          </form>
        </Disclosure>
      ) : null}
    </section>
  );
}
