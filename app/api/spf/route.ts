/** `POST /api/spf`: RFC 7208's check_host() for one address, sender and HELO name. */

import { parseIp } from "../../../lib/address/index.ts";
import { environment } from "../../../lib/environment/index.ts";
import { answering, errorResponse } from "../../_http/api-error.ts";
import { readJson } from "../../_http/json-request.ts";
import { refusedForSpfRate } from "../../_http/make-report.ts";
import { answerSpf, spfRequestSchema } from "../../_http/spf-answer.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, async () => {
    const read = await readJson(request, spfRequestSchema);
    if (!read.ok) return errorResponse(read.error, request);
    const ip = parseIp(read.value.ip);
    if (ip === null) return errorResponse({ code: "invalid-ip", params: { ip: read.value.ip.slice(0, 100) }, ask: "ip" }, request);
    const refused = await refusedForSpfRate(request);
    if (refused !== null) return errorResponse(refused, request);
    const { mailFrom, helo = "" } = read.value;
    const answer = await answerSpf({ ip, mailFrom, helo, servers: environment().dnsServers, signal: request.signal });
    return Response.json(answer, { headers: { "Cache-Control": "no-store" } });
  });
}
