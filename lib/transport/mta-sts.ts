/**
 * MTA-STS: the domain asks those who send mail to it to use TLS, and says so by a TXT record at `_mta-sts` and a policy file
 * on the web host `mta-sts`. The record is read here; the policy is not fetched, because nothing but name servers is spoken to. RFC 8461
 */

import type { Domain, IpAddress } from "../address/index.ts";
import { type DnsFailure, isUnanswered, type Resolver, txtValue } from "../dns/resolver.ts";
import { lookUpAddresses } from "./addresses.ts";
import { onePolicyRecord, policyFields } from "./policy-fields.ts";

/** - `version`: it does not begin with `v=STSv1;`. - `no-id`, `bad-id`: `id` is 1 to 32 letters and digits. - `syntax`: what stands between two semicolons is no field. - `several-records`: then none counts. */
export const MTA_STS_ERRORS = ["version", "no-id", "bad-id", "syntax", "several-records"] as const;
export type MtaStsError = (typeof MTA_STS_ERRORS)[number];

export type MtaStsRecord = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly error: { readonly code: MtaStsError; readonly at: number } };

/** RFC 8461 section 3.1 */
export function parseMtaSts(text: string): MtaStsRecord {
  const fault = (code: MtaStsError, at: number): MtaStsRecord => ({ ok: false, error: { code, at } });
  if (!/^v=STSv1[ \t]*;/.test(text)) return fault("version", 0);
  const fields = policyFields(text);
  const broken = fields.find(({ name }) => name === null);
  if (broken !== undefined) return fault("syntax", broken.at);
  const [, ...rest] = fields;
  const id = rest.find((field) => field.name === "id");
  if (id === undefined || id.name === null) return fault("no-id", text.length);
  return /^[a-z0-9]{1,32}$/i.test(id.value) ? { ok: true, id: id.value } : fault("bad-id", id.at);
}

/** The web host that holds the policy file; no address: senders find no policy. */
export interface PolicyHost {
  readonly name: string;
  readonly addresses: readonly IpAddress[];
  /** It could not be looked up: whether it has an address is not known. */
  readonly failure: { readonly type: "A" | "AAAA"; readonly status: DnsFailure } | null;
}

/** `none`: no MTA-STS, as most domains have none. */
export type MtaStsLookUp = { readonly name: string } & (
  | { readonly status: "valid"; readonly id: string; readonly text: string; readonly host: PolicyHost }
  | { readonly status: "invalid"; readonly error: MtaStsError }
  | { readonly status: "none" }
  | { readonly status: "unanswered"; readonly failure: DnsFailure }
);

/** One question, and the host's address where there is a record. Never rejects. */
export async function lookUpMtaSts(domain: Domain, resolver: Resolver): Promise<MtaStsLookUp> {
  const name = `_mta-sts.${domain}`;
  const answer = await resolver.query(name, "TXT");
  if (isUnanswered(answer.status)) return { name, status: "unanswered", failure: answer.status };
  const found = onePolicyRecord(answer.records.map(txtValue), "v=STSv1");
  if (found.text === null) return found.kind === "none" ? { name, status: "none" } : { name, status: "invalid", error: "several-records" };
  const record = parseMtaSts(found.text);
  if (!record.ok) return { name, status: "invalid", error: record.error.code };
  const host = `mta-sts.${domain}`;
  const { addresses, failure } = await lookUpAddresses(host, ["A", "AAAA"], resolver);
  return { name, status: "valid", id: record.id, text: found.text, host: { name: host, addresses, failure: addresses.length > 0 ? null : failure } };
}
