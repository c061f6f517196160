/** `POST /submit/recheck`: "Check again" without JavaScript. Ends on the new report. */

import { environment } from "../../../lib/environment/index.ts";
import { answering } from "../../_http/api-error.ts";
import { deleteCookies } from "../../_http/delete-cookie.ts";
import { backToReport, readForm, seeOther, textField } from "../../_http/form.ts";
import { makeReport, makingFor, newBirth, refusedForRate } from "../../_http/make-report.ts";
import { publicOrigin } from "../../_http/origin.ts";
import { findReport } from "../../_http/stored-report.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const form = await readForm(request);
    if (!form.ok) return form.response;
    const id = textField(form.fields, "id");
    const found = await findReport(id);
    if (!found.ok) return backToReport(id, found.error, form.fields);
    const refused = await refusedForRate(request);
    if (refused !== null) return backToReport(id, refused, form.fields);
    const birth = newBirth();
    const result = await makeReport({ previous: found.report }, makingFor(request, birth));
    if (!result.ok && result.error.unsaved === undefined) return backToReport(id, result.error, form.fields);
    return seeOther(`/r/${birth.id}`, form.fields, deleteCookies(birth, request, publicOrigin(request, environment())));
  });
}
