/** Macros put to use: what a domain-spec or an explanation says for one message. RFC 7208 section 7 */

import { domainToASCII } from "node:url";
import { type IpAddress, ipBytes, ipFamily } from "../address/index.ts";
import { isAskable } from "../dns/name.ts";
import type { MacroExpand, MacroLetter, MacroPart } from "./macro-string.ts";

/** What a message brings with it, the same throughout one evaluation. */
export interface Message {
  readonly ip: IpAddress;
  /** Of `<sender>`; "postmaster" when it has none (RFC 7208 section 4.3). */
  readonly localPart: string;
  readonly senderDomain: string;
  readonly helo: string;
  /** The host that does the checking. */
  readonly receiver: string;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
}

/** What each macro letter stands for, before transformers (RFC 7208 section 7.2). */
export type MacroValues = (letter: MacroLetter) => string;

export function expandMacros(parts: readonly MacroPart[], values: MacroValues): string {
  let text = "";
  for (const part of parts) text += typeof part === "string" ? part : expandOne(part, values);
  return text;
}

/** `domain` is that of the record in which the macro stands; `validatedName` is asked for only by `%{p}`. */
export function macroValues(message: Message, domain: string, validatedName = "unknown"): MacroValues {
  return (letter) => valueOf(letter, message, domain, validatedName);
}

/**
 * The name to look up, or null when DNS has no place for it: empty or over-long labels, a single label (RFC 7208 sections 4.3 and 4.8).
 * A name over 253 octets loses labels on its left (section 7.3); a final dot says nothing.
 */
export function targetName(expanded: string): string | null {
  let name = asciiName(withoutRoot(expanded));
  while (name.length > 253) {
    const dot = name.indexOf(".");
    if (dot === -1) return null;
    name = name.slice(dot + 1);
  }
  return isFullyQualified(name) ? name : null;
}

/** More than one label, each of 1 to 63 octets, `name` being without the root's final dot. RFC 7208 section 4.3 */
export function isFullyQualified(name: string): boolean {
  return name.includes(".") && !name.endsWith(".") && isQueryable(name);
}

/** As `isAskable`, without a final dot, in one pass over the ASCII that names nearly always are: this runs for every name of every evaluation. */
export function isQueryable(name: string): boolean {
  if (name.length > 253) return false;
  let label = 0;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (code > 127) return isAskable(name);
    label = code === DOT ? 0 : label + 1;
    if (label > 63 || (code === DOT && (at === 0 || name.charCodeAt(at - 1) === DOT))) return false;
  }
  return label > 0;
}

const DOT = 46;

export function withoutRoot(name: string): string {
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

/** RFC 7208 section 4.3: "Internationalized domain names MUST be encoded as A-labels"; a name that cannot be stays as it is and is found nowhere. */
export function asciiName(name: string): string {
  return isAscii(name) ? name : domainToASCII(name);
}

export function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

function expandOne(macro: MacroExpand, values: MacroValues): string {
  const value = values(macro.letter);
  const taken = macro.plain ? value : transformed(value, macro);
  return macro.escaped ? urlEscaped(taken) : taken;
}

function valueOf(letter: MacroLetter, message: Message, domain: string, validatedName: string): string {
  switch (letter) {
    case "s":
      return `${message.localPart}@${message.senderDomain}`;
    case "l":
      return message.localPart;
    case "o":
      return message.senderDomain;
    case "d":
      return domain;
    case "i":
      return ipFamily(message.ip) === 4 ? message.ip : nibbles(message.ip);
    case "p":
      return validatedName;
    case "v":
      return ipFamily(message.ip) === 4 ? "in-addr" : "ip6";
    case "h":
      return message.helo;
    case "c":
      return message.ip;
    case "r":
      return message.receiver;
    case "t":
      return String(message.time);
  }
}

/** RFC 7208 section 7.3: split at the delimiters, reverse, keep the right-hand parts, join with dots. Empty parts are parts. */
function transformed(value: string, { delimiters, reversed, keep }: MacroExpand): string {
  const parts: string[] = [];
  let part = "";
  for (const character of value) {
    if (delimiters.includes(character)) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  parts.push(part);
  if (reversed) parts.reverse();
  return (keep < parts.length ? parts.slice(parts.length - keep) : parts).join(".");
}

/** An IPv6 address as 32 dotted nibbles, for `%{ir}`. */
function nibbles(ip: IpAddress): string {
  return ipBytes(ip).map((byte) => `${(byte >> 4).toString(16)}.${(byte & 15).toString(16)}`).join(".");
}

/** RFC 7208 section 7.3: all but the "unreserved" set of RFC 3986 section 2.3. */
function urlEscaped(text: string): string {
  let escaped = "";
  for (const byte of Buffer.from(text, "utf8")) {
    const character = String.fromCharCode(byte);
    escaped += /[A-Za-z\d._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return escaped;
}
