/** sendmail's report with the transcript of its session. */

import { written } from "./written.ts";

export const sendmailBounce = written("sendmail-bounce", /----- (?:The following addresses had|Transcript of session follows)|\.\.\. while talking to /i);
