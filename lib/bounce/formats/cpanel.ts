/** cPanel's "Track Delivery": the fields of one event, or a row of its table, over what Exim logged. */

import type { Domain } from "../../address/index.ts";
import type { Format, Sighting } from "./format.ts";
import { domainOf } from "./labels.ts";
import { fromText } from "./smtp.ts";

const FIELDS = /^(?:Delivery (?:Event Details|User|Domain|Host|IP)|Sender (?:Host|IP)|Sent Time|Out Time|From Address|Spam Score|Router|Transport|送信元アドレス|差出人のアドレス)\b/gim;
const TABLE = /From Address\s{1,10}(?:Sender|User)\b|Sent Time\s{1,10}Spam Score/i;

export const cpanel: Format = {
  name: "cpanel",
  confidence: "high",
  detect: ({ text, parts }) => parts === null && (TABLE.test(text) || (text.match(FIELDS)?.length ?? 0) >= 3),
  extract: (paste) => {
    const { recipient, ...fields } = fieldsIn(paste.text);
    return fromText(paste).map((sighting) => ({ ...sighting, ...fields, recipients: [...(recipient === null ? [] : [recipient]), ...(sighting.recipients ?? [])] }));
  },
};

function fieldsIn(text: string): Partial<Sighting> & { readonly recipient: Domain | null } {
  const field = (name: string): string | undefined => new RegExp(`^${name}:?[ \\t]{0,8}\\n?[ \\t]{0,8}(\\S[^\\n]{0,300})`, "im").exec(text)?.[1];
  const sender = domainOf(field("From Address") ?? "") ?? domainOf(/^(?:error|defer|failure|deferred)\s{1,4}(\S{1,320}@\S{1,255})/im.exec(text)?.[1] ?? "");
  return {
    ...(sender === null ? {} : { mailFrom: sender }),
    // "Sender IP" is the client's; "Delivery IP" is Gmail's.
    recipient: domainOf(field("Recipient") ?? ""),
    queueId: field("ID")?.split(/\s/, 1)[0] ?? null,
    time: field("Out Time") ?? field("Sent Time") ?? null,
  };
}
