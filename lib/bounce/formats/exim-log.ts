/** Exim's mainlog: `<=` names the sender, `**` a refusal for good, `==` one for now. */

import { domainOf } from "./labels.ts";
import type { Format } from "./format.ts";
import { behind, fromLog } from "./mail-log.ts";

export const eximLog: Format = {
  name: "exim-log",
  confidence: "high",
  detect: ({ text, parts }) => parts === null && (/\b\d[0-9A-Za-z]{5}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} (?:\*\*|==|<=) /.test(text) || /(?:\*\*|==) \S{3,320} [^\n]{0,400}\bR=\S{1,60} T=\S{1,60}/.test(text)),
  extract: (paste) =>
    fromLog(paste, {
      sender: (line) => {
        const found = / <= (\S{1,320})/.exec(line)?.[1] ?? /\bF=<([^<>\n]{0,320})>/.exec(line)?.[1];
        return found === undefined ? undefined : found === "" || found === "<>" ? null : domainOf(found) ?? undefined;
      },
      refused: (line) => /(?:^|\s)(?:\*\*|==) \S/.test(line) || /\bSMTP error from remote mail server\b/.test(line),
      said: (line) => behind(line, /\bSMTP error from remote mail server after [^:\n]{1,200}:\s(?:[\w.-]{0,255} \[[^\]\n]{1,60}\]: )?(?=[45]\d\d)/),
      permanent: (line) => (/\*\* /.test(line) ? true : /== /.test(line) ? false : null),
    }),
};
