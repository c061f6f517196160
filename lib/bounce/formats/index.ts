/** The formats, the most specific first: the first that knows a text reads it. A new one is a file here, a line below and a fixture. */

import { eximBounce, exchangeNdr, gmailBounce, qmailBounce, sendmailBounce } from "./bounce-texts.ts";
import { dsn } from "./dsn.ts";
import { eximLog } from "./exim-log.ts";
import type { Format } from "./format.ts";
import { postfixLog } from "./postfix-log.ts";
import { sendmailLog } from "./sendmail-log.ts";
import { sesJson } from "./ses-json.ts";
import { smtp } from "./smtp.ts";

export const FORMATS: readonly Format[] = [sesJson, dsn, postfixLog, eximLog, sendmailLog, exchangeNdr, gmailBounce, qmailBounce, eximBounce, sendmailBounce, smtp];
