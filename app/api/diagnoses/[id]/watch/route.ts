/** `GET /api/diagnoses/{id}/watch`: whether the proposed records are live yet, server by server, as server-sent events until they are. */

import { isLocale } from "../../../../../lib/messages/translate.ts";
import { targetsOf } from "../../../../../lib/watch/index.ts";
import { answering, errorResponse } from "../../../../_http/api-error.ts";
import { acceptedLocale } from "../../../../_http/locale.ts";
import { refusedForRate } from "../../../../_http/make-report.ts";
import { findReport, type ReportParams } from "../../../../_http/stored-report.ts";
import { ongoingWatches, watchStream } from "../../../../_http/watch-stream.ts";

export const dynamic = "force-dynamic";

export async function GET(request: Request, { params }: ReportParams): Promise<Response> {
  return answering(request, async () => {
    const found = await findReport((await params).id);
    if (!found.ok) return errorResponse(found.error, request);
    const { report } = found;
    if (targetsOf(report).length === 0) return errorResponse({ code: "nothing-to-watch" }, request);
    // To join others costs nothing; a watch of one's own counts as the diagnosis that it ends in.
    const refused = ongoingWatches().isWatched(report.id) ? null : await refusedForRate(request);
    if (refused !== null) return errorResponse(refused, request);
    const asked = new URL(request.url).searchParams.get("locale");
    return watchStream(report, request, isLocale(asked) ? asked : acceptedLocale(request)) ?? errorResponse({ code: "watch-busy" }, request);
  });
}
