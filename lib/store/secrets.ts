/** The names and tokens that nobody can guess: who has one may see, or delete, what it stands for. */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 128 bits, as 22 URL-safe characters. Also names drafts. */
export function newReportId(): string {
  return randomBytes(16).toString("base64url");
}

export function isReportId(text: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/.test(text);
}

/** 256 bits. Shown once to whoever made the report. */
export function newDeleteToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a delete token: SHA-256, in hexadecimal. A token of 256 random bits needs no salt. */
export function deleteTokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Takes as long whether the first or the last octet differs. */
export function isDeleteToken(token: string, hash: string): boolean {
  const given = Buffer.from(deleteTokenHash(token), "hex");
  const kept = Buffer.from(hash, "hex");
  return given.length === kept.length && timingSafeEqual(given, kept);
}
