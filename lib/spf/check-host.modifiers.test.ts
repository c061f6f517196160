/** RFC 7208 sections 6 to 6.2: redirect and exp. */

import { describe } from "vitest";
import type { Zone } from "../dns/zone.ts";
import { holds } from "./rfc-cases.ts";

const ZONE: Zone = {
  "two.test": { TXT: ["v=spf1 ip4:192.0.2.1 -all exp=why-two.test"] },
  "why.test": { TXT: ["See http://%{d}/why.html"] },
  "why-two.test": { TXT: ["two says no"] },
  "slow.test": { fail: "timeout" },
  "mute.test": { A: ["192.0.2.1"] },
  "neutral.test": { TXT: ["v=spf1"] },
  "faulty.test": { TXT: ["v=spf1 moo"] },
  "several.test": { TXT: ["v=spf1 -all", "v=spf1 -all"] },
};

describe("6.1: redirect", () => {
  holds(ZONE, [
    ["its result is the result", "v=spf1 redirect=two.test", {}, { result: "pass", lookups: 1, matched: { domain: "two.test", term: "ip4:192.0.2.1" } }],
    ["only when nothing matched", "v=spf1 ip4:192.0.2.1 redirect=nowhere.test", {}, { result: "pass", lookups: 0 }],
    ["wherever it stands", "v=spf1 redirect=two.test ip4:192.0.2.9", { ip: "192.0.2.9" }, { result: "pass", lookups: 0 }],
    ["fails through it", "v=spf1 redirect=two.test", { ip: "192.0.2.7" }, "fail"],
    ["neutral through it", "v=spf1 redirect=neutral.test", {}, "neutral"],
    ["no such name is permerror", "v=spf1 redirect=nowhere.test", {}, { result: "permerror", problem: "redirect-without-record" }],
    ["no SPF record is permerror", "v=spf1 redirect=mute.test", {}, { result: "permerror", problem: "redirect-without-record" }],
    ["a malformed name by a macro is permerror", "v=spf1 redirect=%{h}", { helo: "OEMCOMPUTER" }, { result: "permerror", problem: "redirect-without-record" }],
    ["its permerror", "v=spf1 redirect=faulty.test", {}, { result: "permerror", problem: "syntax" }],
    ["its several records", "v=spf1 redirect=several.test", {}, { result: "permerror", problem: "multiple-records" }],
    ["its time-out", "v=spf1 redirect=slow.test", {}, { result: "temperror", problem: "unanswered" }],
    ["ignored beside all", "v=spf1 redirect=slow.test ?all", {}, "neutral"],
    ["%{d} is then the target", { "example.test": { TXT: ["v=spf1 redirect=in.test"] }, "in.test": { TXT: ["v=spf1 exists:%{d}.ok.test -all"] }, "in.test.ok.test": { A: ["127.0.0.2"] } }, {}, "pass"],
    ["a, mx and ptr are then the target's", { "example.test": { TXT: ["v=spf1 redirect=in.test"] }, "in.test": { TXT: ["v=spf1 a -all"], A: ["192.0.2.1"] } }, {}, "pass"],
    ["with a macro", { "example.test": { TXT: ["v=spf1 redirect=_spf.%{d}"] }, "_spf.example.test": { TXT: ["v=spf1 ip4:192.0.2.1 -all"] } }, {}, "pass"],
    ["twice one after the other", { "example.test": { TXT: ["v=spf1 redirect=one.test"] }, "one.test": { TXT: ["v=spf1 redirect=two.test"] } }, {}, { result: "pass", lookups: 2 }],
    ["twice in a record", "v=spf1 redirect=two.test redirect=two.test", {}, { result: "permerror", problem: "syntax" }],
    ["twice, any case, with all", "v=spf1 redirect=two.test Redirect=two.test -all", {}, "permerror"],
    ["empty", "v=spf1 redirect=", {}, "permerror"],
    ["without =", "v=spf1 redirect", {}, "permerror"],
    ["one label", "v=spf1 redirect=museum", {}, "permerror"],
    ["a CIDR length", "v=spf1 redirect=two.test/24", {}, "permerror"],
    ["any case", "v=spf1 REDIRECT=TWO.test", {}, "pass"],
  ]);
});

describe("6.2: exp", () => {
  const exp = (text: string | string[], ...more: string[]): Zone => ({ "example.test": { TXT: ["v=spf1 -all exp=e.test"] }, "e.test": { TXT: [text, ...more] } });
  const none = { result: "fail", explanation: null } as const;
  holds(ZONE, [
    ["expanded", "v=spf1 -all exp=why.test", {}, { result: "fail", explanation: "See http://example.test/why.html", lookups: 0 }],
    ["before all, too", "v=spf1 exp=why.test -all", {}, { result: "fail", explanation: "See http://example.test/why.html" }],
    ["only with fail: softfail", "v=spf1 ~all exp=why.test", {}, { result: "softfail", explanation: null }],
    ["only with fail: pass", "v=spf1 +all exp=why.test", {}, { result: "pass", explanation: null }],
    ["strings joined without a space", exp(["one", "two ", "three"]), {}, { explanation: "onetwo three" }],
    ["all letters", exp("%{s} %{l} %{o} %{d} %{i} %{v} %{h} %{c} %{r} %{t}"), { receiver: "mx.test" }, { explanation: "alice@example.test alice example.test example.test 192.0.2.1 in-addr mail.example.test 192.0.2.1 mx.test 1700000000" }],
    ["%{r} unknown", exp("%{r}"), {}, { explanation: "unknown" }],
    ["%%, %_ and %-", exp("100%%%_of%-it"), {}, { explanation: "100% of%20it" }],
    ["a final dot stays", exp("This is it."), {}, { explanation: "This is it." }],
    ["that looks like a record", exp("v=spf1 -all"), {}, { explanation: "v=spf1 -all" }],
    ["no such name", "v=spf1 -all exp=nowhere.test", {}, { ...none, voidLookups: 0 }],
    ["no TXT", "v=spf1 -all exp=mute.test", {}, none],
    ["a time-out", "v=spf1 -all exp=slow.test", {}, none],
    ["two records", exp("one", "two"), {}, none],
    ["empty text", exp(""), {}, none],
    ["a macro's fault", exp("%{a}"), {}, none],
    ["an unclosed macro", exp("see %{d"), {}, none],
    ["a lone percent", exp("100% no"), {}, none],
    ["not ASCII", exp("défense"), {}, none],
    ["not ASCII by a macro", exp("%{l}"), { mailFrom: "éva@example.test" }, none],
    ["a control character", exp("a\tb"), {}, none],
    ["a name that DNS can't hold", `v=spf1 -all exp=${"e".repeat(64)}.test`, {}, none],
    ["with a macro in its name", { "example.test": { TXT: ["v=spf1 -all exp=%{l}.e.test"] }, "alice.e.test": { TXT: ["hello %{l}"] } }, {}, { explanation: "hello alice" }],
    ["an included record's is not used", { "example.test": { TXT: ["v=spf1 -include:in.test exp=why.test"] }, "in.test": { TXT: ["v=spf1 +all exp=why-two.test"] } }, {}, { result: "fail", explanation: "See http://example.test/why.html" }],
    ["an included record's is not used, there being no other", { "example.test": { TXT: ["v=spf1 include:two.test -all"] } }, { ip: "192.0.2.9" }, none],
    ["a redirect's is used", "v=spf1 redirect=two.test", { ip: "192.0.2.9" }, { result: "fail", explanation: "two says no" }],
    ["not that of the record before", "v=spf1 exp=why.test redirect=two.test", { ip: "192.0.2.9" }, { result: "fail", explanation: "two says no" }],
    ["not that of the record before, there being no other", { "example.test": { TXT: ["v=spf1 exp=why.test redirect=in.test"] }, "in.test": { TXT: ["v=spf1 -all"] } }, {}, none],
    ["twice", "v=spf1 -all exp=why.test exp=why.test", {}, "permerror"],
    ["empty", "v=spf1 -all exp=", {}, "permerror"],
    ["without =", "v=spf1 -all exp", {}, "permerror"],
    ["c, r and t not in its name", "v=spf1 -all exp=%{c}.e.test", {}, "permerror"],
    ["%{p} in the text", { ...exp("from %{p}"), "1.2.0.192.in-addr.arpa": { PTR: ["mail.example.test"] }, "mail.example.test": { A: ["192.0.2.1"] } }, {}, { explanation: "from mail.example.test" }],
    ["%{p} in the text, unknown", exp("from %{p}"), {}, { explanation: "from unknown", voidLookups: 0 }],
  ]);
});

describe("6: unknown modifiers", () => {
  holds(ZONE, [
    ["ignored", "v=spf1 x-tra=anything -all", {}, "fail"],
    ["ignored, empty", "v=spf1 x= -all", {}, "fail"],
    ["ignored, twice", "v=spf1 x=1 x=2 -all", {}, "fail"],
    ["default= of long ago", "v=spf1 default=fail", {}, "neutral"],
    ["ra= and rp= of RFC 6652", "v=spf1 ra=postmaster rp=100 -all", {}, "fail"],
    ["with a macro", "v=spf1 x=%{d}%%%_%-%{l1r+} -all", {}, "fail"],
    ["with a faulty macro", "v=spf1 x=%{ -all", {}, "permerror"],
    ["with colons, slashes and equals", "v=spf1 x=a:b/c=d -all", {}, "fail"],
  ]);
});
