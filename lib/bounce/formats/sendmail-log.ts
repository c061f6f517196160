/** sendmail: `QUEUEID: to=<…>, …, dsn=5.7.26, stat=…`. */

import { domainOf } from "./labels.ts";
import type { Format } from "./format.ts";
import { behind, fromLog } from "./mail-log.ts";

export const sendmailLog: Format = {
  name: "sendmail-log",
  confidence: "high",
  detect: ({ text, parts }) => parts === null && /\bstat=/.test(text) && /\b(?:mailer|ctladdr|xdelay|sm-mta|sendmail)\b/.test(text),
  extract: (paste) =>
    fromLog(paste, {
      sender: (line) => {
        const found = /\bfrom=(<[^<>\n]{0,320}>|[^\s,]{1,320})/.exec(line)?.[1] ?? /\bctladdr=(<[^<>\n]{0,320}>|[^\s,]{1,320})/.exec(line)?.[1];
        return found === undefined ? undefined : found === "<>" ? null : domainOf(found) ?? undefined;
      },
      refused: (line) => (/\bstat=/.test(line) && !/\bstat=Sent\b/.test(line)) || /\b[45]\d\d[- ][45]\.\d\.\d/.test(line),
      said: (line) => behind(line, /\bstat=(?:Deferred: )?(?=[45]\d\d)/) ?? behind(line, /\bstat=/),
      permanent: (line) => (/\bstat=(?:Deferred|queued)/i.test(line) ? false : /\bdsn=5/.test(line) ? true : null),
    }),
};
