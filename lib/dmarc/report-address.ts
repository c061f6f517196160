/** `rua=` and `ruf=`: where receivers send reports. RFC 7489 section 6.2, RFC 9989 section 4.6 */

import { type Domain, parseDomain } from "../address/index.ts";
import { trimWsp } from "./white-space.ts";

export interface ReportAddress {
  /** As published, the size limit too: `mailto:dmarc@example.com!10m`. */
  readonly uri: string;
  /** Where reports go, and whose permission that needs (RFC 7489 section 7.1); null for a scheme other than mailto. */
  readonly domain: Domain | null;
}

export interface BadReportAddress {
  readonly text: string;
  /** Within the tag's value. */
  readonly at: number;
  readonly length: number;
}

/** The list, divided into what receivers can use and what they can't. */
export function parseReportAddresses(value: string): { readonly addresses: readonly ReportAddress[]; readonly bad: readonly BadReportAddress[] } {
  const addresses: ReportAddress[] = [];
  const bad: BadReportAddress[] = [];
  let at = 0;
  for (const item of value.split(",")) {
    const text = trimWsp(item);
    const parsed = parseReportAddress(text);
    if (parsed !== null) addresses.push(parsed);
    else bad.push({ text, at: at + (text === "" ? 0 : item.indexOf(text)), length: text.length });
    at += item.length + 1;
  }
  return { addresses, bad };
}

/** Each URI once, in order. */
export function onceEach(addresses: readonly ReportAddress[]): readonly ReportAddress[] {
  return [...new Map(addresses.map((address) => [address.uri, address])).values()];
}

/** One URI. A comma and "!" must be encoded inside it; "!" and a size may follow (RFC 7489 section 6.4: dmarc-uri). */
export function parseReportAddress(text: string): ReportAddress | null {
  const uri = /^([a-z][a-z0-9+.-]*):([\x21\x23-\x3a\x3d-\x7e]+)$/i.exec(text.replace(/!\d{1,18}[kmgt]?$/i, ""));
  const [, scheme = "", rest = ""] = uri ?? [];
  // RFC 3986 section 2.1: "%" only before two hexadecimal digits.
  if (uri === null || /%(?![0-9a-f]{2})/i.test(rest) || rest.includes("!") || rest.includes("\\") || rest.includes("'") || rest.includes("`")) return null;
  if (scheme.toLowerCase() !== "mailto") return { uri: text, domain: null };
  const [mailbox = ""] = rest.split("?");
  const [local = "", host = "", ...more] = mailbox.split("@");
  const domain = parseDomain(host);
  if (local === "" || local.startsWith("/") || more.length > 0 || !domain.ok) return null;
  return { uri: text, domain: domain.domain };
}
