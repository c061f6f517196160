/** What the octets in a key record's `p=` are: their kind and length, or how they are damaged. */

import { createPublicKey, type KeyObject } from "node:crypto";

export type PublicKeyFault = "bad-base64" | "truncated-key" | "trailing-data" | "private-key" | "certificate" | "wrong-key-type" | "wrong-key-length" | "not-a-public-key";

export type PublicKeyResult = { readonly ok: true; readonly bits: number } | { readonly ok: false; readonly fault: PublicKeyFault };

/** `base64` as published, white space in it allowed (RFC 6376 section 3.6.1: base64string). `bits` is the RSA modulus' length; 256 for Ed25519. */
export function readPublicKey(base64: string, keyType: "rsa" | "ed25519"): PublicKeyResult {
  const fault = (code: PublicKeyFault): PublicKeyResult => ({ ok: false, fault: code });
  const compact = base64.replace(/[ \t\r\n]/g, "");
  if (!/^[a-z0-9+/]+={0,2}$/i.test(compact)) return fault("bad-base64");
  const digits = compact.replace(/={1,2}$/, "");
  const octets = Buffer.from(digits, "base64");
  if (keyType === "ed25519") return readEd25519(digits, octets);
  if (octets.length === 32) return fault("wrong-key-type");
  const length = derLength(octets);
  if (length === null) return fault("not-a-public-key");
  if (octets.length < length) return fault("truncated-key");
  if (digits.length % 4 === 1) return fault("bad-base64");
  if (octets.length > length) return fault("trailing-data");
  return readRsa(octets);
}

/** The key itself, where `readPublicKey` finds nothing wrong with it. */
export function keyOf(base64: string, keyType: "rsa" | "ed25519"): KeyObject | null {
  if (!readPublicKey(base64, keyType).ok) return null;
  const octets = Buffer.from(base64.replace(/[ \t\r\n]/g, ""), "base64");
  return keyType === "rsa" ? rsaKey(octets) : createPublicKey({ key: Buffer.concat([ED25519_PREFIX, octets]), format: "der", type: "spki" });
}

/** RFC 8410 section 4: what SubjectPublicKeyInfo puts before an Ed25519 key. */
const ED25519_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

function rsaKey(der: Buffer): KeyObject | null {
  for (const type of ["spki", "pkcs1"] as const) {
    try {
      return createPublicKey({ key: der, format: "der", type });
    } catch {
      // Not of this form; the next one decides.
    }
  }
  return null;
}

/** RFC 8463 section 4: the 32 octets of the key themselves, in no ASN.1. */
function readEd25519(digits: string, octets: Buffer): PublicKeyResult {
  if (digits.length % 4 === 1) return { ok: false, fault: "bad-base64" };
  if (octets.length === 32) return { ok: true, bits: 256 };
  if (octets.length < 32) return { ok: false, fault: "truncated-key" };
  const rsa = readRsa(octets);
  return { ok: false, fault: rsa.ok ? "wrong-key-type" : "wrong-key-length" };
}

/** SubjectPublicKeyInfo, as everybody publishes it, or the bare RSAPublicKey that RFC 6376 section 3.6.1 names. */
function readRsa(der: Buffer): PublicKeyResult {
  const other = wrongFile(der);
  if (other !== null) return { ok: false, fault: other };
  const key = rsaKey(der);
  if (key === null) return { ok: false, fault: "not-a-public-key" };
  const bits = key.asymmetricKeyDetails?.modulusLength;
  return key.asymmetricKeyType !== "rsa" || bits === undefined ? { ok: false, fault: "wrong-key-type" } : { ok: true, bits };
}

/** People paste the wrong file. Told apart before Node reads it: it would take the public half out of a private key. */
function wrongFile(der: Buffer): PublicKeyFault | null {
  const inner = der.subarray(headerLength(der));
  // PKCS#1 and PKCS#8 private keys begin with a version number, INTEGER 0; a certificate with two SEQUENCEs and its version, [0].
  if (inner[0] === 0x02 && inner[1] === 0x01 && inner[2] === 0x00) return "private-key";
  if (inner[0] === 0x30 && inner[headerLength(inner)] === 0xa0) return "certificate";
  return null;
}

/** The octets that the outer SEQUENCE says it has, its header counted; null when it is no SEQUENCE (X.690 section 8.1.3). */
function derLength(octets: Buffer): number | null {
  const first = octets[1];
  if (octets[0] !== 0x30 || first === undefined) return null;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 3) return null;
  if (octets.length < 2 + count) return 2 + count + 1;
  return 2 + count + octets.readUIntBE(2, count);
}

function headerLength(octets: Buffer): number {
  const first = octets[1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}
