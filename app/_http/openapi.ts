/** The contract for programs, as an OpenAPI 3.1 document: every shape is drawn from the schema that the code itself works with. */

import { z } from "zod";
import { apiErrorSchema, diagnosisEventSchema, diagnosisRequestSchema, reportSchema } from "../../lib/diagnosis/report.ts";
import { LOCALES } from "../../lib/messages/translate.ts";
import { spfNodeSchema } from "../../lib/spf/types.ts";
import { watchStateSchema } from "../../lib/watch/index.ts";
import { healthSchema } from "./health.ts";
import { spfAnswerSchema, spfRequestSchema } from "./spf-answer.ts";

const SCHEMAS = {
  Report: reportSchema,
  DiagnosisRequest: diagnosisRequestSchema,
  DiagnosisEvent: diagnosisEventSchema,
  WatchState: watchStateSchema,
  Error: apiErrorSchema,
  SpfRequest: spfRequestSchema,
  SpfAnswer: spfAnswerSchema,
  SpfNode: spfNodeSchema,
  Health: healthSchema,
} as const;

type SchemaName = keyof typeof SCHEMAS;

export function openApiDocument(server: string): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, target: "draft-2020-12" });
  return {
    openapi: "3.1.0",
    info: { title: "Rebound", version: "1", description: "Why Gmail refused a mail, and the DNS record that mends it." },
    servers: [{ url: server }],
    paths: {
      "/api/diagnoses": { post: { operationId: "diagnose", summary: "Diagnose a domain, a bounce or a message", requestBody: jsonBody("DiagnosisRequest"), responses: { ...madeReport, ...errors(400, 413, 415, 422, 429, 500, 503) } } },
      "/api/diagnoses/{id}": {
        parameters: [idParameter],
        get: { operationId: "getReport", summary: "A stored report", responses: { 200: json("The report", "Report"), ...errors(404, 500, 503) } },
        delete: { operationId: "deleteReport", summary: "Delete a report with its delete token", security: [{ deleteToken: [] }], responses: { 204: { description: "Deleted" }, ...errors(401, 403, 404, 500, 503) } },
      },
      "/api/diagnoses/{id}/recheck": {
        parameters: [idParameter],
        post: { operationId: "recheck", summary: "Look at the same subject again, as a new report that says what changed", responses: { ...madeReport, ...errors(403, 404, 429, 500, 503) } },
      },
      "/api/diagnoses/{id}/watch": {
        parameters: [idParameter, { name: "locale", in: "query", required: false, schema: { type: "string", enum: LOCALES } }],
        get: { operationId: "watch", summary: "Whether the proposed records are live yet: servers are asked until they are, then a new report is made", responses: { 200: watchEvents, ...errors(404, 409, 429, 500, 503) } },
      },
      "/api/spf": { post: { operationId: "checkHost", summary: "check_host() of RFC 7208", requestBody: jsonBody("SpfRequest"), responses: { 200: json("What check_host() gives", "SpfAnswer"), ...errors(400, 413, 415, 422, 429, 500) } } },
      "/api/health": { get: { operationId: "health", summary: "Whether diagnoses can be made and kept now", responses: { 200: json("All is well", "Health"), 503: json("A part is failing", "Health") } } },
      "/api/openapi.json": { get: { operationId: "openApi", summary: "This document", responses: { 200: { description: "OpenAPI 3.1", content: { "application/json": { schema: { type: "object" } } } } } } },
    },
    components: { schemas, securitySchemes: { deleteToken: { type: "http", scheme: "bearer", description: "`deleteToken` of the answer that made the report" } } },
  };
}

const idParameter = { name: "id", in: "path", required: true, schema: { type: "string" } } as const;

const madeReport = {
  200: { description: "With `Accept: application/x-ndjson`: an event a line while it works (`subject`; `progress`, how many questions of a step are answered; `area`, what was seen of SPF, DKIM, DMARC or the servers as soon as it is known; `verdict` and a `score` an area, while the fixes are still being proven), the last one a `report` or an `error`. More kinds may be added", content: { "application/x-ndjson": { schema: reference("DiagnosisEvent") } } },
  201: { ...json("The new report, stored", "Report"), headers: { Location: { description: "Its permalink", schema: { type: "string" } } } },
};

const watchEvents = {
  description: "Server-sent events; the `data` of each is the whole state. One watch is shared by all who look; it ends with `done` or `stopped`, within an hour, and two minutes after the last of them has gone",
  content: { "text/event-stream": { schema: reference("WatchState") } },
};

function reference(name: SchemaName) {
  return { $ref: `#/components/schemas/${name}` };
}

function json(description: string, name: SchemaName) {
  return { description, content: { "application/json": { schema: reference(name) } } };
}

function jsonBody(name: SchemaName) {
  return { required: true, content: { "application/json": { schema: reference(name) } } };
}

const ERROR_MEANINGS: Readonly<Record<number, string>> = {
  400: "Not JSON, or not of the shape",
  401: "No delete token given",
  403: "Not allowed",
  404: "No such report, or not any more",
  409: "The report proposes no record that could be waited for",
  413: "Over 256 KiB",
  415: "Not application/json",
  422: "What was handed in cannot be diagnosed; `hint` says what is missing",
  429: "Too many; `Retry-After` says when",
  500: "A fault of ours",
  503: "Reports cannot be kept or read now",
};

function errors(...statuses: readonly number[]) {
  return Object.fromEntries(statuses.map((status) => [status, { ...json(ERROR_MEANINGS[status] ?? "", "Error"), ...(status === 429 ? { headers: { "Retry-After": { description: "Seconds", schema: { type: "integer" } } } } : {}) }]));
}
