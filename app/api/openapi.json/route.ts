/** `GET /api/openapi.json`: the API's own description. */

import { environment } from "../../../lib/environment/index.ts";
import { answering } from "../../_http/api-error.ts";
import { openApiDocument } from "../../_http/openapi.ts";
import { publicOrigin } from "../../_http/origin.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, async () => Response.json(openApiDocument(publicOrigin(request, environment()))));
}
