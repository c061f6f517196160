/** The report in the form that whoever makes the change works with: a ticket, a mail, a zone file, Terraform, octoDNS, JSON, paper. */

import { Braces } from "../../ui/icons.tsx";
import type { Report } from "../../../lib/diagnosis/report.ts";
import type { Translator } from "../../../lib/messages/translate.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { PrintButton } from "./print-button.tsx";
import { type HandOverText, handOverTexts } from "./texts.ts";

export function HandOver({ report, t }: { report: Report; t: Translator }) {
  return (
    <section aria-labelledby="hand-over" className="min-w-0 rounded-card border border-line bg-surface print:hidden">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 p-4 sm:p-6">
        <div className="min-w-0">
          <h2 id="hand-over" className="text-lg font-semibold">
            {t("report.handOver.heading")}
          </h2>
          <p className="mt-1 text-[0.9375rem] text-soft">{t("report.handOver.lead")}</p>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <PrintButton label={t("report.handOver.print")} />
          <a href={`/api/diagnoses/${report.id}`} className="inline-flex min-h-11 items-center gap-1.5 text-sm font-medium underline underline-offset-2 hover:text-accent">
            <Braces aria-hidden />
            {t("report.handOver.json")}
          </a>
        </div>
      </div>
      <ul className="divide-y divide-line border-t border-line">
        {handOverTexts(report, t).map((text) => (
          <li key={text.form}>
            <Form {...text} t={t} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Form({ form, title, text, t }: HandOverText & { t: Translator }) {
  const file = form !== "markdown" && form !== "plain";
  return (
    <Disclosure variant="row" summary={title}>
      {file ? <p className="mb-2 text-sm text-soft">{t("report.handOver.applyWithCare")}</p> : null}
      <CopyButton text={text} label={t("report.copy.label")} accessibleLabel={t(`report.handOver.copy.${form}`)} copiedLabel={t("report.copy.done")} failedLabel={t("report.copy.failed")} />
      {/* Lines of a file are read as lines; a message wraps. */}
      <pre tabIndex={file ? 0 : undefined} className={`mt-2 rounded-lg border border-line bg-sunken p-3 font-mono text-[0.8125rem] leading-6 ${file ? "overflow-x-auto" : "whitespace-pre-wrap wrap-anywhere"}`}>
        {text}
      </pre>
    </Disclosure>
  );
}
