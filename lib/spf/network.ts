/** Networks of `ip4`, `ip6` and dual CIDR lengths, as octets to compare. */

import ipaddr from "ipaddr.js";

/** qnum "." qnum "." qnum "." qnum, no leading zeros; null otherwise. RFC 7208 section 5.6 */
export function ip4Bytes(text: string): readonly number[] | null {
  const parts = text.split(".", 5);
  if (parts.length !== 4 || text.length > 15) return null;
  const bytes = parts.map(qnum);
  return bytes.includes(-1) ? null : bytes;
}

function qnum(text: string): number {
  if (!/^(?:0|[1-9]\d{0,2})$/.test(text)) return -1;
  const value = Number(text);
  return value > 255 ? -1 : value;
}

/** RFC 4291 section 2.2: eight groups, "::" for one or more groups of zeros, at most once, the last 32 bits also as a dotted quad. */
export function ip6Bytes(text: string): readonly number[] | null {
  if (text.length > 45) return null;
  const halves = text.split("::", 3);
  const [head, tail] = halves;
  if (head === undefined || halves.length > 2) return null;
  if (tail === undefined) {
    const bytes = groupBytes(head, true);
    return bytes?.length === 16 ? bytes : null;
  }
  const left = groupBytes(head, false);
  const right = groupBytes(tail, true);
  if (left === null || right === null || left.length + right.length > 14) return null;
  return [...left, ...Array.from({ length: 16 - left.length - right.length }, () => 0), ...right];
}

function groupBytes(text: string, mayEndInQuad: boolean): readonly number[] | null {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (/^[\da-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
      continue;
    }
    const quad = mayEndInQuad && index === groups.length - 1 ? ip4Bytes(group) : null;
    if (quad === null) return null;
    bytes.push(...quad);
  }
  return bytes;
}

/** The first `prefix` bits are the same. Addresses of different families never match (RFC 7208 section 5). */
export function sharesPrefix(a: readonly number[], b: readonly number[], prefix: number): boolean {
  if (a.length !== b.length) return false;
  const whole = prefix >> 3;
  for (let at = 0; at < whole; at += 1) if (a[at] !== b[at]) return false;
  const rest = prefix & 7;
  return rest === 0 || ((a[whole] ?? 0) ^ (b[whole] ?? 0)) >> (8 - rest) === 0;
}

/** `192.0.2.0/24`, `2001:db8::/32`: host bits cleared, the prefix always written; null when `address` is none. */
export function cidrOf(address: string, prefix: number): string | null {
  const bytes = bytesOf(address);
  return bytes === null ? null : `${addressText(withHostBits(bytes, prefix, 0))}/${prefix}`;
}

export function bytesOf(address: string): readonly number[] | null {
  return address.includes(":") ? ip6Bytes(address) : ip4Bytes(address);
}

/** Everything after the prefix set to `fill`, 0 or 255: the first and the last address of a network. */
export function withHostBits(bytes: readonly number[], prefix: number, fill: 0 | 255): number[] {
  return bytes.map((byte, at) => {
    const host = 255 >> Math.min(8, Math.max(0, prefix - at * 8));
    return (byte & ~host) | (fill & host);
  });
}

/** Dotted quad or RFC 5952, an IPv4-mapped address as IPv6. */
export function addressText(bytes: readonly number[]): string {
  return bytes.length === 4 ? bytes.join(".") : new ipaddr.IPv6([...bytes]).toRFC5952String();
}
