/** What the sending address is called in reverse DNS, and whether that name leads back to it. Gmail asks for both. RFC 1912 section 2.1 */

import { type IpAddress, ipFamily, reverseName } from "../address/index.ts";
import { type DnsFailure, isUnanswered, type RecordType, type Resolver } from "../dns/resolver.ts";
import { lookUpAddresses } from "./addresses.ts";

/**
 * - `confirmed`: an address record of one of the names is the address itself. - `unconfirmed`: none is. - `missing`: no name.
 * - `unanswered`: the PTR record, or a name that could have confirmed it, could not be looked up: `name`, `type` and `failure` say which.
 */
export type PtrLookUp =
  | { readonly status: "confirmed"; readonly ip: IpAddress; readonly names: readonly string[]; readonly confirmed: true; readonly confirmedNames: readonly [string, ...string[]] }
  | { readonly status: "unconfirmed" | "missing"; readonly ip: IpAddress; readonly names: readonly string[]; readonly confirmed: false; readonly confirmedNames: readonly [] }
  | {
      readonly status: "unanswered";
      readonly ip: IpAddress;
      /** The names that PTR gave, where it is a forward look-up that failed. */
      readonly names: readonly string[];
      readonly confirmed: false;
      readonly confirmedNames: readonly [];
      readonly name: string;
      readonly type: RecordType;
      readonly failure: DnsFailure;
    };

/** Names looked up forward, as RFC 7208 section 4.6.4 bounds them for `ptr`. */
export const PTR_NAMES_MAX = 10;

/** Names lower case, in the order of the answer. Never rejects. */
export async function lookUpPtr(ip: IpAddress, resolver: Resolver): Promise<PtrLookUp> {
  const answer = await resolver.query(reverseName(ip), "PTR");
  const nothing = { ip, names: [], confirmed: false, confirmedNames: [] } as const;
  if (answer.status !== "ok") {
    return isUnanswered(answer.status) ? { ...nothing, status: "unanswered", name: reverseName(ip), type: "PTR", failure: answer.status } : { ...nothing, status: "missing" };
  }
  const names = [...new Set(answer.records.map((name) => name.toLowerCase().replace(/\.$/, "")))].filter((name) => name !== "").slice(0, PTR_NAMES_MAX);
  if (names.length === 0) return { ...nothing, status: "missing" };
  const type = ipFamily(ip) === 4 ? "A" : "AAAA";
  const forward = await Promise.all(names.map(async (name) => ({ name, ...(await lookUpAddresses(name, [type], resolver)) })));
  const [first, ...rest] = forward.filter(({ addresses }) => addresses.includes(ip)).map(({ name }) => name);
  if (first !== undefined) return { status: "confirmed", ip, names, confirmed: true, confirmedNames: [first, ...rest] };
  const failed = forward.find(({ failure }) => failure !== null);
  if (failed?.failure == null) return { ...nothing, status: "unconfirmed", names };
  return { ...nothing, status: "unanswered", names, name: failed.name, type, failure: failed.failure.status };
}
