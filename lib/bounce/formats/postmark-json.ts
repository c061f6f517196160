/** Postmark's bounce webhook and its list of bounces: the reply in `Details`, the author in `From`. */

import { z } from "zod";
import { domainOf } from "./labels.ts";
import { domainsOf, eventFormat, timeOf, withoutType } from "./json-events.ts";

const bounce = z.object({
  Type: z.string(),
  TypeCode: z.number().optional(),
  Details: z.string(),
  Description: z.string().optional(),
  Email: z.string(),
  From: z.string().optional(),
  BouncedAt: z.string().optional(),
  MessageID: z.string().optional(),
});

export const postmarkJson = eventFormat({ name: "postmark-json", keys: ["Details"], schema: bounce }, (one) => [
  {
    reply: withoutType(one.Details),
    permanent: one.Type === "HardBounce" ? true : /^(?:Transient|SoftBounce|DnsError)$/.test(one.Type) ? false : null,
    headerFrom: one.From === undefined ? null : domainOf(one.From),
    recipients: domainsOf([one.Email]),
    time: timeOf(one.BouncedAt),
    queueId: one.MessageID ?? null,
  },
]);
