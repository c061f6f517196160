/** A domain as a person types it: bare, an address, a URL, the name of one of its records. */

import { type Domain, type DomainError, isPrivateName, isPublicSuffix, parseDomain, parseIp } from "../address/index.ts";
import { isKnownSuffix } from "./candidates.ts";
import type { Reading } from "./reading.ts";
import { withoutEnd, withoutStart } from "./trim.ts";

type ReadingError = Extract<Reading, { ok: false }>["error"];
export type NameResult =
  | { readonly ok: true; readonly domain: Domain; /** `s1._domainkey.example.test` was typed. */ readonly selector: string | null }
  | { readonly ok: false; readonly error: Omit<ReadingError, "ask"> };

/** The host of what was typed, judged: only a name that a mail could come from is one. */
export function readName(typed: string): NameResult {
  const host = withoutProse(hostOf(typed));
  const ip = parseIp(host);
  if (ip !== null) return refuse("ip-address", { ip });
  const bare = host.replace(/[。．｡]/g, ".").replace(/\.$/, "").toLowerCase();
  if (bare !== "" && isPrivateName(bare)) return refuse("private-name", { domain: bare });
  const parsed = parseDomain(host);
  if (!parsed.ok) return refuse(codeOf(parsed.error, bare), parsed.error === "ip-address" ? { ip: bare } : { domain: bare.slice(0, 253) });
  const { owner, selector } = ofRecord(parsed.domain);
  const named = parseDomain(owner);
  const domain = withoutWww(named.ok ? named.domain : parsed.domain, typed);
  if (isPublicSuffix(domain)) return refuse("public-suffix", { domain });
  return { ok: true, domain, selector };
}

/** Names of records, with an underscore (RFC 8552): the domain that they are about stands behind the last of these labels. */
function ofRecord(name: string): { readonly owner: string; readonly selector: string | null } {
  const key = /^([\w.-]{1,200})\._domainkey\.(.+)$/.exec(name);
  if (key !== null) return { owner: key[2] ?? "", selector: key[1] ?? null };
  const labels = name.split(".");
  const last = labels.findLastIndex((label) => label.startsWith("_"));
  return { owner: labels.slice(last + 1).join("."), selector: null };
}

/** Japanese and Chinese have no blanks: what is written behind a name, or brackets around it, would be taken for a part of it. */
const PROSE_BEHIND = /^([\w.@+-]{1,250}\.[a-z]{2,24})[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Ps}\p{Pe}]/iu;

function withoutProse(host: string): string {
  return PROSE_BEHIND.exec(host)?.[1] ?? host;
}

/** The name of a web site was typed: its mail is sent as the domain itself. In an address the name stays as it is. */
function withoutWww(domain: Domain, typed: string): Domain {
  const below = domain.startsWith("www.") && (typed.includes("://") || !typed.includes("@")) ? parseDomain(domain.slice("www.".length)) : null;
  return below?.ok === true && !isPublicSuffix(below.domain) ? below.domain : domain;
}

const refuse = (code: ReadingError["code"], params: ReadingError["params"]): NameResult => ({ ok: false, error: { code, params } });

function codeOf(error: DomainError, bare: string): ReadingError["code"] {
  if (error === "single-label") return /^[\x21-\x7e]+$/.test(bare) || isKnownSuffix(bare) ? "public-suffix" : "not-a-bounce";
  return error === "ip-address" && /^[\d.]*\d\.[\d.]*$/.test(bare) ? "ip-address" : error === "ip-address" ? "not-a-bounce" : "invalid-domain";
}

/** `https://user@www.example.test:8080/path`, `<kim@example.test>`, `example.test:25`, `example.test/contact`. */
function hostOf(typed: string): string {
  let text = unwrapped(typed.trim());
  if (parseIp(text) === null) text = unwrapped(text.replace(/^\p{L}{1,20}:(?!\/|\d)\s?/u, ""));
  const scheme = /^[a-z][a-z0-9+.-]{0,20}:\/\/|^h?ttps?:?\/{1,2}|^\/\//i.exec(text);
  if (scheme !== null) text = text.slice(scheme[0].length);
  text = (text.split(/[/?#\\]/, 1)[0] ?? "").replace("%40", "@");
  text = text.slice(text.lastIndexOf("@") + 1).replace(/^\*\./, "");
  if (parseIp(text) !== null) return text;
  return text.replace(/:\d{0,5}$/, "").replace(/[.。．｡]$/, "");
}

/** Quotes, brackets and marks of a list around the name; those of `[2001:db8::1]` and `user@[192.0.2.1]` belong to it. */
function unwrapped(typed: string): string {
  const text = withoutEnd(withoutStart(typed, "<(\"'`「『【（・•"), ">)\"'`,;!?」』】）、。");
  return text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
}
