/** Random zones through Mail::SPF (Debian: libmail-spf-perl). */

import { RECEIVER, TIME } from "./compare.ts";
import { testAgainst } from "./runs.ts";
import { startService, working } from "./service.ts";

const DIFFERENCES = ["reverse-case", "ptr", "mx-order", "void-terms", "mapped", "redirect-counted", "domain-case", "final-dot", "postmaster", "capital-macros", "macro-parts", "macro-letters", "colon", "unheld-names", "explain-string", "non-ascii"];

const perl = working(["/usr/bin/perl", "perl"], ["-MMail::SPF", "-e", "1"]);

testAgainst("Mail::SPF", 400, perl === null ? null : async () => ({ name: "Mail::SPF", differences: DIFFERENCES, ...(await startService(perl, "mail-spf.pl", { receiver: RECEIVER, time: TIME })) }));
