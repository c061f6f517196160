/** RFC 7208 sections 4.6 to 4.8: syntax before evaluation, order, default result, target names. */

import { describe } from "vitest";
import { holds } from "./rfc-cases.ts";

const long = `${"x".repeat(64)}.test`;

describe("4.6: a fault anywhere is a permerror, before anything is evaluated", () => {
  holds({ "one.test": { A: ["192.0.2.1"] }, "exp.test": { TXT: ["no"] } }, [
    ["an unknown mechanism after the match", "v=spf1 ip4:192.0.2.1 -all moo", {}, { result: "permerror", problem: "syntax", lookups: 0 }],
    ["a faulty term after all", "v=spf1 +all a:", {}, "permerror"],
    ["a faulty modifier after the match", "v=spf1 ip4:192.0.2.1 redirect=", {}, "permerror"],
    ["an unknown modifier", "v=spf1 moo.cow-far_out=man:dog/cat ip4:192.0.2.1 -all", {}, "pass"],
    ["a modifier's name with a slash", "v=spf1 moo.cow/far_out=man:dog/cat ip4:192.0.2.1 -all", {}, "permerror"],
    ["a modifier's name with a colon", "v=spf1 moo.cow:far_out=man:dog/cat ip4:192.0.2.1 -all", {}, "permerror"],
    ["a modifier without a name", "v=spf1 ip4:192.0.2.1 =default", {}, "permerror"],
    ["a modifier's name that begins with a digit", "v=spf1 ip4:192.0.2.1 1a=b", {}, "permerror"],
    ["a mechanism's name with = is an unknown modifier", "v=spf1 ip4=192.0.2.1 a=one.test", {}, "neutral"],
    ["a modifier with a qualifier", "v=spf1 ip4:192.0.2.1 -redirect=one.test", {}, "permerror"],
    ["redirect with a colon", "v=spf1 redirect:one.test ?all", {}, "permerror"],
    ["two spaces", "v=spf1  -all", {}, "fail"],
    ["many spaces, and at the end", "v=spf1    ip4:192.0.2.1    -all   ", {}, "pass"],
    ["a tab", "v=spf1 ip4:192.0.2.1\t-all", {}, "permerror"],
    ["a line end", "v=spf1 ip4:192.0.2.1 -all\n", {}, "permerror"],
    ["a carriage return", "v=spf1 a:one.test\rptr -all", {}, "permerror"],
    ["octets that are not ASCII in a mechanism", "v=spf1 \x80a:one.test -all", {}, "permerror"],
    ["octets that are not ASCII in all", "v=spf1 a:one.test \x96all", {}, "permerror"],
    ["a no-break space", "v=spf1\u00a0-all".replace("\u00a0", " \u00a0"), {}, "permerror"],
    ["octets that are not ASCII in an unknown modifier", "v=spf1 ip4:192.0.2.1 x=\xe9 -all", {}, "permerror"],
    ["NUL", "v=spf1 a:abc\0.example.test -all", {}, "permerror"],
    ["a comma between", "v=spf1 ip4:192.0.2.1, -all", {}, "permerror"],
    ["any case", "v=spf1 IP4:192.0.2.1 -ALL", {}, "pass"],
    ["two qualifiers", "v=spf1 --all", {}, "permerror"],
    ["a macro's fault in an unknown modifier", "v=spf1 ip4:192.0.2.1 -all foo=%abc", {}, "permerror"],
    ["a second version is an unknown modifier", "v=spf1 ip4:192.0.2.1 v=spf1 -all", {}, "pass"],
  ]);
});

describe("4.6.2: the first match decides", () => {
  holds({ "one.test": { A: ["192.0.2.1"] }, "slow.test": { fail: "timeout" } }, [
    ["- before +", "v=spf1 -ip4:192.0.2.1 +all", {}, { result: "fail", mechanism: "-ip4:192.0.2.1", matched: { domain: "example.test", term: "-ip4:192.0.2.1" } }],
    ["~", "v=spf1 ~ip4:192.0.2.0/24 +all", {}, "softfail"],
    ["?", "v=spf1 ?a:one.test +all", {}, { result: "neutral", mechanism: "?a:one.test" }],
    ["+", "v=spf1 +a:one.test -all", {}, { result: "pass", mechanism: "+a:one.test" }],
    ["none written is +", "v=spf1 a:one.test -all", {}, { result: "pass", lookups: 1 }],
    ["what stands behind the match is not evaluated", "v=spf1 ip4:192.0.2.1 a:slow.test -all", {}, { result: "pass", lookups: 0 }],
    ["what stands before it is", "v=spf1 a:slow.test ip4:192.0.2.1 -all", {}, "temperror"],
    ["behind all, too", "v=spf1 -all a:slow.test", {}, "fail"],
  ]);
});

describe("4.7: the default result", () => {
  holds({ "one.test": { A: ["192.0.2.1"] } }, [
    ["neutral", "v=spf1 ip4:198.51.100.1", {}, { result: "neutral", mechanism: null, matched: null, problem: undefined }],
    ["neutral with an unknown modifier", "v=spf1 default=pass", {}, "neutral"],
    ["redirect beats it", { "example.test": { TXT: ["v=spf1 ip4:198.51.100.1 redirect=two.test"] }, "two.test": { TXT: ["v=spf1 -all"] } }, {}, "fail"],
  ]);
});

describe("4.8: target names that DNS can't hold match nothing", () => {
  holds({ "example.test": { A: ["192.0.2.1"], MX: [[10, "example.test"]] } }, [
    ["an empty label", "v=spf1 a:example...test -all", {}, { result: "fail", lookups: 1, voidLookups: 0 }],
    ["an over-long label", `v=spf1 mx:${long} -all`, {}, "fail"],
    ["an over-long label by a macro", "v=spf1 exists:%{H}.bar.test -all", { helo: "A".repeat(64) }, "fail"],
    ["a leading dot", "v=spf1 a:.example.test -all", {}, "fail"],
    ["one label, by a macro", "v=spf1 a:%{h} -all", { helo: "OEMCOMPUTER" }, { result: "fail", voidLookups: 0 }],
    ["a name with a space, by a macro", "v=spf1 a:%{h} -all", { helo: "JUMPIN' JUPITER" }, "fail"],
    ["a final dot says nothing", "v=spf1 a:example.test. -all", {}, "pass"],
    ["include of one: none, so permerror (5.2)", `v=spf1 include:${long} -all`, {}, { result: "permerror", problem: "include-without-record" }],
    ["redirect to one (6.1)", `v=spf1 redirect=${long}`, {}, { result: "permerror", problem: "redirect-without-record" }],
    ["no domain-spec: the record's own domain", "v=spf1 a -all", {}, "pass"],
    ["no domain-spec, mx", "v=spf1 mx -all", {}, "pass"],
    ["the record's own domain, in an include", { "example.test": { TXT: ["v=spf1 include:in.test -all"], A: ["192.0.2.1"] }, "in.test": { TXT: ["v=spf1 a"], A: ["198.51.100.1"] } }, {}, "fail"],
  ]);
});
