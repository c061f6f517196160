/** Reports that people read, told apart by a sentence of the mailer that wrote them. What they say is found as in any text. */

import type { Format, Paste } from "./format.ts";
import { fromText } from "./smtp.ts";

const written = (name: string, sentences: RegExp): Format => ({ name, detect: ({ text, parts }: Paste) => sentences.test(parts?.body ?? text), extract: fromText });

/** Exchange and Microsoft 365. */
export const exchangeNdr = written("exchange-ndr", /Diagnostic information for administrators|\bGenerating server:|Remote Server returned|Original message headers:/i);
export const qmailBounce = written("qmail-bounce", /This is the qmail-send program|\bRemote host said:/i);
export const eximBounce = written("exim-bounce", /This message was created automatically by mail delivery software/i);
export const sendmailBounce = written("sendmail-bounce", /----- (?:The following addresses had|Transcript of session follows)|\.\.\. while talking to /i);
/** Gmail's own report to its users. */
export const gmailBounce = written("gmail-bounce", /The response (?:from the remote server )?was:|Your message wasn't delivered to|Delivery to the following recipients? failed permanently/i);
