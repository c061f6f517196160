/** Above a report that could not be saved: what that means, and another try, which asks DNS nothing. */

import { Save, TriangleAlert } from "../ui/icons.tsx";
import type { Translator } from "../../lib/messages/translate.ts";
import { Button } from "../ui/button.tsx";

interface UnsavedProps {
  reportId: string;
  /** It was tried again just now. */
  again: boolean;
  addressLocale: string | null;
  t: Translator;
}

export function Unsaved({ reportId, again, addressLocale, t }: UnsavedProps) {
  return (
    <div role="alert" className="flex gap-3 rounded-card bg-risk-soft p-4">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 text-risk" />
      <div className="min-w-0">
        <p className="font-semibold text-risk">{t(again ? "report.unsaved.still" : "report.unsaved.title")}</p>
        <p className="mt-0.5">{t("report.unsaved.text")}</p>
        <form method="post" action="/submit/save" className="mt-3">
          <input type="hidden" name="id" value={reportId} />
          {addressLocale === null ? null : <input type="hidden" name="locale" value={addressLocale} />}
          <Button type="submit">
            <Save aria-hidden />
            {t("report.unsaved.save")}
          </Button>
        </form>
      </div>
    </div>
  );
}
