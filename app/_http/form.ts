/** What plain forms post, for browsers without JavaScript, and where their answers lead. */

import { FILE_OCTETS_MAX } from "../../lib/bounce/file-text.ts";
import { environment } from "../../lib/environment/index.ts";
import { type ErrorFacts, errorResponse } from "./api-error.ts";
import { mediaType, readBeginning, readBody } from "./body.ts";
import { bodyError } from "./json-request.ts";
import { isLocale } from "./locale.ts";
import { isCrossSite } from "./origin.ts";

/** Percent-encoding makes up to three octets of one: room for a paste well past the limit, so that it can be shown again beside the error. */
const MOST_FORM_OCTETS = 2 * 1024 * 1024;
/** As multipart nothing grows, but a file may come along. */
const MOST_FILE_FORM_OCTETS = FILE_OCTETS_MAX + MOST_FORM_OCTETS;
/** A browser that is not heard out shows an error of its own, and what was typed is gone. */
const MOST_HEARD_OCTETS = 64 * 1024 * 1024;

export type Form = { readonly ok: true; readonly fields: FormData; /** The file was longer than what is read of one. */ readonly cut: boolean } | { readonly ok: false; readonly response: Response };

export async function readForm(request: Request): Promise<Form> {
  const refuse = (error: ErrorFacts): Form => ({ ok: false, response: errorResponse(error, request) });
  if (isCrossSite(request, environment())) return refuse({ code: "cross-site" });
  const type = mediaType(request);
  const contentType = request.headers.get("content-type") ?? "";
  if (type === "multipart/form-data") {
    const body = await readBeginning(request, MOST_FILE_FORM_OCTETS, MOST_HEARD_OCTETS);
    if (!body.ok) return refuse(bodyError(body.reason, MOST_HEARD_OCTETS));
    const fields = await parsed(body.cut ? closed(body.octets, contentType) : body.octets, contentType);
    return fields === null ? refuse({ code: "bad-request", params: { field: "(body)" } }) : { ok: true, fields, cut: body.cut };
  }
  if (type !== "application/x-www-form-urlencoded") return refuse({ code: "unsupported-media-type", params: { accepted: "application/x-www-form-urlencoded" } });
  const body = await readBody(request, MOST_FORM_OCTETS);
  if (!body.ok) return refuse(bodyError(body.reason, MOST_FORM_OCTETS));
  const fields = await parsed(body.octets, contentType);
  return fields === null ? refuse({ code: "bad-request", params: { field: "(body)" } }) : { ok: true, fields, cut: false };
}

async function parsed(octets: Uint8Array<ArrayBuffer>, contentType: string): Promise<FormData | null> {
  try {
    return await new Response(octets, { headers: { "Content-Type": contentType } }).formData();
  } catch {
    return null;
  }
}

/** A body that breaks off, ended as it would have ended itself: the fields before its file are whole. */
function closed(octets: Uint8Array<ArrayBuffer>, contentType: string): Uint8Array<ArrayBuffer> {
  const boundary = /;\s{0,9}boundary="?([^";\s]{1,70})/i.exec(contentType)?.[1] ?? "";
  const end = new TextEncoder().encode(`\r\n--${boundary}--\r\n`);
  const whole = new Uint8Array(octets.length + end.length);
  whole.set(octets);
  whole.set(end, octets.length);
  return whole;
}

/** Null when none was chosen. */
export async function fileField(fields: FormData, name: string): Promise<Uint8Array | null> {
  const value = fields.get(name);
  return value instanceof File && value.size > 0 ? new Uint8Array(await value.arrayBuffer()) : null;
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
