/** Mailgun's events: `event` "failed", the reply in `delivery-status`, the sender in `envelope` and `message.headers`. */

import { z } from "zod";
import { domainOf, publicIp } from "./labels.ts";
import { domainsOf, eventFormat, timeOf, withoutType } from "./json-events.ts";

const event = z.object({
  event: z.enum(["failed", "bounced", "dropped", "temporary_fail", "permanent_fail", "rejected"]),
  severity: z.string().optional(),
  timestamp: z.union([z.number(), z.string()]).optional(),
  id: z.string().optional(),
  recipient: z.string().optional(),
  "delivery-status": z.object({ code: z.union([z.number(), z.string()]).optional(), "enhanced-code": z.string().optional(), message: z.string().optional(), description: z.string().nullish(), "mx-host": z.string().optional() }),
  envelope: z.object({ sender: z.string().optional(), targets: z.string().optional(), "sending-ip": z.string().optional() }).optional(),
  message: z.object({ headers: z.object({ from: z.string().optional(), "message-id": z.string().optional() }).optional() }).optional(),
});

export const mailgunJson = eventFormat({ name: "mailgun-json", keys: ["delivery-status"], schema: event }, (one) => {
  const status = one["delivery-status"];
  const words = withoutType([status.message, status.description ?? undefined].find((text) => text !== undefined && text !== "") ?? "");
  const author = one.message?.headers?.from;
  return [
    {
      // Older events give the code apart from the words.
      reply: /^\s{0,4}[45]\d\d\b/.test(words) || status.code === undefined ? words : `${status.code} ${words}`,
      speaker: status["mx-host"] ?? null,
      enhancedCode: status["enhanced-code"] === undefined || status["enhanced-code"] === "" ? null : status["enhanced-code"],
      permanent: one.severity === "permanent" ? true : one.severity === "temporary" ? false : null,
      mailFrom: one.envelope?.sender === undefined ? undefined : domainOf(one.envelope.sender) ?? undefined,
      headerFrom: author === undefined ? null : domainOf(author),
      ip: publicIp(one.envelope?.["sending-ip"]),
      recipients: domainsOf([one.recipient, one.envelope?.targets]),
      time: timeOf(one.timestamp),
      queueId: one.id ?? null,
      messageId: one.message?.headers?.["message-id"] ?? null,
    },
  ];
});
