"use client";

/** The events of a watch, as they come in. The browser connects again by itself, to a server that was started anew as well. */

import { useEffect, useState } from "react";
import type { WatchState } from "../../../lib/watch/state.ts";

export interface Seen {
  /** Null: nothing came in yet. */
  readonly state: WatchState | null;
  readonly isLost: boolean;
  /** What the server said instead of events, e.g. that it is busy. */
  readonly refusal: string | null;
}

/** After an answer that is no stream a browser gives up: behind a proxy that may be a restart. */
const ASK_AGAIN_MS = 5000;

export function useWatch(reportId: string, locale: string): Seen {
  const [seen, setSeen] = useState<Seen>({ state: null, isLost: false, refusal: null });
  useEffect(() => {
    const address = `/api/diagnoses/${encodeURIComponent(reportId)}/watch?locale=${locale}`;
    const gone = new AbortController();
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      const events = new EventSource(address);
      source = events;
      events.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        const state = readState(data);
        if (state === null) return;
        setSeen({ state, isLost: false, refusal: null });
        // Left open, the browser would connect again, and begin anew.
        if (state.phase === "done" || state.phase === "stopped") events.close();
      });
      events.addEventListener("error", () => {
        setSeen((before) => ({ ...before, isLost: true }));
        if (events.readyState !== EventSource.CLOSED) return;
        void whyRefused(address, locale, gone.signal).then((refusal) => {
          if (gone.signal.aborted) return;
          if (refusal === null) timer = setTimeout(connect, ASK_AGAIN_MS);
          else setSeen({ state: null, isLost: false, refusal });
        });
      });
    };
    connect();
    return () => {
      gone.abort();
      clearTimeout(timer);
      source?.close();
    };
  }, [reportId, locale]);
  return seen;
}

/** Events cannot carry an error: it is asked for once more. Null: no word of ours. */
async function whyRefused(address: string, locale: string, signal: AbortSignal): Promise<string | null> {
  const ended = new AbortController();
  try {
    const answer = await fetch(address, { headers: { "Accept-Language": locale }, signal: AbortSignal.any([signal, ended.signal]) });
    if (answer.ok || !(answer.headers.get("content-type") ?? "").startsWith("application/json")) return null;
    const body: unknown = await answer.json();
    if (!hasError(body)) return null;
    return `${body.error.message} ${body.error.hint}`;
  } catch {
    return null;
  } finally {
    ended.abort();
  }
}

function hasError(body: unknown): body is { readonly error: { readonly message: string; readonly hint: string } } {
  return typeof body === "object" && body !== null && "error" in body && typeof body.error === "object" && body.error !== null && "message" in body.error && "hint" in body.error;
}

function readState(data: unknown): WatchState | null {
  if (typeof data !== "string") return null;
  const read: unknown = JSON.parse(data);
  return isState(read) ? read : null;
}

/** Our own server's word, of our own making: enough to tell it from anything else. */
function isState(read: unknown): read is WatchState {
  return typeof read === "object" && read !== null && "phase" in read && "servers" in read && Array.isArray(read.servers);
}
