/** "Watch the change": offered where something that others can see in DNS is to be changed. */

import type { Report } from "../../../lib/diagnosis/report.ts";
import type { Translator } from "../../../lib/messages/translate.ts";
import { targetsOf } from "../../../lib/watch/targets.ts";
import type { Prefix } from "../../site/site.ts";
import { SectionCard } from "../../ui/card.tsx";
import { ForeignCode } from "../foreign.tsx";
import { watchWords } from "./words.ts";
import { WatchPanel } from "./watch-panel.tsx";

interface WatchChangeProps {
  /** Beside the cures, or, where there are none, beside what is advised. */
  of: "cures" | "advice";
  report: Report;
  prefix: Prefix;
  t: Translator;
}

export function WatchChange({ of, report, prefix, t }: WatchChangeProps) {
  const targets = targetsOf(report);
  if (targets.length === 0 || (of === "cures") !== report.fixes.some(({ advice }) => !advice)) return null;
  return (
    <SectionCard aria-labelledby="watch" className="grid gap-3 p-4 sm:p-6 print:hidden">
      <h2 id="watch" className="text-lg font-semibold">
        {t("report.watch.heading")}
      </h2>
      <p className="max-w-3xl text-[0.9375rem] leading-relaxed text-soft [word-break:auto-phrase]">{t("report.watch.intro")}</p>
      <div className="grid gap-1 text-[0.9375rem]">
        <p className="text-sm text-soft">{t("report.watch.until")}</p>
        <ul className="grid gap-1">
          {targets.map(({ name, type, kind, wanted }, index) => (
            <li key={index} className="min-w-0 wrap-anywhere">
              <ForeignCode text={`${type} ${name}`} className="font-medium" />
              {kind === "gone" ? ` ${t("report.watch.gone")}` : null}
              {wanted[0] === undefined || wanted[0].length > SHORT ? null : (
                <>
                  {" "}
                  <ForeignCode text={wanted[0]} className="text-soft" />
                </>
              )}
            </li>
          ))}
        </ul>
      </div>
      <WatchPanel reportId={report.id} prefix={prefix} locale={t.locale} words={watchWords(t, report.subject)} />
      <noscript>
        <p className="text-[0.9375rem]">{t("report.watch.withoutScript")}</p>
      </noscript>
    </SectionCard>
  );
}

/** A key of hundreds of characters stands whole in the fix above. */
const SHORT = 120;
