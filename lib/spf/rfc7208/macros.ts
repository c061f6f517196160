/** RFC 7208 section 7: macros, seen through explanations and through the names they make. */

import type { Zone } from "../../dns/zone.ts";
import type { Case, Question, Table } from "./table.ts";

/** Section 7.4 */
const SENDER: Question = { ip: "192.0.2.3", mailFrom: "strong-bad@email.example.com", helo: "mail.example.com" };
const V6_ARPA = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2";

const EXPLAINED: Zone = {
  "email.example.com": { TXT: ["v=spf1 -all exp=e.test"] },
  "example.test": { TXT: ["v=spf1 -all exp=e.test"] },
  "xn--r8jz45g.test": { TXT: ["v=spf1 -all exp=e.test"] },
};

/** The explanation `text` comes to `explanation`. */
const said = (text: string, explanation: string, question: Question = SENDER): Case => [
  `${text} is ${explanation}`, { "e.test": { TXT: [text] } }, question, { result: "fail", explanation, lookups: 0, voidLookups: 0 },
];

/** `exists:` of `domainSpec` asks for `name`, which is there. */
const asksFor = (shows: string, domainSpec: string, name: string, question: Question = {}): Case => [
  shows, { "example.test": { TXT: [`v=spf1 exists:${domainSpec} -all`] }, [name]: { A: ["127.0.0.2"] } }, question, { result: "pass", asks: `A ${name}`, lookups: 1 },
];

/** No macro: the record is faulty, and as an explanation it is none. */
const noMacro = (text: string): Case[] => [
  [`${text} in a term`, `v=spf1 exists:${text}.x.test +all`, {}, { result: "permerror", problem: "syntax", lookups: 0 }],
  [`${text} in an explanation`, { "example.test": { TXT: ["v=spf1 -all exp=e.test"] }, "e.test": { TXT: [`a ${text} b`] } }, {}, { result: "fail", explanation: null }],
];

const names = (...PTR: string[]): Zone => ({
  "1.2.0.192.in-addr.arpa": { PTR },
  "example.test": { TXT: ["v=spf1 exists:%{p}.x.test -all"], A: ["192.0.2.1"] },
  "mail.example.test": { A: ["192.0.2.1"] },
  "other.test": { A: ["192.0.2.1"] },
  "liar.example.test": { A: ["192.0.2.9"] },
  "slow.test": { fail: "timeout" },
});
const label = "z".repeat(60);

export const MACROS: readonly Table[] = [
  {
    section: "7.4",
    title: "the examples",
    base: EXPLAINED,
    cases: [
      said("%{s}", "strong-bad@email.example.com"),
      said("%{o}", "email.example.com"),
      said("%{d}", "email.example.com"),
      said("%{d4}", "email.example.com"),
      said("%{d3}", "email.example.com"),
      said("%{d2}", "example.com"),
      said("%{d1}", "com"),
      said("%{dr}", "com.example.email"),
      said("%{d2r}", "example.email"),
      said("%{l}", "strong-bad"),
      said("%{l-}", "strong.bad"),
      said("%{lr}", "strong-bad"),
      said("%{lr-}", "bad.strong"),
      said("%{l1r-}", "strong"),
      said("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"),
      said("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"),
      said("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"),
      said("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"),
      said("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"),
      said("%{ir}.%{v}._spf.%{d2}", "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com", { ...SENDER, ip: "2001:db8::cb01" }),
    ],
  },
  {
    section: "7.3",
    title: "transformers, delimiters, escaping",
    base: EXPLAINED,
    cases: [
      said("%{c}", "2001:db8::cb01", { ip: "2001:DB8:0:0::CB01" }),
      said("%{i}", "2.0.0.1.0.d.b.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.b.0.1", { ip: "2001:db8::cb01" }),
      said("%{i} %{c} %{v}", "192.0.2.7 192.0.2.7 in-addr", { ip: "::ffff:192.0.2.7" }),
      said("%{i2} %{ir} %{i1r}", "2.1 1.2.0.192 192", {}),
      said("%{v} %{vr}", "ip6 ip6", { ip: "2001:db8::1" }),
      said("%{d127}", "example.test", {}),
      said("%{d999999999999999999999}", "example.test", {}),
      said("%{d01}", "test", {}),
      said("%{D1R}", "example", {}),
      said("%{l+}", "foo-bar.zip.quux", { mailFrom: "foo-bar+zip+quux@example.test" }),
      said("%{lr+-}", "quux.zip.bar.foo", { mailFrom: "foo-bar+zip+quux@example.test" }),
      said("%{l2r+-}", "bar.foo", { mailFrom: "foo-bar+zip+quux@example.test" }),
      said("%{l1+}", "quux", { mailFrom: "foo-bar+zip+quux@example.test" }),
      said("%{l,/_=}", "a.b.c.d", { mailFrom: "a,b/c_d@example.test" }),
      said("%{l=}", "a.b", { mailFrom: "a=b@example.test" }),
      said("%{l.}", "a.b", { mailFrom: "a.b@example.test" }),
      said("%{l-}", ".a..b.", { mailFrom: "-a--b-@example.test" }),
      said("%{l2-}", "b.", { mailFrom: "-a--b-@example.test" }),
      said("%{lr+}", "c.a.b", { mailFrom: "a.b+c@example.test" }),
      said("%{l}", "a+b", { mailFrom: "a+b@example.test" }),
      said("%{o1} %{h1}", "test test", {}),
      said("%{h}", "mail.example.test.", { helo: "mail.example.test." }),
      said("%{s1}", "test", {}),
      said("%{sr}", "test.a@example", { mailFrom: "a@example.test" }),
      said("%{L}", "jack%26jill%3Dup", { mailFrom: "jack&jill=up@example.test" }),
      said("%{L}", "~jack%26jill%3Dup-a_b3.c", { mailFrom: "~jack&jill=up-a_b3.c@example.test" }),
      said("%{S}", "alice%40example.test", {}),
      said("%{L}", "%21%23%24%25%27%2A%2F%3F%5E%60%7B%7C%7D", { mailFrom: "!#$%'*/?^`{|}@example.test" }),
      said("%{L-}", "a.b%2Bc", { mailFrom: "a-b+c@example.test" }),
      said("%{H}", "%5B192.0.2.1%5D", { helo: "[192.0.2.1]" }),
      said("%{h}", "[192.0.2.1]", { helo: "[192.0.2.1]" }),
      said("%{O} %{D} %{V} %{I}", "example.test example.test in-addr 192.0.2.1", {}),
      said("%{C}", "2001%3Adb8%3A%3A1", { ip: "2001:db8::1" }),
      said("%{l}", "%{d}", { mailFrom: "%{d}@example.test" }),
      said("%{d}", "ExamPle.tEst", { mailFrom: "alice@ExamPle.tEst" }),
      said("%{o} %{d} %{s}", "xn--r8jz45g.test xn--r8jz45g.test a@xn--r8jz45g.test", { mailFrom: "a@例え.test" }),
      said("[%{d}]", "[example.test]", { mailFrom: "alice@example.test." }),
    ],
  },
  {
    section: "7.1",
    title: "what is no macro",
    base: {},
    cases: ["%{d0}", "%{d00}", "%{x}", "%{e5}", "%{dd}", "%{d r}", "%{}", "%{d", "%", "%a", "%(d)", "%d", "%{d-r}", "%{dr2}", "%{d*}", "%{d:}", "%{-d}", "%{d}%"].flatMap(noMacro),
  },
  {
    section: "7.2",
    title: "c, r and t belong to explanations only",
    base: {},
    cases: ["%{c}", "%{r}", "%{t}", "%{C}", "%{tr}"].flatMap((text): Case[] => [
      [`${text} in exists`, `v=spf1 exists:${text}.x.test +all`, {}, { result: "permerror", problem: "syntax" }],
      [`${text} in the name of an explanation`, `v=spf1 +all exp=${text}.x.test`, {}, { result: "permerror", problem: "syntax" }],
      [`${text} in redirect`, `v=spf1 redirect=${text}.x.test`, {}, { result: "permerror", problem: "syntax" }],
    ]),
  },
  {
    section: "7.3",
    title: "the name that is looked up",
    base: {},
    cases: [
      asksFor("%% is a percent", "a%%b.x.test", "a%b.x.test"),
      asksFor("%_ is a space", "a%_b.x.test", "a b.x.test"),
      asksFor("%- is %20", "a%-b.x.test", "a%20b.x.test"),
      asksFor("all of them", "%%percent%_%_space%-%-.x.test", "%percent  space%20%20.x.test"),
      asksFor("a final dot goes", "a.x.test.", "a.x.test"),
      asksFor("a macro at the end", "%{i}._spf.%{d}", "192.0.2.1._spf.example.test"),
      asksFor("a macro that ends in a dot", "%{h}", "mail.test", { helo: "mail.test." }),
      asksFor("capitals are escaped", "%{L}.x.test", "o%27brien.x.test", { mailFrom: "o'brien@example.test" }),
      asksFor("small letters are not: an apostrophe", "%{l}._spf.%{d}", "o'brien._spf.example.test", { mailFrom: "o'brien@example.test" }),
      asksFor("a quoted local-part", "%{l}.x.test", '"a@b".x.test', { mailFrom: '"a@b"@example.test' }),
      asksFor("a plus, an equals sign, an ampersand", "%{l}.x.test", "a+b=c&d.x.test", { mailFrom: "a+b=c&d@example.test" }),
      asksFor("a colon and a slash", "foo:bar/baz.x.test", "foo:bar/baz.x.test"),
      asksFor("a backslash", "a\\b.x.test", "a\\b.x.test"),
      asksFor("an asterisk is a name like others", "*.x.test", "*.x.test"),
      asksFor("the IPv6 name", "%{ir}.%{v}.x.test", `${V6_ARPA}.ip6.x.test`, { ip: "2001:db8::1" }),
      asksFor("the sender's domain and HELO name", "%{o}.%{h}.x.test", "example.test.mx.other.test.x.test", { helo: "mx.other.test" }),
      ["with an a and a length", { "example.test": { TXT: ["v=spf1 a:%{d2}/24 -all"], A: ["192.0.2.200"] } }, {}, { result: "pass", asks: "A example.test" }],
      ["with an mx", { "example.test": { TXT: ["v=spf1 mx:%{o2} -all"], MX: [[1, "h.test"]] }, "h.test": { A: ["192.0.2.1"] } }, {}, { result: "pass", asks: "MX example.test" }],
      ["with an include", { "example.test": { TXT: ["v=spf1 include:_%{l}.%{d} -all"] }, "_alice.example.test": { TXT: ["v=spf1 ip4:192.0.2.1"] } }, {}, { result: "pass", asks: "TXT _alice.example.test" }],
      ["with a ptr", { "example.test": { TXT: ["v=spf1 ptr:%{d2} -all"], A: ["192.0.2.1"] }, "1.2.0.192.in-addr.arpa": { PTR: ["example.test"] } }, {}, "pass"],
      asksFor("253 octets are not cut", `${"y".repeat(5)}.${`${label}.`.repeat(4)}%{h}`, `${"y".repeat(5)}.${`${label}.`.repeat(4)}abc`, { helo: "abc" }),
      asksFor("254 octets are cut on the left, by labels", `${"y".repeat(6)}.${`${label}.`.repeat(4)}%{h}`, `${`${label}.`.repeat(4)}abc`, { helo: "abc" }),
      asksFor("as many labels as it takes", `${"n.".repeat(8)}${`${label}.`.repeat(5)}x.test`, `${`${label}.`.repeat(4)}x.test`),
      ["in an include too", { "example.test": { TXT: [`v=spf1 include:n.${`${label}.`.repeat(4)}%{h} -all`] }, [`${`${label}.`.repeat(3)}mail.example.test`]: { TXT: ["v=spf1 ip4:192.0.2.1"] } }, {}, "pass"],
      ["in the name of an explanation too", { "example.test": { TXT: [`v=spf1 -all exp=n.${`${label}.`.repeat(4)}%{h}`] }, [`${`${label}.`.repeat(3)}mail.example.test`]: { TXT: ["cut, and found"] } }, {}, { result: "fail", explanation: "cut, and found" }],
      ["%{d} in an included record is that record's", { "example.test": { TXT: ["v=spf1 include:in.test -all"] }, "in.test": { TXT: ["v=spf1 exists:%{d}.for.%{o}"] }, "in.test.for.example.test": { A: ["127.0.0.2"] } }, {}, "pass"],
      ["the HELO name as <domain>: d, o and h are one", { "helo.test": { TXT: ["v=spf1 exists:%{d}.%{o}.%{h}.%{l}.x.test -all"] }, "helo.test.helo.test.helo.test.postmaster.x.test": { A: ["127.0.0.2"] } }, { mailFrom: "", helo: "helo.test" }, "pass"],
    ],
  },
  {
    section: "7.3",
    title: "%{p}",
    base: { "*.x.test": { A: ["127.0.0.2"] } },
    cases: [
      ["the validated name", names("other.test"), {}, { result: "pass", asks: "A other.test.x.test", lookups: 1 }],
      ["the domain before others", names("other.test", "mail.example.test", "example.test"), {}, { asks: "A example.test.x.test" }],
      ["a name below it before others", names("other.test", "mail.example.test"), {}, { asks: "A mail.example.test.x.test" }],
      ["not validated", names("liar.example.test"), {}, { asks: "A unknown.x.test" }],
      ["not validated is passed over", names("liar.example.test", "other.test"), {}, { asks: "A other.test.x.test" }],
      ["an error in its look-up is passed over", names("slow.test", "other.test"), {}, { asks: "A other.test.x.test" }],
      ["no name", "v=spf1 exists:%{p}.x.test -all", {}, { result: "pass", asks: "A unknown.x.test", lookups: 1, voidLookups: 1 }],
      ["a DNS error", { "1.2.0.192.in-addr.arpa": { fail: "timeout" }, "example.test": { TXT: ["v=spf1 exists:%{p}.x.test -all"] } }, {}, { result: "pass", asks: "A unknown.x.test", voidLookups: 0 }],
      ["IPv6", { "example.test": { TXT: ["v=spf1 exists:%{p1r}.x.test -all"] }, [`${V6_ARPA}.ip6.arpa`]: { PTR: ["mail.six.test"] }, "mail.six.test": { AAAA: ["2001:db8::1"] } }, { ip: "2001:db8::1" }, { result: "pass", asks: "A mail.x.test" }],
      ["IPv6, a name with the IPv4 address only", { "example.test": { TXT: ["v=spf1 exists:%{p}.x.test -all"] }, [`${V6_ARPA}.ip6.arpa`]: { PTR: ["mail.six.test"] }, "mail.six.test": { A: ["192.0.2.1"] } }, { ip: "2001:db8::1" }, { result: "pass", asks: "A unknown.x.test" }],
      ["in an explanation", { "example.test": { TXT: ["v=spf1 -all exp=e.test"] }, "e.test": { TXT: ["%{p} (%{P})"] }, "1.2.0.192.in-addr.arpa": { PTR: ["liar.test", "h.other.test"] }, "h.other.test": { A: ["192.0.2.1"] } }, {}, { result: "fail", explanation: "h.other.test (h.other.test)", lookups: 0, voidLookups: 0 }],
    ],
  },
  {
    section: "RFC 8616 section 4",
    title: "a local-part that is not ASCII matches no term that names it",
    base: { "xn--9ca.x.test": { A: ["127.0.0.2"] }, "é.x.test": { A: ["127.0.0.2"] } },
    cases: [
      ["exists", "v=spf1 exists:%{l}.x.test -all", { mailFrom: "é@example.test" }, { result: "fail", lookups: 1 }],
      ["include", "v=spf1 include:%{s}.x.test -all", { mailFrom: "é@example.test" }, "fail"],
      ["redirect", "v=spf1 redirect=%{l}.x.test", { mailFrom: "é@example.test" }, "permerror"],
      ["terms without it go on", "v=spf1 exists:%{l}.x.test ip4:192.0.2.1 -all", { mailFrom: "é@example.test" }, "pass"],
    ],
  },
];
