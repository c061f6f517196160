/** Sets of addresses, exact: what a record authorises is a set, and a correction is right when the sets say so. */

import ipaddr from "ipaddr.js";
import { type IpAddress, ipBytes, ipFamily, parseIp } from "../../address/index.ts";

/** First and last address, as numbers. */
type Range = readonly [first: bigint, last: bigint];

/** Ascending ranges that neither touch nor overlap, so that equal sets are equal values. */
export interface AddressSet {
  readonly v4: readonly Range[];
  readonly v6: readonly Range[];
}

const BITS = { v4: 32n, v6: 128n } as const;
type Family = keyof typeof BITS;

export const NO_ADDRESS: AddressSet = { v4: [], v6: [] };
export const EVERY_ADDRESS: AddressSet = { v4: [[0n, (1n << 32n) - 1n]], v6: [[0n, (1n << 128n) - 1n]] };

const both = (combine: (family: Family) => readonly Range[]): AddressSet => ({ v4: combine("v4"), v6: combine("v6") });

/** The network `address/prefix`; bits beyond the prefix count for nothing (RFC 7208 section 5.6). */
export function network(address: string, prefix: number): AddressSet {
  const ip = parseIp(address);
  if (ip === null) return NO_ADDRESS;
  const family = ipFamily(ip) === 4 ? "v4" : "v6";
  const hostBits = BITS[family] - BigInt(prefix);
  if (hostBits < 0n) return NO_ADDRESS;
  const first = (numberOf(ip) >> hostBits) << hostBits;
  return { ...NO_ADDRESS, [family]: [[first, first + (1n << hostBits) - 1n]] };
}

/** From one address to another of the same family; empty when they are not in order. */
export function between(first: IpAddress, last: IpAddress): AddressSet {
  if (ipFamily(first) !== ipFamily(last) || numberOf(first) > numberOf(last)) return NO_ADDRESS;
  return { ...NO_ADDRESS, [ipFamily(first) === 4 ? "v4" : "v6"]: [[numberOf(first), numberOf(last)]] };
}

export function union(...sets: readonly AddressSet[]): AddressSet {
  return both((family) => {
    // The same set many times over is what many includes of one record give.
    const sorted = [...new Set(sets)].flatMap((set) => set[family]).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    const joined: Range[] = [];
    for (const [first, last] of sorted) {
      const previous = joined.at(-1);
      if (previous !== undefined && first <= previous[1] + 1n) joined[joined.length - 1] = [previous[0], last > previous[1] ? last : previous[1]];
      else joined.push([first, last]);
    }
    return joined;
  });
}

/** One walk over both: a set may have tens of thousands of ranges. */
export function subtract(from: AddressSet, what: AddressSet): AddressSet {
  return both((family) => {
    const left: Range[] = [];
    const holes = what[family];
    let at = 0;
    for (const [start, end] of from[family]) {
      let first = start;
      while ((holes[at]?.[1] ?? end) < start) at += 1;
      for (let next = at; next < holes.length; next += 1) {
        const [holeFirst, holeLast] = holes[next] ?? [0n, 0n];
        if (holeFirst > end) break;
        if (holeFirst > first) left.push([first, holeFirst - 1n]);
        first = holeLast + 1n > first ? holeLast + 1n : first;
      }
      if (first <= end) left.push([first, end]);
    }
    return left;
  });
}

export function intersection(a: AddressSet, b: AddressSet): AddressSet {
  return subtract(a, subtract(a, b));
}

export function isEmpty(set: AddressSet): boolean {
  return set.v4.length === 0 && set.v6.length === 0;
}

/** Every address of `inner` is in `outer`. */
export function isWithin(inner: AddressSet, outer: AddressSet): boolean {
  return isEmpty(subtract(inner, outer));
}

export function contains(set: AddressSet, ip: IpAddress): boolean {
  const address = numberOf(ip);
  const ranges = set[ipFamily(ip) === 4 ? "v4" : "v6"];
  const range = ranges[firstEndingFrom(ranges, address)];
  return range !== undefined && range[0] <= address;
}

/** As many addresses on end as no sender has: an IPv4 /8, an IPv6 /16. */
export function isVast(set: AddressSet): boolean {
  return set.v4.some(([first, last]) => last - first >= (1n << 24n) - 1n) || set.v6.some(([first, last]) => last - first >= (1n << 112n) - 1n);
}

/** Each unbroken range of `of` that lies in `set`, with what is left of it there, as sets of their own. */
export function rangesWithin(of: AddressSet, set: AddressSet): AddressSet[] {
  const cut = (family: Family) =>
    of[family].flatMap(([first, last]) => {
      const found: AddressSet[] = [];
      for (let at = firstEndingFrom(set[family], first); at < set[family].length; at += 1) {
        const [start, end] = set[family][at] ?? [last + 1n, last];
        if (start > last) break;
        found.push({ ...NO_ADDRESS, [family]: [[start > first ? start : first, end < last ? end : last]] });
      }
      return found;
    });
  return [...cut("v4"), ...cut("v6")];
}

/** The same value for the same set. */
export function keyOf(set: AddressSet): string {
  return `${set.v4.join(";")}|${set.v6.join(";")}`;
}

/** Index of the first range that doesn't end before `address`. */
function firstEndingFrom(ranges: readonly Range[], address: bigint): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[1] ?? 0n) < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The fewest networks that make up the set, in CIDR notation, a single address without its prefix: as `ip4:` and `ip6:` take them. */
export function networksOf(set: AddressSet): string[] {
  return [...set.v4.flatMap((range) => cidrs("v4", range)), ...set.v6.flatMap((range) => cidrs("v6", range))];
}

function cidrs(family: Family, [first, last]: Range): string[] {
  const found: string[] = [];
  for (let at = first; at <= last; ) {
    let bits = 0n;
    while (bits < BITS[family] && (at >> bits) % 2n === 0n && at + (1n << (bits + 1n)) - 1n <= last) bits += 1n;
    found.push(bits === 0n ? textOf(family, at) : `${textOf(family, at)}/${BITS[family] - bits}`);
    at += 1n << bits;
  }
  return found;
}

/** The first and the last address of every range, at most `limit` in all and spread evenly, so that no end of the set goes unseen. */
export function edgesOf(set: AddressSet, limit: number): IpAddress[] {
  return spread([...edges("v4", set.v4), ...edges("v6", set.v6)], limit);
}

/** The addresses just outside every range. */
export function neighboursOf(set: AddressSet, limit: number): IpAddress[] {
  return edgesOf(subtract(EVERY_ADDRESS, set), limit + 4).filter((ip) => !ENDS_OF_ALL.has(ip));
}

const ENDS_OF_ALL: ReadonlySet<string> = new Set(["0.0.0.0", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]);

function edges(family: Family, ranges: readonly Range[]): IpAddress[] {
  return ranges.flatMap(([first, last]) => {
    const ips = (first === last ? [first] : [first, last]).map((number) => parseIp(textOf(family, number)));
    // An IPv4-mapped IPv6 address is evaluated as IPv4 (RFC 7208 section 5), so an ip6 network never matches it.
    return ips.filter((ip) => ip !== null && (ipFamily(ip) === 4) === (family === "v4")).filter((ip) => ip !== null);
  });
}

/** At most `limit` of them, evenly. */
export function spread<T>(list: readonly T[], limit: number): T[] {
  if (list.length <= limit) return [...list];
  return list.filter((_, index) => Math.floor((index * limit) / list.length) !== Math.floor(((index - 1) * limit) / list.length));
}

function numberOf(ip: IpAddress): bigint {
  return ipBytes(ip).reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function textOf(family: Family, number: bigint): string {
  const bytes = Array.from({ length: Number(BITS[family] / 8n) }, (_, index) => Number((number >> (BITS[family] - 8n * BigInt(index + 1))) & 255n));
  const address = ipaddr.fromByteArray(bytes);
  return address.kind() === "ipv6" ? ipaddr.IPv6.parse(address.toString()).toRFC5952String() : address.toString();
}
