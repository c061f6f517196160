/** What was read from the paste, where it stood there, and what of it was kept. */

import type { Report, ReportBounce } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { MarkedPaste } from "./bounce/marked-paste.tsx";
import { numbersOf } from "./bounce/marks.ts";
import { ReadFacts } from "./bounce/read-facts.tsx";
import { Foreign } from "./foreign.tsx";

export function BounceRead({ bounce, report, t }: { bounce: ReportBounce; report: Report; t: Translator }) {
  const numbers = numbersOf(bounce.excerpt);
  return (
    <div className="grid gap-4">
      <ReadFacts bounce={bounce} report={report} numbers={numbers} t={t} />
      {bounce.excerpt === null ? <Reply text={bounce.text} t={t} /> : <MarkedPaste excerpt={bounce.excerpt} numbers={numbers} t={t} />}
      <p className="text-sm leading-relaxed text-soft">{t(bounce.addressesKept ? "report.bounce.keptWithAddresses" : "report.bounce.kept")}</p>
    </div>
  );
}

function Reply({ text, t }: { text: string; t: Translator }) {
  return (
    <div className="min-w-0">
      <p className="text-sm text-soft">{t("report.bounce.text")}</p>
      <p className="mt-1 rounded-lg border border-line bg-sunken p-3 font-mono text-sm leading-6 wrap-anywhere">
        <Foreign text={text} />
      </p>
    </div>
  );
}
