/**
 * Every DKIM signature of a whole message, verified as its receiver would, and what failed told as exactly as it can be proven.
 *
 * `mailauth` reads, canonicalises and hashes (strictly: RFC 6376, RFC 8301, RFC 8463); the keys come by our own resolver and are judged by
 * our own reading of them. What a failure was is then searched for: the signature over the header is tried by itself, the body without the
 * lines that somebody added, the fields as they were. A change is named only where the signed hash proves it.
 */

import { type DKIMResult } from "mailauth";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { parseDomain } from "../address/index.ts";
import type { Resolver } from "../dns/index.ts";
import { type ArcChain, arcChain, NO_CHAIN } from "./arc.ts";
import { addedLines, type BodyChange } from "./body-change.ts";
import { changedFields, type HeaderChange, holds, isOtherKey, type SignedHeader } from "./header-change.ts";
import { publicKeyOf } from "./key-record.ts";
import { type DkimKeyFinding, lookUpKey } from "./look-up.ts";
import { arrivedMessage, type Field, isIncomplete, type Message, readingsOf, receivedAt, valueOf, without } from "./message.ts";
import { resolveWith } from "./resolve.ts";
import { parseSelector } from "./selectors.ts";
import { colonList, parseTagList } from "./tag-list.ts";

/**
 * - `pass`. - `body-changed`: the body hash differs. - `body-not-seen`: it differs, and the body or some of it is not in the text, or not in its own octets. - `signature-not-seen`: `b=` is not whole, as where somebody shortened it.
 * - `header-changed`: made with the published key over other header fields. - `other-key`: not made with the published key. - `not-matching`: one of these two (Ed25519 does not tell).
 * - `key-missing`, `key-revoked`, `key-invalid`, `key-weak`: as `DkimKeyStatus`. - `weak-algorithm`: rsa-sha1 (RFC 8301 section 3.1).
 * - `expired`: `x=` is past. - `not-yet-valid`: `t=` is ahead. - `malformed`: no signature by the grammar. - `unsupported`: another algorithm, version or query method. - `unanswered`: the key could not be looked up.
 */
export const SIGNATURE_RESULTS = [
  "pass", "body-changed", "body-not-seen", "signature-not-seen", "header-changed", "other-key", "not-matching", "key-missing", "key-revoked", "key-invalid", "key-weak", "weak-algorithm", "expired", "not-yet-valid", "malformed", "unsupported", "unanswered",
] as const;
export type SignatureResult = (typeof SIGNATURE_RESULTS)[number];

export interface SignatureVerification {
  /** `d=` and `s=`, lower case; empty where the signature has none. */
  readonly domain: string;
  readonly selector: string;
  /** The domain of `i=`; `d=` where there is none. */
  readonly identityDomain: string;
  readonly algorithm: string;
  readonly result: SignatureResult;
  /** Whether the signature over the header holds, whatever became of the body; null where that could not be tried. */
  readonly headerHolds: boolean | null;
  readonly bodyChange: BodyChange | null;
  readonly headerChange: HeaderChange | null;
  /** The names in `h=`, lower case. */
  readonly signedFields: readonly string[];
  /** Octets of the body that `l=` leaves unsigned, canonical. */
  readonly unsignedOctets: number;
  /** The key is marked `t=y`. */
  readonly testing: boolean;
  /** What the verifier said of a malformed or unsupported signature, in its own words; empty else. */
  readonly detail: string;
}

export interface MessageVerification {
  /** In the order of the header: the newest first. */
  readonly signatures: readonly SignatureVerification[];
  readonly arc: ArcChain;
  /** The body is missing or breaks off, or its octets cannot be told from its text. */
  readonly incomplete: boolean;
  /** By which `t=` and `x=` were judged. */
  readonly at: Date;
  /** Signatures beyond the first ten, not looked at. */
  readonly left: number;
}

/** RFC 6376 section 6.1: a verifier may stop somewhere; honest messages have one to four. */
export const SIGNATURES_MAX = 10;
/** Octets of a body in which a change is looked for: people's footers stand under letters, not under films. */
const SEARCHED_MAX = 2 * 1024 * 1024;
/** Clocks go wrong by as much (RFC 6376 section 3.5 leaves it open). */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/** `raw`: the octets of a message, or their text as pasted; 256 KiB of it are read. Never rejects. */
export async function verifyMessage(raw: string | Uint8Array, resolver: Resolver, now: Date): Promise<MessageVerification> {
  const [likeliest, ...others] = readingsOf(raw);
  const first = await verifyReading(likeliest, resolver, now);
  if (first.signatures.every(({ result }) => result !== "body-changed" && result !== "body-not-seen")) return first;
  for (const other of others) {
    const read = await verifyReading(other, resolver, now);
    if (read.signatures.some(({ result }) => result === "pass")) return read;
  }
  return first;
}

/** The same of a message that has just come over SMTP: every octet of it is what the last server sent, and its own clock is not asked. Never rejects. */
export async function verifyArrived(octets: Uint8Array, resolver: Resolver, now: Date): Promise<MessageVerification> {
  return verifyReading(arrivedMessage(octets), resolver, now, true);
}

async function verifyReading(whole: Message, resolver: Resolver, now: Date, arrived = false): Promise<MessageVerification> {
  const all = whole.fields.filter(({ name }) => name === "dkim-signature");
  const message = all.length > SIGNATURES_MAX ? without(whole, new Set(all.slice(SIGNATURES_MAX))) : whole;
  const fields = all.slice(0, SIGNATURES_MAX);
  const at = arrived ? now : receivedAt(message, now);
  const incomplete = !arrived && (isIncomplete(message) || message.recoded);
  const about = { incomplete, at, left: all.length - fields.length };
  const tags = fields.map(tagsOf);
  const keys = await Promise.all(tags.map((of) => keyFor(of, resolver)));
  try {
    const verified = await dkimVerify(Buffer.from(message.octets, "latin1"), { resolver: resolveWith(resolver), curTime: at, strict: true });
    const signatures = fields.map((_, index) => judged({ tags: tags[index] ?? new Map(), key: keys[index] ?? null, outcome: verified.results[index] ?? null, message, incomplete, at }));
    return { ...about, signatures, arc: await arcChain(verified.arc, message, resolver) };
  } catch {
    // The verifier could not read it at all.
    return { ...about, arc: NO_CHAIN, signatures: tags.map((of) => ({ ...plain(of), result: "malformed", detail: "" })) };
  }
}

type Tags = ReadonlyMap<string, string>;

function tagsOf(field: Field): Tags {
  return new Map(parseTagList(valueOf(field)).tags.map(({ name, value }) => [name, value]));
}

function plain(tags: Tags): Omit<SignatureVerification, "result"> {
  const domain = compact(tags.get("d")).toLowerCase();
  const identity = compact(tags.get("i"));
  return {
    domain, selector: compact(tags.get("s")).toLowerCase(), identityDomain: identity.includes("@") ? identity.slice(identity.lastIndexOf("@") + 1).toLowerCase() : domain,
    algorithm: compact(tags.get("a")).toLowerCase(), headerHolds: null, bodyChange: null, headerChange: null, signedFields: colonList(tags.get("h") ?? "").map((name) => name.toLowerCase()), unsignedOctets: 0, testing: false, detail: "",
  };
}

const compact = (value: string | undefined): string => (value ?? "").replace(/[ \t\r\n]/g, "");

async function keyFor(tags: Tags, resolver: Resolver): Promise<DkimKeyFinding | null> {
  const domain = parseDomain(compact(tags.get("d")));
  const selector = parseSelector(compact(tags.get("s")));
  return domain.ok && selector.ok ? lookUpKey({ domain: domain.domain, selector: selector.selector, source: "paste" }, resolver, { around: false }) : null;
}

interface Trial {
  readonly tags: Tags;
  readonly key: DkimKeyFinding | null;
  readonly outcome: DKIMResult | null;
  readonly message: Message;
  readonly incomplete: boolean;
  readonly at: Date;
}

/** The first that failed, in the order of RFC 6376 section 6.1, is what is told. */
function judged(trial: Trial): SignatureVerification {
  const { tags, key, outcome, message, incomplete, at } = trial;
  const base = { ...plain(tags), testing: key?.status === "testing", unsignedOctets: outcome?.status.underSized ?? 0 };
  const comment = outcome?.status.comment ?? "";
  const unread = unreadable(comment);
  if (outcome === null || key === null) return { ...base, result: "malformed", detail: comment };
  if (unread !== null) return { ...base, result: unread, detail: comment };
  if (base.algorithm === "rsa-sha1") return { ...base, result: "weak-algorithm" };
  const keyFault = KEY_FAULTS[key.status];
  if (keyFault !== null) return { ...base, result: keyFault };
  if (key.keyType !== base.algorithm.split("-")[0]) return { ...base, result: "other-key" };
  const isCut = isShortened(compact(tags.get("b")), key);
  const header = isCut ? null : signedHeader(tags, key, outcome);
  const headerHolds = header === null ? null : holds(header, header.canonical);
  const tried = { ...base, headerHolds };
  // Whatever became of the text: what another key made can never verify with this one.
  if (headerHolds === false && header !== null && isOtherKey(header) === true) return { ...tried, result: "other-key" };
  if (comment === "body hash did not verify") {
    if (incomplete) return { ...tried, result: "body-not-seen" };
    return { ...tried, result: "body-changed", bodyChange: tags.has("l") || message.body === null || message.body.length > SEARCHED_MAX ? null : addedLines({ body: message.body, canonicalization: bodyCanonicalization(tags), hash: compact(tags.get("bh")) }) };
  }
  // What the key says of the signature: t=s with another i= (RFC 6376 section 3.6.1), h= without its hash.
  if (comment === "domain mismatch") return { ...tried, result: "malformed", detail: comment };
  if (isCut) return { ...tried, result: "signature-not-seen" };
  if (headerHolds === false && header !== null) return { ...tried, ...notHolding(header, message) };
  if (comment === "expired") return { ...tried, result: "expired" };
  const made = Number(tags.get("t"));
  if (outcome.status.result === "pass" && made * 1000 > at.getTime() + CLOCK_SKEW_MS) return { ...tried, result: "not-yet-valid" };
  if (outcome.status.result === "pass") return { ...tried, result: "pass" };
  if (outcome.status.result === "temperror") return { ...tried, result: "unanswered" };
  // Body and header hold, and the verifier took another of the records at the name for the key.
  return headerHolds === true ? { ...tried, result: "pass" } : { ...tried, result: "malformed", detail: comment };
}

const KEY_FAULTS = { valid: null, testing: null, missing: "key-missing", revoked: "key-revoked", invalid: "key-invalid", weak: "key-weak", unknown: "unanswered" } as const satisfies Record<DkimKeyFinding["status"], SignatureResult | null>;

/** Octets of an RSA signature: of the keys that there are, from 512 to 4096 bits. */
const RSA_SIGNATURES: readonly number[] = [64, 96, 128, 192, 256, 384, 512];
const ED25519_SIGNATURE = 64;

/** People shorten what they paste. No key makes a signature of such a length, so it is not whole. */
function isShortened(b: string, { keyType, bits }: DkimKeyFinding): boolean {
  if (/[^A-Za-z0-9+/=]/.test(b)) return true;
  const octets = Buffer.from(b, "base64").length;
  return keyType === "rsa" ? octets !== Math.ceil((bits ?? 0) / 8) && !RSA_SIGNATURES.includes(octets) : octets !== ED25519_SIGNATURE;
}

/** Faults of the signature itself, by what mailauth calls them; "domain mismatch" is the key's word too, and is told apart by whether `i=` is below `d=`. */
function unreadable(comment: string): "malformed" | "unsupported" | null {
  switch (comment) {
    case "unknown algorithm":
    case "unknown canonicalization":
    case "unsupported query method":
    case "incompatible version":
      return "unsupported";
    case "signature missing required tag":
    case "signature syntax error":
    case "domain mismatch":
    case "invalid expiration":
    case "From field not signed":
      return "malformed";
    default:
      return null;
  }
}

function notHolding(header: SignedHeader, message: Message): Pick<SignatureVerification, "result" | "headerChange"> {
  const headerChange = changedFields(header, message);
  return { result: headerChange !== null || isOtherKey(header) === false ? "header-changed" : "not-matching", headerChange };
}

function signedHeader(tags: Tags, { record }: DkimKeyFinding, outcome: DKIMResult): SignedHeader | null {
  const key = record === null ? null : publicKeyOf(record);
  const canonical = outcome.signingHeaders?.canonicalizedHeader;
  if (key === null || canonical === undefined) return null;
  return { canonical: Buffer.from(canonical, "base64").toString("latin1"), relaxed: /^relaxed\b/i.test(compact(tags.get("c"))), key, signature: Buffer.from(compact(tags.get("b")), "base64") };
}

/** RFC 6376 section 3.5: "simple" where `c=` says nothing of the body. */
function bodyCanonicalization(tags: Tags): "simple" | "relaxed" {
  return /\/relaxed$/i.test(compact(tags.get("c"))) ? "relaxed" : "simple";
}
