/** Names that no public name server holds are answered here, without a question: they would show the operator's own network to whoever asks. */

import { isPrivateName } from "../address/index.ts";
import { canonicalName } from "./name.ts";
import { parseServer } from "./packet.ts";
import type { RecordType, Resolver } from "./resolver.ts";

const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

/** Reverse zones that every resolver is to answer for itself, with nothing in them (RFC 6303 section 4, RFC 7793 section 3). Those of documentation addresses are left askable: examples and tests use them. */
const PRIVATE_REVERSE_ZONES: ReadonlySet<string> = new Set([
  ...["0", "10", "127", "254.169", "168.192", "255.255.255.255"].map((zone) => `${zone}.in-addr.arpa`),
  ...numbers(16, 31).map((octet) => `${octet}.172.in-addr.arpa`),
  ...numbers(64, 127).map((octet) => `${octet}.100.in-addr.arpa`),
  ...["c.f", "d.f", "8.e.f", "9.e.f", "a.e.f", "b.e.f"].map((zone) => `${zone}.ip6.arpa`),
  ...["0", "1"].map((last) => `${last}.${"0.".repeat(31)}ip6.arpa`),
]);

/** `4.3.2.10.in-addr.arpa` and the like: the names of machines in the network that the resolver stands in. `name` is canonical. */
export function isPrivateReverseName(name: string): boolean {
  if (!name.endsWith(".arpa")) return false;
  const labels = name.split(".");
  return labels.some((_, from) => PRIVATE_REVERSE_ZONES.has(labels.slice(from).join(".")));
}

export interface PublicNamesOptions {
  readonly privateReverse: "asked" | "not-asked";
}

/**
 * `localhost`, `.local`, `.onion`, `home.arpa` and their like do not exist (`no-name`), as a receiver on the internet finds
 * (RFC 6761 section 6.3, RFC 6762 section 22.1, RFC 7686 section 2, RFC 8375 section 4), nor do the reverse names of private addresses.
 */
export function publicNames(resolver: Resolver, { privateReverse }: PublicNamesOptions): Resolver {
  const isWithheld = (name: string) => isPrivateName(name) || (privateReverse === "not-asked" && isPrivateReverseName(name));
  return {
    query<T extends RecordType>(asked: string, type: T) {
      const name = canonicalName(asked);
      return isWithheld(name) ? Promise.resolve({ status: "no-name" as const, name, type, records: [] as const, ms: 0 }) : resolver.query(name, type);
    },
  };
}

/**
 * Servers that were named with a port other than 53 were set up for this program, as its tests and its demo do, and are no network's
 * resolvers: there is nothing to give away, and RFC 7208's own cases ask for the names of private addresses.
 */
export function privateReverseAt(servers: readonly string[] | null): PublicNamesOptions["privateReverse"] {
  return servers !== null && servers.length > 0 && servers.every((server) => parseServer(server).port !== 53) ? "asked" : "not-asked";
}
