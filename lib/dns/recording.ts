/**
 * Keeps what was asked and answered, so that a report can show its evidence and be judged again without the network.
 * Each question is asked once; whoever asks it meanwhile or later shares the answer.
 */

import { canonicalName } from "./name.ts";
import { isOfType, type Question, questionKey } from "./question.ts";
import type { Answer, RecordType, Resolver } from "./resolver.ts";

/** How far one step of the work is with its own questions: `done` answered of `of` asked so far. */
export interface Progress<Step extends string> {
  readonly step: Step;
  readonly done: number;
  readonly of: number;
}

export interface RecordingHooks<Step extends string> {
  /** Once for each question, when it first goes out. */
  readonly onAsk?: (question: Question) => void;
  readonly onAnswer?: (answer: Answer) => void;
  /** Whenever a scope asks or is answered. A question that two scopes ask counts for both. */
  readonly onProgress?: (progress: Progress<Step>) => void;
}

export interface RecordingResolver<Step extends string = string> extends Resolver {
  /** In the order first asked. What has no answer yet stands as `not-asked`: nothing was drawn from it. */
  answers(): readonly Answer[];
  /** Where `answers()` holds this question; null when it was never asked. */
  indexOf(name: string, type: RecordType): number | null;
  /** The same resolver, its questions counted for `step`. */
  scope(step: Step): Resolver;
  /** When every question asked so far has its answer. */
  settled(): Promise<void>;
}

interface Entry {
  readonly index: number;
  readonly promise: Promise<Answer>;
}

export function recording<Step extends string = string>(resolver: Resolver, hooks: RecordingHooks<Step> = {}): RecordingResolver<Step> {
  const entries = new Map<string, Entry>();
  const answers: Answer[] = [];
  const progress = new Map<Step, { done: number; of: number; readonly seen: Set<string> }>();

  return {
    query,
    answers: () => [...answers],
    indexOf: (name, type) => entries.get(questionKey(name, type))?.index ?? null,
    scope,
    settled: async () => {
      await Promise.all([...entries.values()].map((entry) => entry.promise));
    },
  };

  async function query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
    const key = questionKey(name, type);
    const entry = entries.get(key) ?? ask(key, canonicalName(name), type);
    const answer = await entry.promise;
    if (!isOfType(answer, type)) throw new TypeError(`the answer kept for ${type} is of type ${answer.type}`);
    return answer;
  }

  function ask(key: string, name: string, type: RecordType): Entry {
    const index = answers.push({ status: "not-asked", name, type, records: [], ms: 0 }) - 1;
    hooks.onAsk?.({ name, type });
    const promise = resolver.query(name, type).then((answer) => {
      answers[index] = answer;
      hooks.onAnswer?.(answer);
      return answer;
    });
    const entry = { index, promise };
    entries.set(key, entry);
    return entry;
  }

  function scope(step: Step): Resolver {
    return {
      async query<T extends RecordType>(name: string, type: T) {
        const count = progress.get(step) ?? { done: 0, of: 0, seen: new Set<string>() };
        progress.set(step, count);
        const key = questionKey(name, type);
        if (count.seen.has(key)) return query(name, type);
        count.seen.add(key);
        count.of += 1;
        hooks.onProgress?.({ step, done: count.done, of: count.of });
        const answer = await query(name, type);
        count.done += 1;
        hooks.onProgress?.({ step, done: count.done, of: count.of });
        return answer;
      },
    };
  }
}
