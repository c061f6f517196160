/** Random messages through libopendkim (Debian: libopendkim11), by way of a few lines of Python. */

import { join } from "node:path";
import { hasTagTwice, hasVersionElsewhere, keyText, testAgainst } from "./compare.ts";
import { startLineService, working } from "./service.ts";

const python = working(["/usr/bin/python3", "python3"], ["-c", "import ctypes; ctypes.CDLL('libopendkim.so.11')"]);

testAgainst("OpenDKIM", python === null ? null : () => startLineService(python, join(import.meta.dirname, "opendkim.py")), {
  "final-line-end": ({ made, ours, theirs }) => ours.result === "pass" && theirs?.result === "fail" && !made.message.endsWith("\r\n"),
  "key-tag-twice": (parted) => parted.ours.result === "key-invalid" && hasTagTwice(parted),
  "key-version": (parted) => parted.ours.result === "key-invalid" && hasVersionElsewhere(parted),
  "key-kind": (parted) => parted.ours.result === "key-invalid" && parted.ours.algorithm === "ed25519-sha256" && !/(?:^|;)\s*k=/.test(keyText(parted)),
  "one-for-all": ({ ours, theirs, all }) => ours.result === "pass" && theirs === null && all.some(({ result }) => result === "malformed" || result === "unsupported"),
});
