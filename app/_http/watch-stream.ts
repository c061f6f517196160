/** A watch as server-sent events: each tells all there is, so a connection that broke has missed nothing. */

import { randomUUID } from "node:crypto";
import { causeFinding, findingSentence } from "../../components/report/say.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import { environment } from "../../lib/environment/index.ts";
import { type Locale, translator } from "../../lib/messages/translate.ts";
import { reportStore } from "../../lib/store/index.ts";
import { timingOf, type WatchResult, type WatchState } from "../../lib/watch/index.ts";
import { type SharedWatches, watchTogether } from "./shared-watches.ts";
import { atShutdown } from "./shutdown.ts";
import { findReport } from "./stored-report.ts";
import { watchWork } from "./watch-work.ts";
import { type Told, type Watchers, watchers, type WatchersOptions } from "./watchers.ts";

declare global {
  var reboundWatchers: Watchers | undefined;
}

/** Next may load this module more than once. */
export function ongoingWatches(): Watchers {
  return (globalThis.reboundWatchers ??= watchers({ work: watchWork, timing: () => timingOf(environment().watchIntervalMs), together: togetherAs(randomUUID()) }));
}

/** Over SQLite there is nobody to share with. */
function togetherAs(holder: string): NonNullable<WatchersOptions["together"]> {
  return (watching) => {
    const leases = reportStore(environment());
    return leases.shared === null ? watching.watch(watching.signal, watching.tell) : watchTogether(watching, { leases, holder, load, leaseMs: Math.max(LEASE_MIN_MS, LEASE_ROUNDS * environment().watchIntervalMs) });
  };
}

/** Of a watch's rounds: at the usual interval 30 seconds. */
const LEASE_ROUNDS = 6;
const LEASE_MIN_MS = 3000;

const load: SharedWatches["load"] = async (reportId) => {
  const found = await findReport(reportId);
  if (found.ok) return found.report;
  return found.error.code === "not-found" ? "gone" : "unknown";
};

/** Milliseconds after which a browser connects again. */
const RETRY_MS = 3000;
/** Proxies end a connection on which nothing moves; 60 seconds is the usual. */
const HEARTBEAT_MS = 15_000;

/** Null: too many watches go on. */
export function watchStream(report: Report, request: Request, locale: Locale): Response | null {
  const encoder = new TextEncoder();
  let stop = () => {};
  let isOver = false;
  let out: ReadableStreamDefaultController<Uint8Array> | null = null;
  const early: string[] = [`retry: ${RETRY_MS}\n\n`];
  const send = (text: string) => {
    if (out === null) early.push(text);
    else out.enqueue(encoder.encode(text));
  };
  const joined = ongoingWatches().join(report, (told) => {
    send(`data: ${JSON.stringify(stateFor(told, locale))}\n\n`);
    isOver = told.phase === "done" || told.phase === "stopped";
    if (isOver) stop();
  });
  if (joined === null) return null;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      out = controller;
      const heartbeat = setInterval(() => send(": \n\n"), HEARTBEAT_MS);
      let isOpen = true;
      const forget = atShutdown(() => stop());
      stop = () => {
        if (!isOpen) return;
        isOpen = false;
        clearInterval(heartbeat);
        forget();
        request.signal.removeEventListener("abort", stop);
        joined.leave();
        if (!request.signal.aborted) controller.close();
      };
      for (const text of early) send(text);
      request.signal.addEventListener("abort", stop);
      if (request.signal.aborted || isOver) stop();
    },
    cancel: () => stop(),
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no", "X-Robots-Tag": "noindex" } });
}

function stateFor({ report, ...state }: Told, locale: Locale): WatchState {
  return { ...state, result: report === null ? null : resultFor(report, locale) };
}

function resultFor(report: Report, locale: Locale): WatchResult {
  const t = translator(locale);
  const { outcome, cause } = report.verdict;
  const sentence = outcome === "accepted" ? null : findingSentence(t, causeFinding(report), "title");
  return { id: report.id, url: report.url, outcome, cause, said: sentence === null ? null : t(sentence.id, sentence.values) };
}
