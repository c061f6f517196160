/** The other refusals of the paste. It is not kept, so each goes on from its own redacted reply: a plain form, one press away. */

import { ArrowRight } from "../../ui/icons.tsx";
import { unicodeDomain } from "../../../lib/address/index.ts";
import type { Report, ReportBounce } from "../../../lib/diagnosis/report.ts";
import type { Translator } from "../../../lib/messages/translate.ts";
import { Button } from "../../ui/button.tsx";
import { SectionCard } from "../../ui/card.tsx";
import { ForeignCode } from "../foreign.tsx";

interface OtherBouncesProps {
  report: Report;
  /** Sent when the address names the language. */
  addressLocale: string | null;
  t: Translator;
}

export function OtherBounces({ report: { bounce, findings }, addressLocale, t }: OtherBouncesProps) {
  if (bounce === null || bounce.others.length === 0) return null;
  const all = Number(findings.find(({ code }) => code === "bounce.several-bounces")?.params["count"] ?? 0);
  const judged = Math.max(1, all - bounce.others.reduce((sum, { count }) => sum + count, 0));
  return (
    <SectionCard id="other-bounces" aria-labelledby="other-bounces-heading" className="p-5 sm:p-6">
      <h2 id="other-bounces-heading" className="text-lg font-semibold">
        {t("report.others.heading")}
      </h2>
      <p className="mt-1 text-[0.9375rem] text-soft">{t("report.others.text", { all: Math.max(all, judged), judged, kinds: bounce.others.length + 1 })}</p>
      <ul className="mt-3 divide-y divide-line">
        {bounce.others.map((other, index) => (
          <li key={index} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <Other other={other} t={t} />
            <form method="post" action="/submit" className="w-full sm:w-auto">
              <input type="hidden" name="input" value={other.text} />
              {other.domain === null ? null : <input type="hidden" name="domain" value={other.domain} />}
              {other.sendingIp === null ? null : <input type="hidden" name="sendingIp" value={other.sendingIp} />}
              {addressLocale === null ? null : <input type="hidden" name="locale" value={addressLocale} />}
              <Button type="submit" className="w-full sm:w-auto" aria-describedby={`other-${index}`}>
                {t("report.others.look")}
                <ArrowRight aria-hidden />
              </Button>
            </form>
            <span id={`other-${index}`} className="sr-only">
              {[other.domain, other.sendingIp, other.rule].filter((part) => part !== null).join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

function Other({ other: { count, domain, sendingIp, rule, enhancedCode }, t }: { other: ReportBounce["others"][number]; t: Translator }) {
  const name = `docs.name.${rule}`;
  return (
    <div className="min-w-0 grow basis-64">
      <p className="wrap-anywhere">
        <ForeignCode text={domain === null ? t("report.others.noDomain") : unicodeDomain(domain)} className="font-semibold" />
        {sendingIp === null ? null : (
          <>
            {" "}
            <ForeignCode text={sendingIp} className="text-soft" />
          </>
        )}
      </p>
      <p className="text-sm text-soft">
        {t("report.others.times", { count })} · {enhancedCode === null ? null : <ForeignCode text={enhancedCode} />} {t.has(name) ? t(name) : null}
      </p>
    </div>
  );
}
