/** One SMTP reply as facts: its codes, its rule, the domains and addresses that it names, and what it claims of SPF, DKIM and DMARC. */

import { type Domain, type IpAddress, isPublicIp, parseDomain, parseIp } from "../address/index.ts";
import { ruleByWords, squash } from "./rule-of-reply.ts";
import type { Bounce, BounceRule } from "./reading.ts";
import { withoutEnd, withoutStart } from "./trim.ts";

export interface Reply {
  readonly code: number | null;
  readonly enhancedCode: string | null;
  /** On one line, codes in mid-line taken out; not redacted. */
  readonly text: string;
  /** Letters and digits alone, lower case. */
  readonly letters: string;
  /** Its codes stand at its beginning: nothing of another text comes before it. */
  readonly begun: boolean;
  /** Closed by `gsmtp`. */
  readonly closed: boolean;
  /** Closed by `gcdp`: written by the recipient's administrator. */
  readonly recipientsRule: boolean;
  readonly ruleByWords: BounceRule | null;
  readonly claims: Bounce["claims"];
  /** Domains that the reply names, by the part they play. */
  readonly mailFrom: Domain | null;
  readonly headerFrom: Domain | null;
  readonly signer: Domain | null;
  /** Public addresses that the reply names as the sender's. */
  readonly ips: readonly IpAddress[];
}

const TEXT_MAX = 1000;

export function readReply(raw: string): Reply {
  const { code, enhancedCode } = codesOf(raw);
  const text = withoutScores(raw).replace(/\s+/g, " ").trim();
  const body = withoutCodes(text, code, enhancedCode);
  const tight = body.replace(/\s+/g, "");
  const letters = squash(body);
  const recipientsRule = /\bgcdp\b/i.test(text);
  const policyDomain = domainBetween(tight, "unauthenticatedemailfrom", ["isnotaccepted"]) ?? domainIn(/\bUnauthenticated email from\s{1,4}\[?([^\s\]<>]{3,255})/i.exec(body)) ?? domainIn(/\bcontact the administrator of\s{1,4}([^\s<>]{3,255})\s{1,4}domain/i.exec(body));
  const spf = spfClaim(tight);
  return {
    code,
    enhancedCode,
    text: `${heading(code, enhancedCode)}${body}`.trim().slice(0, TEXT_MAX),
    letters,
    begun: /^[\s'"(<b]{0,12}#?[45](?:\d\d\b|\.\d\.\d)/.test(raw),
    closed: /\bgsmtp\b/i.test(text),
    recipientsRule,
    ruleByWords: ruleByWords({ code, enhancedCode, letters, recipientsRule }),
    claims: { spf, dkim: dkimClaim(tight, body), dmarc: dmarcClaim(tight, policyDomain) },
    mailFrom: parsed(spf?.domain ?? null) ?? domainBetween(tight, "spfdomain[", ["]"]) ?? senderRejected(body),
    headerFrom: policyDomain ?? domainIn(/\bsending domain,?\s{1,4}\[?([^\s\]<>,]{3,255})/i.exec(body)) ?? domainIn(/\b(?:5322\.?From|From: header|From header)(?:'s)? domain[: ]{1,3}\[?([^\s\]<>,]{3,255})/i.exec(body)),
    signer: domainBetween(tight, "dkimdomain[", ["]"]) ?? domainIn(/\bDKIM\s?=[\w ]{1,30}\bwith domain:? \[?([^\s\]<>,]{3,255})/i.exec(body)),
    ips: namedAddresses(body, spf?.ip ?? null),
  };
}

const heading = (code: number | null, enhancedCode: string | null): string => [code, enhancedCode].filter((part) => part !== null).map((part) => `${part} `).join("");

/** The codes that stand most often: a hard wrap may have cut one of them short. */
function codesOf(raw: string): { code: number | null; enhancedCode: string | null } {
  const pairs = [...raw.slice(0, 6000).matchAll(/(?<![\d.])([45]\d\d)[-\s,#:;'"b(]{1,8}([45]\.[0-7]\.\d{1,3})(?!\.?\d)/g)];
  const enhanced = mostFrequent(pairs.map((pair) => pair[2] ?? "")) ?? /(?<![\w.])[45]\.[0-7]\.\d{1,3}(?![\w-]|\.\d)/.exec(raw)?.[0] ?? null;
  const code = mostFrequent(pairs.map((pair) => pair[1] ?? "")) ?? /^[\s'"(]{0,8}([45]\d\d)(?=[- ,])/.exec(raw)?.[1] ?? /\b(?:said|says|was|returned|response|smtp)[:;]?[\s'"(]{1,8}([45]\d\d)(?=[- ])/i.exec(raw)?.[1] ?? null;
  return { code: code === null ? null : Number(code), enhancedCode: enhanced };
}

function mostFrequent(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length)[0]?.[0] ?? null;
}

/** Gmail writes `[192.0.2.1      12]`, address and a number of its own, in replies about reputation; `[example.com      35]` likewise. */
function withoutScores(raw: string): string {
  return raw.replace(/\[([^[\]\s]{3,255})(\s{1,60})(\d{1,3})\]/g, (whole, name: string, blanks: string, score: string) => {
    // Where nothing but a line's end stands between them, a wrap may have cut an address.
    const cut = !/[ \t]/.test(blanks) && /[\da-f.:]$/i.test(name) && parseIp(name + score) !== null;
    return cut ? whole : `[${name}]`;
  });
}

/** Codes that mailers leave in mid-line, wherever a wrap put blanks into them. */
function withoutCodes(text: string, code: number | null, enhancedCode: string | null): string {
  let body = text;
  if (enhancedCode !== null) {
    const spaced = [...enhancedCode].map((character) => (character === "." ? "\\." : character)).join(" ?");
    const head = code === null ? "" : `(?:(?<!\\d)#?${[...String(code)].join(" ?")} ?[-, #:'"b(]{0,6} ?)?`;
    body = body.replace(new RegExp(`(?<![\\d.:])${head}#?${spaced}(?!\\d|\\.\\d|:)`, "g"), " ");
  } else if (code !== null) {
    body = body.replace(new RegExp(`(?<![\\w.:])${code}(?:-|(?= ))(?!\\d)`, "g"), " ");
  }
  return body.replace(/ {2,}/g, " ").trim();
}

const RESULTS: readonly [letters: string, result: string][] = [
  ["didnotpass", "did not pass"], ["didn'tpass", "did not pass"], ["notpass", "did not pass"], ["doesnotpass", "did not pass"], ["softfail", "softfail"], ["hardfail", "fail"], ["failed", "fail"], ["fail", "fail"], ["neutral", "neutral"], ["none", "none"],
  ["permerror", "permerror"], ["temperror", "temperror"], ["pass", "pass"],
];

function resultAt(tight: string, at: number): string | null {
  const ahead = tight.slice(at, at + 16).toLowerCase();
  return RESULTS.find(([letters]) => ahead.startsWith(letters))?.[1] ?? null;
}

/** What the text says of SPF, without blanks so that no wrap matters. */
function spfClaim(tight: string): Bounce["claims"]["spf"] {
  const modern = /SPF:?\[([^[\]]{0,255})\](?:withip:?\[([^[\]]{0,60})\])?=/i.exec(tight);
  if (modern !== null) {
    const result = resultAt(tight, modern.index + modern[0].length);
    if (result !== null) return { result, domain: parsed(modern[1] ?? null), ip: address(modern[2] ?? null) };
  }
  // As Google's help has it: without brackets, and "IP address".
  const plain = /SPF(?:domain)?:?\[?([\p{L}\p{M}\p{N}._-]{3,255}?)\]?withIP(?:address)?:?\[?([\da-f.:]{3,45})\]?=/iu.exec(tight);
  if (plain !== null) {
    const result = resultAt(tight, plain.index + plain[0].length);
    if (result !== null) return { result, domain: parsed(plain[1] ?? null), ip: address(plain[2] ?? null) };
  }
  const check = /SPFcheckfor\[?([^[\]]{0,255})\]?(?:didnotpass|doesnotpass|didn'tpass|failed)(?:withip:?\[([^[\]]{0,60})\])?/i.exec(tight);
  if (check !== null) return { result: "did not pass", domain: parsed(check[1] ?? null), ip: address(check[2] ?? null) };
  const hard = /MAILFROMdomain\[([^[\]]{0,255})\]hasanSPFrecord/i.exec(tight);
  if (hard !== null) return { result: "fail", domain: parsed(hard[1] ?? null), ip: address(/withtheip:?\[([^[\]]{0,60})\]/i.exec(tight)?.[1] ?? null) };
  const bare = /SPF(?:result)?=/i.exec(tight);
  const result = bare === null ? null : resultAt(tight, bare.index + bare[0].length);
  return result === null ? null : { result, domain: null, ip: address(/withip:?\[([^[\]]{0,60})\]/i.exec(tight)?.[1] ?? null) };
}

function dkimClaim(tight: string, body: string): Bounce["claims"]["dkim"] {
  const found = /DKIM:?(?:\[([^[\]]{0,255})\])?=/i.exec(tight);
  const result = found === null ? null : resultAt(tight, found.index + found[0].length);
  if (result === null) return /DKIMchecksdidnotpass|DKIMbothdonotpass|SPFandDKIMbothdo/i.test(tight) ? { result: "did not pass", domain: null } : null;
  return { result, domain: parsed(found?.[1] ?? null) ?? domainIn(/\bDKIM\s?=[\w ]{1,30}\bwith domain:? \[?([^\s\]<>,]{3,255})/i.exec(body)) };
}

function dmarcClaim(tight: string, policyDomain: Domain | null): Bounce["claims"]["dmarc"] {
  const found = /DMARC:?(?:\[([^[\]]{0,255})\])?=/i.exec(tight);
  const result = found === null ? null : resultAt(tight, found.index + found[0].length);
  if (result !== null) return { result, domain: parsed(found?.[1] ?? null) ?? policyDomain };
  return policyDomain === null ? null : { result: "fail", domain: policyDomain };
}

function parsed(text: string | null): Domain | null {
  const result = text === null ? null : parseDomain(text.replace(/^.*@/, ""));
  return result?.ok === true ? result.domain : null;
}

function address(text: string | null): IpAddress | null {
  return text === null ? null : parseIp(text);
}

/** The domain between two marks of a text without blanks. */
function domainBetween(tight: string, open: string, closes: readonly string[]): Domain | null {
  const lower = tight.toLowerCase();
  const at = lower.indexOf(open);
  if (at === -1) return null;
  const from = at + open.length;
  const ends = closes.map((close) => lower.indexOf(close, from)).filter((end) => end !== -1 && end - from <= 260);
  return ends.length === 0 ? null : parsed(withoutEnd(withoutStart(tight.slice(from, Math.min(...ends)), "[<'\""), "]>'\""));
}

/** A name as prose has it, with the full stop of its sentence. */
function domainIn(match: RegExpExecArray | null): Domain | null {
  return parsed(withoutEnd(match?.[1] ?? "", ".,;:!?'\")]"));
}

/** Other receivers name the envelope so: `<a@example.test>: Sender address rejected`. */
function senderRejected(body: string): Domain | null {
  return domainIn(/<[^<>@\s]{0,200}@([^<>\s]{3,255})>:? Sender address rejected/i.exec(body));
}

/** `mx.example.test [192.0.2.1]`: the address of a host that is named. */
function isOfHost(before: string): boolean {
  return /[\w-]\.[a-z]{2,24} $/i.test(before);
}

/** Addresses in brackets that no host name precedes, and those after "IP address". The one that SPF was checked with outweighs others. */
function namedAddresses(body: string, ofSpf: string | null): readonly IpAddress[] {
  const spf = ofSpf === null ? null : parseIp(ofSpf);
  if (spf !== null && isPublicIp(spf)) return [spf];
  const texts: string[] = [];
  for (const match of body.matchAll(/(?<![\w.])\[((?:ipv6:)?[\da-f:. ]{3,60})\]/gi)) if (!isOfHost(body.slice(Math.max(0, match.index - 64), match.index))) texts.push(match[1] ?? "");
  for (const match of body.matchAll(/\b(?:IP|IP address|client|host):? {0,2}\(?([\da-f]{1,4}[.:][\da-f.:]{2,44})/gi)) texts.push(withoutEnd(match[1] ?? "", ".:"));
  // An address that a wrap cut, or one with a number of Gmail's own: both are kept, and so none is taken for certain.
  const ips = texts.flatMap((text) => [parseIp(text.replace(/\s+/g, "")), /\.\d{1,3} \d{1,3}$/.test(text) ? parseIp(text.split(" ", 1)[0] ?? "") : null]).filter((ip) => ip !== null);
  return [...new Set(ips.filter(isPublicIp))];
}
