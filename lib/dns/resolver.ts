/**
 * DNS as the rest of `lib` sees it: one question in, one `Answer` out, never an exception.
 *
 * An `Answer` is a value that can be stored and replayed. The ways in which a look-up can come back empty
 * are kept apart, because they mean different things to a mail admin and to the RFCs: a name that does not
 * exist is a fact about the zone, a time-out is a fact about the network.
 */

export type RecordType = "A" | "AAAA" | "TXT" | "MX" | "PTR" | "CNAME" | "NS" | "SOA";

export interface RecordData {
  /** Dotted quad. */
  A: string;
  /** IPv6 text as the resolver gave it. */
  AAAA: string;
  /** The character-strings of one TXT record, in order, decoded from UTF-8 (octets that are not UTF-8: as Latin-1). */
  TXT: readonly string[];
  MX: { readonly preference: number; readonly exchange: string };
  /** Target name, lower case, without the final dot. */
  PTR: string;
  CNAME: string;
  NS: string;
  SOA: { readonly nsname: string; readonly hostmaster: string; readonly serial: number; readonly refresh: number; readonly retry: number; readonly expire: number; readonly minttl: number };
}

/**
 * - `no-name`: NXDOMAIN (RFC 1035 RCODE 3). - `no-data`: the name is there, this type is not (RFC 2308).
 * - `server-failure`: SERVFAIL (also a broken DNSSEC chain). - `timeout`: nobody answered. - `refused`: REFUSED.
 * - `malformed`: the name cannot be asked (empty or over-long label), or the answer cannot be read.
 * - `not-asked`: the budget of questions or of time was spent before this question.
 */
export type DnsFailure = "no-name" | "no-data" | "server-failure" | "timeout" | "refused" | "malformed" | "not-asked";

export type DnsStatus = "ok" | DnsFailure;

export type Answer<T extends RecordType = RecordType> =
  | { readonly status: "ok"; readonly name: string; readonly type: T; readonly records: readonly RecordData[T][]; readonly ms: number }
  | { readonly status: DnsFailure; readonly name: string; readonly type: T; readonly records: readonly []; readonly ms: number };

export interface Resolver {
  /** Asks for `name` (no final dot needed, any case). Never rejects: every outcome is an `Answer`. */
  query<T extends RecordType>(name: string, type: T): Promise<Answer<T>>;
}

/** The zone says that there is nothing (RFC 7208 calls these "void" look-ups). Anything else but "ok" is a failure to look. */
export function isAbsent(status: DnsStatus): status is "no-name" | "no-data" {
  return status === "no-name" || status === "no-data";
}

/** The look-up itself failed: what the zone holds is unknown, and must never be reported as missing. */
export function isUnanswered(status: DnsStatus): status is Exclude<DnsFailure, "no-name" | "no-data"> {
  return status !== "ok" && !isAbsent(status);
}

/** A TXT record's value: its character-strings joined without a space (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2). */
export function txtValue(strings: readonly string[]): string {
  return strings.join("");
}
