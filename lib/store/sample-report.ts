/** A small whole report for tests. */

import { type Report, reportSchema } from "../diagnosis/report.ts";
import { newReportId } from "./secrets.ts";

export function sampleReport(overrides: Partial<Report> = {}): Report {
  const id = overrides.id ?? newReportId();
  return reportSchema.parse({
    schemaVersion: 1,
    id,
    url: `https://rebound.example.com/r/${id}`,
    createdAt: "2026-11-24T12:00:00.000Z",
    expiresAt: null,
    previous: null,
    subject: { kind: "domain", domain: "shop.test", organizationalDomain: "shop.test", sendingIp: "192.0.2.1", mailFrom: "shop.test", headerFrom: null, helo: null, dkim: [] },
    bounce: null,
    verdict: { outcome: "at-risk", cause: "spf.missing" },
    scores: { total: 40, spf: 0, dkim: null, dmarc: 50 },
    findings: [{ code: "spf.missing", area: "spf", severity: "critical", params: { domain: "shop.test" }, cost: 100, evidence: [0], reference: "RFC 7208 section 4.5" }],
    fixes: [],
    spf: { result: "none", record: null, lookups: 0, voidLookups: 0, tree: { domain: "shop.test", record: null, status: "none", lookups: 0, voidLookups: 0, terms: [] } },
    dkim: [],
    dmarc: null,
    transport: { mx: [], ptr: null },
    dns: { queries: 1, elapsedMs: 3, servers: ["192.0.2.53"], answers: [{ name: "shop.test", type: "TXT", status: "no-data", records: [], ms: 3 }] },
    ...overrides,
  });
}
