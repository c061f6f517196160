/** `POST /submit/file`: the octets of a file that a browser cannot read itself → its text, for the field of the form. Nothing is kept. */

import { FILE_OCTETS_MAX } from "../../../lib/bounce/file-text.ts";
import { environment } from "../../../lib/environment/index.ts";
import { answering, errorResponse } from "../../_http/api-error.ts";
import { readBody } from "../../_http/body.ts";
import { bodyError } from "../../_http/json-request.ts";
import { refusedForFileRate } from "../../_http/make-report.ts";
import { isCrossSite } from "../../_http/origin.ts";
import { readFile } from "../../_http/sent-file.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    if (isCrossSite(request, environment())) return errorResponse({ code: "cross-site" }, request);
    const refused = await refusedForFileRate(request);
    if (refused !== null) return errorResponse(refused, request);
    const body = await readBody(request, FILE_OCTETS_MAX);
    if (!body.ok) return errorResponse(bodyError(body.reason, FILE_OCTETS_MAX), request);
    const read = readFile(body.octets, false);
    if (!read.ok) return errorResponse(read.error, request);
    return new Response(read.text, { headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-File-Cut": read.cut ? "1" : "0" } });
  });
}
