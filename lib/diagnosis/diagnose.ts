/** One diagnosis from text to report, in the five steps of `docs/architecture.md`. */

import type { MessageForm } from "../bounce/message-form.ts";
import { read } from "../bounce/read.ts";
import type { Reading, ReadingNote, Subject } from "../bounce/reading.ts";
import { returnedMessage } from "../bounce/returned.ts";
import type { DiagnosisResolver, RecordingHooks } from "../dns/index.ts";
import { assess } from "./assess.ts";
import type { Assessment } from "./assessment.ts";
import { changedSince } from "./compare.ts";
import { correct } from "./fixes.ts";
import { type Arrival, testMailOf, verdictOn } from "./gmail-answer.ts";
import { judge } from "./judge/index.ts";
import { composeReport, noted, reportSubject, seenIn, subjectOf } from "./compose.ts";
import { type Kept, keptOf } from "./kept.ts";
import { type Delegation, type DiagnosisEvent, type DiagnosisRequest, type Finding, LIVE_AREAS, type Report, type Step } from "./report.ts";
import { areaState, score } from "./score.ts";
import { reachVerdict, type Verdict } from "./verdict.ts";

export interface DiagnosisContext {
  /** Opens the resolver of this one diagnosis; it is closed at the end. */
  readonly dns: (hooks: RecordingHooks<Step>) => DiagnosisResolver<Step>;
  readonly id: string;
  readonly url: string;
  readonly now: Date;
  readonly expiresAt: Date | null;
  /** The report that this one follows. */
  readonly previous?: Report | null;
  /** As a stored report holds it, where that is judged again: then the zone's servers are not asked. */
  readonly delegation?: Delegation | null;
  readonly onEvent?: (event: DiagnosisEvent) => void;
}

export type ReadingError = Extract<Reading, { ok: false }>["error"];
export type DiagnosisOutcome = { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly error: ReadingError };

/** Reads, looks up, judges and corrects. Never rejects for what users or name servers do: a text that cannot be read is an error value, a failed look-up a finding. */
export async function diagnose(request: DiagnosisRequest, context: DiagnosisContext): Promise<DiagnosisOutcome> {
  context.onEvent?.({ event: "progress", step: "reading", done: 0, of: 1 });
  const reading = await read(request);
  if (!reading.ok) return { ok: false, error: reading.error };
  return { ok: true, report: await look(keptOf(reading, request), reading.notes, context, messageOf(reading, request.input, context.now)) };
}

type Pasted = Pick<Parameters<typeof assess>[0], "whole" | "unseen">;

function messageOf({ subject, bounce }: Extract<Reading, { ok: true }>, input: string, now: Date): Pasted {
  if (subject.kind === "message") return { whole: { raw: input, now, returned: false }, unseen: null };
  const found = bounce === null ? null : returnedMessage(input);
  if (found === null) return { whole: null, unseen: null };
  return found.hasBody ? { whole: { raw: found.raw, now, returned: true }, unseen: null } : { whole: null, unseen: "returned-header" };
}

/** What was verified once is not called mended because it cannot be verified again. */
function notKept({ subject, dkim, findings }: Report): Pasted {
  const unseen = findings.find(({ code }) => code === "dkim.signature-unseen")?.params["reason"];
  if (unseen === "returned-header") return { whole: null, unseen };
  const wasVerified = subject.kind === "message" || unseen !== undefined || dkim.some(({ verified }) => verified !== null);
  return { whole: null, unseen: wasVerified ? "not-kept" : null };
}

/** The same subject against today's DNS, for "Check again". The pasted text is not kept, so what was read from it is taken from the report. */
export async function rediagnose(previous: Report, context: Omit<DiagnosisContext, "previous">): Promise<Report> {
  return look({ subject: subjectOf(previous), bounce: previous.bounce, form: previous.messageForm }, noted(previous), { ...context, previous }, notKept(previous));
}

/** A message that we received ourselves. */
export interface ArrivedMessage {
  readonly subject: Subject;
  readonly form: MessageForm;
  readonly octets: Uint8Array;
  readonly arrival: Arrival;
}

/** The same of a message that came over SMTP; nothing of it is kept but what the report says. Never rejects. */
export async function diagnoseArrived({ subject, form, octets, arrival }: ArrivedMessage, context: DiagnosisContext): Promise<Report> {
  return look({ subject, bounce: null, form }, [], context, { whole: { raw: octets, now: context.now, returned: false }, unseen: null }, arrival);
}

async function look({ subject, bounce, form }: Kept, notes: readonly ReadingNote[], context: DiagnosisContext, pasted: Pasted, arrival: Arrival | null = null): Promise<Report> {
  const tell = context.onEvent ?? (() => undefined);
  tell({ event: "progress", step: "reading", done: 1, of: 1 });
  tell({ event: "subject", subject: reportSubject(subject), bounce });
  const started = performance.now();
  const dns = context.dns({ onProgress: (progress) => tell({ event: "progress", ...progress }) });
  try {
    const assessment = await assess({ subject, bounce, notes, form, ...pasted, ...(context.delegation === undefined ? {} : { delegation: context.delegation }) }, dns, (area, facts) => tell({ event: "area", area, facts: [...facts] }));
    tell({ event: "progress", step: "judging", done: 0, of: 1 });
    const judged = judge(assessment);
    const testMail = arrival === null ? null : testMailOf(arrival, assessment);
    const verdict = testMail === null ? reachVerdict(assessment, judged) : verdictOn(testMail, assessment, judged);
    const findings = [...verdict.findings, ...judged];
    tellVerdict(assessment, verdict, findings, tell);
    const fixes = await correct(assessment, verdict, judged, dns.scope("judging"));
    const composed = composeReport({ assessment, bounce, verdict, findings, fixes, answers: dns.answers(), elapsedMs: performance.now() - started, context });
    const report: Report = { ...composed, testMail };
    tell({ event: "progress", step: "judging", done: 1, of: 1 });
    return context.previous == null ? report : { ...report, previous: context.previous.id, changed: changedSince(context.previous, report) };
  } finally {
    dns.close();
  }
}

/** Ahead of the report, in which the same stands: proving the fixes takes a while longer. */
function tellVerdict(assessment: Assessment, { outcome, cause }: Verdict, findings: readonly Finding[], tell: (event: DiagnosisEvent) => void): void {
  const scores = score(findings, seenIn(assessment, findings), outcome);
  tell({ event: "verdict", verdict: { outcome, cause } });
  for (const area of LIVE_AREAS) {
    const own = area === "transport" ? undefined : scores[area];
    tell({ event: "score", area, score: own ?? null, state: areaState(area, own, findings) });
  }
}
