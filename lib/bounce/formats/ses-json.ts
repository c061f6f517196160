/** Amazon SES notifications and events: JSON, alone, one a line, or inside an SNS message. */

import { z } from "zod";
import { type Header, readHeaders } from "../headers.ts";
import type { Sighting } from "./format.ts";
import { domainsOf, eventFormat, timeOf, withoutType } from "./json-events.ts";
import { domainOf } from "./labels.ts";

const recipients = z.array(z.object({ emailAddress: z.string().optional(), action: z.string().optional(), status: z.string().optional(), diagnosticCode: z.string().optional() })).min(1);
const notification = z.union([
  z.object({ bounce: z.object({ bounceType: z.string().optional(), bouncedRecipients: recipients, timestamp: z.string().optional() }), mail: z.unknown() }),
  z.object({ deliveryDelay: z.object({ delayType: z.string().optional(), delayedRecipients: recipients, timestamp: z.string().optional() }), mail: z.unknown() }),
]);
const mail = z.object({
  source: z.string().optional(),
  messageId: z.string().optional(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  commonHeaders: z.object({ from: z.array(z.string()).optional(), returnPath: z.string().optional(), messageId: z.string().optional() }).optional(),
});

export const sesJson = eventFormat({ name: "ses-json", keys: ["bounce", "deliveryDelay"], schema: notification }, (one) => {
  const delayed = "deliveryDelay" in one;
  const sent = mail.safeParse(one.mail).data;
  const fields: readonly Header[] = (sent?.headers ?? []).map(({ name, value }) => ({ name: name.toLowerCase(), value }));
  const headers = fields.length > 0 ? readHeaders(fields) : null;
  const author = sent?.commonHeaders?.from?.[0];
  const told = delayed ? one.deliveryDelay.delayedRecipients : one.bounce.bouncedRecipients;
  const type = delayed ? "Transient" : one.bounce.bounceType;
  return told.map((recipient): Sighting => ({
    reply: withoutType(recipient.diagnosticCode ?? ""),
    enhancedCode: recipient.status ?? null,
    permanent: type === "Transient" ? false : recipient.action === "failed" || type === "Permanent" ? true : recipient.action === "delayed" ? false : null,
    mailFrom: domainOf(sent?.commonHeaders?.returnPath ?? sent?.source ?? "") ?? undefined,
    headerFrom: headers?.headerFrom ?? (author === undefined ? null : domainOf(author)),
    headers,
    recipients: domainsOf([recipient.emailAddress]),
    time: timeOf(delayed ? one.deliveryDelay.timestamp : one.bounce.timestamp),
    queueId: sent?.messageId ?? null,
    messageId: sent?.commonHeaders?.messageId ?? null,
  }));
});
