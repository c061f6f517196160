/** A watch as one value: who is asked for what, what each said last, when to ask again, and whether it is over. */

import { readRecords, type RecordState } from "./read.ts";
import type { Target } from "./targets.ts";

export interface WatchedServer {
  /** `own`: it speaks for the zone. `public`: others ask it, Gmail among them. `ours`: the one that Rebound's diagnoses ask. */
  readonly kind: "own" | "public" | "ours";
  /** Of the zone's own: its host's name; of public resolvers: whose they are, where known. */
  readonly name: string | null;
  /** `ip` or `ip:port`; null: a name server whose address may not be asked, or that has none. */
  readonly address: string | null;
  /** Which of the targets it is asked for, by index: a zone's server only for what stands in the zone. */
  readonly targets: readonly number[];
}

/** What a server said; `records` null: nothing that counts. */
export interface Heard {
  readonly records: readonly string[] | null;
  /** Seconds for which a resolver keeps this answer, be it records or "none". Null: not known, or the zone's own word. */
  readonly secondsLeft: number | null;
}

/** One server and one target. */
export interface Place {
  readonly server: number;
  readonly target: number;
  /** Null: not asked yet. */
  readonly state: RecordState | null;
  /** With "other": what stands there. */
  readonly text: string | null;
  /** Milliseconds of the clock: until then a resolver says the same. */
  readonly until: number | null;
  /** Times in a row that it said this. */
  readonly times: number;
  readonly askAt: number;
}

export interface Watch {
  readonly startedAt: number;
  readonly targets: readonly Target[];
  readonly servers: readonly WatchedServer[];
  readonly places: readonly Place[];
  readonly rounds: number;
  readonly questions: number;
  readonly timing: Timing;
}

/** Milliseconds. */
export interface Timing {
  /** Between the first rounds. */
  readonly first: number;
  /** Between rounds, later. */
  readonly most: number;
  /** A cache before its time is over, and a server that stays silent. */
  readonly seldom: number;
  /** Of the whole watch. */
  readonly life: number;
}

const HOUR_MS = 3_600_000;
/** Each round waits this much longer than the one before: from 5 to 30 seconds in six rounds. */
const SLOWER = 1.4;
const MOST_QUESTIONS = 3000;
/** Then a server is waited for no longer, and another record than proposed is what somebody wants there. */
const OFTEN = 3;
const TWICE = 2;
/** Public resolvers that are asked. */
export const MOST_RESOLVERS = 8;

export function timingOf(intervalMs: number): Timing {
  return { first: intervalMs, most: 6 * intervalMs, seldom: 12 * intervalMs, life: HOUR_MS };
}

export function begin(targets: readonly Target[], servers: readonly WatchedServer[], now: number, timing: Timing): Watch {
  const places = servers.flatMap(({ address, targets: asked }, server) => (address === null ? [] : asked.map((target): Place => ({ server, target, state: null, text: null, until: null, times: 0, askAt: now }))));
  return { startedAt: now, targets, servers, places, rounds: 0, questions: 0, timing };
}

/** When somebody is to be asked next; null: nobody any more. */
export function dueAt({ places }: Watch): number | null {
  const open = places.filter((place) => !isSettled(place));
  return open.length === 0 ? null : Math.min(...open.map(({ askAt }) => askAt));
}

/** Those that are due nearly together are asked together. */
export function duePlaces({ places, timing }: Watch, now: number): readonly Place[] {
  return places.filter((place) => !isSettled(place) && place.askAt <= now + timing.first / 5);
}

/** What a round brought, a place each. `passes`: another SPF record lets the sender pass. */
export function hear(watch: Watch, heard: ReadonlyMap<Place, Heard & { readonly passes?: boolean }>, now: number): Watch {
  const rounds = watch.rounds + 1;
  const places = watch.places.map((place) => {
    const answer = heard.get(place);
    return answer === undefined ? place : placeAfter(place, answer, { ...watch, rounds }, now);
  });
  return { ...watch, places, rounds, questions: watch.questions + heard.size };
}

function placeAfter(place: Place, { records, secondsLeft, passes = false }: Heard & { readonly passes?: boolean }, watch: Watch, now: number): Place {
  const target = watch.targets[place.target];
  if (target === undefined) return place;
  const read = records === null ? { state: "silent" as const, text: null } : readRecords(target, records);
  const state = read.state === "other" && passes ? "works" : read.state;
  const times = state === place.state && read.text === place.text ? place.times + 1 : 1;
  const until = secondsLeft === null || !isCached(watch, place) ? null : now + secondsLeft * 1000;
  return { ...place, state, text: read.text, until, times, askAt: now + pause({ state, times, until }, watch, now) };
}

function isCached({ servers }: Watch, { server }: Place): boolean {
  return servers[server]?.kind !== "own";
}

/** No use asking a cache before its time is over more than seldom: some are several, behind one address. */
function pause({ state, times, until }: Pick<Place, "state" | "times" | "until">, { rounds, timing }: Watch, now: number): number {
  if (state === "silent" && times >= OFTEN) return timing.seldom;
  const usual = Math.min(timing.most, timing.first * SLOWER ** (rounds - 1));
  // Another record is looked at once more, soon: somebody may be at work on it.
  if (until === null || state === "other") return usual;
  return Math.max(usual, Math.min(until - now + timing.first / 10, timing.seldom));
}

/** There is nothing more to wait for. */
function isSettled({ state, times }: Place): boolean {
  return state === "seen" || state === "works" || (state === "other" && times >= TWICE);
}

/**
 * - `ready`: everyone who answers has the change, each record at one at least. - `nobody`: there is nobody to ask.
 * - `time`, `questions`: the watch has used up its share.
 */
export type Ending = "ready" | "nobody" | "time" | "questions";

export function ending(watch: Watch, now: number): Ending | null {
  const { places, targets, questions, startedAt, timing } = watch;
  if (places.length === 0) return "nobody";
  const open = places.filter((place) => !isSettled(place));
  const isHeld = targets.every((_, index) => places.some((place) => place.target === index && isSettled(place)));
  if (isHeld && open.every(({ state, times }) => state === "silent" && times >= OFTEN)) return "ready";
  if (now - startedAt >= timing.life) return "time";
  return questions >= MOST_QUESTIONS ? "questions" : null;
}

export interface ShownServer extends Pick<WatchedServer, "kind" | "name" | "address"> {
  readonly records: readonly { readonly target: number; readonly state: RecordState | null; readonly until: number | null }[];
}

export function shownServers({ servers, places }: Watch): readonly ShownServer[] {
  return servers.map(({ kind, name, address }, index) => ({ kind, name, address, records: places.filter(({ server }) => server === index).map(({ target, state, until }) => ({ target, state, until })) }));
}
