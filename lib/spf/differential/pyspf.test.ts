/** Random zones through pyspf (Debian: python3-spf) in its strict mode, which is RFC 7208. */

import { RECEIVER, TIME } from "./compare.ts";
import { testAgainst } from "./runs.ts";
import { startService, working } from "./service.ts";

const DIFFERENCES = ["modifier-names", "ptr-failures", "last-at", "grammar", "in-order", "void-terms", "final-dot", "postmaster", "nibble-case", "length", "p-of-its-domain", "joined-by-dots", "unheld-names", "own-include", "non-ascii"];

const python = working(["/usr/bin/python3", "python3"], ["-c", "import spf"]);

testAgainst("pyspf", 600, python === null ? null : async () => ({ name: "pyspf", differences: DIFFERENCES, ...(await startService(python, "pyspf.py", { receiver: RECEIVER, time: TIME })) }));
