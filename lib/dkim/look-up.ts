/** Asks DNS for one key, and says what a receiver can do with it. */

import { type DnsStatus, isUnanswered, type Resolver, txtValue } from "../dns/resolver.ts";
import { type KeyRecordErrorCode, type KeyRecordResult, parseKeyRecord } from "./key-record.ts";
import { keyName, type SelectorToTry } from "./selectors.ts";

/**
 * - `valid`. - `missing`: no key record stands there. - `revoked`: `p=` is empty. - `invalid`: the record can't be used, see `reason`.
 * - `weak`: RSA below 1024 bits, which receivers must not accept (RFC 8301 section 3.2). - `testing`: `t=y`. - `unknown`: could not be looked up, see `failure`.
 */
export type DkimKeyStatus = "valid" | "missing" | "revoked" | "invalid" | "weak" | "testing" | "unknown";

export interface DkimKeyFinding extends SelectorToTry {
  /** The name that was asked, `s1._domainkey.example.com`. */
  readonly name: string;
  readonly status: DkimKeyStatus;
  readonly keyType: string | null;
  readonly bits: number | null;
  /** RSA of 1024 to 2047 bits: accepted, but no longer advised (RFC 8301 section 3.2). */
  readonly short: boolean;
  /** The record that was judged; null where there is none. */
  readonly record: string | null;
  /** Every TXT record at the name, each its strings joined. */
  readonly records: readonly string[];
  /** Why it is `invalid`, or why what stands there is no key (`missing`). */
  readonly reason: KeyRecordErrorCode | "several-records" | null;
  /** How the look-up failed, when `unknown`. */
  readonly failure: DnsStatus | null;
  /** Where the name is an alias of a name without a TXT record: that name. Asked only for selectors that were not guessed. */
  readonly danglingCname: string | null;
}

/** RFC 8301 section 3.2: "Verifiers MUST NOT consider signatures using RSA keys of less than 1024 bits as valid"; signers should use 2048. */
export const RSA_BITS_MIN = 1024;
export const RSA_BITS_ADVISED = 2048;

/** Never rejects. */
export async function lookUpKey(selector: SelectorToTry, resolver: Resolver): Promise<DkimKeyFinding> {
  const name = keyName(selector);
  const nothing = {
    domain: selector.domain, selector: selector.selector, source: selector.source, name, keyType: null, bits: null, short: false, record: null, records: [], reason: null, failure: null, danglingCname: null,
  } as const;
  const answer = await resolver.query(name, "TXT");
  if (isUnanswered(answer.status)) return { ...nothing, status: "unknown", failure: answer.status };
  if (answer.status !== "ok") {
    const alias = selector.source === "guessed" ? null : await resolver.query(name, "CNAME");
    return { ...nothing, status: "missing", danglingCname: alias?.status === "ok" ? (alias.records[0] ?? null) : null };
  }
  const records = answer.records.map(txtValue);
  const keys = records.map((text) => ({ text, parsed: parseKeyRecord(text) })).filter(({ parsed }) => !isOtherRecord(parsed));
  const [only] = keys;
  // RFC 6376 section 6.1.2: an answer that is no key record is no key.
  if (only === undefined) return { ...nothing, status: "missing", record: records[0] ?? null, records, reason: "not-a-key-record" };
  // RFC 6376 section 3.6.2.2: "if there are multiple records in an RRset, the results are undefined".
  if (keys.length > 1) return { ...nothing, status: "invalid", record: only.text, records, reason: "several-records" };
  return { ...nothing, records, record: only.text, ...judged(only.parsed) };
}

function isOtherRecord(parsed: KeyRecordResult): boolean {
  return !parsed.ok && (parsed.error.code === "not-a-key-record" || parsed.error.code === "empty");
}

function judged(parsed: KeyRecordResult): Pick<DkimKeyFinding, "status" | "keyType" | "bits" | "short" | "reason"> {
  if (!parsed.ok) return { status: "invalid", keyType: null, bits: null, short: false, reason: parsed.error.code };
  const { keyType, bits, revoked, testing } = parsed.record;
  const isRsa = keyType === "rsa" && bits !== null;
  const weak = isRsa && bits < RSA_BITS_MIN;
  const status = revoked ? "revoked" : weak ? "weak" : testing ? "testing" : "valid";
  return { status, keyType, bits, short: isRsa && !weak && bits < RSA_BITS_ADVISED, reason: null };
}
