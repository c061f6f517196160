/** A report as a message to a colleague, said in the reader's language. */

import { unicodeDomain } from "../../../lib/address/index.ts";
import type { Fix, Report } from "../../../lib/diagnosis/report.ts";
import { dnsOf, type Note, type NoteChange, type NoteField } from "../../../lib/hand-over/index.ts";
import type { Translator } from "../../../lib/messages/translate.ts";
import { labelText } from "../../../lib/providers/dns-hosts/index.ts";
import { fixTitle, questionFor } from "../fix-card.tsx";
import { proofSentences } from "../fix-proof.tsx";
import { hostField } from "../host-field.ts";
import { listed } from "../listed.ts";
import { actFinding, causeFinding, findingSentence, sentenceFor, wordFor } from "../say.ts";
import { visibleText } from "../visible-text.ts";

export function noteOf(report: Report, t: Translator): Note {
  const cause = causeFinding(report);
  const title = findingSentence(t, cause, "title");
  const said = [findingSentence(t, cause, "text"), findingSentence(t, actFinding(report), "act")].flatMap((sentence) => (sentence === null ? [] : [t.parts(sentence.id, sentence.values)]));
  return {
    title: title === null ? wordFor(t, "outcome", report.verdict.outcome) : t(title.id, title.values),
    sentences: said,
    fields: facts(report, t),
    changes: report.fixes.map((fix) => changeOf(fix, report, t)),
    link: { label: t("report.handOver.note.link"), url: report.url },
  };
}

function facts(report: Report, t: Translator): readonly NoteField[] {
  const { found } = dnsOf(report);
  const { domain, sendingIp } = report.subject;
  return [
    { label: t("report.handOver.note.verdict"), value: wordFor(t, "outcome", report.verdict.outcome) },
    { label: t("report.handOver.note.domain"), value: visibleText(unicodeDomain(domain)) },
    ...(sendingIp === null ? [] : [{ label: t("report.handOver.note.ip"), value: sendingIp }]),
    ...(found.status === "one" ? [{ label: t("report.handOver.note.dnsHost"), value: labelText(found.host.name, t.locale) }] : []),
  ];
}

function changeOf(fix: Fix, report: Report, t: Translator): NoteChange {
  const title = fixTitle(fix, t);
  const advice = fix.advice ? [t.parts("report.handOver.note.advice")] : [];
  if (fix.action === "ask-provider") return { title, sentences: [...advice, t.parts("report.handOver.note.ask")], fields: [], records: [{ label: t("report.fix.question.label"), lines: [visibleText(question(fix, report, t))] }] };
  if (fix.value === null && fix.alternative !== null) return { title, sentences: [...advice, t.parts("report.handOver.note.moves")], fields: [], records: [] };
  const host = hostField(fix.name, dnsOf(report).zone);
  const proof = fix.proof === null ? [] : [proofSentences(fix.proof).flatMap(([id, values], index) => [...(index === 0 ? [] : [t("report.proof.joint")]), ...t.parts(id, values)])];
  const owners = fix.copiedFrom.length === 0 ? undefined : listed(fix.copiedFrom, t.locale);
  const assumed = fix.assumptions.flatMap((code) => sentenceFor(t, "note", code, owners) ?? []).map(({ id, values }) => t.parts(id, values));
  return {
    title,
    sentences: [...advice, ...proof, ...assumed],
    fields: [
      { label: t("report.handOver.note.type"), value: fix.type ?? "TXT" },
      { label: t("report.handOver.note.host"), value: host.short === null || host.short === "@" ? host.full : `${host.short} (${host.full})` },
    ],
    records: [
      ...(fix.value === null ? [] : [{ label: t("report.handOver.note.value"), lines: [fix.value] }]),
      ...(fix.replaces.length === 0 ? [] : [{ label: t("report.handOver.note.remove", { count: fix.replaces.length }), lines: fix.replaces.map(visibleText) }]),
    ],
  };
}

function question(fix: Fix, { subject }: Report, t: Translator): string {
  return t(`report.fix.question.${questionFor(fix)}`, { name: fix.name, ip: subject.sendingIp ?? fix.name, host: fix.value ?? "", domain: subject.headerFrom ?? subject.domain });
}
