/** The contract for programs, as an OpenAPI 3.1 document: every shape is drawn from the schema that the code itself works with. */

import { z } from "zod";
import { apiErrorSchema, diagnosisEventSchema, diagnosisRequestSchema, reportSchema } from "../../lib/diagnosis/report.ts";
import { LOCALES } from "../../lib/messages/translate.ts";
import { spfNodeSchema } from "../../lib/spf/types.ts";
import { watchStateSchema } from "../../lib/watch/index.ts";
import { translator } from "../../lib/messages/translate.ts";
import { healthSchema } from "./health.ts";
import { newTestMailSchema, testMailStateSchema } from "./test-mails.ts";
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
  NewTestMail: newTestMailSchema,
  TestMailState: testMailStateSchema,
  Health: healthSchema,
} as const;

type SchemaName = keyof typeof SCHEMAS;

/** In the order of the documentation page. */
export const OPERATIONS = [
  { id: "diagnose", method: "POST", path: "/api/diagnoses" },
  { id: "getReport", method: "GET", path: "/api/diagnoses/{id}" },
  { id: "recheck", method: "POST", path: "/api/diagnoses/{id}/recheck" },
  { id: "watch", method: "GET", path: "/api/diagnoses/{id}/watch" },
  { id: "deleteReport", method: "DELETE", path: "/api/diagnoses/{id}" },
  { id: "checkHost", method: "POST", path: "/api/spf" },
  { id: "openTestMail", method: "POST", path: "/api/test-mails" },
  { id: "getTestMail", method: "GET", path: "/api/test-mails/{id}" },
  { id: "health", method: "GET", path: "/api/health" },
  { id: "metrics", method: "GET", path: "/api/metrics" },
  { id: "openApi", method: "GET", path: "/api/openapi.json" },
] as const;

type OperationId = (typeof OPERATIONS)[number]["id"];

const english = translator("en");

function summary(id: OperationId): string {
  return english(`docs.api.operation.${id}`);
}

export function openApiDocument(server: string): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, target: "draft-2020-12" });
  return {
    openapi: "3.1.0",
    info: { title: "Rebound", version: "1", description: "Why Gmail refused a mail, and the DNS record that mends it." },
    servers: [{ url: server }],
    paths: {
      "/api/diagnoses": { post: { operationId: "diagnose", summary: summary("diagnose"), requestBody: jsonBody("DiagnosisRequest"), responses: { ...madeReport, ...errors(400, 413, 415, 422, 429, 500, 503) } } },
      "/api/diagnoses/{id}": {
        parameters: [idParameter],
        get: { operationId: "getReport", summary: summary("getReport"), responses: { 200: json("The report", "Report"), ...errors(404, 500, 503) } },
        delete: { operationId: "deleteReport", summary: summary("deleteReport"), security: [{ deleteToken: [] }], responses: { 204: { description: "Deleted" }, ...errors(401, 403, 404, 500, 503) } },
      },
      "/api/diagnoses/{id}/recheck": {
        parameters: [idParameter],
        post: { operationId: "recheck", summary: summary("recheck"), responses: { ...madeReport, ...errors(403, 404, 429, 500, 503) } },
      },
      "/api/diagnoses/{id}/watch": {
        parameters: [idParameter, { name: "locale", in: "query", required: false, schema: { type: "string", enum: LOCALES } }],
        get: { operationId: "watch", summary: summary("watch"), responses: { 200: watchEvents, ...errors(404, 409, 429, 500, 503) } },
      },
      "/api/spf": { post: { operationId: "checkHost", summary: summary("checkHost"), requestBody: jsonBody("SpfRequest"), responses: { 200: json("What check_host() gives", "SpfAnswer"), ...errors(400, 413, 415, 422, 429, 500) } } },
      "/api/test-mails": { post: { operationId: "openTestMail", summary: summary("openTestMail"), responses: { 201: { ...json("The address", "NewTestMail"), headers: { Location: { description: "The page that waits", schema: { type: "string" } } } }, ...errors(403, 404, 429, 500, 503) } } },
      "/api/test-mails/{id}": { parameters: [idParameter], get: { operationId: "getTestMail", summary: summary("getTestMail"), responses: { 200: json("What has become of it", "TestMailState"), ...errors(404, 500, 503) } } },
      "/api/health": { get: { operationId: "health", summary: summary("health"), responses: { 200: json("All is well", "Health"), 503: json("A part is failing", "Health") } } },
      "/api/metrics": { get: { operationId: "metrics", summary: summary("metrics"), responses: { 200: { description: "Prometheus' text format", content: { "text/plain": { schema: { type: "string" } } } }, ...errors(404, 500) } } },
      "/api/openapi.json": { get: { operationId: "openApi", summary: summary("openApi"), responses: { 200: { description: "OpenAPI 3.1", content: { "application/json": { schema: { type: "object" } } } } } } },
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
  503: "Reports cannot be kept or read now, or too many are being made: `Retry-After` says when",
};

function errors(...statuses: readonly number[]) {
  return Object.fromEntries(statuses.map((status) => [status, { ...json(ERROR_MEANINGS[status] ?? "", "Error"), ...(status === 429 ? { headers: { "Retry-After": { description: "Seconds", schema: { type: "integer" } } } } : {}) }]));
}
