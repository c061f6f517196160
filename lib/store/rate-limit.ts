/**
 * How often one client may ask: counted in the database that instances share, else in this process's memory.
 *
 * While that database cannot count, each instance counts for itself: nobody is refused for a fault of ours, and nobody may ask without
 * end because of one.
 */

import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Faulty, SharedState, StoreFault } from "./report-store.ts";

export type Taken = ({ readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number }) & {
  /** Why this process counts for itself from now on, told once each time it begins to. */
  readonly fault?: StoreFault;
};

export interface Turn {
  readonly purpose: string;
  readonly client: string;
  /** 0: no limit. */
  readonly perMinute: number;
}

const WINDOW_MS = 60_000;
/** A count is not worth waiting for longer. */
const COUNT_WITHIN_MS = 1000;
/** After a fault the database is left alone for so long. */
const PAUSE_MS = 5000;

interface Limiters {
  readonly here: Map<string, RateLimiterMemory>;
  /** Until when whom: those who were refused once are not worth asking the database about again. */
  readonly refused: LRUCache<string, number>;
  pausedUntil: number;
}

declare global {
  var reboundRateLimiters: Limiters | undefined;
}

function ofThisProcess(): Limiters {
  return (globalThis.reboundRateLimiters ??= { here: new Map(), refused: new LRUCache({ max: 10_000 }), pausedUntil: 0 });
}

/** Counts one request; refused past `perMinute`. `shared`: null to count in memory. */
export async function takeTurn(shared: SharedState | null, turn: Turn): Promise<Taken> {
  if (turn.perMinute === 0) return { ok: true };
  if (shared === null || ofThisProcess().pausedUntil > Date.now()) return takeHere(turn);
  const taken = await takeShared(shared, turn);
  if (!("status" in taken)) return taken;
  ofThisProcess().pausedUntil = Date.now() + PAUSE_MS;
  return { ...(await takeHere(turn)), fault: taken.fault };
}

async function takeShared(shared: SharedState, { purpose, client, perMinute }: Turn): Promise<Taken | Faulty> {
  // No address is stored as it is, and each name is equally long.
  const name = createHash("sha256").update(`${purpose} ${perMinute} ${client}`).digest("base64url");
  const { refused } = ofThisProcess();
  const until = refused.get(name) ?? 0;
  if (until > Date.now()) return refusedUntil(until);
  const giveUp = new AbortController();
  const counted = await Promise.race([shared.count(name, WINDOW_MS), tooLate(giveUp.signal)]);
  giveUp.abort();
  if (counted.status === "fault") return counted;
  if (counted.count <= perMinute) return { ok: true };
  // Were another instance's clock far ahead, nobody should wait longer for it.
  const endsAt = Math.min(counted.endsAt, Date.now() + WINDOW_MS);
  refused.set(name, endsAt);
  return refusedUntil(endsAt);
}

async function tooLate(signal: AbortSignal): Promise<Faulty> {
  await wait(COUNT_WITHIN_MS, undefined, { signal }).catch(() => undefined);
  return { status: "fault", fault: { kind: "unavailable", detail: `no count of requests within ${COUNT_WITHIN_MS} ms` } };
}

function refusedUntil(endsAt: number): Taken {
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((endsAt - Date.now()) / 1000)) };
}

async function takeHere({ purpose, client, perMinute }: Turn): Promise<Taken> {
  try {
    await limiterOf(purpose, perMinute).consume(client);
    return { ok: true };
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) };
    throw refused;
  }
}

function limiterOf(purpose: string, perMinute: number): RateLimiterMemory {
  const { here } = ofThisProcess();
  const key = `${purpose} ${perMinute}`;
  const existing = here.get(key);
  if (existing !== undefined) return existing;
  const made = new RateLimiterMemory({ points: perMinute, duration: WINDOW_MS / 1000 });
  here.set(key, made);
  return made;
}
