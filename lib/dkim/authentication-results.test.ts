import { expect, test } from "vitest";
import { readingsOf, resultsBy } from "./index.ts";

const isOurs = (host: string) => host === "mx.google.com";
const read = (...header: string[]) => resultsBy(readingsOf([...header, "From: a@shop.test", "", "x"].join("\r\n"))[0], isOurs);
const OURS = "Authentication-Results: mx.google.com; dkim=pass header.i=@shop.test header.s=s1";

test.each<[name: string, header: string[], expected: object | null]>([
  ["none", [], null],
  ["all three, folded, with comments", [
    "Authentication-Results: mx.google.com;\r\n       dkim=pass header.i=@shop.test header.s=S1 header.b=AbC;\r\n       dkim=neutral (body hash; did (not) verify) header.i=@mailer.test header.s=k1;\r\n       spf=softfail (google.com: domain of transitioning a@b.shop.test; ip) smtp.mailfrom=a@b.shop.test;\r\n       dmarc=fail (p=NONE dis=NONE) header.from=shop.test",
  ], [
    { method: "dkim", result: "pass", domain: "shop.test", selector: "s1" },
    { method: "dkim", result: "neutral", domain: "mailer.test", selector: "k1" },
    { method: "spf", result: "softfail", domain: "b.shop.test", selector: null },
    { method: "dmarc", result: "fail", domain: "shop.test", selector: null },
  ]],
  ["HELO for an empty envelope", ["Authentication-Results: mx.google.com; spf=pass smtp.helo=mail.shop.test"], [{ method: "spf", result: "pass", domain: "mail.shop.test", selector: null }]],
  ["version behind the id", ["Authentication-Results: mx.google.com 1; spf=none smtp.mailfrom=shop.test"], [{ method: "spf", result: "none", domain: "shop.test", selector: null }]],
  ["the topmost of two", [OURS, "Authentication-Results: mx.google.com; dkim=fail header.i=@shop.test"], [{ method: "dkim", result: "pass", domain: "shop.test", selector: "s1" }]],
  ["below another's field", ["Authentication-Results: mx.list.test; dkim=none", OURS], [{ method: "dkim", result: "pass", domain: "shop.test", selector: "s1" }]],
  ["below its own Received", ["Received: from a.test by mx.google.com; Tue, 24 Nov 2026 09:41:08 +0000", OURS], [{ method: "dkim", result: "pass", domain: "shop.test", selector: "s1" }]],
  ["below another's Received: anybody may have written it", ["Received: from a.test by mx.list.test; Tue, 24 Nov 2026 09:41:08 +0000", OURS], null],
  ["another's alone", ["Authentication-Results: mx.list.test; dkim=pass"], null],
  ["a look-alike", ["Authentication-Results: mx.google.com.evil.test; dkim=pass"], null],
  ["no result", ["Authentication-Results: mx.google.com; none"], []],
  ["an unknown method", ["Authentication-Results: mx.google.com; arc=pass; iprev=pass"], []],
])("%s", (_, header, expected) => expect(read(...header)).toEqual(expected));
