/** A command for each operation of the API, as it is shown in the documentation. The README has the same ones, and a test runs them all. */

const JSON_BODY = "-H 'Content-Type: application/json'";

/** `id` and `token`: of a report that the reader has made. */
export const API_EXAMPLES = {
  diagnose: (origin: string) => `curl ${JSON_BODY} -d '{"input": "shop.example", "sendingIp": "203.0.113.7"}' ${origin}/api/diagnoses`,
  getReport: (origin: string) => `curl ${origin}/api/diagnoses/$ID`,
  recheck: (origin: string) => `curl -X POST ${origin}/api/diagnoses/$ID/recheck`,
  watch: (origin: string) => `curl -N ${origin}/api/diagnoses/$ID/watch`,
  deleteReport: (origin: string) => `curl -X DELETE -H "Authorization: Bearer $TOKEN" ${origin}/api/diagnoses/$ID`,
  checkHost: (origin: string) => `curl ${JSON_BODY} -d '{"ip": "203.0.113.7", "mailFrom": "news@shop.example"}' ${origin}/api/spf`,
  openTestMail: (origin: string) => `curl -X POST ${origin}/api/test-mails`,
  getTestMail: (origin: string) => `curl ${origin}/api/test-mails/$TEST`,
  health: (origin: string) => `curl ${origin}/api/health`,
  metrics: (origin: string) => `curl ${origin}/api/metrics`,
  openApi: (origin: string) => `curl ${origin}/api/openapi.json`,
} as const;

/** The same with an event a line as the work goes on. */
export const API_STREAM_EXAMPLE = (origin: string) => `curl -N ${JSON_BODY} -H 'Accept: application/x-ndjson' -d '{"input": "shop.example"}' ${origin}/api/diagnoses`;
