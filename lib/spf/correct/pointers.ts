/**
 * `ptr` is not to be used (RFC 7208 section 5.5): slow, and in the hands of whoever holds the address.
 * Who passes by it cannot be listed; the hosts that the domain itself names can be tried.
 */

import type { IpAddress } from "../../address/index.ts";
import { contains, edgesOf, isEmpty, isWithin, NO_ADDRESS, union } from "./address-set.ts";
import { assuming, type Draft, replaceLine, termLines } from "./draft.ts";
import { type ReadTerm, summed } from "./reading.ts";
import { addressTerm } from "./add-sender.ts";

/** Result of checkHost for an address, were `record` the domain's. */
export type Passes = (record: string, ip: IpAddress) => Promise<boolean>;

export async function withoutPointers(draft: Draft, ip: IpAddress | null, read: ReadTerm, passes: Passes): Promise<Draft> {
  let mended = draft;
  for (const { index, text, term } of termLines(draft).toReversed()) {
    if (term.kind !== "ptr" || term.qualifier !== "+") continue;
    const record = `v=spf1 ${text} -all`;
    const others = await Promise.all(termLines(draft).filter((line) => line.index !== index && line.term.kind !== "all").map((line) => read(line.text)));
    let pass = summed(others.filter((reading) => reading !== null)).pass;
    const found: string[] = [];
    for (const host of ["mx", "a"]) {
      const matches = (await read(host))?.matches ?? NO_ADDRESS;
      const addresses = edgesOf(matches, 40);
      if (isEmpty(matches) || isWithin(matches, pass) || !(await Promise.all(addresses.map((address) => passes(record, address)))).every(Boolean)) continue;
      found.push(host);
      pass = union(pass, matches);
    }
    if (ip !== null && !contains(pass, ip) && (await passes(record, ip))) found.push(addressTerm(ip));
    mended = assuming(replaceLine(mended, index, found, found.length === 0 ? "ptr-removed" : "ptr-replaced"), "ptr-senders-listed");
  }
  return mended;
}
