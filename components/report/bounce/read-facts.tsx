/** Everything that was drawn out of the paste, each with the number of its place in it. */

import type { ReactNode } from "react";
import { unicodeDomain } from "../../../lib/address/index.ts";
import type { Report, ReportBounce } from "../../../lib/diagnosis/report.ts";
import type { Translator } from "../../../lib/messages/translate.ts";
import { AddressSource } from "../address-source.tsx";
import { type Fact, Facts } from "../facts.tsx";
import { ForeignCode } from "../foreign.tsx";
import { Moment } from "../moment.tsx";
import { findingSentence, wordFor } from "../say.ts";
import { Sentence } from "../sentence.tsx";
import { type MarkField, numberKey, type Numbers } from "./marks.ts";
import { NumberBadge } from "./number-badge.tsx";

interface ReadFactsProps {
  bounce: ReportBounce;
  report: Report;
  numbers: Numbers;
  t: Translator;
}

export function ReadFacts(props: ReadFactsProps) {
  return <Facts facts={[...refusalFacts(props), ...senderFacts(props), ...claimFacts(props), ...deliveryFacts(props)]} t={props.t} />;
}

/** A value as the paste has it, with its number where its place is known. */
function Found({ field, value, numbers, children }: { field: MarkField; value: string; numbers: Numbers; children: ReactNode }) {
  const number = numbers.get(numberKey(field, value));
  return (
    <span>
      {children}
      {number === undefined ? null : <NumberBadge number={number} />}
    </span>
  );
}

function refusalFacts({ bounce, report, numbers, t }: ReadFactsProps): readonly Fact[] {
  const { reporter, code, enhancedCode, permanent, format, details } = bounce;
  return [
    { name: t("report.bounce.reporter"), value: <Found field="reporter" value={reporter} numbers={numbers}>{wordFor(t, "reporter", reporter)}</Found> },
    { name: t("report.bounce.format"), value: <ForeignCode text={format} /> },
    ...(details === null ? [] : [{ name: t("report.bounce.confidence"), value: t(`report.bounce.sure.${details.confidence}`) }]),
    {
      name: t("report.bounce.codes"),
      value:
        code === null && enhancedCode === null ? (
          "–"
        ) : (
          <span className="inline-flex flex-wrap gap-x-3">
            {code === null ? null : <Found field="code" value={String(code)} numbers={numbers}><ForeignCode text={String(code)} /></Found>}
            {enhancedCode === null ? null : <Found field="enhanced-code" value={enhancedCode} numbers={numbers}><ForeignCode text={enhancedCode} /></Found>}
          </span>
        ),
    },
    ...(permanent === null ? [] : [{ name: t("report.bounce.kind"), value: t(permanent ? "report.bounce.permanent" : "report.bounce.temporary") }]),
    { name: t("report.bounce.rule"), value: <Found field="rule" value={bounce.rule} numbers={numbers}><Rule bounce={bounce} findings={report.findings} t={t} /></Found> },
  ];
}

function Rule({ bounce, findings, t }: { bounce: ReportBounce; findings: Report["findings"]; t: Translator }) {
  const told = findings.find((finding) => finding.code === `bounce.${bounce.rule}`);
  const title = told === undefined ? null : findingSentence(t, told, "title");
  const name = `docs.name.${bounce.rule}`;
  return (
    <>
      {title === null ? (t.has(name) ? t(name) : null) : <Sentence t={t} sentence={title} />} <ForeignCode text={title === null && !t.has(name) ? bounce.rule : `(${bounce.rule})`} className="text-soft" />
    </>
  );
}

function senderFacts({ report, numbers, t }: ReadFactsProps): readonly Fact[] {
  const { subject } = report;
  const { sendingIp } = subject;
  const one = (key: "domain" | "mailFrom" | "headerFrom" | "helo", field: MarkField): readonly Fact[] => {
    const value = subject[key];
    return value === null ? [] : [{ name: t(`report.bounce.${key}`), value: <Found field={field} value={value} numbers={numbers}><ForeignCode text={unicodeDomain(value)} /></Found> }];
  };
  return [
    ...one("domain", "domain"),
    ...(sendingIp === null
      ? []
      : [
          {
            name: t("report.bounce.sendingIp"),
            value: (
              <>
                <Found field="sending-ip" value={sendingIp} numbers={numbers}><ForeignCode text={sendingIp} /></Found>
                <AddressSource report={report} t={t} />
              </>
            ),
          },
        ]),
    ...one("mailFrom", "mail-from"),
    ...one("headerFrom", "header-from"),
    ...one("helo", "helo"),
    ...(subject.dkim.length === 0
      ? []
      : [
          {
            name: t("report.bounce.dkim"),
            value: (
              <ul>
                {subject.dkim.map(({ domain, selector }) => (
                  <li key={`${selector} ${domain}`} className="flex flex-wrap gap-x-3">
                    <Found field="dkim-domain" value={domain} numbers={numbers}><ForeignCode text={`d=${domain}`} /></Found>
                    <Found field="dkim-selector" value={selector} numbers={numbers}><ForeignCode text={`s=${selector}`} /></Found>
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
  ];
}

function claimFacts({ bounce: { claims }, numbers, t }: ReadFactsProps): readonly Fact[] {
  const { spf, dkim, dmarc } = claims;
  const one = (name: string, field: MarkField, result: string, more: readonly (string | null)[]): Fact => ({
    name: t("report.bounce.claim", { name }),
    value: <Found field={field} value={result} numbers={numbers}><ForeignCode text={[result, ...more].filter((word) => word !== null && word !== "").join(" ")} /></Found>,
  });
  return [
    ...(spf === null ? [] : [one("SPF", "spf-claim", spf.result, [spf.domain, spf.ip])]),
    ...(dkim === null ? [] : [one("DKIM", "dkim-claim", dkim.result, [dkim.domain])]),
    ...(dmarc === null ? [] : [one("DMARC", "dmarc-claim", dmarc.result, [dmarc.domain])]),
  ];
}

function deliveryFacts({ bounce: { details }, numbers, t }: ReadFactsProps): readonly Fact[] {
  if (details === null) return [];
  const { recipient, provider, time, queueId, messageIdHost } = details;
  const found = (name: string, field: MarkField, value: string | null): readonly Fact[] => (value === null ? [] : [{ name, value: <Found field={field} value={value} numbers={numbers}><ForeignCode text={value} /></Found> }]);
  return [
    ...found(t("report.bounce.recipient"), "recipient", recipient),
    ...(provider === null ? [] : [{ name: t("report.bounce.provider"), value: provider }]),
    ...(time === null ? [] : [{ name: t("report.bounce.time"), value: <Found field="time" value={time} numbers={numbers}>{isIso(time) ? <Moment iso={time} t={t} /> : <ForeignCode text={time} />}</Found> }]),
    ...found(t("report.bounce.queueId"), "queue-id", queueId),
    ...found(t("report.bounce.messageIdHost"), "message-id-host", messageIdHost),
  ];
}

function isIso(time: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(time);
}
