/** `POST /api/diagnoses/{id}/recheck`: the same subject against today's DNS, as a new report that says what changed. */

import { environment } from "../../../../../lib/environment/index.ts";
import { answerReport } from "../../../../_http/answer-report.ts";
import { answering, errorResponse } from "../../../../_http/api-error.ts";
import { refusedForRate } from "../../../../_http/make-report.ts";
import { isCrossSite } from "../../../../_http/origin.ts";
import { findReport, type ReportParams } from "../../../../_http/stored-report.ts";

export async function POST(request: Request, { params }: ReportParams): Promise<Response> {
  return answering(request, async () => {
    // It needs no body, so a stranger's page could send it without asking us first.
    if (isCrossSite(request, environment())) return errorResponse({ code: "cross-site" }, request);
    const found = await findReport((await params).id);
    if (!found.ok) return errorResponse(found.error, request);
    const refused = await refusedForRate(request);
    if (refused !== null) return errorResponse(refused, request);
    return answerReport({ previous: found.report }, request);
  });
}
