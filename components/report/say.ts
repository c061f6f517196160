/** Catalogue sentences for codes of the report. What the report names was written by strangers, and is made visible before it is said. */

import { unicodeDomain } from "../../lib/address/index.ts";
import { FINDING_PARAMS } from "../../lib/diagnosis/finding-codes.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { MessageKey, MessageValues, Translator } from "../../lib/messages/translate.ts";
import { visibleText } from "./visible-text.ts";

export type ReportFinding = Report["findings"][number];

export interface Sentence {
  readonly id: MessageKey;
  readonly values: MessageValues;
}

/** What a finding says in one of its three voices; null where the catalogue has nothing, e.g. no act for what is well. */
export function findingSentence(t: Translator, finding: Pick<ReportFinding, "code" | "params">, voice: "title" | "text" | "act"): Sentence | null {
  const id = `finding.${finding.code}.${voice}`;
  const values = visibleValues({ ...unsaid(finding.code), ...finding.params });
  return t.has(id) && t(id, values) !== "" ? { id, values } : null;
}

/** A report stored before its finding got a parameter has nothing to say for it, and reads all the same. */
function unsaid(code: string): MessageValues {
  const names = new Map<string, readonly string[]>(Object.entries(FINDING_PARAMS)).get(code) ?? [];
  return Object.fromEntries(names.map((name) => [name, ""]));
}

/** The finding that the verdict names; where the report holds none of that code, its sentence is said of the subject. */
export function causeFinding({ verdict, findings, subject, bounce }: Pick<Report, "verdict" | "findings" | "subject" | "bounce">): Pick<ReportFinding, "code" | "params"> {
  const found = findings.find((finding) => finding.code === verdict.cause);
  return found ?? { code: verdict.cause, params: { domain: subject.domain, ip: subject.sendingIp ?? "", enhancedCode: bounce?.enhancedCode ?? "" } };
}

/** The finding that says what to do: that of the cause, but for a forwarder's address, which must not be added to anybody's record. */
export function actFinding(report: Pick<Report, "verdict" | "findings" | "fixes" | "subject" | "bounce">): Pick<ReportFinding, "code" | "params"> {
  const stranger = report.findings.find(({ code }) => code === "spf.stranger");
  const offered = report.fixes.some(({ finding, advice }) => finding === "spf.not-authorised" && !advice);
  return report.verdict.cause === "spf.not-authorised" && stranger !== undefined && !offered ? stranger : causeFinding(report);
}

/** The word for a code: `word.outcome.refused`. A code that the catalogue doesn't know is said as it is. */
export function wordFor(t: Translator, kind: string, code: string): string {
  const id = `word.${kind}.${code}`;
  return t.has(id) ? t(id) : visibleText(code);
}

/** `by`: what the code is about, where the report names it. */
export function sentenceFor(t: Translator, group: "change" | "note", code: string, by?: string): Sentence | null {
  const naming = `${group}By.${code}`;
  if (by !== undefined && t.has(naming)) return { id: naming, values: { by: visibleText(by) } };
  const id = `${group}.${code}`;
  return t.has(id) ? { id, values: {} } : null;
}

/** A finding by its code alone: what a report before this one found. */
export function titleOfCode(t: Translator, code: string, params: MessageValues): Sentence | null {
  const id = `finding.${code}.title`;
  return t.has(id) ? { id, values: visibleValues({ ...unsaid(code), ...params }) } : null;
}

function visibleValues(values: MessageValues): MessageValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? visibleText(DOMAINS.has(name) ? unicodeDomain(value) : value) : value]));
}

/** Values that are the reader's own domain: said as they write it. Names that are looked up stay as DNS has them. */
const DOMAINS: ReadonlySet<string> = new Set(["domain", "headerFrom", "parent"]);
