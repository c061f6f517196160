/** Postfix: `postfix/smtp[…]: QUEUEID: to=<…>, relay=…, dsn=5.7.26, status=bounced (host … said: 550-5.7.26 …)`. */

import { reversePath } from "../headers.ts";
import type { Format } from "./format.ts";
import { behind, fromLog } from "./mail-log.ts";

export const postfixLog: Format = {
  name: "postfix-log",
  confidence: "high",
  detect: ({ text, parts }) => parts === null && (/\bpostfix[\w.-]{0,20}\/[\w/.-]{1,40}\[\d{1,10}\]:/.test(text) || (/\bstatus=(?:bounced|deferred)\b/.test(text) && /\bto=</.test(text))),
  extract: (paste) =>
    fromLog(paste, {
      sender: (line) => reversePath(/\bfrom=(<[^<>\n]{0,320}>)/.exec(line)?.[1]),
      refused: (line) => /\bstatus=(?:bounced|deferred|undeliverable|expired)\b/.test(line) || / said: '?[45]\d\d[- ]/.test(line),
      said: (line) => {
        const said = behind(line, /\bsaid:\s(?=[45]\d\d)/);
        const end = said?.search(/\(in reply to\b/) ?? -1;
        return said === null ? behind(line, /\bstatus=(?:bounced|deferred)\s{1,3}\(/) : end > 0 ? said.slice(0, end) : said;
      },
      permanent: (line) => (/\bstatus=(?:bounced|expired)\b/.test(line) ? true : /\bstatus=deferred\b/.test(line) ? false : null),
    }),
};
