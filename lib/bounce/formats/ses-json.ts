/** Amazon SES notifications: JSON, alone or inside an SNS message. */

import { z } from "zod";
import { type Header, readHeaders } from "../headers.ts";
import type { Format, Sighting } from "./format.ts";
import { domainOf } from "./labels.ts";

const envelope = z.object({ Message: z.string() });
const notification = z.object({
  bounce: z.object({
    bounceType: z.string().optional(),
    bouncedRecipients: z.array(z.object({ emailAddress: z.string().optional(), action: z.string().optional(), status: z.string().optional(), diagnosticCode: z.string().optional() })).min(1),
  }),
  mail: z
    .object({
      source: z.string().optional(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
      commonHeaders: z.object({ from: z.array(z.string()).optional(), returnPath: z.string().optional() }).optional(),
    })
    .optional(),
});
type Notification = z.infer<typeof notification>;

export const sesJson: Format = {
  name: "ses-json",
  detect: ({ raw }) => raw.includes('bouncedRecipients') && notificationIn(raw) !== null,
  extract: ({ raw }) => {
    const found = notificationIn(raw);
    return found === null ? [] : sightings(found);
  },
};

function sightings({ bounce, mail }: Notification): readonly Sighting[] {
  const fields: readonly Header[] = (mail?.headers ?? []).map(({ name, value }) => ({ name: name.toLowerCase(), value }));
  const headers = fields.length > 0 ? readHeaders(fields) : null;
  const author = mail?.commonHeaders?.from?.[0];
  return bounce.bouncedRecipients.map((recipient) => ({
    reply: (recipient.diagnosticCode ?? "").replace(/^smtp;\s?/i, ""),
    enhancedCode: recipient.status ?? null,
    permanent: recipient.action === "failed" || bounce.bounceType === "Permanent" ? true : recipient.action === "delayed" || bounce.bounceType === "Transient" ? false : null,
    mailFrom: domainOf(mail?.commonHeaders?.returnPath ?? mail?.source ?? "") ?? undefined,
    headerFrom: headers?.headerFrom ?? (author === undefined ? null : domainOf(author)),
    headers,
    recipients: recipient.emailAddress === undefined ? [] : [domainOf(recipient.emailAddress) ?? ""],
  }));
}

function notificationIn(raw: string): Notification | null {
  const outer = json(raw);
  const inner = envelope.safeParse(outer);
  const parsed = notification.safeParse(inner.success ? json(inner.data.Message) : outer);
  return parsed.success ? parsed.data : null;
}

/** The text from its first brace to its last: logs put a prefix before it. */
function json(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  } catch {
    return null;
  }
}
