/**
 * Bounds on what one diagnosis may ask of other people's name servers, on how long anybody waits for it, and on how much
 * it may be told. A hostile record can name any number of hosts, and a hostile server fill every answer; the budget ends
 * that without a special case anywhere else.
 */

import { canonicalName } from "./name.ts";
import type { Answer, RecordType, Resolver } from "./resolver.ts";

export interface Budget {
  /** Questions that may be asked in all. */
  readonly questions: number;
  /** Milliseconds from now until nothing more is asked or waited for. */
  readonly deadlineMs: number;
  /** Octets of text in all records together; without a bound when absent. */
  readonly octets?: number;
  /** Milliseconds from any fixed point; `performance.now` when absent. */
  readonly clock?: () => number;
}

/**
 * Past any bound a question is `not-asked`, which reads as "unknown" and never as "missing". Questions in flight at
 * the deadline end as `timeout`; an answer that no longer fits is as if it had not been asked for. Put `recording` around
 * it, so that a repeated question costs nothing.
 */
export function budgeted(resolver: Resolver, { questions, deadlineMs, octets = Infinity, clock = () => performance.now() }: Budget): Resolver {
  const deadline = clock() + deadlineMs;
  let left = questions;
  let room = octets;
  // A timer may fire a moment before the clock says so: whoever was told "timeout" must not find the deadline ahead.
  let over = false;

  return {
    async query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
      const started = clock();
      const ended = (status: "not-asked" | "timeout"): Answer<T> => ({ status, name: canonicalName(name), type, records: [], ms: Math.round(clock() - started) });
      if (left <= 0 || room <= 0 || over || started >= deadline) return ended("not-asked");
      left -= 1;
      let timer: NodeJS.Timeout | undefined;
      const deadlinePassed = new Promise<Answer<T>>((resolve) => {
        timer = setTimeout(() => {
          over = true;
          resolve(ended("timeout"));
        }, deadline - started);
      });
      try {
        const answer = await Promise.race([resolver.query(name, type), deadlinePassed]);
        room -= room === Infinity ? 0 : octetsOf(answer);
        return room < 0 ? ended("not-asked") : answer;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Of the records' text, and one for each record, so that empty ones count too. */
function octetsOf({ records }: Answer): number {
  let octets = records.length;
  for (const record of records) {
    if (typeof record === "string") octets += record.length;
    else if ("exchange" in record) octets += record.exchange.length;
    else if ("nsname" in record) octets += record.nsname.length + record.hostmaster.length;
    else for (const text of record) octets += text.length + 1;
  }
  return octets;
}
