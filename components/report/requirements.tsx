/** Gmail's requirements of senders as a checklist: what is met, what is not, and how to see what cannot be seen from here. */

import { unicodeDomain } from "../../lib/address/index.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { MessageValues, Translator } from "../../lib/messages/translate.ts";
import { Card } from "../ui/card.tsx";
import { OutcomeBadge, type State } from "../ui/outcome-badge.tsx";
import { RichText } from "../ui/rich-text.tsx";
import { wordFor } from "./say.ts";
import { visibleText } from "./visible-text.ts";

type Requirement = Report["requirements"][number];
const SCOPES: readonly Requirement["scope"][] = ["all", "bulk"];

export function Requirements({ report, t }: { report: Report; t: Translator }) {
  // Reports from before this list have none.
  if (report.requirements.length === 0) return null;
  return (
    <section aria-labelledby="requirements" className="min-w-0">
      <h2 id="requirements" className="text-lg font-semibold">
        {t("report.requirements.heading")}
      </h2>
      <p className="mt-1 max-w-3xl text-[0.9375rem] text-soft">{t("report.requirements.lead")}</p>
      <div className="mt-3 grid items-start gap-4 lg:grid-cols-2">
        {SCOPES.map((scope) => (
          <Group key={scope} scope={scope} rows={report.requirements.filter((row) => row.scope === scope)} t={t} />
        ))}
      </div>
    </section>
  );
}

function Group({ scope, rows, t }: { scope: Requirement["scope"]; rows: readonly Requirement[]; t: Translator }) {
  const heading = `requirements-${scope}`;
  const met = rows.filter(({ state }) => state === "met").length;
  return (
    <Card className="min-w-0 p-4 sm:p-6">
      <h3 id={heading} className="font-semibold">
        {t(`report.requirements.${scope}`)}
      </h3>
      <p className="text-sm text-soft">{t("report.requirements.count", { met, count: rows.length })}</p>
      <ul aria-labelledby={heading} className="mt-3 divide-y divide-line">
        {rows.map((row) => (
          <Row key={row.code} row={row} t={t} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ row: { code, scope, state, params }, t }: { row: Requirement; t: Translator }) {
  return (
    <li className="grid gap-1 py-3 text-[0.9375rem] leading-relaxed wrap-anywhere first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h4 className="font-medium">{t(`requirement.${code}.title`)}</h4>
        <OutcomeBadge state={lookOf(state, scope)} label={wordFor(t, "requirement", state)} />
      </div>
      <p className="text-soft">
        <RichText t={t} id={`requirement.${code}.${state}`} values={visible(params)} />
      </p>
    </li>
  );
}

/** What only bulk senders must do refuses nobody else's mail. */
function lookOf(state: Requirement["state"], scope: Requirement["scope"]): State {
  if (state === "met") return "pass";
  if (state === "not-seen") return "unknown";
  return scope === "all" ? "critical" : "warning";
}

function visible(params: Requirement["params"]): MessageValues {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === "string" ? visibleText(name === "domain" ? unicodeDomain(value) : value) : value]));
}
