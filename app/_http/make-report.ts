/** From a request to a stored report: what the API, the stream and the plain form have in common. */

import { repliesBeside } from "../../components/docs/about-replies.ts";
import { diagnose, type DiagnosisContext, type ReadingError, rediagnose } from "../../lib/diagnosis/diagnose.ts";
import type { DiagnosisEvent, DiagnosisRequest, Report } from "../../lib/diagnosis/report.ts";
import { diagnosisResolver } from "../../lib/dns/servers.ts";
import { environment } from "../../lib/environment/index.ts";
import { deleteTokenHash, type Faulty, newDeleteToken, newReportId, reportStore } from "../../lib/store/index.ts";
import { takeTurn } from "../../lib/store/rate-limit.ts";
import type { ErrorFacts } from "./api-error.ts";
import { clientKey } from "./client-address.ts";
import { nameServerAt } from "./name-server-at.ts";
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
  const { reportDays } = environment();
  const now = new Date();
  return { id: newReportId(), deleteToken: newDeleteToken(), now, expiresAt: reportDays === 0 ? null : new Date(now.getTime() + reportDays * DAY_MS) };
}

export type MakingResult = { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly error: ErrorFacts };

export interface Making {
  readonly birth: Birth;
  readonly request: Request;
  /** When aborted nobody waits for the report: then it is not stored. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DiagnosisEvent) => void;
}

/** Diagnoses and stores. An "ok" report is in the store. */
export async function makeReport(matter: Matter, { birth, request, signal = request.signal, onEvent }: Making): Promise<MakingResult> {
  const { dnsServers, database, ...settings } = environment();
  const outcome = await lookInto(matter, {
    dns: (hooks) => diagnosisResolver({ ...hooks, servers: dnsServers, nameServerAt: nameServerAt(), signal }),
    id: birth.id,
    url: `${publicOrigin(request, settings)}/r/${birth.id}`,
    now: birth.now,
    expiresAt: birth.expiresAt,
    ...(onEvent === undefined ? {} : { onEvent }),
  });
  if (!outcome.ok) return { ok: false, error: withReplies(outcome.error, matter) };
  if (signal.aborted) return { ok: false, error: { code: "internal" } };
  const saved = await reportStore({ database }).save(outcome.report, deleteTokenHash(birth.deleteToken));
  if (saved.status === "fault") return { ok: false, error: storeError(saved, "not-saved") };
  return { ok: true, report: outcome.report };
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

export interface Refusal {
  readonly error: ErrorFacts;
  readonly headers: Readonly<Record<string, string>>;
}

/** Null when the client may have another diagnosis now. */
export async function refusedForRate(request: Request): Promise<Refusal | null> {
  return refusedTurn("diagnosis", environment().rateLimit, request);
}

/** SPF evaluations cost far less than diagnoses, and are asked for in series. */
const EVALUATIONS_FOR_A_DIAGNOSIS = 40;

export async function refusedForSpfRate(request: Request): Promise<Refusal | null> {
  return refusedTurn("spf", environment().rateLimit * EVALUATIONS_FOR_A_DIAGNOSIS, request);
}

/** A file is read before it is sent to be diagnosed: as often, and counted apart. */
export async function refusedForFileRate(request: Request): Promise<Refusal | null> {
  return refusedTurn("file", environment().rateLimit, request);
}

async function refusedTurn(purpose: string, perMinute: number, request: Request): Promise<Refusal | null> {
  const turn = await takeTurn(purpose, clientKey(request), perMinute);
  if (turn.ok) return null;
  return { error: { code: "rate-limited", params: { seconds: turn.retryAfterSeconds } }, headers: { "Retry-After": String(turn.retryAfterSeconds) } };
}

/** Told in the log, since the operator alone can mend it. */
export function storeError({ fault }: Faulty, code: "not-saved" | "store-unavailable"): ErrorFacts {
  console.error(`Store: ${fault.kind}: ${fault.detail}`);
  return { code };
}
