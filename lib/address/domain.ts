/** Domain names as values, and the organizational domain that DMARC aligns by. */

import { domainToASCII, domainToUnicode } from "node:url";
import { parse as parseSuffix } from "tldts";

declare const domainBrand: unique symbol;
/** Lower-case A-labels, no final dot, at least one dot: `xn--r8jz45g.test`. */
export type Domain = string & { readonly [domainBrand]: true };

export type DomainError = "empty" | "too-long" | "empty-label" | "label-too-long" | "bad-character" | "single-label" | "ip-address";
export type DomainResult = { readonly ok: true; readonly domain: Domain } | { readonly ok: false; readonly error: DomainError };

/** Reads a domain name as typed: any case, U-labels or A-labels (UTS 46), an optional final dot, ideographic full stops. Underscores are allowed (`_dmarc`, `s1._domainkey`). */
export function parseDomain(text: string): DomainResult {
  const typed = text.trim().replace(/[。．｡]/g, ".").replace(/\.$/, "");
  if (typed === "") return { ok: false, error: "empty" };
  if (typed.split(".").some((label) => label === "")) return { ok: false, error: "empty-label" };
  const ascii = /^[\x21-\x7e]+$/.test(typed) ? typed.toLowerCase() : domainToASCII(typed);
  if (ascii === "" || !/^[a-z0-9_.-]+$/.test(ascii)) return { ok: false, error: "bad-character" };
  const labels = ascii.split(".");
  if (labels.some((label) => label.length > 63)) return { ok: false, error: "label-too-long" };
  if (labels.some((label) => label.startsWith("-") || label.endsWith("-"))) return { ok: false, error: "bad-character" };
  if (ascii.length > 253) return { ok: false, error: "too-long" };
  if (/^[\d.]+$/.test(ascii)) return { ok: false, error: "ip-address" };
  if (labels.length < 2) return { ok: false, error: "single-label" };
  return { ok: true, domain: ascii as Domain };
}

/** For showing to people: U-labels where the name has them. */
export function unicodeDomain(domain: string): string {
  return domainToUnicode(domain) || domain;
}

/** The registrable domain by the public suffix list (ICANN and private sections, as DMARC receivers use it); the name itself when it has none above it. RFC 7489 section 3.2. */
export function organizationalDomain(domain: Domain): Domain {
  return (parseSuffix(domain, { allowPrivateDomains: true }).domain ?? domain) as Domain;
}

/** `com`, `co.uk`, `github.io`: nobody sends mail as these. */
export function isPublicSuffix(domain: string): boolean {
  const parsed = parseSuffix(domain, { allowPrivateDomains: true });
  return parsed.domain === null && parsed.publicSuffix === domain && (parsed.isIcann === true || parsed.isPrivate === true || !domain.includes("."));
}

/** `child` is `parent` or below it. */
export function isSameOrBelow(child: string, parent: string): boolean {
  return child === parent || child.endsWith(`.${parent}`);
}

const SPECIAL_USE = ["localhost", "local", "internal", "invalid", "onion", "lan", "home", "corp", "home.arpa", "localdomain"];

/** Names that are never in the public DNS (RFC 6761, RFC 6762, RFC 7686, RFC 8375, ICANN's `internal`): asking about them tells nothing. `test` is left askable: our own zones live there. */
export function isPrivateName(name: string): boolean {
  return SPECIAL_USE.some((suffix) => isSameOrBelow(name, suffix));
}
