/** The careful way from no policy to the strictest, in three steps with the present one marked, and the exact record of the next one. */

import { Circle, CircleCheck, CircleDot, type IconComponent } from "../ui/icons.tsx";
import { DMARC_POLICIES, type DmarcPolicy } from "../../lib/dmarc/index.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { MessageKey, Translator } from "../../lib/messages/translate.ts";
import { SectionCard } from "../ui/card.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { OutcomeBadge } from "../ui/outcome-badge.tsx";
import { Code, RichText } from "../ui/rich-text.tsx";
import { copyLabels } from "./copy-labels.ts";
import { visibleText } from "./visible-text.ts";

type Path = NonNullable<Report["dmarcPath"]>;

export function DmarcPath({ report, t }: { report: Report; t: Translator }) {
  const path = report.dmarcPath;
  if (path === null) return null;
  return (
    <SectionCard aria-labelledby="dmarc-path" className="min-w-0 p-4 sm:p-6">
      <h2 id="dmarc-path" className="text-lg font-semibold">
        {t("report.path.heading")}
      </h2>
      <p className="mt-1 max-w-3xl text-[0.9375rem] text-soft">
        {t("report.path.lead")} {report.verdict.outcome === "refused" ? <b className="font-semibold text-ink">{t("report.path.notCure")}</b> : null}
      </p>
      <ol className="mt-4 grid gap-2 sm:grid-cols-3">
        {DMARC_POLICIES.map((policy) => (
          <Step key={policy} policy={policy} path={path} t={t} />
        ))}
      </ol>
      <Next path={path} t={t} />
    </SectionCard>
  );
}

function Step({ policy, path, t }: { policy: DmarcPolicy; path: Path; t: Translator }) {
  const place = placeOf(policy, path.stage);
  const { Icon, word } = LOOKS[place === "now" && path.partly ? "partly" : place];
  const isNow = place === "now";
  return (
    <li aria-current={isNow ? "step" : undefined} className={`grid content-start gap-1 rounded-lg border px-3 py-2 ${isNow ? "border-2 border-accent" : "border-line"}`}>
      <span className="flex flex-wrap items-baseline gap-x-2 font-semibold">
        {t(`report.path.step.${policy}`)} <Code text={`p=${policy}`} />
      </span>
      <span className={`inline-flex items-center gap-1.5 text-sm ${isNow ? "font-medium text-accent" : "text-soft"}`}>
        <Icon aria-hidden />
        {t(word)}
      </span>
    </li>
  );
}

type Place = "done" | "now" | "partly" | "later";
const LOOKS: Readonly<Record<Place, { readonly Icon: IconComponent; readonly word: MessageKey }>> = {
  done: { Icon: CircleCheck, word: "report.path.done" },
  now: { Icon: CircleDot, word: "report.path.now" },
  partly: { Icon: CircleDot, word: "report.path.partly" },
  later: { Icon: Circle, word: "report.path.later" },
};

function placeOf(policy: DmarcPolicy, stage: Path["stage"]): Exclude<Place, "partly"> {
  const at = stage === "missing" ? -1 : DMARC_POLICIES.indexOf(stage);
  const index = DMARC_POLICIES.indexOf(policy);
  if (index === at) return "now";
  return index < at ? "done" : "later";
}

function Next({ path: { name, next, stage }, t }: { path: Path; t: Translator }) {
  if (next === null) return <p className="mt-4 text-[0.9375rem]">{t("report.path.end")}</p>;
  return (
    <div className="mt-4 grid gap-3 text-[0.9375rem]">
      <div>
        <h3 className="font-semibold">{t("report.path.before")}</h3>
        <ul className="mt-2 grid gap-2">
          {next.conditions.map(({ code, met }) => (
            <li key={code} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 leading-relaxed">
              <span className="min-w-0 grow basis-64 wrap-anywhere">
                <RichText t={t} id={`report.path.condition.${code}`} />
              </span>
              <OutcomeBadge state={met === null ? "unknown" : met ? "pass" : "warning"} label={t(`report.path.${met === null ? "open" : met ? "met" : "unmet"}`)} />
            </li>
          ))}
        </ul>
      </div>
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <RichText t={t} id={stage === "missing" ? "report.path.first" : "report.path.next"} values={{ name: visibleText(name) }} />
        </p>
        <CodeBlock text={visibleText(next.value)} copy={copyLabels(t, "next-policy")} className="mt-2" />
      </div>
    </div>
  );
}
