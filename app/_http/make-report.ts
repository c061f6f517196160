/** From a request to a stored report: what the API, the stream and the plain form have in common. */

import { repliesBeside } from "../../components/docs/about-replies.ts";
import { diagnose, type DiagnosisContext, type ReadingError, rediagnose } from "../../lib/diagnosis/diagnose.ts";
import type { DiagnosisEvent, DiagnosisRequest, Report } from "../../lib/diagnosis/report.ts";
import { environment } from "../../lib/environment/index.ts";
import { deleteTokenHash, type Faulty, keepUnsaved, newDeleteToken, newReportId, reportStore } from "../../lib/store/index.ts";
import { takeTurn } from "../../lib/store/rate-limit.ts";
import { COME_BACK_SECONDS, doors } from "./admission.ts";
import type { ErrorFacts } from "./api-error.ts";
import { clientKey } from "./client-address.ts";
import { log, logStoreFault } from "./log.ts";
import { countReport, timed } from "./metrics.ts";
import { resolverAsSet } from "./name-server-at.ts";
import { publicOrigin } from "./origin.ts";

/** What is to be diagnosed: something handed in, or the subject of an earlier report. */
export type Matter = { readonly request: DiagnosisRequest } | { readonly previous: Report };

/** What is settled about a report before it is made. */
export interface Birth {
  readonly id: string;
  /** Known to whoever asked for the report; the store holds its hash. */
  readonly deleteToken: string;
  readonly now: Date;
  readonly expiresAt: Date | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function newBirth(): Birth {
  const now = new Date();
  return { id: newReportId(), deleteToken: newDeleteToken(), now, expiresAt: reportExpiry(now) };
}

/** Of a report that is made at `now`; null: never. */
export function reportExpiry(now: Date): Date | null {
  const { reportDays } = environment();
  return reportDays === 0 ? null : new Date(now.getTime() + reportDays * DAY_MS);
}

export type MakingResult = { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly error: ErrorFacts };

export interface Making {
  readonly birth: Birth;
  /** Of the permalink. */
  readonly origin: string;
  /** When aborted nobody waits for the report: then it is not stored. */
  readonly signal: AbortSignal;
  readonly onEvent?: (event: DiagnosisEvent) => void;
}

/** As whoever sent the request wants it. */
export function makingFor(request: Request, birth: Birth): Making {
  return { birth, origin: publicOrigin(request, environment()), signal: request.signal };
}

/** Diagnoses and stores. An "ok" report is in the store; one that could not be saved comes with the error, and is kept in memory until it can be. */
export async function makeReport(matter: Matter, making: Making): Promise<MakingResult> {
  const place = await doors().diagnoses.enter(making.signal);
  if (place === null) return { ok: false, error: { code: "overloaded", params: { seconds: COME_BACK_SECONDS } } };
  try {
    return await makeInside(matter, making);
  } finally {
    place.leave();
  }
}

async function makeInside(matter: Matter, { birth, origin, signal, onEvent }: Making): Promise<MakingResult> {
  const outcome = await lookInto(matter, {
    dns: (hooks) => resolverAsSet({ ...hooks, signal }),
    id: birth.id,
    url: `${origin}/r/${birth.id}`,
    now: birth.now,
    expiresAt: birth.expiresAt,
    ...(onEvent === undefined ? {} : { onEvent }),
  });
  if (!outcome.ok) return { ok: false, error: withReplies(outcome.error, matter) };
  if (signal.aborted) return { ok: false, error: { code: "internal" } };
  tellOf(outcome.report);
  const hash = deleteTokenHash(birth.deleteToken);
  const saved = await timed("save", reportStore(environment()).save(outcome.report, hash));
  if (saved.status === "saved") return { ok: true, report: outcome.report };
  keepUnsaved(outcome.report, hash, saved.fault, () => reportStore(environment()));
  return { ok: false, error: { ...storeError(saved, "not-saved"), unsaved: { ...outcome.report, deleteToken: birth.deleteToken } } };
}

/** In the figures and in the log. */
export function tellOf(report: Report): void {
  countReport(report);
  const { subject, verdict, bounce, dns } = report;
  log().info({ event: "diagnosis", kind: subject.kind, outcome: verdict.outcome, cause: verdict.cause, rule: bounce?.rule ?? null, format: bounce?.format ?? null, questions: dns.queries, ms: Math.round(dns.elapsedMs) });
}

/** A code alone names no sender, and yet can be explained. */
function withReplies(error: ReadingError, matter: Matter): ErrorFacts {
  const about = "request" in matter ? repliesBeside(error.code, matter.request.input) : null;
  return about === null ? error : { ...error, about };
}

type Outcome = { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly error: ReadingError };

async function lookInto(matter: Matter, context: DiagnosisContext): Promise<Outcome> {
  return "previous" in matter ? { ok: true, report: await rediagnose(matter.previous, context) } : diagnose(matter.request, context);
}

/** Null when the client may have another diagnosis now. */
export async function refusedForRate(request: Request): Promise<ErrorFacts | null> {
  return refusedTurn("diagnosis", environment().rateLimit, request);
}

/** SPF evaluations cost far less than diagnoses, and are asked for in series. */
const EVALUATIONS_FOR_A_DIAGNOSIS = 40;

export async function refusedForSpfRate(request: Request): Promise<ErrorFacts | null> {
  return refusedTurn("spf", environment().rateLimit * EVALUATIONS_FOR_A_DIAGNOSIS, request);
}

/** A file is read before it is sent to be diagnosed: as often, and counted apart. */
export async function refusedForFileRate(request: Request): Promise<ErrorFacts | null> {
  return refusedTurn("file", environment().rateLimit, request);
}

/** An address for a test mail costs nothing until the mail comes: as often, and counted apart. */
export async function refusedForTestMailRate(request: Request): Promise<ErrorFacts | null> {
  return refusedTurn("test-mail", environment().rateLimit, request);
}

async function refusedTurn(purpose: string, perMinute: number, request: Request): Promise<ErrorFacts | null> {
  const turn = await takeTurn(reportStore(environment()).shared, { purpose, client: clientKey(request), perMinute });
  if (turn.fault !== undefined) logStoreFault(turn.fault, "for some seconds this instance counts requests for itself");
  if (turn.ok) return null;
  return { code: "rate-limited", params: { seconds: turn.retryAfterSeconds } };
}

/** Told in the log, since the operator alone can mend it. */
export function storeError({ fault }: Faulty, code: "not-saved" | "store-unavailable"): ErrorFacts {
  logStoreFault(fault);
  return { code };
}
