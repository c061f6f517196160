/** A resolver over a plain map literal, so that a test reads as a zone and a question. */

import type { Answer, DnsFailure, RecordData, RecordType, Resolver } from "./resolver.ts";

type ZoneValue =
  | { A: string[] }
  | { AAAA: string[] }
  | { TXT: (string | string[])[] }
  | { MX: [preference: number, exchange: string][] }
  | { PTR: string[] }
  | { CNAME: string };

/** Per name: its records, e.g. `{ TXT: ["v=spf1 -all"], A: ["192.0.2.1"] }`, and failures by type, e.g. `{ fail: { TXT: "timeout" } }` (or `fail: "server-failure"` for every type). */
export type ZoneEntry = Partial<UnionToIntersection<ZoneValue>> & { fail?: DnsFailure | Partial<Record<RecordType, DnsFailure>> };
type UnionToIntersection<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : never;

export type Zone = Record<string, ZoneEntry>;

const canonical = (name: string) => name.toLowerCase().replace(/\.$/, "");

/**
 * Names below a listed name make that name exist (empty non-terminals answer `no-data`); a CNAME is followed;
 * `*.example.test` is a wildcard. `asked` collects every question, "TXT example.test", in order.
 */
export function zone(entries: Zone, asked: string[] = []): Resolver {
  const byName = new Map(Object.entries(entries).map(([name, entry]) => [canonical(name), entry]));
  const exists = (name: string) => [...byName.keys()].some((known) => known === name || known.endsWith(`.${name}`));
  const find = (name: string): ZoneEntry | undefined => {
    const exact = byName.get(name);
    if (exact !== undefined || exists(name)) return exact;
    for (let parent = name; parent.includes("."); ) {
      parent = parent.slice(parent.indexOf(".") + 1);
      const wildcard = byName.get(`*.${parent}`);
      if (wildcard !== undefined) return wildcard;
      if (exists(parent)) return undefined;
    }
    return undefined;
  };

  function lookUp<T extends RecordType>(asName: string, name: string, type: T, hops: number): Answer<T> {
    const failed = (status: DnsFailure): Answer<T> => ({ status, name: asName, type, records: [], ms: 0 });
    const entry = find(name);
    if (entry === undefined) return failed(exists(name) ? "no-data" : "no-name");
    const failure = typeof entry.fail === "string" ? entry.fail : entry.fail?.[type];
    if (failure !== undefined) return failed(failure);
    if (entry.CNAME !== undefined && type !== "CNAME") return hops > 8 ? failed("server-failure") : lookUp(asName, canonical(entry.CNAME), type, hops + 1);
    const records = recordsOf(entry, type);
    return records.length === 0 ? failed("no-data") : { status: "ok", name: asName, type, records, ms: 0 };
  }

  return {
    query<T extends RecordType>(name: string, type: T) {
      asked.push(`${type} ${name}`);
      const labels = canonical(name).split(".");
      if (labels.some((label) => label.length === 0 || label.length > 63) || name.length > 254) {
        return Promise.resolve<Answer<T>>({ status: "malformed", name, type, records: [], ms: 0 });
      }
      return Promise.resolve(lookUp(name, canonical(name), type, 0));
    },
  };
}

function recordsOf<T extends RecordType>(entry: ZoneEntry, type: T): RecordData[T][] {
  const all: { [K in RecordType]?: RecordData[K][] } = {
    A: entry.A ?? [],
    AAAA: entry.AAAA ?? [],
    TXT: (entry.TXT ?? []).map((value) => (typeof value === "string" ? [value] : value)),
    MX: (entry.MX ?? []).map(([preference, exchange]) => ({ preference, exchange: exchange === "." ? "" : canonical(exchange) })),
    PTR: (entry.PTR ?? []).map(canonical),
    CNAME: entry.CNAME === undefined ? [] : [canonical(entry.CNAME)],
  };
  return all[type] ?? [];
}
