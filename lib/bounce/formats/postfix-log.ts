/** Postfix: `postfix/smtp[…]: QUEUEID: to=<…>, relay=…, dsn=5.7.26, status=bounced (host … said: 550-5.7.26 …)`. */

import { reversePath } from "../headers.ts";
import type { Format } from "./format.ts";
import { fromLog } from "./mail-log.ts";

export const postfixLog: Format = {
  name: "postfix-log",
  detect: ({ text, parts }) => parts === null && (/\bpostfix[\w.-]{0,20}\/[\w/.-]{1,40}\[\d{1,10}\]:/.test(text) || (/\bstatus=(?:bounced|deferred)\b/.test(text) && /\bto=</.test(text))),
  extract: (paste) =>
    fromLog(paste, {
      sender: (line) => reversePath(/\bfrom=(<[^<>\n]{0,320}>)/.exec(line)?.[1]),
      refused: (line) => /\bstatus=(?:bounced|deferred|undeliverable|expired)\b/.test(line) || / said: '?[45]\d\d[- ]/.test(line),
      said: (line) => /\bsaid: ([45]\d\d[\s\S]{1,3000}?)(?:\(in reply to\b|$)/.exec(line)?.[1] ?? /\bstatus=(?:bounced|deferred)\s{1,3}\(([\s\S]{1,2000})/.exec(line)?.[1] ?? null,
      permanent: (line) => (/\bstatus=(?:bounced|expired)\b/.test(line) ? true : /\bstatus=deferred\b/.test(line) ? false : null),
    }),
};
