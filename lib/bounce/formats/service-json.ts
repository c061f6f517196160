/** JSON of a service or program that has no file of its own here: the text that holds the reply, and the keys that most of them use for the rest. */

import { cleanText } from "../clean.ts";
import { findReplies } from "../find-replies.ts";
import type { Format, Sighting } from "./format.ts";
import { type JsonObject, timeOf } from "./json-events.ts";
import { domainOf, publicIp } from "./labels.ts";

const AUTHOR = /^(?:from|from_?(?:email|address)|sender|sender_?(?:email|address)|friendly_from|header_?from)$/i;
const ENVELOPE = /^(?:mail_?from|envelope_?(?:from|sender)|return_?path|bounce_?address|msg_from)$/i;
const RECIPIENT = /^(?:to|email|recipient|rcpt|rcpt_?to|to_?(?:email|address)|recipient_?(?:email|address))$/i;
const ADDRESS = /^(?:sending_?ip|sending-ip|source_?ip|local_?ip|outbound_?ip|mta_?ip)$/i;
const TIME = /^(?:time|timestamp|date|created_?at|occurred_?at|ts)$/i;
const TEXT_MAX = 20_000;

export const serviceJson: Format = {
  name: "service-json",
  confidence: "medium",
  detect: ({ objects }) => objects.some((one) => replyIn(one) !== null),
  extract: ({ objects }) => {
    const inner = objects.filter((one) => replyIn(one) !== null);
    return inner.flatMap((one) => sighting(one, objects));
  },
};

function replyIn(object: JsonObject): string | null {
  for (const value of Object.values(object)) {
    if (typeof value !== "string" || value.length < 12 || value.length > TEXT_MAX || !/[45]\d\d|[45]\.\d\.\d/.test(value)) continue;
    const [reply] = findReplies(cleanText(value));
    if (reply !== undefined) return reply;
  }
  return null;
}

/** What the object itself does not tell is looked for in those around it. */
function sighting(object: JsonObject, all: readonly JsonObject[]): readonly Sighting[] {
  const reply = replyIn(object);
  if (reply === null) return [];
  const read = (key: RegExp): string | undefined => textOf(object, key) ?? (all.length < 40 ? all.map((one) => textOf(one, key)).find((text) => text !== undefined) : undefined);
  const recipient = domainOf(read(RECIPIENT) ?? "");
  return [
    {
      reply,
      mailFrom: domainOf(read(ENVELOPE) ?? "") ?? undefined,
      headerFrom: domainOf(read(AUTHOR) ?? ""),
      ip: publicIp(read(ADDRESS)),
      recipients: recipient === null ? [] : [recipient],
      time: timeOf(read(TIME)),
    },
  ];
}

function textOf(object: JsonObject, key: RegExp): string | undefined {
  for (const [name, value] of Object.entries(object)) {
    if (!key.test(name)) continue;
    if (typeof value === "string") return value.length > 1000 ? undefined : value;
    if (typeof value === "number" && TIME.test(name)) return String(value);
  }
  return undefined;
}
