/** How long others may go by an answer that they remember. */

import type { Delegation } from "./report.ts";

export interface Wait {
  readonly wait: number;
  /** Empty: not known. */
  readonly unit: "minutes" | "hours" | "";
}

/**
 * Seconds for which receivers may still see what was at `name` before: the TTL of the record there, or the time for which its
 * absence is remembered (RFC 2308 section 5). `before`: "either" where it is not known whether there was a record.
 */
export function rememberedFor(delegation: Delegation | null, name: string, before: "record" | "absence" | "either"): number | null {
  if (delegation === null) return null;
  const record = before === "absence" ? null : (delegation.ttls.find((ttl) => ttl.name === name)?.seconds ?? null);
  const absence = before === "record" ? null : delegation.negativeTtl;
  return record === null ? absence : Math.max(record, absence ?? 0);
}

const HOUR = 3600;

/** Rounded up, for telling people: minutes, and hours from two on. */
export function roundedWait(seconds: number | null): Wait {
  if (seconds === null || seconds <= 0) return { wait: 0, unit: "" };
  return seconds < 2 * HOUR ? { wait: Math.ceil(seconds / 60), unit: "minutes" } : { wait: Math.ceil(seconds / HOUR), unit: "hours" };
}
