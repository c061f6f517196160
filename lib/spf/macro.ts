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

/** More than any name has octets, with its final dot: what stands before them is dropped (section 7.3). */
const LONGEST_NAME = 255;

/**
 * The text; of one longer than `longest` octets only its end, longer than that too. So that a macro-string of ten thousand
 * macros, each of which stands for a long local-part, costs no more than the name it can become.
 */
export function expandMacros(parts: readonly MacroPart[], values: MacroValues, longest = LONGEST_NAME): string {
  const split = splitter();
  let text = "";
  for (let at = parts.length - 1; at >= 0 && text.length <= longest; at -= 1) {
    const part = parts[at] ?? "";
    text = (typeof part === "string" ? part : expandOne(part, values, split)) + text;
  }
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

function expandOne(macro: MacroExpand, values: MacroValues, split: Split): string {
  const value = values(macro.letter);
  const taken = macro.plain ? value : transformed(value, macro, split);
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
function transformed(value: string, macro: MacroExpand, split: Split): string {
  const parts = split(value, macro);
  const kept = Math.min(macro.keep, parts.length);
  return macro.reversed ? parts.slice(0, kept).reverse().join(".") : parts.slice(parts.length - kept).join(".");
}

type Split = (value: string, macro: MacroExpand) => readonly string[];

/** Each value is split once at each set of delimiters, however many macros of one string do so. */
function splitter(): Split {
  let known: Map<string, readonly string[]> | null = null;
  return (value, { letter, delimiters }) => {
    if (value.length <= LONGEST_NAME) return splitAt(value, delimiters);
    known ??= new Map();
    const key = letter + [...new Set(delimiters)].sort().join("");
    const parts = known.get(key) ?? splitAt(value, delimiters);
    known.set(key, parts);
    return parts;
  };
}

function splitAt(value: string, delimiters: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (!delimiters.includes(value.charAt(at))) continue;
    parts.push(value.slice(from, at));
    from = at + 1;
  }
  parts.push(value.slice(from));
  return parts;
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
