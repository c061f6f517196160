/** What a bounce tells beside its refusal: the recipient and who runs the mailbox, when it was, the ids by which a log is searched. */

import { type Domain, isSameOrBelow, parseDomain } from "../address/index.ts";
import type { Paste, Sighting } from "./formats/format.ts";
import { headerBlocks, isMailerDaemon } from "./headers.ts";
import type { Details } from "./reading.ts";
import { redacted } from "./redact.ts";
import type { Refusal } from "./refusal.ts";
import { withoutEnd } from "./trim.ts";

export type Beside = Pick<Details, "recipient" | "provider" | "time" | "queueId" | "messageIdHost"> & { /** The time as the text has it. */ readonly stamp: string | null };

/** What is worth looking through for an id that no format names. */
const TEXT_MAX = 40_000;

/** `domain` is that of the subject. */
export function besides({ sighting, reporter }: Refusal, { text, parts }: Paste, domain: Domain): Beside {
  const shown = text.slice(0, TEXT_MAX);
  const recipient = recipientOf(sighting, domain);
  const stamp = sighting.time ?? field(parts?.status ?? shown, /^(?:Last-Attempt-Date|Arrival-Date):[ \t]{0,4}([^\n]{10,60})/im) ?? field(shown, /^Date:[ \t]{0,4}([^\n]{10,60})/im);
  return {
    recipient,
    stamp,
    provider: reporter.reporter === "gmail" ? (recipient === null ? null : isConsumer(recipient) ? "Gmail" : "Google Workspace") : reporter.name,
    time: timeOf(stamp),
    queueId: idOf(sighting.queueId ?? field(parts?.status ?? shown, /\bX-Postfix-Queue-ID:\s{0,4}([0-9A-Z]{5,24})/i) ?? field(shown, /\bThe message identifier is:\s{1,10}([\w-]{16,30})/)),
    messageIdHost: hostOf(sighting.messageId) ?? messageIdIn(parts?.returned === undefined || parts.returned === "" ? shown : parts.returned),
  };
}

/** Ids are words; what looks like an address, or goes on for lines, is none. */
function idOf(id: string | null): string | null {
  return id !== null && /^[\w.:-]{3,120}$/.test(id) ? id : null;
}

function field(text: string, label: RegExp): string | null {
  return label.exec(text)?.[1]?.trim() ?? null;
}

/** Never the sender's own domain where there is another: a report is addressed to the sender. */
function recipientOf({ recipients = [] }: Sighting, sender: Domain): Domain | null {
  const parsed = recipients.flatMap((name) => {
    const result = parseDomain(name);
    return result.ok ? [result.domain] : [];
  });
  return parsed.find((domain) => domain !== sender) ?? null;
}

function isConsumer(domain: Domain): boolean {
  return ["gmail.com", "googlemail.com"].some((consumer) => isSameOrBelow(domain, consumer));
}

/** A stamp without its year or its zone is told as it stands: guessing either would make it wrong. */
function timeOf(stamp: string | null): string | null {
  if (stamp === null) return null;
  const bare = stamp.replace(/\([^()]{0,40}\)\s{0,4}$/, "").trim();
  if (!/\d/.test(bare)) return null;
  if (!/\b\d{4}\b/.test(bare) || !/(?:[+-]\d{2}:?\d{2}|Z|GMT|UTC)$/.test(bare)) return redacted(bare.slice(0, STAMP_MAX)) || null;
  const time = Date.parse(bare);
  return Number.isFinite(time) ? new Date(time).toISOString() : redacted(bare.slice(0, STAMP_MAX));
}

const STAMP_MAX = 60;

function messageIdIn(text: string): string | null {
  for (const block of headerBlocks(text).toReversed()) {
    const id = isMailerDaemon(block) ? undefined : block.find(({ name }) => name === "message-id")?.value;
    if (id !== undefined) return hostOf(id);
  }
  return hostOf(/\bmessage-id=<([^<>\s]{3,300})>/i.exec(text)?.[1] ?? /\bmsgid=<([^<>\s]{3,300})>/.exec(text)?.[1] ?? / <= [^\n]{0,600} id=([^\s<>]{3,300})/.exec(text)?.[1] ?? /^[ \t]{0,8}Message-ID:[ \t]{0,4}<([^<>\s]{3,300})>/im.exec(text)?.[1]);
}

/** What stands behind the "@" (RFC 5322 section 3.6.4), where it is a name. */
function hostOf(id: string | null | undefined): string | null {
  if (id === null || id === undefined || !id.includes("@")) return null;
  const host = withoutEnd(id.slice(id.lastIndexOf("@") + 1), "> \t").toLowerCase();
  return /^[\w.-]{1,255}$/.test(host) ? host : null;
}
