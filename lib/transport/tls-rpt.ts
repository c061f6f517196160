/**
 * TLS-RPT: where others send their daily count of TLS connections to the domain that worked and that failed: a TXT record at
 * `_smtp._tls`. RFC 8460
 */

import type { Domain } from "../address/index.ts";
import { type DnsFailure, isUnanswered, type Resolver, txtValue } from "../dns/resolver.ts";
import { onePolicyRecord, policyFields } from "./policy-fields.ts";

/** - `version`: it does not begin with `v=TLSRPTv1;`. - `no-rua`: it names nowhere to report to. - `bad-rua`: neither `mailto:` nor `https:`. - `syntax`, `several-records`: as in MTA-STS. */
export const TLS_RPT_ERRORS = ["version", "no-rua", "bad-rua", "syntax", "several-records"] as const;
export type TlsRptError = (typeof TLS_RPT_ERRORS)[number];

export type TlsRptRecord = { readonly ok: true; readonly rua: readonly string[] } | { readonly ok: false; readonly error: { readonly code: TlsRptError; readonly at: number } };

/** RFC 8460 section 3 */
export function parseTlsRpt(text: string): TlsRptRecord {
  const fault = (code: TlsRptError, at: number): TlsRptRecord => ({ ok: false, error: { code, at } });
  if (!/^v=TLSRPTv1[ \t]*;/.test(text)) return fault("version", 0);
  const fields = policyFields(text);
  const broken = fields.find(({ name }) => name === null);
  if (broken !== undefined) return fault("syntax", broken.at);
  const [, ...rest] = fields;
  const rua = rest.find((field) => field.name === "rua");
  if (rua === undefined || rua.name === null || rua.value.trim() === "") return fault("no-rua", rua?.at ?? text.length);
  const uris = rua.value.split(",").map((uri) => uri.trim());
  const named = uris.every((uri) => /^mailto:[^@\s]+@[^@\s]+$/i.test(uri) || /^https:\/\/[^/\s]+/i.test(uri));
  return named ? { ok: true, rua: uris } : fault("bad-rua", rua.at);
}

export type TlsRptLookUp = { readonly name: string } & (
  | { readonly status: "valid"; readonly text: string }
  | { readonly status: "invalid"; readonly error: TlsRptError }
  | { readonly status: "none" }
  | { readonly status: "unanswered"; readonly failure: DnsFailure }
);

/** One question. Never rejects. */
export async function lookUpTlsRpt(domain: Domain, resolver: Resolver): Promise<TlsRptLookUp> {
  const name = `_smtp._tls.${domain}`;
  const answer = await resolver.query(name, "TXT");
  if (isUnanswered(answer.status)) return { name, status: "unanswered", failure: answer.status };
  const found = onePolicyRecord(answer.records.map(txtValue), "v=TLSRPTv1");
  if (found.text === null) return found.kind === "none" ? { name, status: "none" } : { name, status: "invalid", error: "several-records" };
  const record = parseTlsRpt(found.text);
  return record.ok ? { name, status: "valid", text: found.text } : { name, status: "invalid", error: record.error.code };
}
