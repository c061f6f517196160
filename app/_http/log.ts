/**
 * What the operator sees: one JSON object a line, on standard output. Nothing of what people paste gets in, neither a domain nor an
 * address nor the id of a report, which is the key to it: what happened, how it ended and how long it took.
 */

import { type Logger, pino, stdTimeFunctions } from "pino";
import { environment } from "../../lib/environment/index.ts";
import { BUILD } from "../../lib/environment/build.ts";
import type { StoreFault } from "../../lib/store/index.ts";

declare global {
  var reboundLog: Logger | undefined;
}

export function log(): Logger {
  return (globalThis.reboundLog ??= pino({
    level: environment().logLevel,
    base: { app: "rebound", version: BUILD },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  }));
}

/** Where a fault arose, and not what it says: a message may quote the paste. */
export function logFault(error: unknown): void {
  log().error({ event: "unforeseen", ...placeOf(error) }, "A fault that nobody foresaw");
}

/** The operator alone can mend it. */
export function logStoreFault({ kind, detail }: StoreFault, consequence?: string): void {
  log().error({ event: "store", fault: kind, detail, ...(consequence === undefined ? {} : { consequence }) });
}

export function placeOf(error: unknown): { readonly name: string; readonly frames: readonly string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  return { name: error.name, frames: (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)).map((line) => line.trim()) };
}

const ROUTES: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/diagnoses\/[^/]+$/, "/api/diagnoses/{id}"],
  [/^\/api\/diagnoses\/[^/]+\/recheck$/, "/api/diagnoses/{id}/recheck"],
  [/^\/api\/diagnoses\/[^/]+\/watch$/, "/api/diagnoses/{id}/watch"],
  [/^\/api\/test-mails\/[^/]+$/, "/api/test-mails/{id}"],
  [/^\/(?:api\/(?:diagnoses|spf|test-mails|health|metrics|openapi\.json)|submit(?:\/(?:file|delete|recheck|save|test-mail))?)$/, ""],
];

/** The path as our own routes name it; of all others only that they are none. */
export function routeOf(url: string): string {
  const path = URL.parse(url, "http://localhost")?.pathname ?? "";
  for (const [pattern, name] of ROUTES) if (pattern.test(path)) return name === "" ? path : name;
  return "other";
}
