/** DMARC's question as a picture: the address that people see, and which of the checked domains belongs to it. */

import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { OutcomeBadge, type State } from "../ui/outcome-badge.tsx";
import { type Fact, Facts } from "./facts.tsx";
import { ForeignCode } from "./foreign.tsx";
import { wordFor } from "./say.ts";

export function Alignment({ report, t }: { report: Report; t: Translator }) {
  const { subject, dmarc } = report;
  const signers = [...new Set(subject.dkim.map(({ domain }) => domain))];
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <Domain label={t("report.alignment.header")} names={subject.headerFrom === null ? [] : [subject.headerFrom]} t={t} />
        <ul className="grid gap-2 border-l-2 border-line pl-4">
          <li>
            <Domain label={t("report.alignment.envelope")} names={subject.mailFrom === null ? [] : [subject.mailFrom]} aligned={dmarc?.spfAligned ?? null} t={t} />
          </li>
          <li>
            <Domain label={t("report.alignment.signatures")} names={signers} aligned={dmarc?.dkimAligned ?? null} t={t} />
          </li>
        </ul>
      </div>
      {dmarc === null ? <p className="text-[0.9375rem] text-soft">{t("report.alignment.unseen")}</p> : <Facts facts={policyFacts(dmarc, t)} />}
    </div>
  );
}

function policyFacts(dmarc: NonNullable<Report["dmarc"]>, t: Translator): readonly Fact[] {
  return [
    { name: t("report.alignment.result"), value: wordFor(t, "dmarcResult", dmarc.result) },
    { name: t("report.alignment.policy"), value: dmarc.policy === null ? t("report.none") : wordFor(t, "policy", dmarc.policy) },
    { name: t("report.alignment.policyDomain"), value: <ForeignCode text={dmarc.domain} /> },
    { name: t("report.alignment.record"), value: dmarc.record === null ? t("report.none") : <ForeignCode text={dmarc.record} /> },
  ];
}

interface DomainProps {
  label: string;
  names: readonly string[];
  /** Absent for the header domain: it is what the others are held against. */
  aligned?: boolean | null;
  t: Translator;
}

function Domain({ label, names, aligned, t }: DomainProps) {
  return (
    <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-lg border border-line px-3 py-2">
      <div className="min-w-0">
        <p className="text-sm text-soft">{label}</p>
        <p className="wrap-anywhere">
          {names.length === 0 ? (
            <span className="text-soft">{t("report.alignment.notKnown")}</span>
          ) : (
            names.map((name, index) => (
              <span key={name}>
                {index === 0 ? "" : ", "}
                <ForeignCode text={name} />
              </span>
            ))
          )}
        </p>
      </div>
      {aligned === undefined ? null : <OutcomeBadge state={alignedState(aligned)} label={t(`report.alignment.${aligned === null ? "unknown" : aligned ? "aligned" : "notAligned"}`)} />}
    </div>
  );
}

function alignedState(aligned: boolean | null): State {
  if (aligned === null) return "unknown";
  return aligned ? "pass" : "warning";
}
