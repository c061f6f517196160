/** The longest chain of questions that wait for one another: how many waits for DNS a diagnosis cannot do without, however many it asks at once. */

import { setTimeout as wait } from "node:timers/promises";
import { diagnose } from "../lib/diagnosis/diagnose.ts";
import { diagnosisResolver, type Answer, type RecordType } from "../lib/dns/index.ts";
import type { DiagnosisRequest } from "../lib/diagnosis/report.ts";

/** Longer than anything is worked out between an answer and the next question. */
const QUIET_MS = 12;

/** Lets questions through in rounds: all that are waiting at once, then none until their answers have asked what they will. The number of rounds is the length of the chain. */
export async function longestChain(request: DiagnosisRequest, servers: readonly string[]): Promise<number> {
  let waiting: (() => void)[] = [];
  let rounds = 0;
  let running = true;
  const gate = async () => {
    while (running) {
      const before = waiting.length;
      await wait(QUIET_MS);
      if (waiting.length === 0 || waiting.length !== before) continue;
      const round = waiting;
      waiting = [];
      rounds += 1;
      for (const release of round) release();
    }
  };
  const gating = gate();
  await diagnose(request, {
    dns: (hooks) => {
      const dns = diagnosisResolver({ ...hooks, servers, deadlineMs: 60_000 });
      const seen = new Map<string, Promise<unknown>>();
      const held = (resolver: typeof dns.query) => async <T extends RecordType>(name: string, type: T): Promise<Answer<T>> => {
        const key = `${type} ${name.toLowerCase()}`;
        const turn = seen.get(key) ?? new Promise<void>((resolve) => waiting.push(resolve));
        seen.set(key, turn);
        await turn;
        return resolver(name, type);
      };
      return { ...dns, query: held(dns.query), scope: (step) => ({ query: held(dns.scope(step).query) }) };
    },
    id: "bench", url: "http://localhost/r/bench", now: new Date(), expiresAt: null,
  });
  running = false;
  await gating;
  return rounds;
}
