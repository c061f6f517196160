/**
 * The two names of a test mail, made of one secret. The **id** is in the address of the page, and is the secret: whoever has it sees the
 * report. The **token** is in the mail address, and so in the logs of every server on the way; it is a hash of the id, and leads
 * nowhere but to the mailbox. The store holds a hash of the token: nobody who reads the database can send to the address.
 */

import { createHash, randomBytes } from "node:crypto";

/** Lower case and digits that nobody confuses (RFC 4648 section 6): some servers change the case of a mailbox. */
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
/** 26 characters of five bits: 130. */
const TOKEN_LENGTH = 26;
const PREFIX = "check-";

/** 128 bits, as 22 URL-safe characters. */
export function newTestId(): string {
  return randomBytes(16).toString("base64url");
}

export function isTestId(text: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/.test(text);
}

export function tokenOf(id: string): string {
  const octets = createHash("sha256").update(`rebound test mail ${id}`).digest();
  const bits = [...octets.subarray(0, Math.ceil((TOKEN_LENGTH * 5) / 8))].map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: TOKEN_LENGTH }, (_, index) => BASE32.charAt(Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2))).join("");
}

export function testAddress(token: string, domain: string): string {
  return `${PREFIX}${token}@${domain}`;
}

/**
 * The token in a recipient's address at `domain`; null for anything else. Only the plain form is read: what quotes, routes or
 * percent signs might mean to somebody else is not our mail.
 */
export function tokenOfAddress(address: string, domain: string): string | null {
  const at = address.lastIndexOf("@");
  if (at === -1 || address.slice(at + 1).toLowerCase() !== domain) return null;
  return /^check-([a-z2-7]{26})$/.exec(address.slice(0, at).toLowerCase())?.[1] ?? null;
}

/** What is stored of a token: SHA-256, in hexadecimal. 130 random bits need no salt. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
