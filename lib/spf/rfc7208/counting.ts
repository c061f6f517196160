/**
 * RFC 7208 section 4.6.4: the miscounts that checkers of SPF were reported for, each as its own case, with the report's place.
 * What evaluation counts, and what the unfolded record shows where nothing matches, are told side by side.
 */

import type { Zone } from "../../dns/zone.ts";
import type { Table } from "./table.ts";

const V6 = "2001:db8::25";
const times = (count: number, each: (index: number) => string) => Array.from({ length: count }, (_, index) => each(index)).join(" ");
const numbered = (count: number, entry: (index: number) => [string, Zone[string]]): Zone => Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));
const addresses = (count: number) => times(count, (n) => `a:h${n}.test`);

/** `mail.test` has five exchanges, each with addresses of both families. */
const HOSTS: Zone = {
  ...numbered(12, (n) => [`h${n}.test`, { A: [`198.51.100.${n + 1}`], AAAA: [`2001:db8:1::${n + 1}`] }]),
  "mail.test": { MX: [[10, "h1.test"], [10, "h2.test"], [20, "h3.test"], [20, "h4.test"], [30, "h5.test"]] },
  "hello.test": { TXT: ["no"] },
};

/** Four exchanges, of which one alone speaks IPv6. */
const oneOfFour = (preferenceOfIt: number): Zone => ({
  "example.test": { TXT: ["v=spf1 mx ~all"], MX: [[preferenceOfIt, "both.test"], [20, "four1.test"], [30, "four2.test"], [40, "four3.test"]] },
  "both.test": { A: ["192.0.2.50"], AAAA: [V6] },
  ...numbered(3, (n) => [`four${n + 1}.test`, { A: [`192.0.2.${n + 1}`] }]),
});

/** More than 255 octets in all, in two strings. */
const TWO_STRINGS = [`v=spf1 ${times(14, (n) => `ip4:198.51.100.${n}`)} `, `${times(10, (n) => `ip4:203.0.113.${n}`)} ip4:192.0.2.1 -all`];

export const COUNTING: readonly Table[] = [
  {
    section: "4.6.4",
    title: "counted wrongly elsewhere",
    base: HOSTS,
    cases: [
      ["checkdmarc #197: the address look-ups of an mx are not counted among the ten", `v=spf1 ${times(9, () => "mx:mail.test")} a:h9.test ip4:192.0.2.1 -all`, {}, { result: "pass", lookups: 10, voidLookups: 0, unfolded: { lookups: 10, voidLookups: 0, overLimit: [] } }],
      ["checkdmarc #197: the eleventh term is, whatever kind it is of", `v=spf1 ${times(10, () => "mx:mail.test")} a:h9.test ip4:192.0.2.1 -all`, {}, { result: "permerror", problem: "too-many-lookups", unfolded: { lookups: 11, voidLookups: 0, overLimit: ["a:h9.test"] } }],
      ["stalwart mail-auth #35: nor inside includes", { "example.test": { TXT: [`v=spf1 include:in.test ${addresses(7)} ip4:192.0.2.1 -all`] }, "in.test": { TXT: ["v=spf1 mx:mail.test mx:mail.test -all"] } }, {}, { result: "pass", lookups: 10, unfolded: { lookups: 10, voidLookups: 0, overLimit: [] } }],
      ["aboutmyemail #45: one mx with one exchange is one look-up", { "example.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "h1.test"]] } }, { ip: "198.51.100.2" }, { result: "pass", lookups: 1, voidLookups: 0, unfolded: { lookups: 1, voidLookups: 0, overLimit: [] } }],
      ["Internet.nl #1336: exp= is not counted", `v=spf1 ${addresses(10)} -all exp=hello.test`, {}, { result: "fail", explanation: "no", lookups: 10, unfolded: { lookups: 10, voidLookups: 0, overLimit: [] } }],
      ["Internet.nl #1336: what nested includes look up is", { "example.test": { TXT: ["v=spf1 include:in1.test include:in2.test -all"] }, "in1.test": { TXT: [`v=spf1 ${addresses(5)} -all`] }, "in2.test": { TXT: ["v=spf1 include:in3.test -all"] }, "in3.test": { TXT: [`v=spf1 ${addresses(4)} exists:h11.test -all`] } }, {}, { result: "permerror", problem: "too-many-lookups", lookups: 11, unfolded: { lookups: 13, voidLookups: 0, overLimit: ["a:h2.test"] } }],
      ["checkdmarc #94: a and mx of a name that has neither are two void look-ups, which is allowed", "v=spf1 a mx -all", {}, { result: "fail", lookups: 2, voidLookups: 2, unfolded: { lookups: 2, voidLookups: 2, overLimit: [] } }],
      ["checkdmarc #211: a void look-up in an include is one, and no more look-ups for it", { "example.test": { TXT: ["v=spf1 include:in.test ip4:192.0.2.1 -all"] }, "in.test": { TXT: ["v=spf1 a:gone.test -all"] } }, {}, { result: "pass", lookups: 2, voidLookups: 1, unfolded: { lookups: 2, voidLookups: 1, overLimit: [] } }],
      ["checkdmarc #211: behind a redirect too", { "example.test": { TXT: ["v=spf1 a:gone1.test redirect=in.test"] }, "in.test": { TXT: ["v=spf1 mx:gone2.test ip4:192.0.2.1 -all"] } }, {}, { result: "pass", lookups: 3, voidLookups: 2, unfolded: { lookups: 3, voidLookups: 2, overLimit: [] } }],
      ["checkdmarc #211: the third is the one too many", { "example.test": { TXT: ["v=spf1 a:gone1.test include:in.test +all"] }, "in.test": { TXT: ["v=spf1 exists:gone2.test mx:gone3.test a:h1.test -all"] } }, {}, { result: "permerror", problem: "too-many-void-lookups", lookups: 4, voidLookups: 3, unfolded: { lookups: 5, voidLookups: 3, overLimit: ["mx:gone3.test"] } }],
      ["checkdmarc #211: ptr of a sender without names is one", "v=spf1 ptr ip4:192.0.2.1 -all", {}, { result: "pass", lookups: 1, voidLookups: 1, unfolded: { lookups: 1, voidLookups: 0, overLimit: [] } }],
      ["checkdmarc #204: two strings of 255 octets or less are no fault, however long they are together", { "example.test": { TXT: [TWO_STRINGS] } }, {}, { result: "pass", problem: null, lookups: 0, unfolded: { lookups: 0, voidLookups: 0, overLimit: [] } }],
      // RFC 7208 section 4.6.4 limits "the number of "terms" for which DNS queries return" nothing: the mx is one term, however many of its exchanges have no AAAA.
      ["pyspf #44: an IPv6 sender whose exchange is tried first passes", oneOfFour(10), { ip: V6 }, { result: "pass", mechanism: "mx", lookups: 1, voidLookups: 0, unfolded: { lookups: 1, voidLookups: 0, overLimit: [] } }],
      ["pyspf #44: tried last, behind three exchanges without AAAA, it passes as well", oneOfFour(50), { ip: V6 }, { result: "pass", mechanism: "mx", lookups: 1, voidLookups: 1, unfolded: { lookups: 1, voidLookups: 0, overLimit: [] } }],
      ["pyspf #44: another IPv6 sender gets what the record says, not permerror", oneOfFour(10), { ip: "2001:db8::26" }, { result: "softfail", mechanism: "~all", voidLookups: 1 }],
      ["pyspf #44: an IPv4 sender finds nothing void", oneOfFour(10), { ip: "192.0.2.3" }, { result: "pass", voidLookups: 0 }],
      ["pyspf #41: three terms without AAAA are three void look-ups for an IPv6 sender", { "example.test": { TXT: [`v=spf1 ${times(3, (n) => `a:four${n + 1}.test`)} ip6:${V6} -all`] }, ...numbered(3, (n) => [`four${n + 1}.test`, { A: [`192.0.2.${n + 1}`] }]) }, { ip: V6 }, { result: "permerror", problem: "too-many-void-lookups", voidLookups: 3 }],
      ["checkdmarc #258: a TXT with a leading space is no SPF record", { "example.test": { TXT: [" v=spf1 a mx -all"] } }, {}, { result: "none", problem: "no-record", lookups: 0, unfolded: { lookups: 0, voidLookups: 0, overLimit: [] } }],
      ["checkdmarc #258: nor a second one beside the right one", { "example.test": { TXT: [" v=spf1 +all", "v=spf1 a:h1.test -all"] } }, {}, { result: "fail", lookups: 1, unfolded: { lookups: 1, voidLookups: 0, overLimit: [] } }],
    ],
  },
];
