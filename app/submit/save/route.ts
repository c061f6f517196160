/** `POST /submit/save`: a report that could not be saved is tried again, as it is: DNS is not asked. Ends on the report. */

import { environment } from "../../../lib/environment/index.ts";
import { saveAgain } from "../../../lib/store/index.ts";
import { answering } from "../../_http/api-error.ts";
import { backToReport, readForm, seeOther, textField } from "../../_http/form.ts";
import { storeError } from "../../_http/make-report.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const form = await readForm(request);
    if (!form.ok) return form.response;
    const id = textField(form.fields, "id");
    const saved = await saveAgain(environment(), id);
    if (saved.status === "fault") return backToReport(id, storeError(saved, "not-saved"), form.fields);
    return seeOther(`/r/${encodeURIComponent(id)}`, form.fields);
  });
}
