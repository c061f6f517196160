/**
 * Bounds on what one diagnosis may ask of other people's name servers, and on how long anybody waits for it.
 * A hostile record can name any number of hosts; the budget ends that without a special case anywhere else.
 */

import { canonicalName } from "./name.ts";
import type { Answer, RecordType, Resolver } from "./resolver.ts";

export interface Budget {
  /** Questions that may be asked in all. */
  readonly questions: number;
  /** Milliseconds from now until nothing more is asked or waited for. */
  readonly deadlineMs: number;
  /** Milliseconds from any fixed point; `performance.now` when absent. */
  readonly clock?: () => number;
}

/**
 * Past either bound a question is `not-asked`, which reads as "unknown" and never as "missing". Questions in flight at
 * the deadline end as `timeout`. Put `recording` around it, so that a repeated question costs nothing.
 */
export function budgeted(resolver: Resolver, { questions, deadlineMs, clock = () => performance.now() }: Budget): Resolver {
  const deadline = clock() + deadlineMs;
  let left = questions;
  // A timer may fire a moment before the clock says so: whoever was told "timeout" must not find the deadline ahead.
  let over = false;

  return {
    async query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
      const started = clock();
      const ended = (status: "not-asked" | "timeout"): Answer<T> => ({ status, name: canonicalName(name), type, records: [], ms: Math.round(clock() - started) });
      if (left <= 0 || over || started >= deadline) return ended("not-asked");
      left -= 1;
      let timer: NodeJS.Timeout | undefined;
      const deadlinePassed = new Promise<Answer<T>>((resolve) => {
        timer = setTimeout(() => {
          over = true;
          resolve(ended("timeout"));
        }, deadline - started);
      });
      try {
        return await Promise.race([resolver.query(name, type), deadlinePassed]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
