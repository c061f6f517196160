/**
 * The form and reports are sent before Next hears of the request: what it does about one costs several times what sending costs. Whatever
 * is not a stranger's plain look at one of these goes on to Next, untouched.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { environment } from "../../lib/environment/index.ts";
import { translator } from "../../lib/messages/translate.ts";
import { COME_BACK_SECONDS } from "./admission.ts";
import { deleteTokenOf } from "./delete-cookie.ts";
import { beforeNext, onEachServer } from "./each-server.ts";
import { acceptedLocale, isLocale, type Locale } from "./locale.ts";
import { publicOrigin } from "./origin.ts";
import { type Drawn, type PageOf, pageFor, toDraw } from "./page-cache.ts";
import { contentSecurityPolicy, newNonce, pageHeaders } from "./page-headers.ts";
import { isReportGone } from "./stored-report.ts";

declare global {
  var reboundSendsKept: boolean | undefined;
}

/** Call once at start, before requests are handled, and behind all that is to see every request. Whoever develops pages wants them as they are now. */
export function sendKeptPages(): void {
  if (process.env.NODE_ENV === "development" || globalThis.reboundSendsKept === true) return;
  globalThis.reboundSendsKept = true;
  onEachServer((server) => beforeNext(server, keptPage));
}

interface Look extends PageOf {
  /** Of the report; null: the form. */
  readonly id: string | null;
  /** `/r/{id}`, `/`: without its language. */
  readonly path: string;
  /** Its language is the reader's, not the address's. */
  readonly isByReader: boolean;
  readonly gzip: boolean;
}

function keptPage(request: IncomingMessage, response: ServerResponse): Promise<boolean> | null {
  const look = strangersLook(request);
  return look === null ? null : send(look, response);
}

async function send(look: Look, response: ServerResponse): Promise<boolean> {
  // Next knows how to say so.
  if (look.id !== null && (await isReportGone(look.id))) return false;
  const kept = await pageFor(look);
  switch (kept.kind) {
    case "own":
      return false;
    case "page":
      sendPage(kept.page, look, response);
      return true;
    case "overloaded":
      sendOverloaded(look, response);
      return true;
  }
}

const PAGE = /^(?:\/(\w\w))?(\/r\/([\w-]{1,64}))?$/;

/** A whole page, looked at by somebody for whom it has nothing of their own. */
function strangersLook({ method, url = "", headers }: IncomingMessage): Look | null {
  const match = method === "GET" ? PAGE.exec(url === "/" ? "" : url) : null;
  if (match === null || "rsc" in headers || "next-action" in headers || "range" in headers) return null;
  const [, language, path = "", id = null] = match;
  if (language !== undefined && !isLocale(language)) return null;
  const asked = {
    url: "http://localhost",
    headers: {
      get: (name: string) => {
        const value = headers[name];
        return Array.isArray(value) ? value.join(", ") : (value ?? null);
      },
    },
  };
  if (toDraw(asked.headers) !== null || (id !== null && deleteTokenOf(asked, id) !== null)) return null;
  return { id, path: path === "" ? "/" : path, pathname: url, origin: publicOrigin(asked, environment()), locale: language ?? acceptedLocale(asked), isByReader: language === undefined, gzip: takesGzip(asked.headers.get("accept-encoding")) };
}

/** RFC 9110 section 12.5.3. */
function takesGzip(accepted: string | null): boolean {
  return (accepted ?? "").toLowerCase().split(",").some((coding) => /^\s*(?:x-)?gzip\s*(?:$|;(?!\s*q=0(?:\.0{0,3})?\s*$))/.test(coding));
}

function sendPage({ text, headers }: Drawn, look: Look, response: ServerResponse): void {
  const nonce = newNonce();
  const body = look.gzip ? text.gzip(nonce) : text.plain(nonce);
  for (const [name, value] of headers) response.setHeader(name, value);
  if (look.gzip) response.setHeader("Content-Encoding", "gzip");
  end(response, look, nonce, 200, body);
}

/** No page could be drawn for it either. */
function sendOverloaded(look: Look, response: ServerResponse): void {
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Retry-After", String(COME_BACK_SECONDS));
  end(response, look, newNonce(), 503, Buffer.from(overloaded(look.locale)));
}

function overloaded(locale: Locale): string {
  const t = translator(locale);
  return [t("error.overloaded.message"), t("error.overloaded.hint", { seconds: COME_BACK_SECONDS })].join("\n");
}

function end(response: ServerResponse, { path, isByReader }: Look, nonce: string, status: number, body: Uint8Array): void {
  for (const [name, value] of pageHeaders(contentSecurityPolicy(nonce), path)) response.setHeader(name, value);
  response.setHeader("Vary", isByReader ? "Accept-Encoding, Accept-Language" : "Accept-Encoding");
  response.setHeader("Content-Length", body.length);
  response.statusCode = status;
  response.end(body);
}
