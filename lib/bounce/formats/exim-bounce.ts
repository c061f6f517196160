/** Exim's report, "Mail delivery failed: returning message to sender". */

import { written } from "./written.ts";

export const eximBounce = written("exim-bounce", /This message was created automatically by mail delivery software|Mail delivery failed: returning message to sender|SMTP error from remote mail server after /i);
