/** qmail's report, and those of mailers made after it. */

import { written } from "./written.ts";

export const qmailBounce = written("qmail-bounce", /This is the (?:qmail-send program|mail delivery agent)|\bRemote host said:/i);
