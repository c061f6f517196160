/** `POST /api/test-mails`: an address that takes one mail within the hour, and makes a report of it. */

import { environment } from "../../../lib/environment/index.ts";
import { answering, errorResponse } from "../../_http/api-error.ts";
import { deleteCookies } from "../../_http/delete-cookie.ts";
import { refusedForTestMailRate } from "../../_http/make-report.ts";
import { isCrossSite, isSameOriginFetch, publicOrigin } from "../../_http/origin.ts";
import { openTestMail } from "../../_http/test-mails.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    if (isCrossSite(request, environment())) return errorResponse({ code: "cross-site" }, request);
    const refused = await refusedForTestMailRate(request);
    if (refused !== null) return errorResponse(refused, request);
    const opened = await openTestMail(request);
    if (!opened.ok) return errorResponse(opened.error, request);
    const headers = new Headers({ Location: `/test/${opened.test.id}`, "Cache-Control": "no-store" });
    if (isSameOriginFetch(request)) for (const cookie of deleteCookies(opened.birth, request, publicOrigin(request, environment()))) headers.append("Set-Cookie", cookie);
    return Response.json(opened.test, { status: 201, headers });
  });
}
