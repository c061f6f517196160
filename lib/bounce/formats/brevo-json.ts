/** Brevo's (Sendinblue's) webhook: `event` "hard_bounce", "soft_bounce", "blocked", …, the reply in `reason`. */

import { z } from "zod";
import { domainOf, publicIp } from "./labels.ts";
import { domainsOf, eventFormat, timeOf, withoutType } from "./json-events.ts";

const event = z
  .object({
    event: z.enum(["hard_bounce", "soft_bounce", "hardBounce", "softBounce", "hardBounces", "softBounces", "blocked", "deferred", "error", "invalid_email", "bounces"]),
    email: z.string(),
    reason: z.string(),
    "message-id": z.string().optional(),
    messageId: z.string().optional(),
    sending_ip: z.string().optional(),
    sender_email: z.string().optional(),
    from: z.string().optional(),
    ip: z.string().optional(),
    ts_event: z.union([z.number(), z.string()]).optional(),
    ts: z.union([z.number(), z.string()]).optional(),
    date: z.string().optional(),
  })
  .refine((one) => one["message-id"] !== undefined || one.messageId !== undefined || one.sender_email !== undefined || one.ts_event !== undefined);

export const brevoJson = eventFormat({ name: "brevo-json", keys: ["reason"], schema: event }, (one) => [
  {
    reply: withoutType(one.reason),
    permanent: /^(?:soft|deferred)/i.test(one.event) ? false : /^hard/i.test(one.event) ? true : null,
    headerFrom: domainOf(one.sender_email ?? one.from ?? ""),
    ip: publicIp(one.sending_ip ?? one.ip),
    recipients: domainsOf([one.email]),
    time: timeOf(one.ts_event ?? one.ts),
    messageId: one["message-id"] ?? one.messageId ?? null,
  },
]);
