/**
 * Zones made to hurt whoever evaluates them: each piles up one thing that costs questions, time or memory.
 * For the tests that bound the questions, and the measurements that bound the rest.
 */

import type { Zone } from "../dns/zone.ts";

export interface HostileZone {
  readonly name: string;
  /** What check_host() comes to within the bounds of a diagnosis, with its problem. */
  readonly result: string;
  readonly zone: () => Zone;
  /** 203.0.113.9, alice@bad.test and mail.bad.test when absent. */
  readonly ip?: string;
  readonly mailFrom?: () => string;
  readonly helo?: () => string;
}

export const HOSTILE_DOMAIN = "bad.test";
export const HOSTILE_IP = "203.0.113.9";

/** What one DNS answer over TCP can hold, with its header and the question. */
const WHOLE_ANSWER = 65_000;

const many = (count: number, term: (n: number) => string) => Array.from({ length: count }, (_, n) => term(n)).join(" ");
const list = <T>(count: number, each: (n: number) => T) => Array.from({ length: count }, (_, n) => each(n));
const named = (entries: readonly (readonly [string, Zone[string]])[]): Zone => Object.fromEntries(entries);
const record = (...TXT: string[]) => ({ TXT });
/** As many terms as fit in one answer. */
const filled = (term: (n: number) => string, end = "-all", octets = WHOLE_ANSWER): string => {
  const terms = ["v=spf1"];
  for (let n = 0, length = 6 + end.length + 1; ; n += 1) {
    const next = term(n);
    length += next.length + 1;
    if (length > octets) return [...terms, end].join(" ");
    terms.push(next);
  }
};
const four = (n: number, from = 10) => `${from}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
const REVERSE = "9.113.0.203.in-addr.arpa";

const top = (text: string, more: Zone = {}): Zone => ({ [HOSTILE_DOMAIN]: record(text), ...more });

export const HOSTILE_ZONES: readonly HostileZone[] = [
  { name: "every include has ten includes, names always new", result: "permerror: too-many-lookups", zone: () => ({ [HOSTILE_DOMAIN]: record(`v=spf1 ${many(10, (n) => `include:${n}.%{d}`)} -all`), [`*.${HOSTILE_DOMAIN}`]: record(`v=spf1 ${many(10, (n) => `include:${n}.%{d}`)} -all`) }) },
  { name: "every include has ten includes, sixty records in all", result: "permerror: loop", zone: () => named([HOSTILE_DOMAIN, ...list(60, (n) => `x${n}.test`)].map((name, at) => [name, record(`v=spf1 ${many(10, (n) => `include:x${(at * 10 + n) % 60}.test`)} -all`)])) },
  { name: "every record of a wide tree fills an answer", result: "temperror: unanswered", zone: () => top(`v=spf1 ${many(10, (n) => `include:w${n}.test`)} -all`, named(list(10, (at) => [`w${at}.test`, record(filled((n) => `ip4:${four(n * 2, 20 + at)}`))]))) },
  { name: "ten includes of ten, each record filling an answer", result: "temperror: unanswered", zone: () => { const full = filled((n) => `ip4:${four(n * 2)}`, `${many(10, (n) => `include:${n}.%{d}`)} -all`); return { [HOSTILE_DOMAIN]: record(`v=spf1 ${many(10, (n) => `include:${n}.%{d}`)} -all`), [`*.${HOSTILE_DOMAIN}`]: record(full) }; } },
  { name: "64 KiB of networks", result: "fail", zone: () => top(filled((n) => `ip4:${four(n * 2)}`)) },
  { name: "64 KiB of IPv6 networks", result: "fail", zone: () => top(filled((n) => `ip6:2001:db8:${(n >> 8).toString(16)}:${(n & 255).toString(16)}::/64`)) },
  { name: "64 KiB of IPv6 networks, sender included at last", result: "pass", ip: "2001:db8:ffff::1", zone: () => top(filled((n) => `ip6:2001:db8:${(n >> 8).toString(16)}:${(n & 255).toString(16)}::/64`, "ip6:2001:db8:ffff::/48 -all")) },
  { name: "64 KiB of one word", result: "permerror: syntax", zone: () => top(`v=spf1 ${"x".repeat(WHOLE_ANSWER)}`) },
  { name: "64 KiB of spaces", result: "fail", zone: () => top(`v=spf1${" ".repeat(WHOLE_ANSWER)}-all`) },
  { name: "one macro-string of 64 KiB", result: "fail", zone: () => top(`v=spf1 exists:${"%{l}.".repeat(12_000)}bad.test -all`) },
  { name: "one macro-string of 64 KiB, all transformed", result: "fail", zone: () => top(`v=spf1 exists:${"%{l9r.-+,/_=}.".repeat(4_500)}bad.test -all`) },
  { name: "a long local-part in a macro-string of 64 KiB", result: "fail", mailFrom: () => `${"a.b-c".repeat(40_000)}@${HOSTILE_DOMAIN}`, zone: () => top(`v=spf1 exists:${"%{l}.".repeat(12_000)}bad.test -all`) },
  { name: "a long local-part, transformed, in a macro-string of 64 KiB", result: "fail", mailFrom: () => `${"a.b-c".repeat(40_000)}@${HOSTILE_DOMAIN}`, zone: () => top(`v=spf1 exists:${"%{l1r-}".repeat(9_000)}.bad.test -all`) },
  { name: "a HELO of delimiters, emptied by a macro-string of 64 KiB", result: "fail", helo: () => "-".repeat(200_000), zone: () => top(`v=spf1 exists:${list(8_000, (n) => `%{h1${["-", ".-", "-.", "-+", "+-", "-/", "/-"][n % 7] ?? "-"}}`).join("")}.bad.test -all`) },
  { name: "5,000 hosts", result: "permerror: too-many-void-lookups", zone: () => top(`v=spf1 ${many(5000, (n) => `a:h${n}.test`)} -all`) },
  { name: "5,000 includes", result: "permerror: include-without-record", zone: () => top(`v=spf1 ${many(5000, (n) => `include:h${n}.test`)} -all`) },
  { name: "5,000 times the same include", result: "permerror: too-many-lookups", zone: () => top(`v=spf1 ${many(5000, () => "include:i.test")} -all`, { "i.test": record("v=spf1 ip4:192.0.2.0/24 -all") }) },
  { name: "5,000 times the same include, of a full record", result: "permerror: too-many-lookups", zone: () => top(`v=spf1 ${many(5000, () => "include:i.test")} -all`, { "i.test": record(filled((n) => `ip4:${four(n * 2)}`)) }) },
  { name: "5,000 times the same host of many addresses", result: "permerror: too-many-lookups", zone: () => top(`v=spf1 ${many(5000, () => "a:h.test")} -all`, { "h.test": { A: list(3_000, (n) => four(n)) } }) },
  { name: "5,000 networks", result: "fail", zone: () => top(`v=spf1 ${many(5000, (n) => `ip4:${four(n * 2)}`)} -all`) },
  { name: "5,000 times the same network", result: "fail", zone: () => top(`v=spf1 ${many(5000, () => "ip4:192.0.2.1")} -all`) },
  { name: "5,000 faults", result: "permerror: syntax", zone: () => top(`v=spf1 ${many(5000, (n) => `x${n}`)} -all`) },
  { name: "5,000 faults in a domain-spec", result: "permerror: syntax", zone: () => top(`v=spf1 ${many(5000, (n) => `a:${n}%`)} -all`) },
  { name: "5,000 faulty networks", result: "permerror: syntax", zone: () => top(`v=spf1 ${many(5000, (n) => `ip4:1.2.${n}`)} -all`) },
  { name: "one word with 30,000 faults", result: "permerror: syntax", zone: () => top(`v=spf1 a:${"é.".repeat(20_000)}test -all`) },
  { name: "one word with 30,000 faulty macros", result: "permerror: syntax", zone: () => top(`v=spf1 a:${"%.".repeat(30_000)}test -all`) },
  { name: "a macro that is never closed, 60,000 times", result: "permerror: syntax", zone: () => top(`v=spf1 a:${"%{".repeat(30_000)} -all`) },
  { name: "5,000 unknown modifiers", result: "fail", zone: () => top(`v=spf1 ${many(5000, (n) => `m${n}=%{d}`)} -all`) },
  { name: "5,000 redirects", result: "permerror: syntax", zone: () => top(`v=spf1 ${many(5000, (n) => `redirect=r${n}.test`)}`) },
  { name: "an include of itself", result: "permerror: loop", zone: () => top("v=spf1 include:bad.test -all") },
  { name: "two includes of itself", result: "permerror: loop", zone: () => top("v=spf1 include:bad.test include:BAD.test -all") },
  { name: "a redirect to itself", result: "permerror: loop", zone: () => top("v=spf1 redirect=bad.test") },
  { name: "a ring of includes", result: "permerror: too-many-lookups", zone: () => named(list(50, (n) => [n === 0 ? HOSTILE_DOMAIN : `r${n}.test`, record(`v=spf1 include:${n === 49 ? HOSTILE_DOMAIN : `r${n + 1}.test`} -all`)])) },
  { name: "a chain of 200 redirects", result: "permerror: too-many-lookups", zone: () => named(list(200, (n) => [n === 0 ? HOSTILE_DOMAIN : `r${n}.test`, record(`v=spf1 redirect=r${n + 1}.test`)])) },
  { name: "a redirect to a longer name of its own, for ever", result: "permerror: too-many-lookups", zone: () => ({ ...top("v=spf1 redirect=a.%{d}"), [`*.${HOSTILE_DOMAIN}`]: record("v=spf1 redirect=a.%{d}") }) },
  { name: "an include of itself by the sender's address", result: "permerror: too-many-lookups", zone: () => ({ ...top("v=spf1 include:%{ir}.%{d} include:%{l}.%{d} include:%{p}.%{d} -all"), [`*.${HOSTILE_DOMAIN}`]: record("v=spf1 include:%{ir}.%{d} include:%{l}.%{d} include:%{p}.%{d} -all"), [REVERSE]: { PTR: ["mail.host.test"] }, "mail.host.test": { A: [HOSTILE_IP] } }) },
  { name: "5,000 look-ups by the sender's address", result: "pass", zone: () => ({ ...top(`v=spf1 ${many(5000, (n) => `exists:%{i}.h${n}.test`)} -all`), "*.test": { A: ["127.0.0.2"] } }) },
  { name: "ten mx of ten hosts of many addresses", result: "temperror: unanswered", zone: () => top(`v=spf1 ${many(10, (n) => `mx:m${n}.test`)} -all`, { ...named(list(10, (n) => [`m${n}.test`, { MX: list(10, (m): [number, string] => [m, `h${m}.m${n}.test`]) }])), ...named(list(100, (n) => [`h${n % 10}.m${Math.floor(n / 10)}.test`, { A: list(3_000, (m) => four(m, 20 + n)), AAAA: list(2_000, (m) => `2001:db8:${n.toString(16)}::${m.toString(16)}`) }])) }) },
  { name: "an mx of 3,000 hosts", result: "permerror: too-many-mx", zone: () => top("v=spf1 mx -all", { [HOSTILE_DOMAIN]: { ...record("v=spf1 mx -all"), MX: list(3_000, (n): [number, string] => [n, `h${n}.test`]) } }) },
  { name: "a PTR answer of 3,000 names", result: "fail", zone: () => top(`v=spf1 ${many(9, (n) => `ptr:p${n}.test`)} -all`, { [REVERSE]: { PTR: list(3_000, (n) => `p${n}.host.test`) }, ...named(list(3_000, (n) => [`p${n}.host.test`, { A: [HOSTILE_IP] }])) }) },
  { name: "50 TXT records of 4 KiB", result: "fail", zone: () => ({ [HOSTILE_DOMAIN]: record(...list(50, (n) => `note ${n} ${"spf include:x.test ".repeat(215)}`), "v=spf1 -all") }) },
  { name: "16 SPF records of 4 KiB", result: "permerror: multiple-records", zone: () => ({ [HOSTILE_DOMAIN]: record(...list(16, (at) => filled((n) => `ip4:${four(n * 2, 10 + at)}`, "-all", 4000))) }) },
  { name: "5,000 SPF records", result: "permerror: multiple-records", zone: () => ({ [HOSTILE_DOMAIN]: record(...list(5_000, (n) => `v=spf1 a:${n}`)) }) },
  { name: "a TXT record of 60,000 strings of one octet", result: "fail", zone: () => ({ [HOSTILE_DOMAIN]: { TXT: [[..."v=spf1 ", ...filled((n) => `ip4:${four(n)}`, "-all", 32_000).slice(7)]] } }) },
  { name: "an explanation of 64 KiB", result: "fail", zone: () => top("v=spf1 exp=e.test -all", { "e.test": record("x".repeat(WHOLE_ANSWER)) }) },
  { name: "an explanation of 64 KiB, all macros", result: "fail", zone: () => top("v=spf1 exp=e.test -all", { "e.test": record("%{s}".repeat(16_000)) }) },
  { name: "an explanation of macros, a long local-part", result: "fail", mailFrom: () => `${"a-".repeat(100_000)}@${HOSTILE_DOMAIN}`, zone: () => top("v=spf1 exp=e.test -all", { "e.test": record("%{S}".repeat(16_000)) }) },
  { name: "a dead include before ten full ones", result: "permerror: include-without-record", zone: () => top(`v=spf1 include:gone.test ${many(9, (n) => `include:w${n}.test`)} -all`, named(list(9, (at) => [`w${at}.test`, record(filled((n) => `ip4:${four(n * 2, 20 + at)}`, "-all", 60_000))]))) },
  { name: "a faulty term before ten full includes", result: "permerror: syntax", zone: () => top(`v=spf1 ipv4:192.0.2.7 ${many(10, (n) => `include:w${n}.test`)} -all`, named(list(10, (at) => [`w${at}.test`, record(filled((n) => `${n % 2 === 0 ? "-" : ""}ip4:${four(n * 512, 20 + at)}/23`, "-all", 60_000))]))) },
  { name: "eleven includes, each of them full", result: "temperror: unanswered", zone: () => top(`v=spf1 ${many(11, (n) => `include:w${n}.test`)} -all`, named(list(11, (at) => [`w${at}.test`, record(filled((n) => `ip6:2001:db8:${at.toString(16)}${n.toString(16)}::/48`, "-all", 60_000))]))) },
  ...([["a", "permerror: too-many-void-lookups"], ["mx", "permerror: too-many-void-lookups"], ["?a", "permerror: too-many-void-lookups"], ["all", "pass"], ["x", "permerror: syntax"], ["x=", "fail"], ["a:a.b", "permerror: too-many-void-lookups"]] satisfies [string, string][]).map(([term, result]): HostileZone => ({ name: `64 KiB of ${term}`, result, zone: () => top(filled(() => term)) })),
  { name: "a hundred includes of one record of 1,000 networks", result: "permerror: too-many-lookups", zone: () => top(`v=spf1 ${many(100, () => "include:i.test")} -all`, { "i.test": record(`v=spf1 ${many(1000, (n) => `ip4:${four(n * 2)}`)} -all`) }) },
  { name: "answers full of empty strings", result: "fail", zone: () => ({ [HOSTILE_DOMAIN]: { TXT: [["v=spf1 -all"], ...list(20_000, () => [""])] } }) },
  { name: "a name of 253 octets, and its parents", result: "permerror: too-many-void-lookups", zone: () => top(`v=spf1 ${many(500, (n) => `a:${list(60, (m) => `${(n + m) % 10}a`).join(".")}.test`)} -all`) },
];
