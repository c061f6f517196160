/** `GET /api/test-mails/{id}`: whether the mail has come, and where its report is. */

import { answering, errorResponse } from "../../../_http/api-error.ts";
import type { ReportParams } from "../../../_http/stored-report.ts";
import { findTestMail } from "../../../_http/test-mails.ts";

export async function GET(request: Request, { params }: ReportParams): Promise<Response> {
  return answering(request, async () => {
    const found = await findTestMail((await params).id);
    if (!found.ok) return errorResponse(found.error, request);
    return Response.json(found.state, { headers: { "Cache-Control": "no-store", "X-Robots-Tag": "noindex" } });
  });
}
