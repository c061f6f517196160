/** `POST /api/diagnoses`: a domain, an address, a URL, any pasted text or a whole message → a report. */

import { diagnosisRequestSchema } from "../../../lib/diagnosis/report.ts";
import { answering, errorResponse } from "../../_http/api-error.ts";
import { answerReport } from "../../_http/answer-report.ts";
import { readJson } from "../../_http/json-request.ts";
import { refusedForRate } from "../../_http/make-report.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const read = await readJson(request, diagnosisRequestSchema);
    if (!read.ok) return errorResponse(read.error, request);
    const refused = await refusedForRate(request);
    if (refused !== null) return errorResponse(refused, request);
    return answerReport({ request: read.value }, request);
  });
}
