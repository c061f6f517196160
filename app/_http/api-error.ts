/** Every error that the API answers, in one shape. Texts come from the catalogues, at `error.{code}.message` and `error.{code}.hint`. */

import { hintWithReplies } from "../../components/docs/about-replies.ts";
import type { RepliesAbout } from "../../lib/bounce/replies-about.ts";
import type { ApiError, Report } from "../../lib/diagnosis/report.ts";
import type { READING_ERRORS } from "../../lib/bounce/reading.ts";
import { environment } from "../../lib/environment/index.ts";
import { translator } from "../../lib/messages/translate.ts";
import { COME_BACK_SECONDS } from "./admission.ts";
import { acceptedLocale } from "./locale.ts";
import { log, logFault, routeOf } from "./log.ts";
import { countRequest } from "./metrics.ts";
import { publicOrigin } from "./origin.ts";

/** Beside those of reading a paste, which are answered with 422. */
export const API_ERRORS = {
  "bad-json": 400,
  "bad-request": 400,
  "token-needed": 401,
  "wrong-token": 403,
  "cross-site": 403,
  "not-found": 404,
  "nothing-to-watch": 409,
  "no-test-mails": 404,
  "too-large": 413,
  "unsupported-media-type": 415,
  "file-unreadable": 422,
  "rate-limited": 429,
  internal: 500,
  "not-saved": 503,
  overloaded: 503,
  "store-unavailable": 503,
  "watch-busy": 503,
} as const;

export type ErrorCode = keyof typeof API_ERRORS | (typeof READING_ERRORS)[number];

export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly ask?: "input" | "domain" | "ip" | "selectors";
  /** What the text that names no sender is about. */
  readonly about?: RepliesAbout;
  /** The report that could not be saved. */
  readonly unsaved?: Report;
}

export function statusOf(code: ErrorCode): number {
  return isApiError(code) ? API_ERRORS[code] : 422;
}

function isApiError(code: string): code is keyof typeof API_ERRORS {
  return Object.hasOwn(API_ERRORS, code);
}

/** In the language that the client prefers. */
export function errorBody(error: ErrorFacts, request: Request): ApiError {
  const t = translator(acceptedLocale(request));
  const text = (part: "message" | "hint") => t(`error.${error.code}.${part}`, error.params ?? {});
  const told = { code: error.code, message: text("message"), hint: text("hint"), ...(error.ask === undefined ? {} : { ask: error.ask }) };
  if (error.unsaved !== undefined) return { error: told, report: error.unsaved };
  if (error.about === undefined) return { error: told };
  const { hint, replies } = hintWithReplies(t, told.hint, error.about);
  const origin = publicOrigin(request, environment());
  return { error: { ...told, hint, replies: replies.map((reply) => ({ ...reply, url: `${origin}/docs/replies/${reply.rule}` })) } };
}

export function errorResponse(error: ErrorFacts, request: Request, headers: Readonly<Record<string, string>> = {}): Response {
  const seconds = retryAfter(error);
  return Response.json(errorBody(error, request), { status: statusOf(error.code), headers: { "Cache-Control": "no-store", ...(seconds === null ? {} : { "Retry-After": String(seconds) }), ...headers } });
}

/** Of those that do not say it themselves. */
const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = { "not-saved": COME_BACK_SECONDS, "store-unavailable": COME_BACK_SECONDS, "watch-busy": 60 };

/** Seconds after which it is worth trying again; null where waiting mends nothing. */
export function retryAfter({ code, params }: ErrorFacts): number | null {
  return typeof params?.seconds === "number" ? params.seconds : (RETRY_AFTER_SECONDS[code] ?? null);
}

/** Each request to the API and of a form: counted, and told in the log. What a handler did not foresee is answered in the same shape, and tells nothing of the inside. */
export async function answering(request: Request, handle: () => Promise<Response>): Promise<Response> {
  const started = performance.now();
  const answer = await foreseen(request, handle);
  const told = { route: routeOf(request.url), method: request.method, status: answer.status, ms: Math.round(performance.now() - started) };
  countRequest(told);
  // Who has gone away gets an answer that nobody reads.
  log()[told.status >= 500 && !request.signal.aborted ? "warn" : "debug"]({ event: "request", ...told });
  return answer;
}

async function foreseen(request: Request, handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    logFault(error);
    return errorResponse({ code: "internal" }, request);
  }
}
