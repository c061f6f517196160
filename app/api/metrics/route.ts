/** `GET /api/metrics`: figures for Prometheus. Where `REBOUND_METRICS` doesn't ask for them there is no such page. */

import { environment } from "../../../lib/environment/index.ts";
import { answering, errorResponse } from "../../_http/api-error.ts";
import { metricsText } from "../../_http/metrics.ts";

/** Never answered from the build. */
export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    if (!environment().metrics) return errorResponse({ code: "not-found" }, request);
    const { text, contentType } = await metricsText();
    return new Response(text, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
  });
}
