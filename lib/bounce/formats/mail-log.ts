/** What the logs of Postfix, Exim and sendmail have in common: a line names the sender, another the refusal, a queue id ties them. */

import { type Domain, type IpAddress, isPublicIp, parseIp } from "../../address/index.ts";
import { findReplies } from "../find-replies.ts";
import { isGoogle, type ReversePath } from "../headers.ts";
import type { Paste, Sighting } from "./format.ts";
import { domainOf, labelledHeaderFrom, labelledHelo, speakerIn } from "./labels.ts";
import { type LogLine, logLines } from "./log-lines.ts";

export interface LogSyntax {
  /** The sender that a line names. */
  readonly sender: (line: string) => ReversePath;
  /** True for a line that tells of a delivery that failed. */
  readonly refused: (line: string) => boolean;
  /** What Gmail said, as far as the line has it; the rest is found by its codes. */
  readonly said: (line: string) => string | null;
  readonly permanent: (line: string) => boolean | null;
}

export function fromLog({ text }: Paste, syntax: LogSyntax): readonly Sighting[] {
  const lines = logLines(text);
  const senders = new Map<string, ReversePath>();
  const all = new Set<ReversePath>();
  for (const line of lines) {
    const sender = syntax.sender(line.text);
    if (sender === undefined) {
      handOn(line, senders);
      continue;
    }
    if (line.queueId !== null && !senders.has(line.queueId)) senders.set(line.queueId, sender);
    if (sender !== null || line.queueId === null) all.add(sender);
  }
  // Whose message a line without a sender of its own is about can be told where there is but one; a mailer's own reports don't count.
  const [only] = all.size === 1 ? all : [];
  const authors = authorsIn(lines);
  const refused = lines.filter((line) => syntax.refused(line.text));
  const sightings = refused.flatMap((line): Sighting[] => {
    const reply = syntax.said(line.text) ?? findReplies(line.text)[0];
    const sender = senderOf(line, senders, syntax);
    return reply === undefined ? [] : [{
      reply,
      speaker: speakerIn(line.text),
      enhancedCode: /\bdsn=([45]\.\d{1,3}\.\d{1,3})/.exec(line.text)?.[1] ?? null,
      permanent: syntax.permanent(line.text),
      // Null is a sender: the null reverse-path.
      mailFrom: sender === undefined && refused.length === 1 ? only : sender,
      headerFrom: authors.get(line.queueId) ?? null,
      helo: labelledHelo(line.text),
      ip: localAddress(line.text),
      recipients: recipientsIn(line.text),
      queueId: line.queueId,
      time: line.time,
    }];
  });
  return withCodes(sightings);
}

/** A filter hands the message back under another id: Postfix tells of it as "queued as …". */
function handOn({ queueId, text }: LogLine, senders: Map<string, ReversePath>): void {
  const next = queueId === null || !senders.has(queueId) ? undefined : /\bqueued as ([0-9A-Za-z]{5,24})\b/.exec(text)?.[1];
  if (queueId !== null && next !== undefined && !senders.has(next)) senders.set(next, senders.get(queueId));
}

/** A log names them by few labels, and a line has few; looking for all that a text may name them by costs much for a log of thousands. */
function recipientsIn(line: string): readonly string[] {
  return Array.from(line.matchAll(/(?:\b(?:orig_)?to=<?|(?:\*\*|==) )([^\s<>,@]{1,300}@[^\s<>,]{3,255})/g), ([, address = ""]) => domainOf(address)).filter((domain) => domain !== null).slice(0, RECIPIENTS_MAX);
}

const RECIPIENTS_MAX = 10;

/** What a line goes on with behind a mark. */
export function behind(line: string, mark: RegExp): string | null {
  const found = mark.exec(line);
  return found === null ? null : line.slice(found.index + found[0].length, found.index + found[0].length + SAID_MAX);
}

const SAID_MAX = 3000;

function senderOf(line: LogLine, senders: ReadonlyMap<string, ReversePath>, { sender }: LogSyntax): ReversePath {
  const own = sender(line.text);
  return own === undefined && line.queueId !== null ? senders.get(line.queueId) : own;
}

/** Lines about connections that failed say nothing of a refusal; they count only where nothing else does. */
function withCodes(sightings: readonly Sighting[]): readonly Sighting[] {
  const coded = sightings.filter(({ reply }) => /[45]\d\d[- ]/.test(reply));
  return coded.length > 0 ? coded : sightings;
}

/** Postfix's `header_checks` may log the author: "warning: header From: …". */
function authorsIn(lines: readonly LogLine[]): ReadonlyMap<string | null, Domain | null> {
  const authors = new Map<string | null, Domain | null>();
  for (const { queueId, text } of lines) {
    const found = /\bheader (From:[^\n;]{3,300}?)(?: from |;|$)/i.exec(text)?.[1];
    if (found !== undefined && queueId !== null) authors.set(queueId, labelledHeaderFrom(found));
  }
  return authors;
}

/** Exim logs the address of its own end as `I=[192.0.2.1]`. */
function localAddress(line: string): IpAddress | null {
  const host = /\bH=([\w.-]{3,255})\s/.exec(line)?.[1];
  const ip = host !== undefined && isGoogle(host) ? parseIp(/\bI=\[([\da-f.:]{3,45})\]/i.exec(line)?.[1] ?? "") : null;
  return ip !== null && isPublicIp(ip) ? ip : null;
}
