/** What plain forms post, for browsers without JavaScript, and where their answers lead. */

import { environment } from "../../lib/environment/index.ts";
import { type ErrorFacts, errorResponse } from "./api-error.ts";
import { mediaType, readBody } from "./body.ts";
import { bodyError } from "./json-request.ts";
import { isLocale } from "./locale.ts";
import { isCrossSite } from "./origin.ts";

/** Percent-encoding makes up to three octets of one: room for a paste well past the limit, so that it can be shown again beside the error. */
const MOST_FORM_OCTETS = 2 * 1024 * 1024;

export type Form = { readonly ok: true; readonly fields: FormData } | { readonly ok: false; readonly response: Response };

export async function readForm(request: Request): Promise<Form> {
  const refuse = (error: ErrorFacts): Form => ({ ok: false, response: errorResponse(error, request) });
  if (isCrossSite(request, environment())) return refuse({ code: "cross-site" });
  const type = mediaType(request);
  if (type !== "application/x-www-form-urlencoded" && type !== "multipart/form-data") return refuse({ code: "unsupported-media-type", params: { accepted: "application/x-www-form-urlencoded" } });
  const body = await readBody(request, MOST_FORM_OCTETS);
  if (!body.ok) return refuse(bodyError(body.reason, MOST_FORM_OCTETS));
  try {
    return { ok: true, fields: await new Response(body.octets, { headers: { "Content-Type": request.headers.get("content-type") ?? "" } }).formData() };
  } catch {
    return refuse({ code: "bad-request", params: { field: "(body)" } });
  }
}

/** "" when absent. A text area's line ends come as CRLF. */
export function textField(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value : "";
}

/** Back on the report, which says what went wrong: a browser that sent a form is owed a page, not JSON. */
export function backToReport(id: string, { code, params = {} }: ErrorFacts, fields: FormData): Response {
  const query = new URLSearchParams({ problem: code, ...("seconds" in params ? { seconds: String(params.seconds) } : {}) });
  return seeOther(`/r/${encodeURIComponent(id)}?${query}`, fields);
}

/** A relative address: the browser stays where it is, whatever name and port it knows us by. */
export function seeOther(path: string, fields: FormData, cookies: readonly string[] = []): Response {
  const locale = fields.get("locale");
  const prefix = isLocale(locale) ? `/${locale}` : "";
  const headers = new Headers({ Location: path.startsWith("/?") ? `${prefix === "" ? "/" : prefix}${path.slice(1)}` : `${prefix}${path}`, "Cache-Control": "no-store" });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return new Response(null, { status: 303, headers });
}
