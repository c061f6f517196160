/** `POST /submit/test-mail`: "Send a test mail". Ends on the page that shows the address and waits. */

import { environment } from "../../../lib/environment/index.ts";
import { answering, retryAfter } from "../../_http/api-error.ts";
import { deleteCookies } from "../../_http/delete-cookie.ts";
import { readForm, seeOther } from "../../_http/form.ts";
import { refusedForTestMailRate } from "../../_http/make-report.ts";
import { publicOrigin } from "../../_http/origin.ts";
import { openTestMail } from "../../_http/test-mails.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const form = await readForm(request);
    if (!form.ok) return form.response;
    const refused = await refusedForTestMailRate(request);
    if (refused !== null) return seeOther(`/test?problem=${refused.code}&seconds=${retryAfter(refused) ?? ""}`, form.fields);
    const opened = await openTestMail(request);
    if (!opened.ok) return seeOther(`/test?problem=${opened.error.code}`, form.fields);
    return seeOther(`/test/${opened.test.id}`, form.fields, deleteCookies(opened.birth, request, publicOrigin(request, environment())));
  });
}
