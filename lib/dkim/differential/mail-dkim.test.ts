/** Random messages, and chains of seals, through Mail::DKIM (Debian: libmail-dkim-perl). */

import { join } from "node:path";
import { expect, test } from "vitest";
import { zone } from "../../dns/zone.ts";
import { keyRecord, message, OTHER_RSA, RSA, sealed, signed } from "../signed-messages.ts";
import { verifyMessage } from "../verify.ts";
import { hasTagTwice, hasVersionElsewhere, keyText, testAgainst } from "./compare.ts";
import { NOW } from "./mutated.ts";
import { startLineService, working } from "./service.ts";

const perl = working(["/usr/bin/perl", "perl"], ["-MMail::DKIM", "-e", "1"]);
const start = perl === null ? null : () => startLineService(perl, join(import.meta.dirname, "mail-dkim.pl"));

testAgainst("Mail::DKIM", start, {
  "ed25519": ({ theirs }) => theirs?.error.includes("unsupported algorithm ed25519-sha256") === true,
  "key-length": ({ ours, theirs }) => ours.result === "key-weak" && theirs?.result === "pass",
  "future": ({ ours, theirs }) => ours.result === "not-yet-valid" && theirs?.result === "pass",
  "final-line-end": ({ made, ours, theirs }) => ours.result === "pass" && theirs?.result === "fail" && !made.message.endsWith("\r\n"),
  "length-zero": ({ made, ours, theirs }) => ours.result === "pass" && theirs?.error.includes("body has been altered") === true && /\bl=0\b/.test(made.message),
  "key-tag-twice": (parted) => parted.ours.result === "key-invalid" && hasTagTwice(parted),
  "key-version": (parted) => parted.ours.result === "key-invalid" && hasVersionElsewhere(parted),
  "granularity": (parted) => parted.ours.result === "pass" && /\bg=;/.test(keyText(parted)),
});

const KEYS = { "s1._domainkey.shop.test": keyRecord(RSA), "k1._domainkey.list.test": keyRecord(OTHER_RSA), "k2._domainkey.mx.test": keyRecord(RSA) };
const second = { domain: "mx.test", selector: "k2", key: RSA, cv: "pass", saw: "mx.test; arc=pass" } as const;
const CHAINS: readonly (readonly [name: string, (text: string) => string])[] = [
  ["untouched", (text) => text],
  ["a footer behind the last seal", (text) => `${text}list\r\n`],
  ["another subject", (text) => text.replace("Subject: ", "Subject: [list] ")],
  ["a result changed", (text) => text.replace("dkim=pass", "dkim=fail")],
  ["the first seal gone", (text) => text.replace(/^ARC-Seal: i=1(?:.|\r\n[ \t])*\r\n/m, "")],
  ["the first signature gone", (text) => text.replace(/^ARC-Message-Signature: i=1(?:.|\r\n[ \t])*\r\n/m, "")],
  ["the first results gone", (text) => text.replace(/^ARC-Authentication-Results: i=1(?:.|\r\n[ \t])*\r\n/m, "")],
  ["numbers apart", (text) => text.replaceAll("i=2;", "i=3;")],
  ["the second says none", (text) => text.replace(/\bcv=pass/, "cv=none")],
  ["the second says fail", (text) => text.replace(/\bcv=pass/, "cv=fail")],
  ["a field on top that no seal covers", (text) => `X-Spam: no\r\n${text}`],
];

test.skipIf(start === null).each(CHAINS)("ARC, two seals, %s: Mail::DKIM says the same", async (_, change) => {
  if (start === null) return;
  const text = change(await sealed(await sealed(await signed(message())), second));
  const other = await start();
  try {
    const { arc } = await verifyMessage(text, zone(Object.fromEntries(Object.entries(KEYS).map(([name, record]) => [name, { TXT: [record] }]))), new Date(NOW * 1000));
    const { chain } = (await other.ask({ chain: true, message: Buffer.from(text).toString("latin1"), keys: KEYS, time: NOW })) as { readonly chain: string };
    expect(arc.result).toBe(chain);
  } finally {
    other.end();
  }
});
