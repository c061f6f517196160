/**
 * The watches that are going on: one for each report, however many look at it. Each asks on its own, tells its viewers at every
 * change, makes the new report when the change is there, and ends by itself. In this process's memory, behind `Watchers`.
 */

import type { Report } from "../../lib/diagnosis/report.ts";
import { begin, dueAt, duePlaces, type Ending, ending, hear, type Heard, type Place, readRecords, shownServers, type Target, targetsOf, type Timing, type Watch, type WatchState } from "../../lib/watch/index.ts";
import { logFault } from "./log.ts";
import type { WatchWork } from "./watch-work.ts";

/** As `WatchState`, with the new report whole: each viewer is told its cause in a language of their own. */
export type Told = Omit<WatchState, "result"> & { readonly report: Report | null };
export type Viewer = (told: Told) => void;

export interface Watchers {
  /** Whether somebody watches this report already: to join costs nothing. */
  isWatched(reportId: string): boolean;
  /** The viewer is told the state at once where there is one, and at every change. Null: too many watches go on. */
  join(report: Report, viewer: Viewer): { readonly leave: () => void } | null;
}

/** One watch, to be run: by this instance, or by another that this one follows. */
export interface Watching {
  readonly reportId: string;
  /** From the first question to the end. `since`: when another instance began it, in milliseconds since 1970. Ends early when the signal aborts. */
  readonly watch: (signal: AbortSignal, tell: Viewer, since?: number) => Promise<void>;
  /** Nobody looks any more. */
  readonly signal: AbortSignal;
  readonly tell: Viewer;
}

export interface WatchersOptions {
  readonly work: (report: Report) => WatchWork;
  readonly timing: () => Timing;
  /** Where several instances share their watches; without it each watches for itself. */
  readonly together?: (watching: Watching) => Promise<void>;
  readonly most?: number;
  /** Milliseconds that a watch goes on without a viewer, and that its result can be seen afterwards. */
  readonly patience?: { readonly alone: number; readonly result: number };
}

const MOST_WATCHERS = 200;
/** Of one watch: each holds a connection. */
const MOST_VIEWERS = 200;
/** A reload, a phone's short sleep, a restart of the browser. */
const ALONE_MS = 120_000;
const RESULT_MS = 600_000;
/** Records beside the proposed one are many only where somebody makes them so. */
const MOST_EVALUATIONS = 10;

interface Watcher {
  readonly viewers: Set<Viewer>;
  readonly end: AbortController;
  told: Told | null;
  alone: NodeJS.Timeout | undefined;
}

export function watchers({ work, timing, together = byItself, most = MOST_WATCHERS, patience = { alone: ALONE_MS, result: RESULT_MS } }: WatchersOptions): Watchers {
  const byReport = new Map<string, Watcher>();
  const isOver = ({ told }: Watcher) => told?.phase === "done" || told?.phase === "stopped";

  return {
    isWatched: (reportId) => byReport.has(reportId),
    join(report, viewer) {
      const watcher = byReport.get(report.id) ?? started(report);
      if (watcher === null || watcher.viewers.size >= MOST_VIEWERS) return null;
      watcher.viewers.add(viewer);
      clearTimeout(watcher.alone);
      if (watcher.told !== null) viewer(watcher.told);
      return {
        leave: () => {
          watcher.viewers.delete(viewer);
          if (watcher.viewers.size === 0 && !isOver(watcher)) watcher.alone = setTimeout(() => watcher.end.abort(), patience.alone).unref();
        },
      };
    },
  };

  function started(report: Report): Watcher | null {
    if ([...byReport.values()].filter((watcher) => !isOver(watcher)).length >= most) return null;
    const watcher: Watcher = { viewers: new Set(), end: new AbortController(), told: null, alone: undefined };
    byReport.set(report.id, watcher);
    const forget = () => {
      if (byReport.get(report.id) === watcher) byReport.delete(report.id);
    };
    const tell = (told: Told) => {
      watcher.told = told;
      for (const viewer of watcher.viewers) viewer(told);
    };
    void together({ reportId: report.id, watch: (signal, tell, since) => run({ report, work: work(report), timing: timing(), signal, tell, since: since ?? Date.now() }), signal: watcher.end.signal, tell })
      .catch((error: unknown) => {
        logFault(error);
        if (!watcher.end.signal.aborted) tell({ ...(watcher.told ?? untold(Date.now())), phase: "stopped", reason: "failed", nextAt: null });
      })
      .then(() => {
        // What came of it is kept for those who reload; what came to nothing may be begun anew.
        if (watcher.told?.phase === "done") setTimeout(forget, patience.result).unref();
        else forget();
      });
    return watcher;
  }
}

function byItself({ watch, signal, tell }: Watching): Promise<void> {
  return watch(signal, tell);
}

interface Run {
  readonly report: Report;
  readonly work: WatchWork;
  readonly timing: Timing;
  readonly signal: AbortSignal;
  readonly tell: (told: Told) => void;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** From the first question to the end. Ends early, and silently, when the signal aborts. */
async function run({ report, work, timing, signal, tell, since }: Run): Promise<void> {
  const targets = targetsOf(report);
  tell({ ...untold(since), records: shownRecords(targets) });
  let watch = begin(targets, await work.servers(targets, signal), since, timing);
  const evaluated = new Map<string, Promise<boolean>>();
  let end: Ending | null = ending(watch, Date.now());
  while (end === null && !signal.aborted) {
    watch = hear(watch, await askRound(watch, { work, signal, evaluated }), Date.now());
    end = ending(watch, Date.now());
    const next = dueAt(watch);
    tell({ ...shown(watch), askedAt: iso(Date.now()), nextAt: end === null && next !== null ? iso(next) : null });
    if (end === null) await pause(Math.max(0, (next ?? Date.now() + timing.first) - Date.now()), signal);
  }
  if (signal.aborted || end === null) return;
  const last = { ...shown(watch), askedAt: iso(Date.now()) };
  if (end !== "ready") return tell({ ...last, phase: "stopped", reason: end });
  tell({ ...last, phase: "checking" });
  const made = await work.recheck(signal);
  tell(made === null ? { ...last, phase: "stopped", reason: "failed" } : { ...last, phase: "done", report: made });
}

type Asking = Pick<Run, "work" | "signal"> & { readonly evaluated: Map<string, Promise<boolean>> };

async function askRound(watch: Watch, { work, signal, evaluated }: Asking): Promise<ReadonlyMap<Place, Heard & { readonly passes?: boolean }>> {
  const answers = duePlaces(watch, Date.now()).flatMap((place) => {
    const server = watch.servers[place.server];
    const target = watch.targets[place.target];
    return server === undefined || target === undefined ? [] : [answered(place, target, work.ask(server, target, signal))];
  });
  return new Map(await Promise.all(answers));

  async function answered(place: Place, target: Target, answer: Promise<Heard>): Promise<[Place, Heard & { readonly passes?: boolean }]> {
    const heard = await answer;
    const record = heard.records === null || !target.judged ? null : anotherRecord(target, heard.records);
    return [place, record === null ? heard : { ...heard, passes: await passes(target, record) }];
  }

  function passes(target: Target, record: string): Promise<boolean> {
    const key = `${target.name} ${record}`;
    const known = evaluated.get(key);
    if (known !== undefined) return known;
    if (evaluated.size >= MOST_EVALUATIONS) return Promise.resolve(false);
    const evaluation = work.passes(target, record, signal);
    evaluated.set(key, evaluation);
    return evaluation;
  }
}

function anotherRecord(target: Target, records: readonly string[]): string | null {
  return readRecords(target, records).text;
}

/** Resolves early when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    if (signal.aborted) done();
  });
}

function untold(now: number): Told {
  return { phase: "watching", reason: null, startedAt: iso(now), askedAt: null, nextAt: null, records: [], servers: [], report: null };
}

function shown(watch: Watch): Told {
  const servers = shownServers(watch).map(({ records, ...server }) => ({ ...server, records: records.map(({ target, state, until }) => ({ record: target, state, until: until === null ? null : iso(until) })) }));
  return { ...untold(watch.startedAt), records: shownRecords(watch.targets), servers };
}

function shownRecords(targets: readonly Target[]): Told["records"] {
  return targets.map(({ name, type, wanted }) => ({ name, type, wanted: wanted[0] ?? null }));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
