/** RFC 7208 sections 5 to 5.7: each mechanism, what it matches, and what an error in it gives. */

import { describe } from "vitest";
import type { Zone } from "../dns/zone.ts";
import { holds } from "./rfc-cases.ts";

const V6 = "2001:db8::1";
const HOSTS: Zone = {
  "four.test": { A: ["192.0.2.1"] },
  "six.test": { AAAA: [V6] },
  "both.test": { A: ["192.0.2.1"], AAAA: [V6] },
  "near.test": { A: ["192.0.2.99"], AAAA: ["2001:db8::ffff"] },
  "many.test": { A: ["198.51.100.1", "198.51.100.2", "192.0.2.1"] },
  "slow.test": { fail: "timeout" },
  "broken.test": { fail: "server-failure" },
  "hop.test": { CNAME: "four.test" },
};

describe("5: families and DNS errors", () => {
  holds(HOSTS, [
    ["an IPv6 sender asks for AAAA", "v=spf1 a:both.test -all", { ip: V6 }, "pass"],
    ["an IPv4 sender asks for A", "v=spf1 a:six.test -all", {}, { result: "fail", voidLookups: 1 }],
    ["an IPv6 sender does not match A", "v=spf1 a:four.test -all", { ip: V6 }, "fail"],
    ["an IPv4-mapped sender is IPv4: a", "v=spf1 a:four.test -all", { ip: "::ffff:192.0.2.1" }, "pass"],
    ["an IPv4-mapped sender is IPv4: ip4", "v=spf1 ip4:192.0.2.1 -all", { ip: "::FFFF:192.0.2.1" }, "pass"],
    ["an IPv4-mapped sender is IPv4: not ip6", "v=spf1 ip6:::ffff:0:0/96 -all", { ip: "::ffff:192.0.2.1" }, "fail"],
    ["an IPv4-mapped sender is IPv4: a//0", "v=spf1 a:both.test/32//0 -all", { ip: "::ffff:192.0.2.9" }, "fail"],
    ["NXDOMAIN is no records", "v=spf1 a:nowhere.test -all", {}, "fail"],
    ["time-out in a", "v=spf1 a:slow.test -all", {}, { result: "temperror", problem: "unanswered" }],
    ["server failure in a", "v=spf1 a:broken.test -all", {}, "temperror"],
    ["time-out in mx", "v=spf1 mx:slow.test -all", {}, "temperror"],
    ["time-out in a host of mx", { "example.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "slow.test"]] } }, {}, "temperror"],
    ["refused in exists", { "example.test": { TXT: ["v=spf1 exists:no.test -all"] }, "no.test": { fail: "refused" } }, {}, "temperror"],
    ["temperror even with the match behind it", "v=spf1 a:slow.test ip4:192.0.2.1 -all", {}, "temperror"],
    ["an error of the family not asked for does not matter", { "example.test": { TXT: ["v=spf1 a:half.test -all"] }, "half.test": { A: ["192.0.2.1"], fail: { AAAA: "timeout" } } }, {}, "pass"],
  ]);
});

describe("5.1: all", () => {
  holds(HOSTS, [
    ["-all", "v=spf1 -all", {}, { result: "fail", mechanism: "-all" }],
    ["~all", "v=spf1 ~all", {}, "softfail"],
    ["?all", "v=spf1 ?all", {}, "neutral"],
    ["all", "v=spf1 all", {}, "pass"],
    ["the first all", "v=spf1 all -all", {}, "pass"],
    ["all.", "v=spf1 -all.", {}, "permerror"],
    ["all:x", "v=spf1 -all:foobar", {}, "permerror"],
    ["all/8", "v=spf1 -all/8", {}, "permerror"],
    ["redirect is ignored, wherever it stands", "v=spf1 redirect=nowhere.test -all", {}, { result: "fail", lookups: 0 }],
  ]);
});

describe("5.2: include, the table", () => {
  const within = (record: string): Zone => ({ "in.test": { TXT: [record] }, "example.test": { TXT: ["v=spf1 include:in.test ~all"] } });
  holds(HOSTS, [
    ["pass matches", within("v=spf1 ip4:192.0.2.1 -all"), {}, { result: "pass", mechanism: "include:in.test", matched: { domain: "in.test", term: "ip4:192.0.2.1" } }],
    ["fail does not match", within("v=spf1 -all"), {}, { result: "softfail", mechanism: "~all" }],
    ["softfail does not match", within("v=spf1 ~all"), {}, "softfail"],
    ["neutral does not match", within("v=spf1 ?all"), {}, "softfail"],
    ["no match at all is neutral", within("v=spf1"), {}, "softfail"],
    ["temperror is temperror", within("v=spf1 a:slow.test -all"), {}, { result: "temperror", problem: "unanswered" }],
    ["permerror is permerror", within("v=spf1 nonsense"), {}, { result: "permerror", problem: "syntax" }],
    ["none is permerror: no such name", "v=spf1 include:nowhere.test -all", {}, { result: "permerror", problem: "include-without-record" }],
    ["none is permerror: no SPF record", "v=spf1 include:four.test -all", {}, { result: "permerror", problem: "include-without-record" }],
    ["several records are permerror", { "example.test": { TXT: ["v=spf1 include:in.test -all"] }, "in.test": { TXT: ["v=spf1 -all", "v=spf1 +all"] } }, {}, { result: "permerror", problem: "multiple-records" }],
    ["its record can't be looked up", "v=spf1 include:slow.test -all", {}, "temperror"],
    ["its qualifier is the result", { "example.test": { TXT: ["v=spf1 -include:in.test +all"] }, "in.test": { TXT: ["v=spf1 ip4:192.0.2.1"] } }, {}, { result: "fail", mechanism: "-include:in.test" }],
    ["no argument", "v=spf1 include -all", {}, "permerror"],
    ["empty argument", "v=spf1 include: -all", {}, "permerror"],
    ["a CIDR length", "v=spf1 include:in.test/24 -all", {}, "permerror"],
    ["%{d} inside is the included domain", { "example.test": { TXT: ["v=spf1 include:in.test -all"] }, "in.test": { TXT: ["v=spf1 exists:%{d}.ok.test"] }, "in.test.ok.test": { A: ["127.0.0.2"] } }, {}, "pass"],
    ["%{o} inside is still the sender's", { "example.test": { TXT: ["v=spf1 include:in.test -all"] }, "in.test": { TXT: ["v=spf1 exists:%{o}.ok.test"] }, "example.test.ok.test": { A: ["127.0.0.2"] } }, {}, "pass"],
    ["a redirect inside is followed", { "example.test": { TXT: ["v=spf1 include:in.test -all"] }, "in.test": { TXT: ["v=spf1 redirect=in2.test"] }, "in2.test": { TXT: ["v=spf1 ip4:192.0.2.1 -all"] } }, {}, { result: "pass", mechanism: "include:in.test", matched: { domain: "in2.test", term: "ip4:192.0.2.1" } }],
    ["a redirect inside to nowhere is permerror", { "example.test": { TXT: ["v=spf1 include:in.test +all"] }, "in.test": { TXT: ["v=spf1 redirect=nowhere.test"] } }, {}, { result: "permerror", problem: "redirect-without-record" }],
    ["two deep, the deepest match is told", { "example.test": { TXT: ["v=spf1 include:in.test -all"] }, "in.test": { TXT: ["v=spf1 include:in2.test"] }, "in2.test": { TXT: ["v=spf1 ip4:192.0.2.0/24"] } }, {}, { result: "pass", mechanism: "include:in.test", matched: { domain: "in2.test", term: "ip4:192.0.2.0/24" }, lookups: 2 }],
    ["none three deep is permerror", { "example.test": { TXT: ["v=spf1 include:in.test +all"] }, "in.test": { TXT: ["v=spf1 include:in2.test +all"] }, "in2.test": { TXT: ["v=spf1 include:nowhere.test +all"] } }, {}, { result: "permerror", problem: "include-without-record" }],
  ]);
});

describe("5.3: a", () => {
  holds(HOSTS, [
    ["one of several addresses", "v=spf1 a:many.test -all", {}, "pass"],
    ["none of them", "v=spf1 a:many.test -all", { ip: "192.0.2.2" }, "fail"],
    ["a CNAME is followed", "v=spf1 a:hop.test -all", {}, "pass"],
    ["/24", "v=spf1 a:near.test/24 -all", {}, "pass"],
    ["/25 and a neighbour", "v=spf1 a:near.test/26 -all", {}, "fail"],
    ["//112", "v=spf1 a:near.test//112 -all", { ip: V6 }, "pass"],
    ["//113", "v=spf1 a:near.test//113 -all", { ip: V6 }, "fail"],
    ["/24//112, each for its family", "v=spf1 a:near.test/24//112 -all", { ip: V6 }, "pass"],
    ["the IPv4 length is not IPv6's", "v=spf1 a:near.test/0 -all", { ip: V6 }, "fail"],
    ["the IPv6 length is not IPv4's", "v=spf1 a:near.test//0 -all", {}, "fail"],
    ["/0", "v=spf1 a:many.test/0 -all", { ip: "203.0.113.1" }, "pass"],
    ["//0", "v=spf1 a:six.test//0 -all", { ip: "2001:db8:ffff::1" }, "pass"],
    ["/0 without an address of the family", "v=spf1 a:six.test/0 -all", {}, "fail"],
    ["//0 of a name that isn't there", "v=spf1 a:nowhere.test//0 -all", { ip: V6 }, "fail"],
    ["/33", "v=spf1 a:four.test/33 -all", {}, "permerror"],
    ["//129", "v=spf1 a:four.test//129 -all", {}, "permerror"],
    ["/024", "v=spf1 a:four.test/024 -all", {}, "permerror"],
    ["/00", "v=spf1 a/00 -all", {}, "permerror"],
    ["/ alone", "v=spf1 a/ -all", {}, "permerror"],
    ["three slashes", "v=spf1 a///24 -all", {}, "permerror"],
    ["a: alone", "v=spf1 a: -all", {}, "permerror"],
    ["a:/24", "v=spf1 a:/24 -all", {}, "permerror"],
    ["one label", "v=spf1 a:museum -all", {}, "permerror"],
    ["one label and a dot", "v=spf1 a:museum. -all", {}, "permerror"],
    ["an address", "v=spf1 a:192.0.2.1 -all", {}, "permerror"],
    ["a numeric top label", "v=spf1 a:abc.123 -all", {}, "permerror"],
    ["a top label that begins with a hyphen", "v=spf1 a:example.-test -all", {}, "permerror"],
    ["a top label that ends with a hyphen", "v=spf1 a:example.test- -all", {}, "permerror"],
    ["a top label with an underscore", "v=spf1 a:example.te_st -all", {}, "permerror"],
    ["a top label with inner hyphens", { "example.test": { TXT: ["v=spf1 a:host.xn--zckzah -all"] }, "host.xn--zckzah": { A: ["192.0.2.1"] } }, {}, "pass"],
    ["a top label of digits and a hyphen", { "example.test": { TXT: ["v=spf1 a:host.1-2 -all"] }, "host.1-2": { A: ["192.0.2.1"] } }, {}, "pass"],
    ["a colon and a slash in the name", { "example.test": { TXT: ["v=spf1 a:foo:bar/baz.example.test/24 -all"] }, "foo:bar/baz.example.test": { A: ["192.0.2.200"] } }, {}, "pass"],
    ["an address that DNS should not give does not match", { "example.test": { TXT: ["v=spf1 a:odd.test -all"] }, "odd.test": { A: ["192.0.2"] } }, {}, "fail"],
  ]);
});

describe("5.4: mx", () => {
  const mx = (...MX: [number, string][]): Zone => ({ "example.test": { TXT: ["v=spf1 mx -all"], MX } });
  holds(HOSTS, [
    ["a host's address", mx([10, "four.test"]), {}, { result: "pass", lookups: 1 }],
    ["an IPv6 sender", mx([10, "both.test"]), { ip: V6 }, "pass"],
    ["the second host", mx([10, "near.test"], [20, "many.test"]), {}, "pass"],
    ["no host's address", mx([10, "near.test"]), {}, "fail"],
    ["no MX: no implicit one", { "example.test": { TXT: ["v=spf1 mx ?all"], A: ["192.0.2.1"] } }, {}, { result: "neutral", voidLookups: 1 }],
    ["no such name", "v=spf1 mx:nowhere.test -all", {}, "fail"],
    ["the null MX", mx([0, "."]), {}, { result: "fail", voidLookups: 0 }],
    ["a host that isn't there is passed over", mx([10, "nowhere.test"], [20, "four.test"]), {}, { result: "pass", voidLookups: 1 }],
    ["a preferred host that can't be looked up", mx([10, "slow.test"], [20, "four.test"]), {}, "temperror"],
    ["a host behind the match is not waited for", mx([20, "slow.test"], [10, "four.test"]), {}, "pass"],
    ["domain-spec and lengths", { "example.test": { TXT: ["v=spf1 mx:mail.test/24//112 -all"] }, "mail.test": { MX: [[10, "near.test"]] } }, {}, "pass"],
    ["mx/24", { "example.test": { TXT: ["v=spf1 mx/24 -all"], MX: [[10, "near.test"]] } }, {}, "pass"],
    ["mx//112", { "example.test": { TXT: ["v=spf1 mx//112 -all"], MX: [[10, "near.test"]] } }, { ip: V6 }, "pass"],
    ["mx/0 without a host's address", { "example.test": { TXT: ["v=spf1 mx/0 -all"], MX: [[10, "six.test"]] } }, {}, "fail"],
    ["mx/33", "v=spf1 mx/33 -all", {}, "permerror"],
    ["mx//129", "v=spf1 mx//129 -all", {}, "permerror"],
    ["mx:", "v=spf1 mx: -all", {}, "permerror"],
    ["mx:museum", "v=spf1 mx:museum -all", {}, "permerror"],
  ]);
});

describe("5.5: ptr", () => {
  const ptr = (record: string, PTR: string[], ip = "1.2.0.192.in-addr.arpa"): Zone => ({ "example.test": { TXT: [record], A: ["192.0.2.1"], AAAA: [V6] }, "mail.example.test": { A: ["192.0.2.1"], AAAA: [V6] }, "liar.example.test": { A: ["198.51.100.1"] }, "badexample.test": { A: ["192.0.2.1"] }, [ip]: { PTR } });
  const V6_ARPA = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
  holds(HOSTS, [
    ["a name below the domain", ptr("v=spf1 ptr -all", ["mail.example.test"]), {}, { result: "pass", lookups: 1 }],
    ["the domain itself", ptr("v=spf1 ptr -all", ["example.test"]), {}, "pass"],
    ["domain-spec", ptr("v=spf1 ptr:example.test -all", ["mail.example.test"]), {}, "pass"],
    ["any case", ptr("v=spf1 ptr:EXAMPLE.Test -all", ["Mail.Example.TEST"]), {}, "pass"],
    ["an IPv6 sender", ptr("v=spf1 ptr -all", ["mail.example.test"], V6_ARPA), { ip: V6 }, "pass"],
    ["a name that does not lead back", ptr("v=spf1 ptr -all", ["liar.example.test"]), {}, "fail"],
    ["a name elsewhere", ptr("v=spf1 ptr -all", ["four.test"]), {}, "fail"],
    ["a name that only ends alike", ptr("v=spf1 ptr -all", ["badexample.test"]), {}, "fail"],
    ["the second name", ptr("v=spf1 ptr -all", ["liar.example.test", "mail.example.test"]), {}, "pass"],
    ["no PTR", "v=spf1 ptr -all", {}, { result: "fail", voidLookups: 1 }],
    ["an error in the PTR look-up: no match", { "example.test": { TXT: ["v=spf1 ptr -all"] }, "1.2.0.192.in-addr.arpa": { fail: "timeout" } }, {}, { result: "fail", voidLookups: 0 }],
    ["an error in a name's look-up: passed over", ptr("v=spf1 ptr -all", ["slow.test", "mail.example.test"]), {}, "pass"],
    ["only names with errors: no match", ptr("v=spf1 ptr:slow.test -all", ["slow.test"]), {}, "fail"],
    ["ptr:", "v=spf1 ptr: -all", {}, "permerror"],
    ["ptr/0", "v=spf1 ptr/0 -all", {}, "permerror"],
    ["ptr:x/24", "v=spf1 ptr:example.test/24 -all", {}, "permerror"],
  ]);
});

describe("5.6: ip4 and ip6", () => {
  holds(HOSTS, [
    ["ip4", "v=spf1 ip4:192.0.2.1 -all", {}, "pass"],
    ["ip4, another", "v=spf1 ip4:192.0.2.2 -all", {}, "fail"],
    ["ip4/32", "v=spf1 ip4:192.0.2.1/32 -all", {}, "pass"],
    ["ip4/31", "v=spf1 ip4:192.0.2.0/31 -all", {}, "pass"],
    ["ip4/24 with host bits", "v=spf1 ip4:192.0.2.77/24 -all", {}, "pass"],
    ["ip4/25 outside", "v=spf1 ip4:192.0.2.128/25 -all", {}, "fail"],
    ["ip4/0", "v=spf1 ip4:203.0.113.1/0 -all", {}, "pass"],
    ["ip4/33", "v=spf1 ip4:192.0.2.1/33 -all", {}, "permerror"],
    ["ip4/032", "v=spf1 ip4:192.0.2.1/032 -all", {}, "permerror"],
    ["ip4/", "v=spf1 ip4:192.0.2.1/ -all", {}, "permerror"],
    ["ip4//32", "v=spf1 ip4:192.0.2.1//32 -all", {}, "permerror"],
    ["ip4 alone", "v=spf1 ip4 -all", {}, "permerror"],
    ["ip4:", "v=spf1 ip4: -all", {}, "permerror"],
    ["ip4 with a port", "v=spf1 ip4:192.0.2.1:8080 -all", {}, "permerror"],
    ["three numbers", "v=spf1 ip4:192.0.2 -all", {}, "permerror"],
    ["three numbers and a length", "v=spf1 ip4:192.0.2/24 -all", {}, "permerror"],
    ["five numbers", "v=spf1 ip4:192.0.2.1.1 -all", {}, "permerror"],
    ["256", "v=spf1 ip4:192.0.2.256 -all", {}, "permerror"],
    ["a leading zero", "v=spf1 ip4:192.0.02.1 -all", {}, "permerror"],
    ["an IPv6 address in ip4", "v=spf1 ip4:2001:db8::1 -all", {}, "permerror"],
    ["a name in ip4", "v=spf1 ip4:four.test -all", {}, "permerror"],
    ["a macro in ip4", "v=spf1 ip4:%{i} -all", {}, "permerror"],
    ["an IPv6 sender", "v=spf1 ip4:0.0.0.0/0 -all", { ip: V6 }, "fail"],
    ["ip6", "v=spf1 ip6:2001:db8::1 -all", { ip: V6 }, "pass"],
    ["ip6, written out", "v=spf1 ip6:2001:0DB8:0:0:0:0:0:1 -all", { ip: V6 }, "pass"],
    ["ip6/32", "v=spf1 ip6:2001:db8::/32 -all", { ip: V6 }, "pass"],
    ["ip6/33 outside", "v=spf1 ip6:2001:db8:8000::/33 -all", { ip: V6 }, "fail"],
    ["ip6/0", "v=spf1 ip6:::/0 -all", { ip: V6 }, "pass"],
    ["ip6/0 and an IPv4 sender", "v=spf1 ip6:::1.1.1.1/0 -all", {}, "fail"],
    ["ip6 with a dotted quad", "v=spf1 ip6:2001:db8::192.0.2.1 -all", { ip: "2001:db8::c000:201" }, "pass"],
    ["ip6/129", "v=spf1 ip6:2001:db8::1/129 -all", {}, "permerror"],
    ["ip6//33", "v=spf1 ip6:::1.1.1.1//33 -all", {}, "permerror"],
    ["ip6 alone", "v=spf1 ip6 -all", {}, "permerror"],
    ["ip6 with an IPv4 address", "v=spf1 ip6:192.0.2.1 -all", {}, "permerror"],
    ["two ::", "v=spf1 ip6:2001::db8::1 -all", {}, "permerror"],
    ["five digits", "v=spf1 ip6:2001:00db8::1 -all", {}, "permerror"],
    ["nine groups", "v=spf1 ip6:1:2:3:4:5:6:7:8:9 -all", {}, "permerror"],
    ["seven groups", "v=spf1 ip6:1:2:3:4:5:6:7 -all", {}, "permerror"],
    ["brackets", "v=spf1 ip6:[2001:db8::1] -all", {}, "permerror"],
    ["a zone", "v=spf1 ip6:fe80::1%eth0 -all", {}, "permerror"],
    ["an ending colon", "v=spf1 ip6:2001:db8: -all", {}, "permerror"],
  ]);
});

describe("5.7: exists", () => {
  const listed = (record: string): Zone => ({ "example.test": { TXT: [record] }, "192.0.2.1._spf.example.test": { A: ["127.0.0.2"] }, "1.2.0.192.in-addr._spf.example.test": { A: ["127.0.0.2"] } });
  holds(HOSTS, [
    ["any A record", "v=spf1 exists:near.test -all", {}, "pass"],
    ["an IPv6 sender asks for A too", "v=spf1 exists:four.test -all", { ip: V6 }, "pass"],
    ["AAAA is no match", "v=spf1 exists:six.test -all", { ip: V6 }, "fail"],
    ["nothing there", "v=spf1 exists:nowhere.test -all", {}, { result: "fail", voidLookups: 1 }],
    ["by a macro", listed("v=spf1 exists:%{i}._spf.%{d} -all"), {}, "pass"],
    ["by a macro, another sender", listed("v=spf1 exists:%{i}._spf.%{d} -all"), { ip: "192.0.2.2" }, "fail"],
    ["reversed", listed("v=spf1 exists:%{ir}.%{v}._spf.%{d} -all"), {}, "pass"],
    ["a server failure", "v=spf1 exists:broken.test -all", {}, "temperror"],
    ["exists alone", "v=spf1 exists -all", {}, "permerror"],
    ["exists:", "v=spf1 exists: -all", {}, "permerror"],
    ["a CIDR length", "v=spf1 exists:four.test/24 -all", {}, "permerror"],
  ]);
});
