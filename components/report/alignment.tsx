/** DMARC's question as a picture: the address that people see, and which of the checked domains belongs to it, how and why. */

import type { ReactNode } from "react";
import { parseDmarcRecord } from "../../lib/dmarc/index.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { OutcomeBadge } from "../ui/outcome-badge.tsx";
import { type Fact, Facts } from "./facts.tsx";
import { ForeignCode } from "./foreign.tsx";
import { wordFor } from "./say.ts";

type Dmarc = NonNullable<Report["dmarc"]>;
type Pair = NonNullable<NonNullable<Dmarc["alignment"]>["spf"]>;

export function Alignment({ report, t }: { report: Report; t: Translator }) {
  const { subject, dmarc } = report;
  const held = dmarc?.alignment ?? null;
  const signers = [...new Set(subject.dkim.map(({ domain }) => domain))];
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <Box label={t("report.alignment.header")} domain={subject.headerFrom} organization={held?.organizationalDomain ?? null} t={t} />
        <ul className="grid gap-2 border-l-2 border-line pl-4">
          <li>
            <Box label={t("report.alignment.envelope")} domain={subject.mailFrom} pair={held?.spf ?? null} aligned={dmarc?.spfAligned ?? null} tag="aspf" t={t} />
          </li>
          {(signers.length === 0 ? [null] : signers).map((signer) => {
            const pair = held?.dkim.find(({ domain }) => domain === signer) ?? null;
            return (
              <li key={signer ?? ""}>
                <Box label={t("report.alignment.signatures")} domain={signer} pair={pair} aligned={pair?.aligned ?? dmarc?.dkimAligned ?? null} tag="adkim" t={t} />
              </li>
            );
          })}
        </ul>
      </div>
      {dmarc === null ? <p className="text-[0.9375rem] text-soft">{t("report.alignment.unseen")}</p> : <Facts facts={policyFacts(dmarc, t)} />}
    </div>
  );
}

function policyFacts(dmarc: Dmarc, t: Translator): readonly Fact[] {
  return [
    { name: t("report.alignment.result"), value: wordFor(t, "dmarcResult", dmarc.result) },
    { name: t("report.alignment.policy"), value: dmarc.policy === null ? t("report.none") : `${wordFor(t, "policy", dmarc.policy)}${reachOf(dmarc.record, t)}` },
    { name: t("report.alignment.policyDomain"), value: <ForeignCode text={dmarc.domain} /> },
    { name: t("report.alignment.record"), value: dmarc.record === null ? t("report.none") : <ForeignCode text={dmarc.record} /> },
  ];
}

/** For how much of the mail the policy is asked, where that is not all. */
function reachOf(record: string | null, t: Translator): string {
  const parsed = record === null ? null : parseDmarcRecord(record);
  if (parsed === null || parsed.status === "not-a-record") return "";
  const { test, pct } = parsed.record;
  if (test) return t("report.alignment.test");
  return pct < 100 ? t("report.alignment.part", { pct: String(pct) }) : "";
}

interface BoxProps {
  label: string;
  /** Null where the paste does not name it. */
  domain: string | null;
  organization?: string | null;
  /** How it was held against the header domain; reports from before have none. */
  pair?: Pair | null;
  /** Absent for the header domain: it is what the others are held against. */
  aligned?: boolean | null;
  tag?: "aspf" | "adkim";
  t: Translator;
}

function Box({ label, domain, organization = null, pair = null, aligned, tag = "aspf", t }: BoxProps) {
  const belongsTo = pair?.organizationalDomain ?? organization;
  const state = domain === null ? null : aligned;
  return (
    <div className="grid min-w-0 gap-1.5 rounded-lg border border-line px-3 py-2">
      <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <p className="text-sm text-soft">{label}</p>
          <p className="wrap-anywhere">{domain === null ? <span className="text-soft">{t("report.alignment.notKnown")}</span> : <ForeignCode text={domain} />}</p>
        </div>
        {aligned === undefined ? null : <Match aligned={state ?? null} t={t} />}
      </div>
      {domain === null || belongsTo === null ? null : (
        <dl className="grid gap-x-4 text-sm text-soft sm:flex sm:flex-wrap">
          <Detail name={t("report.alignment.organization")}>
            <ForeignCode text={belongsTo} />
          </Detail>
          {pair === null ? null : <Detail name={t("report.alignment.mode")}>{t(`report.alignment.${pair.mode === "s" ? "strict" : "relaxed"}`)}</Detail>}
        </dl>
      )}
      {pair !== null && !pair.aligned && pair.wouldRelaxed ? <p className="text-sm">{t("report.alignment.wouldRelaxed", { tag })}</p> : null}
    </div>
  );
}

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-wrap gap-x-1.5">
      <dt>{name}</dt>
      <dd className="min-w-0 wrap-anywhere text-ink">{children}</dd>
    </div>
  );
}

function Match({ aligned, t }: { aligned: boolean | null; t: Translator }) {
  if (aligned === null) return <OutcomeBadge state="unknown" label={t("report.alignment.unknown")} />;
  return <OutcomeBadge state={aligned ? "pass" : "warning"} label={t(`report.alignment.${aligned ? "match" : "noMatch"}`)} />;
}
