/** Asks DNS for one key, and says what a receiver can do with it. */

import { type Domain, organizationalDomain } from "../address/index.ts";
import { type DnsStatus, isUnanswered, type Resolver, txtValue } from "../dns/resolver.ts";
import { type KeyRecordErrorCode, type KeyRecordResult, parseKeyRecord } from "./key-record.ts";
import { joinKeyRecord, mendKeyRecord } from "./mend.ts";
import { keyName, type SelectorToTry } from "./selectors.ts";

/**
 * - `valid`. - `missing`: no key record stands there. - `revoked`: `p=` is empty. - `invalid`: the record can't be used, see `reason`.
 * - `weak`: RSA below 1024 bits, which receivers must not accept (RFC 8301 section 3.2). - `testing`: `t=y`. - `unknown`: could not be looked up, see `failure`.
 */
export type DkimKeyStatus = "valid" | "missing" | "revoked" | "invalid" | "weak" | "testing" | "unknown";

/** Faults of how records stand at the name. - `split-over-records`: the pieces of one key, each a record. - `strings-in-wrong-order`: of one record. */
export const KEY_PLACEMENT_FAULTS = ["several-records", "split-over-records", "strings-in-wrong-order"] as const;
export type KeyPlacementFault = (typeof KEY_PLACEMENT_FAULTS)[number];

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
  readonly reason: KeyRecordErrorCode | KeyPlacementFault | null;
  /** How the look-up failed, when `unknown`. */
  readonly failure: DnsStatus | null;
  /** Where the name is an alias of a name without a TXT record: that name. Asked only for selectors that were not guessed. */
  readonly danglingCname: string | null;
  /** The name that the key's name is an alias of, where the key is not in order: only there can it be mended. Not asked for guesses. */
  readonly alias: string | null;
  /** What answers here answers for any selector: nobody put it at this name. Asked where what stands here is no good key. */
  readonly wildcard: boolean;
  /** The key, at a name where no receiver looks for it. Not asked for guesses. */
  readonly misplaced: Misplaced | null;
  /** A record that is the damaged one put right, proven to hold a whole key; null where there is nothing to mend or no certain way. */
  readonly mended: string | null;
}

/** - `doubled`: the zone's name was appended once more, as many control panels do. - `no-domainkey`: "_domainkey" is left out. - `no-selector`: the selector is left out. */
export interface Misplaced {
  readonly place: "doubled" | "no-domainkey" | "no-selector";
  readonly name: string;
  /** The record there, usable as it is. */
  readonly record: string;
}

/** RFC 8301 section 3.2: "Verifiers MUST NOT consider signatures using RSA keys of less than 1024 bits as valid"; signers should use 2048. */
export const RSA_BITS_MIN = 1024;
export const RSA_BITS_ADVISED = 2048;

/** Around each key that is not in order up to four more questions are asked; of a log's twenty signatures, around these few. */
const LOOKED_AROUND = 4;

/** Each key, in order. Of guesses that a wildcard answers, all alike, the first stands for all. Never rejects. */
export async function lookUpKeys(selectors: readonly SelectorToTry[], resolver: Resolver): Promise<readonly DkimKeyFinding[]> {
  const keys = await Promise.all(selectors.map((selector, index) => lookUpKey(selector, resolver, { around: index < LOOKED_AROUND })));
  const standsForAll = keys.find((key) => key.source === "guessed" && key.wildcard);
  return keys.filter((key) => key === standsForAll || key.source !== "guessed" || !key.wildcard);
}

/** `around`: whether to ask for what may explain a fault, too. Never rejects. */
export async function lookUpKey(selector: SelectorToTry, resolver: Resolver, { around = true } = {}): Promise<DkimKeyFinding> {
  const name = keyName(selector);
  const nothing = {
    domain: selector.domain, selector: selector.selector, source: selector.source, name, keyType: null, bits: null, short: false, record: null, records: [], reason: null, failure: null, danglingCname: null,
    alias: null, wildcard: false, misplaced: null, mended: null,
  } as const;
  const answer = await resolver.query(name, "TXT");
  if (isUnanswered(answer.status)) return { ...nothing, status: "unknown", failure: answer.status };
  const guessed = selector.source === "guessed";
  const judgedHere = answer.status === "ok" ? judgedRecords(answer.records) : ({ status: "missing" } as const);
  const here = { ...nothing, ...judgedHere };
  if (!guessed && (here.status === "valid" || here.status === "testing")) return here;
  const [alias, wildcard, misplaced] = await Promise.all([
    around && !guessed ? aliasOf(name, resolver) : null,
    (around || guessed) && answer.status === "ok" ? answersForAny(selector.domain, here.records, resolver) : false,
    around && !guessed && here.status === "missing" ? misplacedKey(selector, resolver) : null,
  ]);
  return { ...here, alias, danglingCname: answer.status === "ok" ? null : alias, wildcard, misplaced };
}

type Judged = Pick<DkimKeyFinding, "status"> & Partial<Pick<DkimKeyFinding, "keyType" | "bits" | "short" | "record" | "records" | "reason" | "mended">>;

function judgedRecords(answers: readonly (readonly string[])[]): Judged {
  const records = answers.map(txtValue);
  const keys = records.map((text, index) => ({ text, strings: answers[index] ?? [], parsed: parseKeyRecord(text) })).filter(({ parsed }) => !isOtherRecord(parsed));
  const [only] = keys;
  // RFC 6376 section 6.1.2: an answer that is no key record is no key.
  if (only === undefined) return { status: "missing", record: records[0] ?? null, records, reason: "not-a-key-record" };
  // RFC 6376 section 3.6.2.2: "if there are multiple records in an RRset, the results are undefined".
  if (keys.length > 1) return { status: "invalid", record: only.text, records, reason: "several-records" };
  const judgedOne = judged(only.parsed);
  if (judgedOne.status !== "invalid") return { ...judgedOne, record: only.text, records };
  // Some panels put each string of a long value into a record of its own.
  const inPieces = records.length > 1 ? joinKeyRecord(records) : null;
  if (inPieces !== null) return { ...judgedOne, reason: "split-over-records", record: only.text, records, mended: inPieces };
  const turned = joinKeyRecord(only.strings);
  return { ...judgedOne, record: only.text, records, reason: turned === null ? judgedOne.reason : "strings-in-wrong-order", mended: turned ?? mendKeyRecord(only.text) };
}

async function aliasOf(name: string, resolver: Resolver): Promise<string | null> {
  const answer = await resolver.query(name, "CNAME");
  return answer.status === "ok" ? (answer.records[0] ?? null) : null;
}

/** Nobody makes this selector; it stays the same so that two checks can be compared. */
export const unmadeSelector = (domain: Domain): string => `no-such-selector-4f1c._domainkey.${domain}`;

async function answersForAny(domain: Domain, records: readonly string[], resolver: Resolver): Promise<boolean> {
  const answer = await resolver.query(unmadeSelector(domain), "TXT");
  return answer.status === "ok" && answer.records.map(txtValue).sort().join("\n") === [...records].sort().join("\n");
}

async function misplacedKey({ domain, selector }: SelectorToTry, resolver: Resolver): Promise<Misplaced | null> {
  const places = [
    { place: "doubled", name: `${keyName({ domain, selector })}.${organizationalDomain(domain)}` },
    { place: "no-domainkey", name: `${selector}.${domain}` },
    { place: "no-selector", name: `_domainkey.${domain}` },
  ] as const;
  const found = await Promise.all(
    places.map(async (at) => {
      const answer = await resolver.query(at.name, "TXT");
      const records = answer.records.map(txtValue).filter((text) => /^v\s*=\s*DKIM1\b/.test(text));
      const [record] = records;
      const parsed = record === undefined || records.length > 1 ? null : parseKeyRecord(record);
      return record !== undefined && parsed?.ok === true && !parsed.record.revoked ? { ...at, record } : null;
    }),
  );
  return found.find((one) => one !== null) ?? null;
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
