"use client";

/** Asks now and then whether the mail has come, and goes to its report. Ends with the address's hour. */

import { LoaderCircle } from "../ui/icons.tsx";
import { useEffect, useState } from "react";

interface WaitingProps {
  id: string;
  /** "", "/en" or "/ja": kept on the way to the report. */
  prefix: string;
  /** ISO 8601. */
  expiresAt: string;
  words: { readonly waiting: string; readonly arrived: string; readonly received: string; readonly lost: string };
}

const SOON_MS = 2000;
const LATER_MS = 6000;
/** Most mails come at once. */
const SOON_FOR_MS = 5 * 60_000;

type Seen = "waiting" | "arrived" | "received" | "lost";

export function Waiting({ id, prefix, expiresAt, words }: WaitingProps) {
  const [seen, setSeen] = useState<Seen>("waiting");
  useEffect(() => {
    const began = Date.now();
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const state = await stateOf(id, stop.signal);
      if (stop.signal.aborted) return;
      if (state.status === "received") {
        setSeen("received");
        window.location.replace(`${prefix}/r/${state.reportId}`);
        return;
      }
      // The server draws what is to be said then.
      if (state.status === "over" || (state.status === "waiting" && Date.parse(expiresAt) < Date.now() - SOON_FOR_MS)) return window.location.reload();
      setSeen(state.status !== "waiting" ? "lost" : state.arrived ? "arrived" : "waiting");
      timer = setTimeout(() => void look(), Date.now() - began < SOON_FOR_MS ? SOON_MS : LATER_MS);
    };
    timer = setTimeout(() => void look(), SOON_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [id, prefix, expiresAt]);

  return (
    <p role="status" className="needs-script flex items-center gap-3 rounded-lg bg-sunken px-4 py-3">
      <LoaderCircle aria-hidden className="size-5 text-accent motion-safe:animate-spin" />
      <span className="min-w-0">{words[seen]}</span>
    </p>
  );
}

type State = { readonly status: "received"; readonly reportId: string } | { readonly status: "waiting"; readonly arrived: boolean } | { readonly status: "over" | "lost" };

async function stateOf(id: string, signal: AbortSignal): Promise<State> {
  try {
    const answer = await fetch(`/api/test-mails/${id}`, { signal, cache: "no-store" });
    if (answer.status === 404) return { status: "over" };
    const body: unknown = answer.ok ? await answer.json() : null;
    if (typeof body !== "object" || body === null || !("status" in body)) return { status: "lost" };
    if (body.status === "received" && "reportId" in body && typeof body.reportId === "string") return { status: "received", reportId: body.reportId };
    if (body.status === "expired") return { status: "over" };
    return { status: "waiting", arrived: "arrivedAt" in body && body.arrivedAt !== null };
  } catch {
    return { status: "lost" };
  }
}
