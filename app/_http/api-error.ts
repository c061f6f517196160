/** Every error that the API answers, in one shape. Texts come from the catalogues, at `error.{code}.message` and `error.{code}.hint`. */

import { hintWithReplies } from "../../components/docs/about-replies.ts";
import type { RepliesAbout } from "../../lib/bounce/replies-about.ts";
import type { ApiError } from "../../lib/diagnosis/report.ts";
import type { READING_ERRORS } from "../../lib/bounce/reading.ts";
import { environment } from "../../lib/environment/index.ts";
import { translator } from "../../lib/messages/translate.ts";
import { acceptedLocale } from "./locale.ts";
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
  "too-large": 413,
  "unsupported-media-type": 415,
  "file-unreadable": 422,
  "rate-limited": 429,
  internal: 500,
  "not-saved": 503,
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
  if (error.about === undefined) return { error: told };
  const { hint, replies } = hintWithReplies(t, told.hint, error.about);
  const origin = publicOrigin(request, environment());
  return { error: { ...told, hint, replies: replies.map((reply) => ({ ...reply, url: `${origin}/docs/replies/${reply.rule}` })) } };
}

export function errorResponse(error: ErrorFacts, request: Request, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(errorBody(error, request), { status: statusOf(error.code), headers: { "Cache-Control": "no-store", ...headers } });
}

/** What a handler did not foresee is answered in the same shape, and tells nothing of the inside. The log holds where, and not what: a message may quote the paste. */
export async function answering(request: Request, handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle();
  } catch (error) {
    logFault(error);
    return errorResponse({ code: "internal" }, request);
  }
}

export function logFault(error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  console.error([`Unforeseen: ${name}`, ...frames].join("\n"));
}
