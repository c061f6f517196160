/** Who may send, as networks: what a record's `+` terms and those of its includes let through today. */

import { type IpAddress, parseIp } from "../address/index.ts";
import { addressText, bytesOf, withHostBits } from "./network.ts";
import type { SpfNode, SpfTermNode } from "./types.ts";

export interface AuthorisedNetwork {
  /** CIDR notation, `192.0.2.0/24`. */
  readonly cidr: string;
  /** The term that names it, as published. */
  readonly term: string;
  /** The domains of the records from the top one to that in which the term stands. */
  readonly path: readonly string[];
}

/**
 * The networks of all terms that would give "pass" on a match. An include passes what its record passes (RFC 7208 section 5.2), so
 * only `+` directives all the way down count. That an earlier term may refuse part of a network is not taken off: evaluation tells.
 */
export function authorisedNetworks(node: SpfNode, path: readonly string[] = []): AuthorisedNetwork[] {
  const here = [...path, node.domain];
  return node.terms.flatMap((term) => {
    if (!passes(term)) return [];
    const own = term.networks.map((cidr) => ({ cidr, term: term.text, path: here }));
    return term.child === null ? own : [...own, ...authorisedNetworks(term.child, here)];
  });
}

/** A redirect's record stands for its own (RFC 7208 section 6.1). */
function passes(term: SpfTermNode): boolean {
  return term.status !== "unused" && (term.qualifier === "+" || term.kind === "redirect");
}

/** First, last and middle address of each network, without repeats, in order; of more than `max`, evenly spread ones. */
export function sampleAddresses(networks: readonly { readonly cidr: string }[], max = 60): IpAddress[] {
  const samples = [...new Set(networks.flatMap(({ cidr }) => samplesOf(cidr)))];
  if (samples.length <= max) return samples;
  const last = samples.length - 1;
  return Array.from({ length: max }, (_, index) => samples[Math.round((index * last) / Math.max(1, max - 1))]).filter((ip) => ip !== undefined);
}

function samplesOf(cidr: string): IpAddress[] {
  const [address = "", length = ""] = cidr.split("/");
  const bytes = bytesOf(address);
  const prefix = Number(length);
  if (bytes === null || !Number.isInteger(prefix) || prefix > bytes.length * 8) return [];
  const first = withHostBits(bytes, prefix, 0);
  const last = withHostBits(bytes, prefix, 255);
  // The first address of the network's upper half.
  const middle = withHostBits(last, prefix + 1, 0);
  const texts = prefix >= bytes.length * 8 - 1 ? [first, last] : [first, middle, last];
  // An IPv4-mapped IPv6 address would be read as IPv4, which no ip6 network matches (RFC 7208 section 5).
  return texts.map(addressText).flatMap((text) => {
    const ip = parseIp(text);
    return ip === null || ip.includes(":") !== text.includes(":") ? [] : [ip];
  });
}
