/** `GET /api/health`: 200 when diagnoses can be made and kept, else 503 with the failing part named. */

import { answering } from "../../_http/api-error.ts";
import { health } from "../../_http/health.ts";

/** Never answered from the build. */
export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => {
    const state = await health();
    return Response.json(state, { status: state.status === "ok" ? 200 : 503, headers: { "Cache-Control": "no-store" } });
  });
}
