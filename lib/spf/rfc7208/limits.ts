/**
 * RFC 7208 sections 4.6.4 and 11.1: the processing limits. Counting is where checkers go wrong most often, so each known
 * way to miscount has its case.
 */

import type { Zone } from "../../dns/zone.ts";
import type { Table } from "./table.ts";

const times = (count: number, each: (index: number) => string) => Array.from({ length: count }, (_, index) => each(index)).join(" ");
const numbered = (count: number, entry: (index: number) => [string, Zone[string]]): Zone => Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));

const HOSTS = numbered(12, (n) => [`a${n}.test`, { A: [`198.51.100.${n}`], AAAA: [`2001:db8:1::${n}`] }]);

const chain = (length: number): Zone => ({
  "example.test": { TXT: ["v=spf1 include:c1.test ip4:192.0.2.1 -all"] },
  ...numbered(length, (n) => [`c${n + 1}.test`, { TXT: [n + 1 === length ? "v=spf1 ip4:203.0.113.1 -all" : `v=spf1 include:c${n + 2}.test -all`] }]),
});
const mx = (count: number, entry: Zone[string]): Zone => ({ "example.test": { TXT: ["v=spf1 mx -all"], MX: Array.from({ length: count }, (_, n) => [n, `a${n % 12}.test`]) }, ...(count > 0 ? {} : { "unused.test": entry }) });
const pointing = (count: number, record = "v=spf1 ptr -all"): Zone => ({
  "example.test": { TXT: [record], A: ["192.0.2.1"] },
  "1.2.0.192.in-addr.arpa": { PTR: [...Array.from({ length: count }, (_, n) => `p${n}.other.test`), "example.test"] },
  ...numbered(count, (n) => [`p${n}.other.test`, { A: ["192.0.2.1"] }]),
});
const V6 = "2001:db8::25";

export const LIMITS: readonly Table[] = [
  {
    section: "4.6.4",
    title: "ten terms that look something up",
    base: HOSTS,
    cases: [
      ["ten", `v=spf1 ${times(10, (n) => `a:a${n}.test`)} ip4:192.0.2.1 -all`, {}, { result: "pass", lookups: 10 }],
      ["eleven", `v=spf1 ${times(11, (n) => `a:a${n}.test`)} ip4:192.0.2.1 -all`, {}, { result: "permerror", problem: "too-many-lookups", lookups: 11 }],
      ["eleven, the match before the eleventh", `v=spf1 ${times(10, (n) => `a:a${n}.test`)} ip4:192.0.2.1 a:a10.test -all`, {}, { result: "pass", lookups: 10 }],
      ["eleven, the tenth matches", `v=spf1 ${times(9, (n) => `a:a${n}.test`)} a:a10.test a:a11.test -all`, { ip: "198.51.100.10" }, { result: "pass", lookups: 10 }],
      ["the same name again counts again", `v=spf1 ${times(11, () => "a:a1.test")} -all`, {}, { result: "permerror", problem: "too-many-lookups" }],
      ["all, ip4 and ip6 don't count", `v=spf1 ${times(20, (n) => `ip4:203.0.113.${n} ip6:2001:db8::${n + 1}`)} -all`, {}, { result: "fail", lookups: 0 }],
      ["exp doesn't count", { "example.test": { TXT: [`v=spf1 ${times(10, (n) => `a:a${n}.test`)} -all exp=e.test`] }, "e.test": { TXT: ["no"] } }, {}, { result: "fail", explanation: "no", lookups: 10 }],
      ["unknown modifiers don't count", `v=spf1 ${times(12, (n) => `x${n}=a${n}.test`)} -all`, {}, { result: "fail", lookups: 0 }],
      ["includes nested ten deep", chain(10), {}, { result: "pass", lookups: 10 }],
      ["includes nested eleven deep", chain(11), {}, { result: "permerror", problem: "too-many-lookups" }],
      ["what an include looks up counts too", { "example.test": { TXT: ["v=spf1 include:in.test a:a9.test ip4:192.0.2.1 -all"] }, "in.test": { TXT: [`v=spf1 ${times(9, (n) => `a:a${n}.test`)} -all`] } }, {}, { result: "permerror", lookups: 11 }],
      ["and just fits", { "example.test": { TXT: ["v=spf1 include:in.test a:a9.test ip4:192.0.2.1 -all"] }, "in.test": { TXT: [`v=spf1 ${times(8, (n) => `a:a${n}.test`)} -all`] } }, {}, { result: "pass", lookups: 10 }],
      ["what an include does not reach does not count", { "example.test": { TXT: [`v=spf1 include:in.test ${times(9, (n) => `a:a${n}.test`)} -all`] }, "in.test": { TXT: ["v=spf1 -ip4:192.0.2.1 a:a10.test a:a11.test -all"] } }, {}, { result: "fail", lookups: 10 }],
      ["the limit inside an include ends everything", { "example.test": { TXT: ["v=spf1 include:in.test +all"] }, "in.test": { TXT: [`v=spf1 ${times(10, (n) => `a:a${n}.test`)} -all`] } }, {}, { result: "permerror", problem: "too-many-lookups" }],
      ["redirect counts", { "example.test": { TXT: [`v=spf1 ${times(10, (n) => `a:a${n}.test`)} redirect=r.test`] }, "r.test": { TXT: ["v=spf1 +all"] } }, {}, { result: "permerror", problem: "too-many-lookups" }],
      ["redirect as the tenth", { "example.test": { TXT: [`v=spf1 ${times(9, (n) => `a:a${n}.test`)} redirect=r.test`] }, "r.test": { TXT: ["v=spf1 +all"] } }, {}, { result: "pass", lookups: 10 }],
      ["redirect beside all doesn't", `v=spf1 ${times(10, (n) => `a:a${n}.test`)} redirect=r.test -all`, {}, { result: "fail", lookups: 10 }],
      ["ptr and exists count", `v=spf1 ptr ${times(10, (n) => `exists:%{i}.a${n}.test`)} -all`, {}, "permerror"],
      ["a term whose name DNS can't hold counts", `v=spf1 ${times(11, (n) => `a:a..b${n}.test`)} +all`, {}, { result: "permerror", problem: "too-many-lookups" }],
      ["an include that leads back", { "example.test": { TXT: ["v=spf1 include:in.test -all"] }, "in.test": { TXT: ["v=spf1 include:example.test -all"] } }, {}, { result: "permerror", problem: "loop" }],
      ["an include of itself", "v=spf1 include:example.test -all", {}, { result: "permerror", problem: "loop" }],
      ["a redirect to itself", "v=spf1 redirect=example.test", {}, { result: "permerror", problem: "loop" }],
      ["a redirect that leads back", { "example.test": { TXT: ["v=spf1 redirect=in.test"] }, "in.test": { TXT: ["v=spf1 redirect=EXAMPLE.test"] } }, {}, { result: "permerror", problem: "loop" }],
      ["a loop behind the match does no harm", "v=spf1 ip4:192.0.2.1 include:example.test -all", {}, "pass"],
      ["a tree made to explode", numbered(13, (n) => [n === 0 ? "example.test" : `t${n}.test`, { TXT: [`v=spf1 ${times(10, (i) => `include:t${((n + i) % 12) + 1}.test`)} -all`] }]), {}, "permerror"],
    ],
  },
  {
    section: "4.6.4",
    title: "the names of an mx",
    base: HOSTS,
    cases: [
      ["ten names, one look-up term", mx(10, {}), { ip: "198.51.100.9" }, { result: "pass", lookups: 1, voidLookups: 0 }],
      ["eleven names are a permerror", mx(11, {}), {}, { result: "permerror", problem: "too-many-mx", lookups: 1 }],
      ["eleven names, whichever matches: their order is DNS's whim", mx(11, {}), { ip: "198.51.100.0" }, { result: "permerror", problem: "too-many-mx" }],
      ["eleven records, two names", { "example.test": { TXT: ["v=spf1 mx -all"], MX: Array.from({ length: 11 }, (_, n) => [n, n < 10 ? "a1.test" : "a2.test"]) } }, { ip: "198.51.100.2" }, { result: "permerror", problem: "too-many-mx" }],
      ["address look-ups of its hosts are not counted among the ten", { "example.test": { TXT: [`v=spf1 ${times(10, (n) => `mx:m${n}.test`)} -all`] }, ...numbered(10, (n) => [`m${n}.test`, { MX: Array.from({ length: 10 }, (_, i) => [i, `a${i}.test`]) }]) }, {}, { result: "fail", lookups: 10, voidLookups: 0 }],
      ["no limit on the addresses of an a", { "example.test": { TXT: ["v=spf1 a -all"], A: Array.from({ length: 30 }, (_, n) => `192.0.2.${n + 1}`) } }, { ip: "192.0.2.30" }, "pass"],
    ],
  },
  {
    section: "4.6.4",
    title: "the names of a PTR",
    base: {},
    cases: [
      ["the tenth is looked at", pointing(9), {}, { result: "pass", lookups: 1 }],
      ["the eleventh is ignored, which is no error", pointing(10), {}, { result: "fail", lookups: 1, problem: null }],
      ["of %{p} too", { ...pointing(10, "v=spf1 exists:%{p}.x.test -all"), "example.test.x.test": { A: ["127.0.0.2"] } }, {}, "fail"],
      ["%{p} within ten", { ...pointing(9, "v=spf1 exists:%{p}.x.test -all"), "example.test.x.test": { A: ["127.0.0.2"] } }, {}, { result: "pass", lookups: 1 }],
    ],
  },
  {
    section: "4.6.4",
    title: "two void look-ups",
    base: HOSTS,
    cases: [
      ["two", "v=spf1 a:n1.test exists:n2.test ip4:192.0.2.1 -all", {}, { result: "pass", voidLookups: 2 }],
      ["three", "v=spf1 a:n1.test exists:n2.test mx:n3.test ip4:192.0.2.1 -all", {}, { result: "permerror", problem: "too-many-void-lookups", voidLookups: 3 }],
      ["three at the very end", "v=spf1 a:n1.test a:n2.test a:n3.test", {}, { result: "permerror", problem: "too-many-void-lookups" }],
      ["three, behind the match", "v=spf1 ip4:192.0.2.1 a:n1.test a:n2.test a:n3.test -all", {}, { result: "pass", voidLookups: 0 }],
      ["no data is void as no name is", { "example.test": { TXT: ["v=spf1 a:t1.test a:t2.test a:t3.test -all"] }, "t1.test": { TXT: ["x"] }, "t2.test": { TXT: ["x"] }, "t3.test": { AAAA: [V6] } }, {}, { result: "permerror", problem: "too-many-void-lookups" }],
      ["a time-out is not void", { "example.test": { TXT: ["v=spf1 ptr a:n1.test a:n2.test -all"] }, "1.2.0.192.in-addr.arpa": { fail: "timeout" } }, {}, { result: "fail", voidLookups: 2 }],
      ["what DNS can't hold is not asked, so not void", "v=spf1 a:x..y1.test a:x..y2.test a:x..y3.test -all", {}, { result: "fail", voidLookups: 0 }],
      ["the same name again counts again", "v=spf1 a:n1.test a:n1.test a:n1.test -all", {}, { result: "permerror", problem: "too-many-void-lookups" }],
      ["across includes", { "example.test": { TXT: ["v=spf1 a:n1.test include:in.test a:n4.test +all"] }, "in.test": { TXT: ["v=spf1 a:n2.test -all"] } }, {}, { result: "permerror", problem: "too-many-void-lookups" }],
      ["inside an include they end everything", { "example.test": { TXT: ["v=spf1 include:in.test +all"] }, "in.test": { TXT: ["v=spf1 a:n1.test a:n2.test a:n3.test -all"] } }, {}, { result: "permerror", problem: "too-many-void-lookups" }],
      ["across a redirect", { "example.test": { TXT: ["v=spf1 a:n1.test a:n2.test redirect=in.test"] }, "in.test": { TXT: ["v=spf1 a:n3.test +all"] } }, {}, { result: "permerror", problem: "too-many-void-lookups" }],
      ["TXT without an SPF record is an answer, not void", { "example.test": { TXT: ["v=spf1 include:in.test -all"] }, "in.test": { TXT: ["hello"] } }, {}, { result: "permerror", problem: "include-without-record", voidLookups: 0 }],
      ["an include of no name is void, and permerror by itself", "v=spf1 include:n1.test -all", {}, { result: "permerror", problem: "include-without-record", voidLookups: 1 }],
      ["an include of no name behind two others is told as what it is", "v=spf1 a:n1.test a:n2.test include:n3.test -all", {}, { result: "permerror", problem: "include-without-record" }],
      ["terms count, not queries: an mx whose three hosts have no AAAA is one", { "example.test": { TXT: ["v=spf1 mx ip6:2001:db8::25 -all"], MX: [[1, "h1.test"], [2, "h2.test"], [3, "h3.test"]] }, ...numbered(3, (n) => [`h${n + 1}.test`, { A: ["192.0.2.7"] }]) }, { ip: V6 }, { result: "pass", voidLookups: 1 }],
      ["three such terms are three", { "example.test": { TXT: ["v=spf1 a mx a:h2.test ip6:2001:db8::25 -all"], A: ["192.0.2.6"], MX: [[1, "h1.test"]] }, ...numbered(3, (n) => [`h${n + 1}.test`, { A: ["192.0.2.7"] }]) }, { ip: V6 }, { result: "permerror", problem: "too-many-void-lookups" }],
      ["a name with A only is not void for IPv4", { "example.test": { TXT: ["v=spf1 a mx a:h1.test ip4:192.0.2.1 -all"], A: ["192.0.2.6"], MX: [[1, "h1.test"]] }, "h1.test": { A: ["192.0.2.7"] } }, {}, { result: "pass", voidLookups: 0 }],
      ["a PTR name that leads nowhere makes its term void, once", { "example.test": { TXT: ["v=spf1 ptr -all"] }, "1.2.0.192.in-addr.arpa": { PTR: ["g1.test", "g2.test", "g3.test"] } }, {}, { result: "fail", voidLookups: 1 }],
      ["%{p} without a PTR and a name that isn't there: one term, once", "v=spf1 exists:%{p}.x.test -all", {}, { result: "fail", voidLookups: 1 }],
      ["the first record's look-up is no term's", {}, {}, { result: "none", voidLookups: 0, lookups: 0 }],
      ["exp is no term that counts", "v=spf1 a:n1.test a:n2.test -all exp=n3.test", {}, { result: "fail", explanation: null, voidLookups: 2 }],
    ],
  },
];
