/** IP addresses as values: one canonical text for each address, so that `===` compares them. */

import ipaddr from "ipaddr.js";

declare const ipBrand: unique symbol;
/** Canonical text: dotted quad, or RFC 5952 IPv6 without a zone. An IPv4-mapped IPv6 address is held as its IPv4 address. */
export type IpAddress = string & { readonly [ipBrand]: true };

/** Reads an address as people paste it: `192.0.2.1`, `[2001:db8::1]`, `IPv6:2001:db8::1`, with blanks around it. Null when it is none. */
export function parseIp(text: string): IpAddress | null {
  const bare = text.trim().replace(/^\[(.*)\]$/, "$1").replace(/^ipv6:/i, "");
  // The library finds out what an address is not by throwing, which takes ten times as long as reading it.
  if (!bare.includes(":")) return ipaddr.IPv4.isValidFourPartDecimal(bare) ? (ipaddr.IPv4.parse(bare).toString() as IpAddress) : null;
  if (!ipaddr.IPv6.isValid(bare) || bare.includes("%")) return null;
  const v6 = ipaddr.IPv6.parse(bare);
  return (v6.isIPv4MappedAddress() ? v6.toIPv4Address().toString() : v6.toRFC5952String()) as IpAddress;
}

export function ipFamily(ip: IpAddress): 4 | 6 {
  return ip.includes(":") ? 6 : 4;
}

/** 4 or 16 octets. */
export function ipBytes(ip: IpAddress): readonly number[] {
  return ipaddr.parse(ip).toByteArray();
}

/** False for private, loopback, link-local, documentation-free special ranges, … : nothing that could have spoken to Gmail over the internet. Documentation ranges (RFC 5737, RFC 3849) count as public, since examples and tests use them. */
export function isPublicIp(ip: IpAddress): boolean {
  const range = ipaddr.parse(ip).range();
  return range === "unicast" || (range === "reserved" && isDocumentationIp(ip));
}

/** An address that packets can be sent to over the internet: unicast, of no special use, and no documentation range. */
export function isRoutableIp(ip: IpAddress): boolean {
  // RFC 4291 section 2.4: global unicast is given out of 2000::/3 alone.
  return ipaddr.parse(ip).range() === "unicast" && (ipFamily(ip) === 4 || (ipBytes(ip)[0] ?? 0) >> 5 === 1);
}

function isDocumentationIp(ip: IpAddress): boolean {
  const address = ipaddr.parse(ip);
  return DOCUMENTATION.some(([network, bits]) => address.kind() === network.kind() && address.match(network, bits));
}

const DOCUMENTATION: [ipaddr.IPv4 | ipaddr.IPv6, number][] = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"].map((cidr) => ipaddr.parseCIDR(cidr));

/** The name under `in-addr.arpa` or `ip6.arpa` that PTR records stand at (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function reverseName(ip: IpAddress): string {
  const bytes = ipBytes(ip);
  if (bytes.length === 4) return `${[...bytes].reverse().join(".")}.in-addr.arpa`;
  const nibbles = bytes.flatMap((byte) => [byte >> 4, byte & 15]);
  return `${nibbles.reverse().map((nibble) => nibble.toString(16)).join(".")}.ip6.arpa`;
}
