/** What the test DNS server serves: records, and the ways in which it can be told to fail. */

import type { SoaData } from "dns-packet";
import type { DnsFailure } from "../lib/dns/resolver.ts";
import type { Zone, ZoneEntry } from "../lib/dns/zone.ts";

export const RECORD_TYPES = ["A", "AAAA", "TXT", "MX", "PTR", "CNAME", "NS", "SOA"] as const;
export type ServedType = (typeof RECORD_TYPES)[number];

/** Names: lower case, no final dot. */
export type ServedRecord = { readonly name: string; readonly ttl: number } & (
  | { readonly type: "A" | "AAAA" | "PTR" | "CNAME" | "NS"; readonly data: string }
  | { readonly type: "MX"; readonly data: { readonly preference: number; readonly exchange: string } }
  | { readonly type: "TXT"; readonly data: Buffer[] }
  | { readonly type: "SOA"; readonly data: SoaData }
);

/**
 * - `servfail`, `refused`, `nxdomain`, `nodata`: that answer, whatever the zone holds. - `timeout`: no answer at all.
 * - `delay`: the right answer, `ms` late. - `truncate`: TC over UDP, the right answer over TCP. - `cut-off`: TC over UDP, and TCP leads nowhere.
 * - `shuffle`: the right answer, its records in another order.
 * - `bogus`: as a resolver answers whose check of DNSSEC signatures fails: SERVFAIL, and the right answer where checking is disabled.
 * - `malformed`: a reply that cannot be read. - `wrong-id`: a reply to another question.
 */
export const FAULT_KINDS = ["servfail", "timeout", "refused", "delay", "truncate", "cut-off", "shuffle", "malformed", "wrong-id", "nxdomain", "nodata", "bogus"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  readonly name: string;
  /** Also every name under it. */
  readonly below?: boolean;
  readonly kind: FaultKind;
  /** Null or absent: every type. */
  readonly types?: readonly string[] | null;
  /** For `delay`. */
  readonly ms?: number;
}

/** The zones that unit tests write as map literals, as records and faults to serve. */
export function servedFromZone(zone: Zone): { readonly records: readonly ServedRecord[]; readonly faults: readonly Fault[] } {
  const entries = Object.entries(zone).map(([name, entry]) => ({ name: plainName(name), entry }));
  return { records: entries.flatMap(({ name, entry }) => recordsOf(name, entry)), faults: entries.flatMap(({ name, entry }) => faultsOf(name, entry)) };
}

function recordsOf(name: string, entry: ZoneEntry): ServedRecord[] {
  const owner = { name, ttl: 300 };
  return [
    ...(entry.A ?? []).map((data) => ({ ...owner, type: "A" as const, data })),
    ...(entry.AAAA ?? []).map((data) => ({ ...owner, type: "AAAA" as const, data })),
    ...(entry.TXT ?? []).map((value) => ({ ...owner, type: "TXT" as const, data: characterStrings(value) })),
    ...(entry.MX ?? []).map(([preference, exchange]) => ({ ...owner, type: "MX" as const, data: { preference, exchange: withoutRoot(exchange) } })),
    ...(entry.PTR ?? []).map((data) => ({ ...owner, type: "PTR" as const, data: withoutRoot(data) })),
    ...(entry.CNAME === undefined ? [] : [{ ...owner, type: "CNAME" as const, data: withoutRoot(entry.CNAME) }]),
  ];
}

/** One long value is cut where the wire wants it: at most 255 octets a string. */
function characterStrings(value: string | readonly string[]): Buffer[] {
  if (typeof value !== "string") {
    const octets = octetsOf(value.join(""));
    return value.map((text) => Buffer.from(text, octets));
  }
  const octets = Buffer.from(value, octetsOf(value));
  const count = Math.max(1, Math.ceil(octets.length / 255));
  return Array.from({ length: count }, (_, index) => octets.subarray(index * 255, (index + 1) * 255));
}

/** Characters that each fit in an octet are those octets, so that a test can write octets that are no UTF-8: "\x96". */
function octetsOf(text: string): "latin1" | "utf8" {
  return /[^\0-\xff]/.test(text) ? "utf8" : "latin1";
}

const FAULT_OF: Record<DnsFailure, FaultKind> = {
  "no-name": "nxdomain",
  "no-data": "nodata",
  "server-failure": "servfail",
  timeout: "timeout",
  refused: "refused",
  malformed: "malformed",
  "not-asked": "timeout",
};

function faultsOf(name: string, { fail }: ZoneEntry): Fault[] {
  if (fail === undefined) return [];
  if (typeof fail === "string") return [{ name, kind: FAULT_OF[fail] }];
  return Object.entries(fail).map(([type, failure]) => ({ name, kind: FAULT_OF[failure], types: [type] }));
}

export function plainName(name: string): string {
  return withoutRoot(name).toLowerCase();
}

function withoutRoot(name: string): string {
  return name.replace(/\.$/, "");
}
