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
  readonly p50: number;
  /** autocannon tells 97.5 in place of 95. */
  readonly p975: number;
  readonly p99: number;
  /** Answers of 503 with `Retry-After`: told to come back, rather than kept waiting. */
  readonly turnedAway: number;
  /** Any other answer than the right one, and connections that broke. */
  readonly errors: number;
}

const outcome = z.object({
  requests: z.object({ average: z.number() }),
  latency: z.object({ p50: z.number(), p97_5: z.number(), p99: z.number() }),
  "2xx": z.number(),
  non2xx: z.number(),
  errors: z.number(),
  duration: z.number(),
  statusCodeStats: z.record(z.string(), z.object({ count: z.number() })),
});

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
  const post = body === undefined ? [] : ["-m", "POST", "-H", "Content-Type: application/json", "-b", JSON.stringify(body)];
  const packed = gzip ? ["-H", "Accept-Encoding: gzip"] : [];
  const { stdout } = await run(process.execPath, [join(ROOT, "node_modules", "autocannon", "autocannon.js"), "--json", "-c", String(clients), "-d", String(seconds), "-t", "30", ...packed, ...post, url], { maxBuffer: 16 * 1024 * 1024 });
  const read = outcome.parse(JSON.parse(stdout));
  const turnedAway = read.statusCodeStats["503"]?.count ?? 0;
  return {
    what,
    clients,
    delayMs,
    perSecond: read["2xx"] / read.duration,
    p50: read.latency.p50,
    p975: read.latency.p97_5,
    p99: read.latency.p99,
    turnedAway,
    errors: read.errors + read.non2xx - turnedAway,
  };
}
