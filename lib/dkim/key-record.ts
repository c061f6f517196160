/** A DKIM key record: the TXT record at `{selector}._domainkey.{domain}` that holds the public key. RFC 6376 section 3.6.1, RFC 8301, RFC 8463. */

import type { KeyObject } from "node:crypto";
import { keyOf, type PublicKeyFault, readPublicKey } from "./public-key.ts";
import { colonList, parseTagList, type Tag } from "./tag-list.ts";

export interface KeyRecord {
  readonly text: string;
  readonly keyType: "rsa" | "ed25519";
  /** `p=` is empty: the key was withdrawn (RFC 6376 section 3.6.1). */
  readonly revoked: boolean;
  /** RSA modulus length, or 256 for Ed25519; null when revoked. */
  readonly bits: number | null;
  /** `t=y`: receivers treat failed signatures as if there were none. */
  readonly testing: boolean;
  /** `t=s`: the domain in `i=` must be `d=` itself, not one below it. */
  readonly strictDomain: boolean;
  /** `h=`; null: any. */
  readonly hashes: readonly string[] | null;
  /** `s=`; `["*"]` when absent. */
  readonly services: readonly string[];
  /** `n=`, for people. */
  readonly notes: string | null;
  /** `g=`, from RFC 4871; RFC 6376 ignores it, old receivers match local parts by it. */
  readonly granularity: string | null;
}

/**
 * Why a record holds no key that can be used for mail.
 * - `empty`: no text. - `not-a-key-record`: some other TXT record, such as a wildcard's SPF. - `syntax`: no tag-list. - `duplicate-tag`.
 * - `quotes`: quotation marks inside the record. - `backslash`: `\;` kept from a zone file. - `pem-armour`: `-----BEGIN PUBLIC KEY-----` left in. - `non-ascii`.
 * - `wrong-version`: `v=` is not DKIM1. - `version-not-first`. - `missing-key`: no `p=`. - `unknown-key-type`: `k=` is neither rsa nor ed25519.
 * - `not-for-email`: `s=` names other services. - `no-usable-hash`: `h=` leaves out sha256 (RFC 8301 section 3.1).
 * - the rest: what is wrong with the octets of `p=`.
 */
export const KEY_RECORD_ERRORS = [
  "empty", "not-a-key-record", "syntax", "duplicate-tag", "quotes", "backslash", "pem-armour", "non-ascii", "wrong-version", "version-not-first", "missing-key", "unknown-key-type",
  "not-for-email", "no-usable-hash", "bad-base64", "truncated-key", "trailing-data", "private-key", "certificate", "wrong-key-type", "wrong-key-length", "not-a-public-key",
] as const satisfies readonly (PublicKeyFault | string)[];
export type KeyRecordErrorCode = (typeof KEY_RECORD_ERRORS)[number];

export interface KeyRecordError {
  readonly code: KeyRecordErrorCode;
  /** Offset and length of the offending part, in UTF-16 code units of the text. */
  readonly at: number;
  readonly length: number;
}

export type KeyRecordResult = { readonly ok: true; readonly record: KeyRecord } | { readonly ok: false; readonly error: KeyRecordError };

/** `text`: the character-strings of one TXT record, joined without a space (RFC 6376 section 3.6.2.2). */
export function parseKeyRecord(text: string): KeyRecordResult {
  const list = parseTagList(text);
  const find = (name: string): Tag | undefined => list.tags.find((tag) => tag.name === name);
  const early = earlyFault(text, list.tags);
  if (early !== null) return invalid(early.code, early.at, early.length);
  if (!list.ok) return { ok: false, error: list.error };

  const version = find("v");
  if (version !== undefined) {
    // RFC 6376 section 3.6.1: "If specified, this tag MUST be set to "DKIM1" … This tag MUST be the first tag in the record."
    if (version.value !== "DKIM1") return invalidTag("wrong-version", version);
    if (list.tags[0] !== version) return invalidTag("version-not-first", version);
  }
  const key = find("p");
  if (key === undefined) return invalid("missing-key", 0, text.length);

  const kind = find("k");
  const keyType = kind?.value ?? "rsa";
  if (keyType !== "rsa" && keyType !== "ed25519") return kind === undefined ? invalid("unknown-key-type", 0, text.length) : invalidTag("unknown-key-type", kind);

  const service = find("s");
  const services = service === undefined ? ["*"] : colonList(service.value);
  if (service !== undefined && !services.includes("*") && !services.includes("email")) return invalidTag("not-for-email", service);
  const hash = find("h");
  const hashes = hash === undefined ? null : colonList(hash.value);
  // RFC 8301 section 3.1: rsa-sha1 must not be used, so a key without sha256 verifies nothing.
  if (hash !== undefined && hashes !== null && !hashes.includes("sha256")) return invalidTag("no-usable-hash", hash);

  const flags = colonList(find("t")?.value ?? "");
  const record = {
    text, keyType, hashes, services, testing: flags.includes("y"), strictDomain: flags.includes("s"), notes: find("n")?.value ?? null, granularity: find("g")?.value ?? null,
  } as const;
  if (key.value === "") return { ok: true, record: { ...record, revoked: true, bits: null } };
  const publicKey = readPublicKey(key.value, keyType);
  return publicKey.ok ? { ok: true, record: { ...record, revoked: false, bits: publicKey.bits } } : invalidTag(publicKey.fault, key);
}

/** The key of a record that `parseKeyRecord` finds good; null of any other, or of a revoked one. */
export function publicKeyOf(text: string): KeyObject | null {
  const parsed = parseKeyRecord(text);
  const value = parseTagList(text).tags.find((tag) => tag.name === "p")?.value ?? "";
  return parsed.ok && !parsed.record.revoked ? keyOf(value, parsed.record.keyType) : null;
}

/** Faults that people make by pasting, told as themselves and not as the syntax error that follows from them. */
function earlyFault(text: string, tags: readonly Tag[]): KeyRecordError | null {
  if (/^[ \t\r\n]*$/.test(text)) return { code: "empty", at: 0, length: text.length };
  if (!isMeantAsKey(text, tags)) return { code: "not-a-key-record", at: 0, length: text.length };
  const notes = tags.find((tag) => tag.name === "n");
  for (const [code, pattern] of PASTED) {
    for (const match of text.matchAll(pattern)) {
      const inNotes = notes !== undefined && match.index >= notes.valueAt && match.index < notes.valueAt + notes.value.length;
      if (!inNotes) return { code, at: match.index, length: match[0].length };
    }
  }
  return null;
}

const PASTED: readonly (readonly [KeyRecordErrorCode, RegExp])[] = [
  ["quotes", /["\u201c-\u201f\u2033\u2036\uff02'\u2018-\u201b]/g],
  ["backslash", /\\/g],
  ["pem-armour", /-----BEGIN/g],
];

/** A TXT record of another purpose, as a wildcard answers with, is no key: RFC 6376 section 6.1.2. */
function isMeantAsKey(text: string, tags: readonly Tag[]): boolean {
  if (/^[ \t"'\u201c\u201d]*v[ \t]*=[ \t]*DKIM/i.test(text) || /-----BEGIN/.test(text)) return true;
  const key = tags.find((tag) => tag.name === "p");
  if (key === undefined) return tags.some((tag) => tag.name === "k" && /^(?:rsa|ed25519)$/i.test(tag.value));
  return !/^(?:none|quarantine|reject)$/i.test(key.value);
}

function invalid(code: KeyRecordErrorCode, at: number, length: number): KeyRecordResult {
  return { ok: false, error: { code, at, length } };
}

function invalidTag(code: KeyRecordErrorCode, tag: Tag): KeyRecordResult {
  return invalid(code, tag.valueAt, tag.value.length);
}
