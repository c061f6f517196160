/**
 * What the whole server may do to other people's name servers, however many ask it to: so many questions a second in all, and a
 * question that is put over and over is put to them only now and then. One for the process, set at start; off in tests and measurements.
 */

import { LRUCache } from "lru-cache";
import { canonicalName } from "./name.ts";
import { isOfType, questionKey } from "./question.ts";
import type { Answer, RecordType, Resolver } from "./resolver.ts";

export interface Restraint {
  /** Takes the place of one question, after a wait where need be; false: there is none soon. */
  turn(): Promise<boolean>;
  /** The same without a wait. */
  turnNow(): boolean;
  /** The answer that others just got, when the question is put too often; else null, and the question counts. */
  recent<T extends RecordType>(name: string, type: T): Answer<T> | null;
  keep(answer: Answer): void;
}

export interface RestraintOptions {
  readonly questionsPerSecond: number;
  /** Milliseconds from any fixed point; `performance.now` when absent. */
  readonly clock?: () => number;
}

/** After a quiet while so many seconds' worth may go out at once. */
const BURST_SECONDS = 2;
/** A question is better not asked than asked when nobody waits for it any more. */
const LONGEST_WAIT_MS = 2500;
/** In a minute: past that, a question's answer is shared. A person who mends a record and checks again stays far below. */
export const OFTEN = 100;
const MINUTE_MS = 60_000;
/** How old a shared answer may be: so late may a mended record be seen, where so many ask for it. */
export const SHARED_FOR_MS = 15_000;
const MOST_QUESTIONS_WATCHED = 20_000;

interface Watched {
  readonly since: number;
  count: number;
  shared: { readonly answer: Answer; readonly at: number } | null;
}

export function makeRestraint({ questionsPerSecond, clock = () => performance.now() }: RestraintOptions): Restraint {
  const burst = questionsPerSecond * BURST_SECONDS;
  const watched = new LRUCache<string, Watched>({ max: MOST_QUESTIONS_WATCHED });
  // Below zero: places that are promised to those who wait.
  let places = burst;
  let last = clock();

  /** Milliseconds until the place is there; null: it is not taken. */
  function take(longestWaitMs: number): number | null {
    const now = clock();
    places = Math.min(burst, places + ((now - last) / 1000) * questionsPerSecond);
    last = now;
    const wait = Math.max(0, ((1 - places) / questionsPerSecond) * 1000);
    if (wait > longestWaitMs) return null;
    places -= 1;
    return wait;
  }

  return {
    async turn() {
      const wait = take(LONGEST_WAIT_MS);
      if (wait === null) return false;
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      return true;
    },
    turnNow: () => take(0) !== null,
    recent<T extends RecordType>(name: string, type: T) {
      const now = clock();
      const key = questionKey(name, type);
      const before = watched.get(key);
      const seen = before === undefined || now - before.since >= MINUTE_MS ? { since: now, count: 0, shared: null } : before;
      seen.count += 1;
      if (seen !== before) watched.set(key, seen);
      if (seen.count <= OFTEN || seen.shared === null || now - seen.shared.at >= SHARED_FOR_MS) return null;
      return isOfType(seen.shared.answer, type) ? seen.shared.answer : null;
    },
    keep(answer) {
      const seen = watched.get(questionKey(answer.name, answer.type));
      if (seen !== undefined && seen.count >= OFTEN && answer.status !== "not-asked") seen.shared = { answer, at: clock() };
    },
  };
}

/** `signal`: that of the diagnosis. What it cut short says nothing about the server that was asked. */
export function restrained(resolver: Resolver, restraint: Restraint | undefined, signal: AbortSignal): Resolver {
  if (restraint === undefined) return resolver;
  return {
    async query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
      const recent = restraint.recent(name, type);
      if (recent !== null) return { ...recent, ms: 0 };
      if (!(await restraint.turn())) return { status: "not-asked", name: canonicalName(name), type, records: [], ms: 0 };
      const answer = await resolver.query(name, type);
      if (!signal.aborted) restraint.keep(answer);
      return answer;
    },
  };
}

declare global {
  var reboundRestraint: Restraint | undefined;
}

/** Call once at start. 0: no restraint. */
export function restrainQuestions(questionsPerSecond: number): void {
  if (questionsPerSecond > 0) globalThis.reboundRestraint ??= makeRestraint({ questionsPerSecond });
}

/** One for the process, however often Next loads this module. */
export function processRestraint(): Restraint | undefined {
  return globalThis.reboundRestraint;
}
