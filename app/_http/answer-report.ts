/** A new report as the API answers it: whole, as JSON, or as it comes about, an event a line. */

import type { DiagnosisEvent, Report } from "../../lib/diagnosis/report.ts";
import { environment } from "../../lib/environment/index.ts";
import { errorBody, errorResponse } from "./api-error.ts";
import { deleteCookies } from "./delete-cookie.ts";
import { logFault } from "./log.ts";
import { type Birth, makeReport, type Making, makingFor, type MakingResult, type Matter, newBirth } from "./make-report.ts";
import { isSameOriginFetch, publicOrigin } from "./origin.ts";

export async function answerReport(matter: Matter, request: Request): Promise<Response> {
  const birth = newBirth();
  return wantsEvents(request) ? streamReport(matter, birth, request) : wholeReport(matter, birth, request);
}

function wantsEvents(request: Request): boolean {
  return (request.headers.get("accept") ?? "").toLowerCase().split(",").some((range) => range.split(";")[0]?.trim() === "application/x-ndjson");
}

async function wholeReport(matter: Matter, birth: Birth, request: Request): Promise<Response> {
  const result = await makeReport(matter, makingFor(request, birth));
  if (!result.ok) {
    const refused = errorResponse(result.error, request);
    if (result.error.unsaved !== undefined) setDeleteCookies(refused.headers, birth, request);
    return refused;
  }
  const headers = new Headers({ Location: `/r/${birth.id}`, "Cache-Control": "no-store" });
  setDeleteCookies(headers, birth, request);
  return Response.json(withToken(result.report, birth), { status: 201, headers });
}

/** The report as its maker gets it, once. */
function withToken(report: Report, { deleteToken }: Birth): Report {
  return { ...report, deleteToken };
}

/** For our own pages: a browser that asks from them may later delete without knowing the token. */
function setDeleteCookies(headers: Headers, birth: Birth, request: Request): void {
  if (!isSameOriginFetch(request)) return;
  for (const cookie of deleteCookies(birth, request, publicOrigin(request, environment()))) headers.append("Set-Cookie", cookie);
}

/** The status is always 200; an error is the last event. Headers wait for the first word on the subject: a paste that cannot be read gets no cookie. */
async function streamReport(matter: Matter, birth: Birth, request: Request): Promise<Response> {
  const { body, subjectKnown, made } = eventStream(matter, birth, request);
  const isKnown = await Promise.race([subjectKnown.then(() => true), made.then(() => false)]);
  const headers = new Headers({ "Content-Type": "application/x-ndjson; charset=utf-8", "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no" });
  if (isKnown) setDeleteCookies(headers, birth, request);
  return new Response(body, { headers });
}

function eventStream(matter: Matter, birth: Birth, request: Request) {
  const encoder = new TextEncoder();
  const gone = new AbortController();
  const signal = AbortSignal.any([request.signal, gone.signal]);
  const subjectKnown = signalled();
  const made = signalled();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (event: DiagnosisEvent) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
        if (event.event === "subject") subjectKnown.give();
      };
      const result = await foreseen(matter, { ...makingFor(request, birth), signal, onEvent: send });
      send(result.ok ? { event: "report", report: withToken(result.report, birth) } : { event: "error", ...errorBody(result.error, request) });
      if (!signal.aborted) controller.close();
      made.give();
    },
    cancel: () => gone.abort(),
  });
  return { body, subjectKnown: subjectKnown.given, made: made.given };
}

function signalled(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

/** The status line is long gone: what nobody foresaw becomes the last event. */
async function foreseen(matter: Matter, making: Making): Promise<MakingResult> {
  try {
    return await makeReport(matter, making);
  } catch (error) {
    logFault(error);
    return { ok: false, error: { code: "internal" } };
  }
}
