/** `POST /submit/recheck`: "Check again" without JavaScript. Ends on the new report. */

import { environment } from "../../../lib/environment/index.ts";
import { answering, errorResponse } from "../../_http/api-error.ts";
import { deleteCookies } from "../../_http/delete-cookie.ts";
import { readForm, seeOther, textField } from "../../_http/form.ts";
import { makeReport, newBirth, refusedForRate } from "../../_http/make-report.ts";
import { publicOrigin } from "../../_http/origin.ts";
import { findReport } from "../../_http/stored-report.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const form = await readForm(request);
    if (!form.ok) return form.response;
    const found = await findReport(textField(form.fields, "id"));
    if (!found.ok) return errorResponse(found.error, request);
    const refused = await refusedForRate(request);
    if (refused !== null) return errorResponse(refused.error, request, refused.headers);
    const birth = newBirth();
    const result = await makeReport({ previous: found.report }, { birth, request });
    if (!result.ok) return errorResponse(result.error, request);
    return seeOther(`/r/${birth.id}`, form.fields, deleteCookies(birth, request, publicOrigin(request, environment())));
  });
}
