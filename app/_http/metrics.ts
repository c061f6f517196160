/**
 * Figures for Prometheus, off unless `REBOUND_METRICS` asks for them. Labels are of closed sets (outcomes, finding codes, record types):
 * no domain and no address.
 */

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Report } from "../../lib/diagnosis/report.ts";
import { BUILD } from "../../lib/environment/build.ts";
import { doors } from "./admission.ts";

interface Metrics {
  readonly registry: Registry;
  readonly diagnoses: Counter<"kind" | "outcome">;
  readonly causes: Counter<"cause">;
  readonly diagnosisSeconds: Histogram;
  readonly dnsQuestions: Histogram;
  readonly dnsAnswers: Counter<"type" | "status">;
  readonly dnsSeconds: Histogram<"status">;
  readonly storeSeconds: Histogram<"operation" | "status">;
  readonly requests: Counter<"route" | "method" | "status">;
  readonly requestSeconds: Histogram<"route">;
}

declare global {
  var reboundMetrics: Metrics | undefined;
}

const WALL_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];
const STORE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];

/** One set for the process, however often Next loads this module. */
function metrics(): Metrics {
  return (globalThis.reboundMetrics ??= create());
}

function create(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: "rebound_build_info", help: "1, labelled with the build.", labelNames: ["build"], registers }).set({ build: BUILD }, 1);
  new Gauge({
    name: "rebound_in_progress",
    help: "What is being worked on, and what waits for its turn.",
    labelNames: ["what", "state"],
    registers,
    collect() {
      const { diagnoses, drawings } = doors();
      this.set({ what: "diagnosis", state: "inside" }, diagnoses.inside);
      this.set({ what: "diagnosis", state: "waiting" }, diagnoses.waiting);
      this.set({ what: "page", state: "inside" }, drawings.inside);
      this.set({ what: "page", state: "waiting" }, drawings.waiting);
    },
  });
  return {
    registry,
    diagnoses: new Counter({ name: "rebound_diagnoses_total", help: "Reports made, by what they are about and what they say.", labelNames: ["kind", "outcome"], registers }),
    causes: new Counter({ name: "rebound_causes_total", help: "What the reports name as the cause, by finding code.", labelNames: ["cause"], registers }),
    diagnosisSeconds: new Histogram({ name: "rebound_diagnosis_seconds", help: "From the question to the report.", buckets: WALL_SECONDS, registers }),
    dnsQuestions: new Histogram({ name: "rebound_diagnosis_dns_questions", help: "DNS questions of a diagnosis.", buckets: [5, 10, 20, 30, 50, 75, 100, 150], registers }),
    dnsAnswers: new Counter({ name: "rebound_dns_answers_total", help: "DNS answers, by record type and outcome.", labelNames: ["type", "status"], registers }),
    dnsSeconds: new Histogram({ name: "rebound_dns_seconds", help: "Time to an answer.", labelNames: ["status"], buckets: WALL_SECONDS, registers }),
    storeSeconds: new Histogram({ name: "rebound_store_seconds", help: "Time of the database, by what was done and how it ended.", labelNames: ["operation", "status"], buckets: STORE_SECONDS, registers }),
    requests: new Counter({ name: "rebound_http_requests_total", help: "Requests to the API and of forms.", labelNames: ["route", "method", "status"], registers }),
    requestSeconds: new Histogram({ name: "rebound_http_request_seconds", help: "Time to the answer's beginning.", labelNames: ["route"], buckets: WALL_SECONDS, registers }),
  };
}

export function countReport(report: Report): void {
  const { diagnoses, causes, diagnosisSeconds, dnsQuestions, dnsAnswers, dnsSeconds } = metrics();
  diagnoses.inc({ kind: report.subject.kind, outcome: report.verdict.outcome });
  causes.inc({ cause: report.verdict.cause });
  diagnosisSeconds.observe(report.dns.elapsedMs / 1000);
  dnsQuestions.observe(report.dns.queries);
  for (const { type, status, ms } of report.dns.answers) {
    dnsAnswers.inc({ type, status });
    if (status !== "not-asked") dnsSeconds.observe({ status }, ms / 1000);
  }
}

export type StoreOperation = "save" | "load" | "remove" | "has";

/** Times one call of the store, by its outcome. */
export async function timed<T extends { readonly status: string }>(operation: StoreOperation, call: Promise<T>): Promise<T> {
  const started = performance.now();
  const outcome = await call;
  metrics().storeSeconds.observe({ operation, status: outcome.status }, (performance.now() - started) / 1000);
  return outcome;
}

export function countRequest({ route, method, status, ms }: { readonly route: string; readonly method: string; readonly status: number; readonly ms: number }): void {
  metrics().requests.inc({ route, method, status });
  metrics().requestSeconds.observe({ route }, ms / 1000);
}

/** In Prometheus' text format. */
export async function metricsText(): Promise<{ readonly text: string; readonly contentType: string }> {
  const { registry } = metrics();
  return { text: await registry.metrics(), contentType: registry.contentType };
}
