/** SparkPost's (MessageBird's) message events: the reply in `raw_reason`, the envelope in `msg_from`, the author in `friendly_from`. */

import { z } from "zod";
import { domainOf, publicIp } from "./labels.ts";
import { domainsOf, eventFormat, timeOf, withoutType } from "./json-events.ts";

const event = z.object({
  type: z.enum(["bounce", "out_of_band", "policy_rejection", "delay", "spam_complaint"]),
  raw_reason: z.string().optional(),
  reason: z.string().optional(),
  rcpt_to: z.string().optional(),
  raw_rcpt_to: z.string().optional(),
  friendly_from: z.string().optional(),
  msg_from: z.string().optional(),
  sending_ip: z.string().optional(),
  error_code: z.union([z.string(), z.number()]).optional(),
  message_id: z.string().optional(),
  timestamp: z.union([z.string(), z.number()]).optional(),
}).refine((one) => one.raw_reason !== undefined || (one.reason !== undefined && one.error_code !== undefined));

export const sparkpostJson = eventFormat({ name: "sparkpost-json", keys: ["raw_reason", "error_code"], schema: event }, (one) => [
  {
    reply: withoutType(one.raw_reason ?? one.reason ?? ""),
    permanent: one.type === "delay" ? false : null,
    mailFrom: one.msg_from === undefined ? undefined : domainOf(one.msg_from) ?? undefined,
    headerFrom: domainOf(one.friendly_from ?? ""),
    ip: publicIp(one.sending_ip),
    recipients: domainsOf([one.rcpt_to, one.raw_rcpt_to]),
    time: timeOf(one.timestamp),
    queueId: one.message_id ?? null,
  },
]);
