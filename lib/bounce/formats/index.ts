/** The formats, the most specific first: the first that knows a text reads it. A new one is a file here, a line below and a fixture. */

import { barracuda } from "./barracuda.ts";
import { brevoJson } from "./brevo-json.ts";
import { cpanel } from "./cpanel.ts";
import { dsn } from "./dsn.ts";
import { exchangeNdr } from "./exchange-ndr.ts";
import { eximBounce } from "./exim-bounce.ts";
import { eximLog } from "./exim-log.ts";
import type { Format } from "./format.ts";
import { gmailBounce } from "./gmail-bounce.ts";
import { mailgunJson } from "./mailgun-json.ts";
import { mailq, mailqJson } from "./mailq.ts";
import { mimecast } from "./mimecast.ts";
import { opensmtpdLog } from "./opensmtpd-log.ts";
import { postfixBounce } from "./postfix-bounce.ts";
import { postfixLog } from "./postfix-log.ts";
import { powermtaCsv } from "./powermta-csv.ts";
import { postmarkJson } from "./postmark-json.ts";
import { proofpoint } from "./proofpoint.ts";
import { qmailBounce } from "./qmail-bounce.ts";
import { qmailLog } from "./qmail-log.ts";
import { sendgridJson } from "./sendgrid-json.ts";
import { sendmailBounce } from "./sendmail-bounce.ts";
import { sendmailLog } from "./sendmail-log.ts";
import { serviceJson } from "./service-json.ts";
import { sesJson } from "./ses-json.ts";
import { smtp } from "./smtp.ts";
import { sparkpostJson } from "./sparkpost-json.ts";

export const FORMATS: readonly Format[] = [
  sesJson, mailgunJson, postmarkJson, sparkpostJson, sendgridJson, brevoJson, mailqJson,
  dsn,
  postfixLog, cpanel, eximLog, sendmailLog, opensmtpdLog, qmailLog, powermtaCsv, mailq, serviceJson,
  proofpoint, mimecast, barracuda, exchangeNdr, gmailBounce, qmailBounce, eximBounce, sendmailBounce, postfixBounce,
  smtp,
];
