/** What belongs to the inside of somebody's network, or opens doors: private names and addresses, credentials. None of it is kept or shown. */

import { isPrivateName, isPublicIp, isSameOrBelow, parseIp } from "../address/index.ts";
import type { Subject } from "./reading.ts";
import { withoutEnd } from "./trim.ts";

const MARK = "…";

/** A single label, or a name that public DNS never has (RFC 6761, RFC 6762, RFC 8375). */
export function isInsideName(name: string): boolean {
  const bare = withoutEnd(name.toLowerCase(), ".");
  return !bare.includes(".") || isPrivateName(bare);
}

/** The text with such names, private addresses and credentials replaced by `…`. */
export function withoutInside(text: string): string {
  return withoutCredentials(text)
    .replace(/[\p{L}\p{N}._-]{3,255}/gu, (word) => (isInsideWord(word) ? MARK + word.slice(withoutEnd(word, ".").length) : word))
    .replace(/(?<![\w:.])[\da-f]{0,4}:[\da-f:.]{1,44}/gi, (word) => (isPrivateAddress(withoutEnd(word, ".:")) ? MARK : word))
    .replace(/\b(host |helo[ =]<?|ehlo[ =]<?)[\w-]{1,63}(?=>?\s?[[(])/gi, `$1${MARK}`);
}

function isInsideWord(word: string): boolean {
  const bare = withoutEnd(word, ".");
  return bare.includes(".") && (isPrivateName(bare.toLowerCase()) || isPrivateAddress(bare));
}

function isPrivateAddress(text: string): boolean {
  const ip = parseIp(text);
  return ip !== null && !isPublicIp(ip);
}

function withoutCredentials(text: string): string {
  return text
    .replace(/\bAUTH (PLAIN|LOGIN|CRAM-MD5|XOAUTH2|OAUTHBEARER) \S{1,2000}/gi, `AUTH $1 ${MARK}`)
    .replace(/\b(Bearer|Basic) [\w+/=.~-]{8,2000}/gi, `$1 ${MARK}`)
    .replace(/\b(user(?:name)?|sasl_username|login|password|passwd|pwd|auth|token|access_token|api[_-]?key|secret)([=:]\s?)[^\s,;)]{1,400}/gi, `$1$2${MARK}`)
    .replace(/:\/\/[^\s/@<>]{1,300}@/g, `://${MARK}@`)
    .replace(/(https?:\/\/([\w.-]{1,255})[^\s?#<>]{0,1000})\?[^\s<>]{1,2000}/gi, (whole, address: string, host: string) => (isSameOrBelow(host.toLowerCase(), "google.com") ? whole : `${address}?${MARK}`));
}

/** The subject without the hosts inside. What a sender calls itself by stays, wherever that name lives: it is what Gmail judged. */
export function withoutInsideHosts(subject: Subject): Subject {
  const outside = (name: string | null): string | null => (name === null || isInsideName(name) ? null : name);
  return {
    ...subject,
    helo: subject.helo === subject.domain || (subject.helo !== null && parseIp(subject.helo) !== null && !isPrivateAddress(subject.helo)) ? subject.helo : outside(subject.helo),
    relays: subject.relays.map(({ helo, name, ip, by }) => ({ helo: outside(helo), name: outside(name), ip: ip !== null && isPublicIp(ip) ? ip : null, by: outside(by) })),
  };
}
