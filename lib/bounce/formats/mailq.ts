/** Postfix's queue: `mailq`, `postqueue -p`, and `postqueue -j` as JSON, an object for each message. */

import { z } from "zod";
import { findReplies } from "../find-replies.ts";
import type { Format, Sighting } from "./format.ts";
import { eventFormat, timeOf } from "./json-events.ts";
import { domainOf, recipientDomains, speakerIn } from "./labels.ts";

/** `53E6510D85C*    4812 Tue Nov 24 09:41:04  kim@example.test` */
const ENTRY = /^([0-9A-Za-z]{8,20})[*!]? {1,12}\d{1,10} (\w{3} \w{3} {1,2}\d{1,2} [\d:]{5,8}) {1,4}(\S{1,320})/;
const ENTRIES_MAX = 1000;
const ANY_ENTRY = /^[0-9A-Za-z]{8,20}[*!]? {1,12}\d{1,10} \w{3} \w{3} {1,2}\d{1,2} [\d:]{5,8} {1,4}\S/m;

export const mailq: Format = { name: "mailq", confidence: "high", detect: ({ text, parts }) => parts === null && ANY_ENTRY.test(text), extract: ({ text }) => entriesOf(text).slice(0, ENTRIES_MAX).flatMap(sightings) };

interface Entry {
  readonly id: string;
  readonly time: string;
  readonly sender: string;
  readonly lines: readonly string[];
}

function entriesOf(text: string): readonly Entry[] {
  const entries: { id: string; time: string; sender: string; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const [, id, time, sender] = ENTRY.exec(line) ?? [];
    if (id !== undefined && time !== undefined && sender !== undefined) entries.push({ id, time, sender, lines: [] });
    else entries.at(-1)?.lines.push(line);
  }
  return entries;
}

/** A reason stands in brackets above the recipients that it is for. */
function sightings({ id, time, sender, lines }: Entry): readonly Sighting[] {
  const text = lines.join("\n");
  const replies = findReplies(text);
  if (replies.length === 0) return [];
  const shared = {
    speaker: speakerIn(text),
    mailFrom: sender === "MAILER-DAEMON" || sender === "<>" ? null : domainOf(sender) ?? undefined,
    recipients: [...recipientDomains(text), ...lines.flatMap((line) => domainOf(/^\s{4,60}(\S{1,320}@\S{1,255})$/.exec(line)?.[1] ?? "") ?? [])],
    queueId: id,
    time,
    namesAll: true,
  };
  return replies.map((reply) => {
    const end = reply.indexOf("(in reply to");
    return { ...shared, reply: end > 0 ? reply.slice(0, end) : reply };
  });
}

const entry = z.object({
  queue_id: z.string(),
  sender: z.string(),
  arrival_time: z.number().optional(),
  recipients: z.array(z.object({ address: z.string(), delay_reason: z.string().optional() })),
});

export const mailqJson = eventFormat({ name: "mailq", keys: ["queue_id"], schema: entry }, (one) =>
  one.recipients.flatMap(({ address, delay_reason: reason = "" }) =>
    findReplies(reason).map((reply) => ({
      reply,
      speaker: speakerIn(reason),
      permanent: false,
      mailFrom: one.sender === "MAILER-DAEMON" || one.sender === "" ? null : domainOf(one.sender) ?? undefined,
      recipients: [domainOf(address) ?? ""],
      queueId: one.queue_id,
      time: timeOf(one.arrival_time),
    })),
  ),
);
