/** `GET /api/diagnoses/{id}`: a stored report. `DELETE` with its token: gone. */

import { isReportId } from "../../../../lib/store/index.ts";
import { answering, errorResponse } from "../../../_http/api-error.ts";
import { storeError } from "../../../_http/make-report.ts";
import { findReport, removeReport, type ReportParams } from "../../../_http/stored-report.ts";

export async function GET(request: Request, { params }: ReportParams): Promise<Response> {
  return answering(request, async () => {
    const found = await findReport((await params).id);
    if (!found.ok) return errorResponse(found.error, request);
    return Response.json(found.report, { headers: { "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex" } });
  });
}

export async function DELETE(request: Request, { params }: ReportParams): Promise<Response> {
  return answering(request, async () => {
    const { id } = await params;
    const token = /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    if (token === undefined) return errorResponse({ code: "token-needed" }, request, { "WWW-Authenticate": "Bearer" });
    if (!isReportId(id)) return errorResponse({ code: "not-found" }, request);
    const removed = await removeReport(id, token);
    switch (removed.status) {
      case "removed":
        return new Response(null, { status: 204 });
      case "wrong-token":
        return errorResponse({ code: "wrong-token" }, request);
      case "absent":
        return errorResponse({ code: "not-found" }, request);
      case "fault":
        return errorResponse(storeError(removed, "store-unavailable"), request);
    }
  });
}
