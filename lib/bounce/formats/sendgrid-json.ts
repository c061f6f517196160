/** SendGrid's event webhook: `event` "bounce", "deferred", "blocked" or "dropped", the reply in `reason` or `response`. */

import { z } from "zod";
import { publicIp } from "./labels.ts";
import { domainsOf, eventFormat, timeOf, withoutType } from "./json-events.ts";

const event = z
  .object({
    event: z.enum(["bounce", "deferred", "blocked", "dropped", "bounced"]),
    email: z.string(),
    reason: z.string().optional(),
    response: z.string().optional(),
    status: z.string().optional(),
    ip: z.string().optional(),
    timestamp: z.union([z.number(), z.string()]).optional(),
    sg_message_id: z.string().optional(),
    sg_event_id: z.string().optional(),
    "smtp-id": z.string().optional(),
  })
  .refine((one) => one.sg_event_id !== undefined || one.sg_message_id !== undefined || one["smtp-id"] !== undefined);

export const sendgridJson = eventFormat({ name: "sendgrid-json", keys: ["sg_message_id", "sg_event_id", "smtp-id"], schema: event }, (one) => [
  {
    reply: withoutType(one.reason ?? one.response ?? ""),
    enhancedCode: one.status ?? null,
    permanent: one.event === "deferred" ? false : null,
    ip: publicIp(one.ip),
    recipients: domainsOf([one.email]),
    time: timeOf(one.timestamp),
    queueId: one.sg_message_id ?? null,
    messageId: one["smtp-id"] ?? null,
  },
]);
