/** SPF records at random, from the grammar of RFC 7208 section 12, written in every way it allows; and records that just miss it. */

import fc from "fast-check";
import { ip4, ip6 } from "../random-records.ts";
import { anyCase, domainSpec, macro, type Names } from "./domain-specs.ts";

/** What the terms of one record may point to. */
export interface Pointers {
  /** Domains with records: for `include` and `redirect`. */
  readonly records: Names;
  /** Names with addresses: for `a`, `mx`, `ptr`, `exists`. */
  readonly hosts: Names;
}

export function record(pointers: Pointers, most: number): fc.Arbitrary<string> {
  const list = fc.array(term(pointers), { maxLength: most });
  const end = fc.oneof(
    { arbitrary: fc.tuple(qualifier, fc.constantFrom("all", "ALL", "all", "aLl")).map(([sign, all]) => [`${sign}${all}`]), weight: 7 },
    { arbitrary: domainSpec(pointers.records, 100).chain((spec) => fc.constantFrom("redirect", "redirect", "Redirect").map((name) => [`${name}=${spec}`])), weight: 3 },
    { arbitrary: fc.constant([]), weight: 2 },
  );
  const exp = fc.option(fc.tuple(fc.constantFrom("exp", "exp", "exp", "EXP"), domainSpec(["explain.test", "explain.test", "explain2.test", "gone.test", "%{l}.explain.test", "fails.test", "two-texts.test"])).map(([name, spec]) => `${name}=${spec}`), { freq: 3 });
  return fc.tuple(fc.constantFrom("v=spf1", "v=spf1", "v=spf1", "V=SPF1", "v=sPf1"), list, end, exp, fc.nat(3), fc.array(fc.constantFrom(" ", " ", " ", " ", "  ", "   "), { minLength: 12, maxLength: 12 }), fc.constantFrom("", "", "", " ", "  ")).map(
    ([version, terms, last, explain, at, gaps, tail]) => {
      const all = [...terms, ...last];
      // A modifier may stand anywhere.
      if (explain !== null) all.splice(Math.max(0, all.length - at), 0, explain);
      return `${[version, ...all].map((word, index) => (index === 0 ? word : `${gaps[index % gaps.length] ?? " "}${word}`)).join("")}${tail}`;
    },
  );
}

const qualifier = fc.constantFrom("", "", "+", "-", "-", "~", "~", "?");

function term(pointers: Pointers): fc.Arbitrary<string> {
  const named = <T extends string>(name: T) => fc.oneof({ arbitrary: fc.constant<string>(name), weight: 5 }, { arbitrary: anyCase(name), weight: 1 });
  const host = domainSpec(pointers.hosts).map((spec) => `:${spec}`);
  const optional = fc.oneof({ arbitrary: host, weight: 3 }, { arbitrary: fc.constant(""), weight: 1 });
  const written = (name: string, rest: fc.Arbitrary<string>) => fc.tuple(qualifier, named(name), rest).map((parts) => parts.join(""));
  const hosts = fc.tuple(optional, dualCidr).map((parts) => parts.join(""));
  return fc.oneof(
    { arbitrary: written("include", domainSpec(pointers.records, 100).map((spec) => `:${spec}`)), weight: 4 },
    { arbitrary: written("a", hosts), weight: 3 },
    { arbitrary: written("mx", hosts), weight: 3 },
    { arbitrary: written("ptr", optional), weight: 2 },
    { arbitrary: written("exists", domainSpec(pointers.hosts, 8).map((spec) => `:${spec}`)), weight: 3 },
    { arbitrary: written("ip4", fc.tuple(ip4, cidr(32)).map(([network, length]) => `:${network}${length}`)), weight: 3 },
    { arbitrary: written("ip6", fc.tuple(ip6Written, cidr(128)).map(([network, length]) => `:${network}${length}`)), weight: 2 },
    { arbitrary: unknownModifier, weight: 1 },
  );
}

/** Mostly lengths that part the few senders and networks from one another. */
function cidr(whole: 32 | 128): fc.Arbitrary<string> {
  return fc.oneof({ arbitrary: fc.constant(""), weight: 4 }, { arbitrary: fc.integer({ min: whole - 4, max: whole }).map((bits) => `/${bits}`), weight: 3 }, { arbitrary: fc.integer({ min: 0, max: whole }).map((bits) => `/${bits}`), weight: 1 });
}

const dualCidr = fc.oneof(
  { arbitrary: fc.constant(""), weight: 4 },
  { arbitrary: cidr(32), weight: 2 },
  { arbitrary: cidr(128).map((length) => (length === "" ? "" : `/${length}`)), weight: 2 },
  { arbitrary: fc.tuple(cidr(32), cidr(128)).map(([four, six]) => `${four}${six === "" ? "" : `/${six}`}`), weight: 1 },
);

/** RFC 4291 section 2.2, in the ways it may be written. */
const ip6Written = ip6.chain((address) => {
  const host = address.slice(address.lastIndexOf(":") + 1);
  return fc.constantFrom(address, address, `2001:DB8::${host}`, `2001:0db8:0:0:0:0:0:${host}`, `2001:db8::0.0.0.${host}`, `2001:db8:0:0::000${host}`, "::", "::ffff:192.0.2.1");
});

const unknownModifier = fc.tuple(fc.constantFrom("x", "ra", "rp", "a.b-c_d", "mx", "v", "default", "X"), fc.oneof(fc.constantFrom("", "1", "a:b/c=d", "%%", "spf1", "-all", "%%x"), macro("slodivhp"))).map(([name, value]) => `${name}=${value}`);

/** Terms that look right and are not, and some that look wrong and are right. */
const NEAR_MISSES = [
  "ip4:192.0.2.256", "ip4:192.0.02.1", "ip4:192.0.2", "ip4:192.0.2.0/33", "ip4:192.0.2.0/00", "ip4:192.0.2.0/024", "ip4:192.0.2.0/", "ip4", "ip4:", "ip4:2001:db8::1", "ip4:192.0.2.0//24", "ip4:a.test",
  "ip6:::1::", "ip6:192.0.2.1", "ip6:2001:db8::/129", "ip6:2001:db8", "ip6:", "ip6:2001:db8::g", "ip6:2001:db8::1%eth0", "ip6:2001:db8::/0", "ip6:1:2:3:4:5:6:7::", "ip6:::/0", "ip6:[2001:db8::1]",
  "a:", "a/", "a//", "a/24/64", "a//129", "a/33", "a:/24", "a:h1.test/24//64", "a:h1.test:25", "a:h1", "a:192.0.2.1", "a:h1.123", "a:h1.1x", "a:h1.-x", "a:h1.x-", "a:h1.x-1", "a:h1.x--1", "a:h1..test", "a:.test", "a:h1.test..", "a/032", "a//0", "a/0",
  "mx:", "mx:h1", "mx//", "mx/24/", "ptr:", "ptr/24", "ptr:h1", "include", "include:", "include:a.test/24", "include:a", "include=a.test", "exists", "exists:", "exists:a.test/24", "exists:%{i}", "exists:%", "exists:%(i).a.test", "exists:%{i", "exists:%{}.a.test",
  "exists:%{z}.a.test", "exists:%{d0}.a.test", "exists:%{c}.a.test", "exists:%{t}", "exists:%{dr2}.a.test", "exists:%{d2r-r}.a.test", "exists:%{d;}.a.test", "exists:%{d}a", "exists:%{d}.1", "exists:%%", "exists:a.test%%", "exists:a.%_", "exists:%{d}%", "exists:%{ d}",
  "all:", "all/8", "all.", "all:a.test", "-all/0", "--all", "-+all", "!all", "=all", "-x=y", "+redirect=a.test", "-exp=explain.test", "redirect=", "redirect:a.test", "exp=", "exp=explain", "redirect=a.test/24", "x=%", "x=%{c}", "x=%{q}", "x=%{d}%", "x=%{d0}", "x", "1x=y", "_x=y", "x:y=z", "x y", "=", ":", "/", "v=spf1", "v=spf10", "a,", "a;mx", "ipv4:192.0.2.1", "ip:192.0.2.1", "aa", "a-b", "all\t", "all\u00a0", "é", "x=é", "\"all\"", "a\\032", "a:h1.tést", "A:H1.TEST", "ip4:192.0.2.1/32,",
];

/** A record with one thing wrong in it, most of the time. */
export function faultyRecord(pointers: Pointers, most: number): fc.Arbitrary<string> {
  const noise = fc.constantFrom("%", "/", ":", "=", " x", ".", "é", "//", "0", "\t", "-", "%%", ",", "{", "}", "%{d}", "\0");
  return record(pointers, most).chain((text) =>
    fc.oneof(
      { arbitrary: fc.constantFrom(...NEAR_MISSES).chain((word) => insertedTerm(text, word)), weight: 5 },
      { arbitrary: fc.tuple(fc.integer({ min: 6, max: text.length }), noise).map(([at, extra]) => text.slice(0, at) + extra + text.slice(at)), weight: 2 },
      { arbitrary: fc.integer({ min: 6, max: text.length }).map((at) => text.slice(0, at) + text.slice(at + 1)), weight: 2 },
      // Twice the same term: an error in modifiers that are known, in nothing else.
      { arbitrary: fc.nat(20).map((pick) => `${text} ${text.trimEnd().split(" ").slice(1).at(pick % 4) ?? ""}`), weight: 1 },
    ),
  );
}

function insertedTerm(text: string, word: string): fc.Arbitrary<string> {
  const words = text.split(" ");
  return fc.integer({ min: 1, max: words.length }).map((at) => words.toSpliced(at, 0, word).join(" "));
}
