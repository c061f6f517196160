/**
 * Today's DNS with a proposed record laid over it, so that a fix can be proven before anybody publishes it.
 *
 * At an overlaid name the TXT answer is exactly the values given: today's TXT records there, SPF or not, are hidden.
 * Only SPF evaluation runs over an overlay, and it discards every TXT record that is no SPF record
 * (RFC 7208 section 4.5), so keeping the others could change nothing. All other questions pass through.
 */

import { canonicalName } from "./name.ts";
import type { Answer, RecordData, RecordType, Resolver } from "./resolver.ts";

export interface OverlaidTxt {
  readonly name: string;
  /** Each value is one TXT record, its character-strings joined. No value: the name has no TXT record (`no-data`). */
  readonly txt: readonly string[];
}

export function overlay(resolver: Resolver, laid: OverlaidTxt | readonly OverlaidTxt[]): Resolver {
  const list: readonly OverlaidTxt[] = "name" in laid ? [laid] : laid;
  const txtByName = new Map(list.map(({ name, txt }) => [canonicalName(name), txt]));
  return {
    query<T extends RecordType>(name: string, type: T) {
      const values = type === "TXT" ? txtByName.get(canonicalName(name)) : undefined;
      return values === undefined ? resolver.query(name, type) : Promise.resolve(published(name, type, values));
    },
  };
}

function published<T extends RecordType>(name: string, type: T, values: readonly string[]): Answer<T> {
  const byType: { readonly [K in RecordType]?: readonly RecordData[K][] } = { TXT: values.map((value) => [value]) };
  const records = byType[type] ?? [];
  return records.length === 0 ? { status: "no-data", name: canonicalName(name), type, records: [], ms: 0 } : { status: "ok", name: canonicalName(name), type, records, ms: 0 };
}
