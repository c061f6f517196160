/** Addresses and networks as people write them, read as what they must have meant, never as more. */

import { ipFamily, parseIp } from "../../address/index.ts";
import { between, networksOf } from "./address-set.ts";

/** The networks that `text` means, as `ip4:` and `ip6:` take them, `192.0.2.0/24`; null when it is no address. */
export function networksMeant(text: string): string[] | null {
  const bare = text.replace(/^https?:\/\//i, "").replace(/\/{1,2}$/, "").replace(/^\[(.*)\]$/, "$1");
  return wildcard(bare) ?? range(bare) ?? single(bare);
}

/** The same as terms. */
export function networkTerms(networks: readonly string[], qualifier: string): string[] {
  return networks.map((network) => `${qualifier}${network.includes(":") ? "ip6" : "ip4"}:${network}`);
}

/** `192.0.2.*` and `192.0.2/24`: the octets left out are zero. */
function wildcard(text: string): string[] | null {
  const octets = /^((?:\d{1,3}\.){1,3})(?:\*|(?:\*\.)+\*)$/.exec(text)?.[1]?.split(".").slice(0, -1);
  const short = /^(\d{1,3}(?:\.\d{1,3}){1,2})\/(\d{1,2})$/.exec(text);
  const given = octets ?? short?.[1]?.split(".");
  if (given === undefined) return null;
  const prefix = short?.[2] === undefined ? given.length * 8 : Number(short[2]);
  const address = ipv4([...given, "0", "0", "0"].slice(0, 4).join("."));
  return address === null || prefix > given.length * 8 ? null : [`${address}/${prefix}`];
}

/** `192.0.2.1-192.0.2.9` and `192.0.2.1-9`. */
function range(text: string): string[] | null {
  const [from, to, more] = text.split("-");
  if (from === undefined || to === undefined || more !== undefined) return null;
  const first = ipv4(from) ?? (from.includes(":") ? parseIp(from) : null);
  const last = /^\d{1,3}$/.test(to) ? ipv4(`${from.slice(0, from.lastIndexOf(".") + 1)}${to}`) : (ipv4(to) ?? (to.includes(":") ? parseIp(to) : null));
  if (first === null || last === null) return null;
  const networks = networksOf(between(first, last));
  return networks.length === 0 || networks.length > 16 ? null : networks;
}

function single(text: string): string[] | null {
  const [written, length, more] = text.split("/");
  if (written === undefined) return null;
  const address = ipv4(written) ?? (/^[^:]*:\d{1,5}$/.test(written) ? ipv4(written.replace(/:\d+$/, "")) : null) ?? (written.includes(":") ? parseIp(written) : null);
  if (address === null) return null;
  const bits = ipFamily(address) === 4 ? 32 : 128;
  const prefix = more === undefined && length !== undefined ? prefixOf(length) : null;
  // A length that can't be: the address alone is certain.
  return [prefix === null || prefix > bits ? address : `${address}/${prefix}`];
}

/** `24`, or a netmask, `255.255.255.0`. */
function prefixOf(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  const mask = ipv4(text);
  if (mask === null) return null;
  const bits = mask.split(".").map((octet) => Number(octet).toString(2).padStart(8, "0")).join("");
  return /^1+0*$/.test(bits) ? bits.replace(/0/g, "").length : null;
}

function ipv4(text: string) {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null;
  // Leading zeros are no part of an address here (RFC 7208 section 12, qnum).
  return parseIp(text.split(".").map((octet) => String(Number(octet))).join("."));
}
