/** The addresses of a host, both families asked at once. */

import { type IpAddress, parseIp } from "../address/index.ts";
import { type Answer, type DnsFailure, isUnanswered, type Resolver } from "../dns/resolver.ts";

export interface HostAddresses {
  readonly addresses: readonly IpAddress[];
  /** The first of the two questions that could not be answered; null when both were. */
  readonly failure: { readonly type: "A" | "AAAA"; readonly status: DnsFailure } | null;
}

export async function lookUpAddresses(host: string, families: readonly ("A" | "AAAA")[], resolver: Resolver): Promise<HostAddresses> {
  const answers = await Promise.all(families.map((type): Promise<Answer<"A" | "AAAA">> => resolver.query(host, type)));
  const failed = answers.find((answer) => isUnanswered(answer.status));
  return {
    addresses: answers.flatMap((answer) => answer.records.flatMap((text: string) => parseIp(text) ?? [])),
    failure: failed === undefined || failed.status === "ok" ? null : { type: failed.type, status: failed.status },
  };
}
