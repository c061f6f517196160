/** Senders, hosts and recipients that a text names by a label of SMTP, of logs or of reports, whoever wrote it. */

import { type Domain, isPublicIp, parseDomain, parseIp, type IpAddress } from "../../address/index.ts";
import type { ReversePath } from "../headers.ts";
import { withoutEnd } from "../trim.ts";

const MAIL_FROM = [
  /\bMAIL FROM:\s{0,3}<([^<>\n]{0,320})>/i,
  /\bfrom=<([^<>\n]{0,320})>/i,
  /\bX-Postfix-Sender:\s{0,3}rfc822;\s{0,3}([^\s<>]{1,320})/i,
  /\bReturn-Path:\s{0,3}<([^<>\n]{0,320})>/i,
  /\b(?:envelope-from|smtp\.mailfrom|reverse-path|Envelope-Sender)[=:]\s{0,2}"?<?([^\s;">]{3,320})/i,
  /\bF=<([^<>\n]{0,320})>/,
  /^[0-9A-Za-z]{8,20}[*!]? {1,12}\d{1,10} \w{3} \w{3} {1,2}\d{1,2} [\d:]{8} {1,4}([^\s<>]{3,320})/m,
  /\b(?:return path|bounce address|envelope sender|envelope from)(?: is|:)\s{1,3}<?([^\s<>]{3,320})/i,
] as const;

export function labelledMailFrom(text: string): ReversePath {
  for (const label of MAIL_FROM) {
    const found = label.exec(text)?.[1];
    if (found === undefined) continue;
    // The report's own Return-Path is null as well, and says nothing of the message that was refused.
    if (found.trim() === "" && label.source.includes("Return-Path")) continue;
    if (found.trim() === "") return null;
    const domain = domainOf(found);
    if (domain !== null) return domain;
  }
  return undefined;
}

export function labelledHeaderFrom(text: string): Domain | null {
  const found = /^From:[ \t]{0,4}([^\n]{3,400})/im.exec(text)?.[1] ?? /\bheader\.from=([^\s;]{3,255})/i.exec(text)?.[1] ?? /\b5322\.From(?: domain| address)?[ :=[]{1,4}([^\s\])]{3,320})/i.exec(text)?.[1];
  if (found === undefined || /mailer-daemon|mail delivery|postmaster@|microsoftexchange/i.test(found)) return null;
  return domainOf(/<([^<>]{3,320})>/.exec(found)?.[1] ?? /\S{1,300}@[^\s,;]{1,255}/.exec(found)?.[0] ?? (found.includes(" ") ? "" : found));
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
  const found = /google\.com at your service,? \[([\da-f.:]{3,45})\]/i.exec(text)?.[1];
  const ip = found === undefined ? null : parseIp(found);
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

const RECIPIENTS = [
  /\b(?:orig_)?to=<?([^\s<>,]{3,320})/gi,
  /\bRCPT TO:\s{0,3}<([^<>\n]{3,320})>/gi,
  /\b(?:Final-Recipient|Original-Recipient):\s{0,3}(?:rfc822;)?\s{0,3}<?([^\s<>]{3,320})/gi,
  /^(?:X-Failed-Recipients|Delivered-To|To|Cc|Recipient Address|X-Original-To):[^\n@]{0,200}?([^\s<>,@]{0,100}@[^\s<>,]{3,255})/gim,
  /<([^<>\s]{3,320})>(?: \([^()\n]{0,330}\))?:/g,
  /\bexpanded from\s{1,8}<?([^\s<>]{3,320})/g,
  /(?:\*\*|=>|->|==) ([^\s<>]{3,320}@[^\s<>]{3,255})/g,
  /\b(?:delivered to|your message to|account|recipients?:?|address\(es\) failed:|addresses failed:)\s{1,6}<?([^\s<>,@]{1,100}@[^\s<>,]{3,255})/gi,
  /"(?:emailAddress|email|recipient|to|rcpt|Email|Recipient)":\s{0,3}\[?"([^"\s]{3,320})"/g,
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

/** A mailer's report goes to whoever sent the message: `To:` beside a `From:` of a mailer. */
export function reportedTo(text: string): Domain | null {
  for (const from of text.matchAll(/^From:[^\n]{0,120}(?:mailer-daemon|mail delivery|postmaster|microsoftexchange)/gim)) {
    const around = text.slice(Math.max(0, from.index - 800), from.index + 800);
    const to = /^To:[^\n@]{0,200}@([^\s<>,;]{3,255})/im.exec(around)?.[1];
    if (to !== undefined) return domainOf(to);
  }
  return null;
}

export function domainOf(address: string): Domain | null {
  const parsed = parseDomain(withoutEnd(address.slice(address.lastIndexOf("@") + 1), ">.,;:'\")"));
  return parsed.ok ? parsed.domain : null;
}
