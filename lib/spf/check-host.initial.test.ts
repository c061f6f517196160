/** RFC 7208 sections 2.3, 2.4 and 4.3 to 4.5: who is asked about, whether the domain can be asked about, which records are SPF records. */

import { describe } from "vitest";
import { holds } from "./rfc-cases.ts";

const label63 = "a".repeat(63);
const label64 = "a".repeat(64);

describe("2.3 and 2.4: the identity that is checked", () => {
  holds(
    {
      "example.test": { TXT: ["v=spf1 ip4:192.0.2.1 -all exp=why.example.test"] },
      "why.example.test": { TXT: ["%{s} | %{l} | %{o} | %{d} | %{h}"] },
      "helo.test": { TXT: ["v=spf1 -all exp=why.example.test"] },
    },
    [
      ["MAIL FROM", {}, { mailFrom: "alice@example.test" }, { result: "pass", mechanism: "ip4:192.0.2.1" }],
      ["2.4: the null reverse-path is postmaster@ the HELO name", {}, { mailFrom: "", helo: "helo.test" }, { result: "fail", explanation: "postmaster@helo.test | postmaster | helo.test | helo.test | helo.test" }],
      ["a domain alone is postmaster@ it", {}, { mailFrom: "example.test", ip: "192.0.2.2" }, { result: "fail", explanation: "postmaster@example.test | postmaster | example.test | example.test | mail.example.test" }],
      ["4.3: an empty local-part is postmaster", {}, { mailFrom: "@example.test", ip: "192.0.2.2" }, { result: "fail", explanation: "postmaster@example.test | postmaster | example.test | example.test | mail.example.test" }],
      ["a quoted local-part may hold an @", {}, { mailFrom: '"a@b"@example.test', ip: "192.0.2.2" }, { result: "fail", explanation: '"a@b"@example.test | "a@b" | example.test | example.test | mail.example.test' }],
      ["<domain> may differ from the sender's", {}, { mailFrom: "alice@other.test", domain: "example.test", ip: "192.0.2.2" }, { result: "fail", explanation: "alice@other.test | alice | other.test | example.test | mail.example.test" }],
      ["2.4: HELO that is no domain name, null reverse-path", {}, { mailFrom: "", helo: "OEMCOMPUTER" }, { result: "none", problem: "malformed-domain" }],
      ["2.4: HELO that is an address literal", {}, { mailFrom: "", helo: "[192.0.2.1]" }, { result: "none", problem: "malformed-domain" }],
      ["HELO missing as well", {}, { mailFrom: "", helo: "" }, { result: "none", problem: "malformed-domain" }],
      ["HELO with blanks", {}, { mailFrom: "", helo: "JUMPIN' JUPITER.test" }, { result: "none", problem: "malformed-domain" }],
      ["4.1: any case", {}, { mailFrom: "alice@EXAMPLE.Test" }, "pass"],
    ],
  );
});

describe("4.3: malformed domains are none", () => {
  holds(
    { "example.test": { TXT: ["v=spf1 -all"] }, [`${label63}.example.test`]: { TXT: ["v=spf1 -all"] }, "xn--r8jz45g.test": { TXT: ["v=spf1 -all"] }, "_spf.example.test": { TXT: ["v=spf1 -all"] } },
    [
      ["a label of 63 octets is well-formed", {}, { mailFrom: `x@${label63}.example.test` }, "fail"],
      ["a label of 64 octets", {}, { mailFrom: `x@${label64}.example.test` }, { result: "none", problem: "malformed-domain" }],
      ["an empty label", {}, { mailFrom: "x@a...example.test" }, { result: "none", problem: "malformed-domain" }],
      ["an empty first label", {}, { mailFrom: "x@.example.test" }, { result: "none", problem: "malformed-domain" }],
      ["an empty last label is the root", {}, { mailFrom: "x@example.test." }, "fail"],
      ["two empty last labels", {}, { mailFrom: "x@example.test.." }, { result: "none", problem: "malformed-domain" }],
      ["one label", {}, { mailFrom: "x@test" }, { result: "none", problem: "malformed-domain" }],
      ["one label and a dot", {}, { mailFrom: "x@test." }, { result: "none", problem: "malformed-domain" }],
      ["no domain", {}, { mailFrom: "x@" }, { result: "none", problem: "malformed-domain" }],
      ["an address literal", {}, { mailFrom: "x@[192.0.2.1]" }, { result: "none", problem: "malformed-domain" }],
      ["an IPv6 address literal", {}, { mailFrom: "x@[IPv6:2001:db8::1]" }, { result: "none", problem: "malformed-domain" }],
      ["an address", {}, { mailFrom: "x@192.0.2.1" }, { result: "none", problem: "malformed-domain" }],
      ["254 octets", {}, { mailFrom: `x@${`${"b".repeat(49)}.`.repeat(5)}test` }, { result: "none", problem: "malformed-domain" }],
      ["U-labels are asked as A-labels", {}, { mailFrom: "x@例え.test" }, "fail"],
      ["underscores", {}, { mailFrom: "x@_spf.example.test" }, "fail"],
      ["NXDOMAIN", {}, { mailFrom: "x@nowhere.test" }, { result: "none", problem: "no-record" }],
      ["nothing there of type TXT", { "mute.test": { A: ["192.0.2.1"] } }, { mailFrom: "x@mute.test" }, { result: "none", problem: "no-record" }],
    ],
  );
});

describe("4.4: record lookup", () => {
  holds({}, [
    ["a time-out is temperror", { "example.test": { fail: "timeout" } }, {}, { result: "temperror", problem: "unanswered" }],
    ["a server failure is temperror", { "example.test": { fail: "server-failure" } }, {}, { result: "temperror", problem: "unanswered" }],
    ["refused is temperror", { "example.test": { fail: "refused" } }, {}, { result: "temperror", problem: "unanswered" }],
    ["a question never asked is temperror, not none", { "example.test": { fail: "not-asked" } }, {}, { result: "temperror", problem: "unanswered" }],
    ["an answer that can't be read is temperror", { "example.test": { fail: "malformed" } }, {}, { result: "temperror", problem: "unanswered" }],
    ["a CNAME is followed", { "example.test": { CNAME: "spf.test" }, "spf.test": { TXT: ["v=spf1 -all"] } }, {}, "fail"],
  ]);
});

describe("4.5: selecting records", () => {
  const txt = (...TXT: (string | string[])[]) => ({ "example.test": { TXT } });
  holds({}, [
    ["others are discarded", txt("google-site-verification=x", "v=spf1 -all", "v=DKIM1; p="), {}, "fail"],
    ["none is left", txt("hello", "v=spf2.0/pra -all"), {}, { result: "none", problem: "no-record" }],
    ["two are left", txt("v=spf1 -all", "v=spf1 +all"), {}, { result: "permerror", problem: "multiple-records" }],
    ["two that are the same", txt("v=spf1 -all", "v=spf1 -all"), {}, { result: "permerror", problem: "multiple-records" }],
    ["one of two is faulty", txt("v=spf1 -all", "v=spf1 nonsense"), {}, { result: "permerror", problem: "multiple-records" }],
    ["v=spf10 is another version", txt("v=spf10"), {}, "none"],
    ["v=spf1 and v=spf10", txt("v=spf1 -all", "v=spf10 +all"), {}, "fail"],
    ["v=spf1-all has no SP", txt("v=spf1-all"), {}, "none"],
    ["v=spf1, a tab", txt("v=spf1\t-all"), {}, "none"],
    ["v=spf1 alone", txt("v=spf1"), {}, { result: "neutral", mechanism: null, problem: undefined }],
    ["v=spf1 and SP", txt("v=spf1 "), {}, "neutral"],
    ["any case", txt("V=SPf1 ~all"), {}, "softfail"],
    ["a leading space", txt(" v=spf1 -all"), {}, { result: "none", problem: "no-record" }],
    ["a leading byte order mark", txt("\ufeffv=spf1 -all"), {}, "none"],
    ["a quoted record", txt('"v=spf1 -all"'), {}, "none"],
    ["v = spf1", txt("v = spf1 -all"), {}, "none"],
    ["3.3: strings are joined without a space", txt(["v=spf1 ip4:192.0", ".2.1 -all"]), {}, "pass"],
    ["3.3: joined without a space, for worse", txt(["v=spf1 ip4:192.0.2.1", "-all"]), {}, { result: "permerror", problem: "syntax" }],
    ["3.3: the version may be cut too", txt(["v=s", "pf1", " -all"]), {}, "fail"],
    ["empty strings", txt(["", "v=spf1", "", " -all", ""]), {}, "fail"],
    ["a TXT record of one empty string", txt("", "v=spf1 -all"), {}, "fail"],
    ["octets that are not ASCII, in another record", txt("\x96 \xff", "v=spf1 -all"), {}, "fail"],
    ["over 255 octets by its strings, no fault", txt([`v=spf1 ${"ip4:198.51.100.1 ".repeat(14)}`, "ip4:192.0.2.1 -all"]), {}, "pass"],
  ]);
});
