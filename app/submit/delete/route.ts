/** `POST /submit/delete`: whoever made the report takes it away. The token is in the cookie that was set then. */

import { environment } from "../../../lib/environment/index.ts";
import { answering } from "../../_http/api-error.ts";
import { deleteTokenOf, endOfCookie } from "../../_http/delete-cookie.ts";
import { backToReport, readForm, seeOther, textField } from "../../_http/form.ts";
import { storeError } from "../../_http/make-report.ts";
import { publicOrigin } from "../../_http/origin.ts";
import { removeReport } from "../../_http/stored-report.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const form = await readForm(request);
    if (!form.ok) return form.response;
    const id = textField(form.fields, "id");
    const token = deleteTokenOf(request, id);
    if (token === null) return backToReport(id, { code: "token-needed" }, form.fields);
    const removed = await removeReport(id, token);
    switch (removed.status) {
      case "removed":
      // A form sent twice.
      case "absent":
        return seeOther("/?deleted=1", form.fields, [endOfCookie(id, publicOrigin(request, environment()))]);
      case "wrong-token":
        return backToReport(id, { code: "wrong-token" }, form.fields);
      case "fault":
        return backToReport(id, storeError(removed, "store-unavailable"), form.fields);
    }
  });
}
