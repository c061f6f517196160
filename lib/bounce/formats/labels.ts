/** Senders, hosts and recipients that a text names by a label of SMTP, of logs or of reports, whoever wrote it. */

import { type Domain, isPublicIp, parseDomain, parseIp, type IpAddress } from "../../address/index.ts";
import type { ReversePath } from "../headers.ts";
import { withoutEnd } from "../trim.ts";

const MAIL_FROM = [
  /\bMAIL FROM:\s{0,3}<([^<>\n]{0,320})>/i,
  /\bMAIL FROM:\s{0,3}([^\s<>"',;@]{1,320}@[^\s<>"',;]{1,255})/i,
  /\bfrom=<([^<>\n]{0,320})>/i,
  /\bX-Postfix-Sender:\s{0,3}rfc822;\s{0,3}([^\s<>]{1,320})/i,
  /\bReturn-Path:\s{0,3}<([^<>\n]{0,320})>/i,
  /\b(?:envelope-from|smtp\.mailfrom|reverse-path|Envelope-Sender)[=:]\s{0,2}"?<?([^\s;">]{3,320})/i,
  /\bF=<([^<>\n]{0,320})>/,
  /\bReceived-From-MTA:\s{0,3}dns;\s{0,3}([^\s<>@]{1,320}@[^\s<>]{3,255})/i,
  /(?<![\w.-])from ?= ?["']?([^\s<>"',;=@]{1,320}@[^\s<>"',;]{1,255})/,
  /^[0-9A-Za-z]{8,20}[*!]? {1,12}\d{1,10} \w{3} \w{3} {1,2}\d{1,2} [\d:]{8} {1,4}([^\s<>]{3,320})/m,
  /\b(?:return path|bounce address|envelope sender|envelope from)(?: is|:)?\s{1,3}<?([^\s<>]{3,320})/i,
] as const;

export function labelledMailFrom(text: string): ReversePath {
  for (const label of MAIL_FROM) {
    for (const found of matches(label, text)) {
      // The report's own Return-Path is null as well, and says nothing of the message that was refused.
      if (found.trim() === "" && label.source.includes("Return-Path")) continue;
      if (found.trim() === "") return null;
      const domain = isMailer(found) ? null : domainOf(found);
      if (domain !== null) return domain;
    }
  }
  return undefined;
}

const MATCHES_MAX = 30;

/** What a label is followed by, wherever it stands; the first few are enough. */
function* matches(label: RegExp, text: string): Generator<string> {
  const pattern = new RegExp(label.source, label.flags.includes("g") ? label.flags : `${label.flags}g`);
  for (let count = 0; count < MATCHES_MAX; count += 1) {
    const found = pattern.exec(text);
    if (found === null) return;
    yield found[1] ?? "";
  }
}

function isMailer(text: string): boolean {
  return /mailer-daemon|mail delivery|postmaster@|microsoftexchange/i.test(text);
}

/** Mail clients translate the fields that they show. */
const AUTHOR = /^(?:From|差出人|送信者(?:の?アドレス)?|送信元|Sender Address|Von|Absender|De|Expéditeur|Da|Mittente|Van|Afzender|发件人|보낸 사람)[ \t]?:[ \t]{0,8}([^\n]{3,400})/im;

export function labelledHeaderFrom(text: string): Domain | null {
  for (const found of matches(AUTHOR, text)) {
    const domain = isMailer(found) ? null : authorIn(found);
    if (domain !== null) return domain;
  }
  const found = /\bheader\.from=([^\s;]{3,255})/i.exec(text)?.[1] ?? /\b5322\.From(?: domain| address)?[ :=[]{1,4}([^\s\])]{3,320})/i.exec(text)?.[1];
  if (found !== undefined) return authorIn(found);
  // A header that lost its line ends.
  for (const address of matches(/\bFrom: {1,4}(?:[^<>\n@:]{0,80}<)?([^\s<>@,;]{1,300}@[^\s<>,;]{3,255})/i, text)) {
    const domain = isMailer(address) ? null : domainOf(address);
    if (domain !== null) return domain;
  }
  return null;
}

function authorIn(found: string): Domain | null {
  return domainOf(/<([^<>]{3,320})>/.exec(found)?.[1] ?? /\S{1,300}@[^\s,;]{1,255}/.exec(found)?.[0] ?? (found.includes(" ") ? "" : found));
}

/** The sender of the transaction that a reply ends: of several in one dialogue the last before it. */
export function lastMailFrom(dialogue: string): ReversePath {
  const at = dialogue.toUpperCase().lastIndexOf("MAIL FROM:");
  return at === -1 ? undefined : labelledMailFrom(dialogue.slice(at, at + 400));
}

/** The name given in EHLO, never an address literal. */
export function labelledHelo(text: string): string | null {
  for (const match of text.matchAll(/(?:^|[\s">\]])(?:EHLO|HELO|LHLO|helo=<?)[ \t]{0,3}([\w.-]{3,255})/gi)) {
    const parsed = parseDomain(match[1] ?? "");
    if (parsed.ok) return parsed.domain;
  }
  return null;
}

/** How Google greets: "mx.google.com at your service, [192.0.2.1]". */
export function greetedAddress(text: string): IpAddress | null {
  const found = /google\.com at your\s{1,3}service,?\s{1,3}\[([\da-f.:]{3,45})\]/i.exec(text)?.[1];
  return publicIp(found);
}

/** The address that a mailer's log, or the service that sent the message, tells of its own end of the connection. */
export function ownAddress(text: string): IpAddress | null {
  const found = /\blocal_?ip ?[=:] ?"?\[?([\da-f.:]{3,45})/i.exec(text)?.[1] ?? /^X-SES-Outgoing:\s{0,3}[\d.]{8,10}-([\da-f.:]{3,45})/im.exec(text)?.[1];
  return publicIp(found);
}

export function publicIp(text: string | undefined): IpAddress | null {
  const ip = text === undefined ? null : parseIp(text);
  return ip !== null && isPublicIp(ip) ? ip : null;
}

/** The host that gave the reply: "host mx.example.test[192.0.2.1] said:", "mx.example.test gave this error", `Remote-MTA:`, `H=`. */
export function speakerIn(text: string): string | null {
  const found =
    /\bhost ([\w.-]{3,255})\s{0,4}\[[^\]\n]{0,60}\]\s{1,8}(?:said|refused|SMTP error)/i.exec(text)?.[1] ??
    /\bhost ([\w.-]{3,255})\s{0,4}\[[^\]\n]{0,60}\]/i.exec(text)?.[1] ??
    /\bRemote-MTA:\s{0,3}(?:dns;)?\s{0,3}([\w.-]{3,255})/i.exec(text)?.[1] ??
    /^([\w.-]{3,255}) (?:gave this error|rejected your message)/im.exec(text)?.[1] ??
    /\b(?:by the recipient domain|while talking to|connected to|by the server for the recipient domain) (?:[\w.-]{3,255} by )?([\w.-]{3,255})/i.exec(text)?.[1] ??
    /\bH=([\w.-]{3,255}) \[/.exec(text)?.[1] ??
    /\brelay=([\w.-]{3,255})[.[ ]/i.exec(text)?.[1];
  return found === undefined || !found.includes(".") ? null : found.replace(/\.$/, "").toLowerCase();
}

/** The host of the mailer that wrote a report: what it calls itself to others too, unless it was told otherwise. */
export function reportingHost(text: string): string | null {
  const found =
    /\bThis is the (?:mail system|\S{1,40} program|mail delivery agent) at (?:host )?([\w.-]{3,255})/i.exec(text)?.[1] ??
    /\bReporting-MTA:\s{0,3}dns;\s{0,3}([\w.-]{3,255})/i.exec(text)?.[1] ??
    /\bon the queue on ([\w.-]{3,255})/i.exec(text)?.[1] ??
    /\bdelivery status notification from ([\w.-]{3,255})/i.exec(text)?.[1];
  return found === undefined ? null : withoutEnd(found, ".").toLowerCase();
}

/** Those that name who could not be reached come first: `To:` may be that of the report. */
const RECIPIENTS = [
  /^X-Failed-Recipients:[ \t]{0,4}([^\s<>,]{3,320})/gim,
  /\b(?:orig_)?to=<?([^\s<>,]{3,320})/gi,
  /\bRCPT TO:\s{0,3}<([^<>\n]{3,320})>/gi,
  /\b(?:Final-Recipient|Original-Recipient):\s{0,3}(?:rfc822;)?\s{0,3}<?([^\s<>]{3,320})/gi,
  /<([^<>\s]{3,320})>(?: \([^()\n]{0,330}\))?:/g,
  /\bexpanded from\s{1,8}<?([^\s<>]{3,320})/g,
  /(?:\*\*|=>|->|==) ([^\s<>]{3,320}@[^\s<>]{3,255})/g,
  /\b(?:delivered to|your message to|account|recipients?:?|address\(es\) failed:|addresses failed:)\s{1,6}<?([^\s<>,@]{1,100}@[^\s<>,]{3,255})/gi,
  /"(?:emailAddress|email|recipient|to|rcpt|Email|Recipient)":\s{0,3}\[?"([^"\s]{3,320})"/g,
  /^(?:Delivered-To|To|Cc|Recipient Address|X-Original-To):[^\n@]{0,200}?([^\s<>,@]{0,100}@[^\s<>,]{3,255})/gim,
  /^[ \t]{0,20}<([^<>\s]{3,320})>[ \t]{0,20}$/gm,
] as const;

/** Domains that recipients are named by: never the sender's. */
export function recipientDomains(text: string): readonly string[] {
  const found = new Set<string>();
  for (const label of RECIPIENTS) {
    for (const match of text.matchAll(label)) {
      const domain = (match[1] ?? "").includes("@") ? domainOf(match[1] ?? "") : null;
      if (domain !== null) found.add(domain);
    }
  }
  return [...found];
}

const MAILERS = /^(?:[^\s:]{1,20} ?: ?)?[^\n@:]{0,120}(?:mailer-daemon@|mail delivery (?:subsystem|system)|postmaster@|microsoftexchange)/gim;
const REPORTS_MAX = 50;

/** A mailer's report goes to whoever sent the message: `To:` near the line that names the mailer. */
export function reportedTo(text: string): Domain | null {
  let seen = 0;
  for (const from of text.matchAll(MAILERS)) {
    const around = blockAround(text, from.index);
    const to = /^(?:To|宛先|An|À|Para|A|Aan|收件人|받는 사람) ?:[^\n@]{0,200}@([^\s<>,;]{3,255})/im.exec(around)?.[1];
    if (to !== undefined) return domainOf(to);
    seen += 1;
    if (seen >= REPORTS_MAX) break;
  }
  return null;
}

/** The lines around a place, up to blank ones. */
function blockAround(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - 800), at);
  const after = text.slice(at, at + 800);
  const end = /\n[ \t]*\n/.exec(after)?.index ?? after.length;
  return before.slice(Math.max(0, before.lastIndexOf("\n\n"))) + after.slice(0, end);
}

export function domainOf(address: string): Domain | null {
  const bare = address.includes("<http") ? address.replace(/<https?:[^<>]{0,2000}>/g, "") : address;
  const parsed = parseDomain(withoutEnd(bare.slice(bare.lastIndexOf("@") + 1), ">.,;:'\")"));
  return parsed.ok ? parsed.domain : null;
}
