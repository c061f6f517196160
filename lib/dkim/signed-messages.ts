/** For tests: messages signed with real keys, and the zone that holds the keys' other halves. */

import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { sealMessage } from "mailauth/lib/arc/index.js";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import type { Zone } from "../dns/zone.ts";

export const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
export const OTHER_RSA = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
export const WEAK_RSA = generateKeyPairSync("rsa", { modulusLength: 768 }).privateKey;
export const ED25519 = generateKeyPairSync("ed25519").privateKey;

/** The key record for a private key. */
export function keyRecord(key: KeyObject, more = ""): string {
  const der = createPublicKey(key).export({ format: "der", type: "spki" });
  const isRsa = key.asymmetricKeyType === "rsa";
  return `v=DKIM1; k=${isRsa ? "rsa" : "ed25519"}; ${more}p=${(isRsa ? der : der.subarray(-32)).toString("base64")}`;
}

export const KEYS: Zone = {
  "s1._domainkey.shop.test": { TXT: [keyRecord(RSA)] },
  "ed._domainkey.shop.test": { TXT: [keyRecord(ED25519)] },
  "k1._domainkey.list.test": { TXT: [keyRecord(OTHER_RSA)] },
};

export const HEADER = [
  "From: Kim Shop <kim@shop.test>",
  "To: Lee <lee@gmail.test>",
  "Subject: Your order 1234",
  "Date: Tue, 24 Nov 2026 09:41:04 +0000",
  "Message-ID: <a1b2@shop.test>",
  "MIME-Version: 1.0",
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: 8bit",
];
export const BODY = ["Hello Lee,", "", "your order  is on its way. 日本", "", "Kim", ""];

export const message = (header: readonly string[] = HEADER, body: readonly string[] = BODY): string => [...header, "", ...body].join("\r\n");

export interface Signing {
  readonly key?: KeyObject;
  readonly domain?: string;
  readonly selector?: string;
  readonly canonicalization?: string;
  readonly algorithm?: string;
  readonly fields?: readonly string[];
  readonly signed?: string;
  readonly expires?: string;
  readonly length?: number;
  /** Further tags, for `signedOver`. */
  readonly more?: string;
}

export const SIGNED_AT = "2026-11-24T09:41:05Z";
export const FIELDS = ["From", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Reply-To"];

/** The message, text or octets, with its signature before it. */
export async function signed(text: string, signing?: Signing): Promise<string> {
  return (await signatureFor(Buffer.from(text), signing)) + text;
}

export async function signatureFor(octets: Buffer, { key = RSA, domain = "shop.test", selector = "s1", canonicalization = "relaxed/relaxed", algorithm, fields = FIELDS, signed: at = SIGNED_AT, expires, length }: Signing = {}): Promise<string> {
  const signer = { signingDomain: domain, selector, privateKey: key.export({ format: "pem", type: "pkcs8" }), canonicalization, headerList: [...fields], ...(algorithm === undefined ? {} : { algorithm }), ...(length === undefined ? {} : { maxBodyLength: length }) };
  const { signatures, errors } = await dkimSign(octets, { ...signer, signTime: new Date(at), ...(expires === undefined ? {} : { expires: new Date(expires) }), signatureData: [signer] });
  if (errors.length > 0) throw new Error(String(errors[0]?.err));
  return signatures;
}

/**
 * Signed relaxed/relaxed by a few lines of our own, by RFC 6376 section 3.7: with any `h=`, fields that are absent and those listed more
 * often than they stand among them.
 */
export function signedOver(text: string, fields: readonly string[], { key = RSA, domain = "shop.test", selector = "s1", more = "" }: Signing = {}): string {
  const end = text.indexOf("\r\n\r\n");
  const [head, body] = [text.slice(0, end), text.slice(end + 4)];
  const lines = head.split(/\r\n(?![ \t])/).reverse();
  const relaxed = (line: string): string => line.replace(/\r\n/g, "").replace(/^([^:]*):[ \t]*/, (_, name: string) => `${name.toLowerCase().trim()}:`).replace(/[ \t]+/g, " ").trim();
  const picked = fields.flatMap((name) => {
    const at = lines.findIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return at === -1 ? [] : lines.splice(at, 1);
  });
  const hashed = body.replace(/[ \t]+/g, " ").replace(/ \r\n/g, "\r\n").trimEnd().concat("\r\n");
  const unsigned = `DKIM-Signature: v=1; a=${key.asymmetricKeyType ?? ""}-sha256; c=relaxed/relaxed; d=${domain}; s=${selector};${more} h=${fields.join(":")}; bh=${createHash("sha256").update(hashed).digest("base64")}; b=`;
  const header = Buffer.from([...picked, unsigned].map(relaxed).join("\r\n"));
  const signature = key.asymmetricKeyType === "rsa" ? sign("sha256", header, key) : sign(null, createHash("sha256").update(header).digest(), key);
  return `${unsigned}${signature.toString("base64")}\r\n${text}`;
}

/** The message with one more ARC set before it. */
export async function sealed(text: string, { domain = "list.test", selector = "k1", key = OTHER_RSA, cv = "none", saw = "mx.list.test; dkim=pass header.d=shop.test; spf=pass; dmarc=pass" }: { domain?: string; selector?: string; key?: KeyObject; cv?: "none" | "pass" | "fail"; saw?: string } = {}): Promise<string> {
  const headers = await sealMessage(Buffer.from(text), { signingDomain: domain, selector, privateKey: key.export({ format: "pem", type: "pkcs8" }), authResults: saw, cv, signTime: new Date(SIGNED_AT) });
  if (headers.length === 0) throw new Error("not sealed");
  return headers.toString() + text;
}
