/** How often one client may ask. Counted in this process's memory. */

import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

export type Taken = { readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number };

const WINDOW_SECONDS = 60;

declare global {
  var reboundRateLimiters: Map<string, RateLimiterMemory> | undefined;
}

/** Counts one request of `client` for `purpose`; refused past `perMinute`. 0: no limit. */
export async function takeTurn(purpose: string, client: string, perMinute: number): Promise<Taken> {
  if (perMinute === 0) return { ok: true };
  try {
    await limiterOf(purpose, perMinute).consume(client);
    return { ok: true };
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) };
    throw refused;
  }
}

function limiterOf(purpose: string, perMinute: number): RateLimiterMemory {
  const limiters = (globalThis.reboundRateLimiters ??= new Map());
  const key = `${purpose} ${perMinute}`;
  const existing = limiters.get(key);
  if (existing !== undefined) return existing;
  const made = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
  limiters.set(key, made);
  return made;
}
