/** Our resolver as mailauth takes one: like Node's `resolve`, it gives TXT records and rejects with a code. */

import { type DnsStatus, type Resolver } from "../dns/index.ts";

const CODES: Readonly<Record<Exclude<DnsStatus, "ok">, string>> = {
  "no-name": "ENOTFOUND", "no-data": "ENODATA", "server-failure": "ESERVFAIL", timeout: "ETIMEOUT", refused: "EREFUSED", malformed: "EBADNAME", "not-asked": "ETIMEOUT",
};

export function resolveWith(resolver: Resolver): (name: string, type: string) => Promise<string[][]> {
  return async (name) => {
    const answer = await resolver.query(name, "TXT");
    if (answer.status !== "ok") throw Object.assign(new Error(answer.status), { code: CODES[answer.status] });
    return answer.records.map((strings) => [...strings]);
  };
}
