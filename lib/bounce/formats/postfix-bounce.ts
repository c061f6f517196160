/** Postfix's report, without the parts that make it one of RFC 3464. */

import { written } from "./written.ts";

export const postfixBounce = written("postfix-bounce", /This is the (?:mail system|\S{1,60} program) at host |\(in reply to (?:end of DATA|RCPT TO|MAIL FROM|EHLO|HELO|DATA) command\)/i);
