/**
 * Watches of several instances over one database: whoever holds the lease of a report asks DNS and writes down what its viewers are
 * told; the others tell theirs the same, and take over when the lease runs out or is given back.
 *
 * Without the database each watches for itself: the holder asks for its lease again and again, so that once the database is back one
 * of them goes on and the others follow.
 */

import { z } from "zod";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { WatchLeases } from "../../lib/store/index.ts";
import { watchStateSchema } from "../../lib/watch/index.ts";
import { atShutdown } from "./shutdown.ts";
import { pause, type Told, type Watching } from "./watchers.ts";

export interface SharedWatches {
  readonly leases: Pick<WatchLeases, "claimWatch" | "tellWatch" | "releaseWatch" | "watcherOf">;
  /** Of this process; no other has the same. */
  readonly holder: string;
  /** "unknown": it cannot be read now. */
  readonly load: (reportId: string) => Promise<Report | "gone" | "unknown">;
  /** How long a holder that has died keeps the others waiting. */
  readonly leaseMs: number;
}

/** Of its lease, after which a holder prolongs it. */
const RENEWED_AFTER = 1 / 3;
const LOOK_MS = 2000;
/** A look apart: for as long as the lease may go on. */
const LAST_TRIES = 15;
/** As long as who reloads is told what came of it. */
const RESULT_MS = 600_000;
/** What came to nothing may be begun anew, as soon as all who followed have seen it. */
const STOPPED_MS = 5 * LOOK_MS;

/** The new report is stored already, and named. */
const keptSchema = watchStateSchema.omit({ result: true }).extend({ reportId: z.string().nullable() });

/** Resolves when the watch is over, for whatever reason; rejects with what `watch` of it throws. */
export async function watchTogether(watching: Watching, shared: SharedWatches): Promise<void> {
  const shutdown = new AbortController();
  const forget = atShutdown(() => shutdown.abort());
  const signal = AbortSignal.any([watching.signal, shutdown.signal]);
  let last: Told | null = null;
  const tell = (told: Told) => {
    last = told;
    watching.tell(told);
  };
  try {
    while (!signal.aborted && !isOver(last)) {
      const claim = await shared.leases.claimWatch(watching.reportId, shared.holder, fromNow(shared.leaseMs));
      if (signal.aborted) await shared.leases.releaseWatch(watching.reportId, shared.holder);
      else if (claim.status === "held") await follow({ ...watching, signal, tell }, shared, { until: claim.until, told: last });
      else await hold({ ...watching, signal, tell }, shared, last);
    }
  } finally {
    forget();
  }
}

/** Watches, until it is over or the lease is another's. */
async function hold({ reportId, watch, signal, tell }: Watching, { leases, holder, leaseMs }: SharedWatches, before: Told | null): Promise<void> {
  const loss = new AbortController();
  const isLost = () => loss.signal.aborted;
  const isWritten = () => written === latest;
  let latest: Told | null = null;
  let written: Told | null = null;
  let writing = Promise.resolve();
  const write = async () => {
    if (isLost()) return;
    const claim = await leases.claimWatch(reportId, holder, fromNow(leaseMs));
    if (claim.status === "held") return loss.abort();
    const state = latest;
    if (claim.status === "fault" || state === null || state === written) return;
    if ((await leases.tellWatch(reportId, holder, textOf(state))).status === "told") written = state;
  };
  // One after the other: what is older must not be written over what is newer.
  const writeNext = () => (writing = writing.then(write));
  const renewal = setInterval(() => void writeNext(), leaseMs * RENEWED_AFTER).unref();
  try {
    const told = (state: Told) => {
      if (isLost()) return;
      latest = state;
      tell(state);
      void writeNext();
    };
    await watch(AbortSignal.any([signal, loss.signal]), told, before === null ? undefined : Date.parse(before.startedAt));
  } finally {
    clearInterval(renewal);
    await writing;
    await leave(latest);
  }

  async function leave(state: Told | null): Promise<void> {
    if (!isOver(state)) return isLost() ? undefined : void (await leases.releaseWatch(reportId, holder));
    // Nobody else is to do it again because the database was away in this moment.
    for (let tries = 1; tries < LAST_TRIES && !isWritten() && !isLost() && !signal.aborted; tries += 1) {
      await pause(LOOK_MS, signal);
      await write();
    }
    if (!isLost()) await leases.claimWatch(reportId, holder, fromNow(state.phase === "done" ? RESULT_MS : STOPPED_MS));
  }
}

/** Tells what the holder tells, until it is over or the lease may be free. */
async function follow({ reportId, signal, tell }: Watching, { leases, load }: SharedWatches, begun: { readonly until: Date; readonly told: Told | null }): Promise<void> {
  let { until, told } = begun;
  let seen: string | null = null;
  while (!signal.aborted) {
    const found = await leases.watcherOf(reportId);
    // While the database says nothing, the holder may be at work: as long as its lease goes.
    if (found.status === "free" || (found.status === "fault" && Date.now() >= until.getTime())) return;
    if (found.status === "watched") {
      ({ until } = found);
      const state = found.state === seen ? null : await readState(found.state, load);
      // What ended before anybody here looked is nobody's here: its lease is short, and then it is begun anew.
      const isOld = told === null && state?.phase === "stopped";
      if (state !== null && !isOld && !signal.aborted) {
        seen = found.state;
        told = state;
        tell(state);
        if (isOver(state)) return;
      }
    }
    await pause(LOOK_MS, signal);
  }
}

function textOf({ report, ...state }: Told): string {
  return JSON.stringify({ ...state, reportId: report?.id ?? null });
}

/** Null: nothing to tell yet. What another version wrote may not be understood. */
async function readState(text: string | null, load: SharedWatches["load"]): Promise<Told | null> {
  const kept = keptSchema.safeParse(parseJson(text ?? ""));
  if (!kept.success) return null;
  const { reportId, ...state } = kept.data;
  if (reportId === null) return { ...state, report: null };
  const report = await load(reportId);
  if (report === "unknown") return null;
  return report === "gone" ? { ...state, phase: "stopped", reason: "failed", report: null } : { ...state, report };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOver(told: Told | null): told is Told {
  return told?.phase === "done" || told?.phase === "stopped";
}

function fromNow(ms: number): Date {
  return new Date(Date.now() + ms);
}
