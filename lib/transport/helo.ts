/** The name that the sending server greets with: whether it is one, and whether it leads to an address. RFC 5321 section 4.1.4 */

import { type IpAddress, isPrivateName, parseDomain, parseIp } from "../address/index.ts";
import { type DnsFailure, type Resolver } from "../dns/resolver.ts";
import { lookUpAddresses } from "./addresses.ts";

/**
 * - `ok`: it leads to an address; `matches` when that is the sender's own (null when the sender's is not known).
 * - `literal`: an address in the place of the name. - `local`: `localhost`, `mail.local`, a name without a dot: one that only its own network knows.
 * - `unresolved`: DNS says that it has no address. - `unanswered`: could not be looked up.
 */
export type HeloLookUp = { readonly helo: string } & (
  | { readonly status: "ok"; readonly matches: boolean | null }
  | { readonly status: "literal" | "local" | "unresolved" }
  | { readonly status: "unanswered"; readonly type: "A" | "AAAA"; readonly failure: DnsFailure }
);

/** Never rejects. */
export async function lookUpHelo(helo: string, ip: IpAddress | null, resolver: Resolver): Promise<HeloLookUp> {
  if (parseIp(helo) !== null) return { helo, status: "literal" };
  const name = parseDomain(helo);
  if (!name.ok || isPrivateName(name.domain)) return { helo, status: "local" };
  const { addresses, failure } = await lookUpAddresses(name.domain, ["A", "AAAA"], resolver);
  if (addresses.length > 0) return { helo, status: "ok", matches: ip === null ? null : addresses.includes(ip) ? true : failure === null ? false : null };
  return failure === null ? { helo, status: "unresolved" } : { helo, status: "unanswered", type: failure.type, failure: failure.status };
}
