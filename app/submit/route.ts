/** `POST /submit`: the form of `/` without JavaScript. Ends on the permalink; or back on the form, with the text still in it. */

import { selectorList } from "../../components/form/selector-list.ts";
import { environment } from "../../lib/environment/index.ts";
import { type Draft, keepDraft, reportStore } from "../../lib/store/index.ts";
import { answering, type ErrorFacts } from "../_http/api-error.ts";
import { deleteCookies } from "../_http/delete-cookie.ts";
import { fileField, readForm, seeOther, textField } from "../_http/form.ts";
import { makeReport, makingFor, newBirth, refusedForRate } from "../_http/make-report.ts";
import { publicOrigin } from "../_http/origin.ts";
import { readFile } from "../_http/sent-file.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const form = await readForm(request);
    if (!form.ok) return form.response;
    const { fields } = form;
    const file = await fileField(fields, "file");
    const read = file === null ? null : readFile(file, form.cut);
    const asked = { input: read?.ok === true ? read.text : textField(fields, "input"), sendingIp: textField(fields, "sendingIp"), selectors: textField(fields, "selectors"), domain: textField(fields, "domain"), keepAddresses: fields.has("keepAddresses") };
    const backToForm = async (error: ErrorFacts) => seeOther(`/?draft=${await keepDraft(reportStore(environment()).shared, { ...asked, error: draftError(error) })}`, fields);
    if (read?.ok === false) return backToForm(read.error);

    const refused = await refusedForRate(request);
    if (refused !== null) return backToForm(refused);
    const birth = newBirth();
    const result = await makeReport({ request: { ...asked, sendingIp: given(asked.sendingIp), domain: given(asked.domain), selectors: selectorList(asked.selectors) } }, makingFor(request, birth));
    if (!result.ok && result.error.unsaved === undefined) return backToForm(result.error);
    return seeOther(`/r/${birth.id}`, fields, deleteCookies(birth, request, publicOrigin(request, environment())));
  });
}

function draftError({ code, params = {}, ask = "input" }: ErrorFacts): Draft["error"] {
  return { code, params, ask };
}

function given(text: string): string | undefined {
  return text.trim() === "" ? undefined : text;
}
