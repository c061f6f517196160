/** Many clients at once: diagnoses and permalinks, each kind of request by autocannon from a process of its own, against one server process. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { ROOT } from "../scripts/process.ts";

const run = promisify(execFile);

export interface Load {
  readonly what: string;
  readonly clients: number;
  readonly delayMs: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Answers of 503 with `Retry-After`: told to come back, rather than kept waiting. */
  readonly turnedAway: number;
  /** Any other answer than the right one, and connections that broke. */
  readonly errors: number;
}

const outcome = z.object({ percentiles: z.tuple([z.number(), z.number(), z.number()]), statuses: z.record(z.string(), z.number()), errors: z.number(), duration: z.number() });

export interface Asking {
  readonly what: string;
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
  readonly delayMs: number;
  /** JSON to post; without it the page is fetched. */
  readonly body?: object;
  /** As browsers ask. */
  readonly gzip?: boolean;
}

export async function underLoad({ what, url, clients, seconds, delayMs, body, gzip = false }: Asking): Promise<Load> {
  const headers = { ...(gzip ? { "Accept-Encoding": "gzip" } : {}), ...(body === undefined ? {} : { "Content-Type": "application/json" }) };
  const options = { url, connections: clients, duration: seconds, timeout: 30, headers, percentiles: [50, 95, 99], ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }) };
  const { stdout } = await run(process.execPath, [join(ROOT, "bench", "load-client.mjs"), JSON.stringify(options)], { maxBuffer: 16 * 1024 * 1024 });
  const { percentiles, statuses, errors, duration } = outcome.parse(JSON.parse(stdout));
  const [p50, p95, p99] = percentiles;
  const right = Object.entries(statuses).reduce((sum, [status, count]) => sum + (status.startsWith("2") ? count : 0), 0);
  const all = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  const turnedAway = statuses["503"] ?? 0;
  return { what, clients, delayMs, perSecond: right / duration, p50, p95, p99, turnedAway, errors: errors + all - right - turnedAway };
}
