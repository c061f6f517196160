/** Today's records that must go, struck through, as they stand in DNS. */

import type { Fix } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { ForeignCode } from "./foreign.tsx";

export function Replaced({ fix, t }: { fix: Fix; t: Translator }) {
  if (fix.replaces.length === 0) return null;
  return (
    <div className="min-w-0">
      <h4 className="text-sm font-semibold text-soft">{t(fix.action === "ask-provider" ? "report.fix.today" : "report.fix.replaced", { count: fix.replaces.length })}</h4>
      <ul className="mt-2 grid gap-2">
        {fix.replaces.map((record, index) => (
          <li key={index} className="flex min-w-0 items-start gap-2 rounded-lg bg-refused-soft p-3">
            <span aria-hidden className="font-mono font-semibold text-refused select-none">
              −
            </span>
            <del className="min-w-0 leading-6 text-ink decoration-refused [&_span]:line-through">
              <span className="sr-only">{t("report.fix.deleteThis")} </span>
              <ForeignCode text={record} />
            </del>
          </li>
        ))}
      </ul>
    </div>
  );
}
