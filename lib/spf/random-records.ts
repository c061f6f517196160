/** Records at random from the grammar of RFC 7208 section 12, for property tests and for comparing with other implementations. */

import fc from "fast-check";
import { parseIp, reverseName } from "../address/index.ts";
import type { DnsFailure } from "../dns/resolver.ts";
import type { Zone, ZoneEntry } from "../dns/zone.ts";
import { formatSpfRecord } from "./record.ts";
import type { Directive, Modifier, Qualifier, SpfTerm } from "./types.ts";

/** What the records of a random zone refer to: few enough that they often meet, some of them absent. */
export interface Names {
  readonly domains: readonly string[];
  /** With macros that depend on the message. */
  readonly macros: boolean;
}

const qualifier: fc.Arbitrary<Qualifier> = fc.constantFrom<Qualifier[]>("+", "-", "~", "?");

export function terms(names: Names): fc.Arbitrary<SpfTerm> {
  return fc.oneof({ arbitrary: directive(names), weight: 9 }, { arbitrary: unknownModifier, weight: 1 });
}

const at = { text: "", at: 0 };

export function directive(names: Names): fc.Arbitrary<Directive> {
  const spec = domainSpec(names);
  const optional = fc.option(spec);
  const prefix4 = fc.oneof(fc.constant(32), fc.integer({ min: 0, max: 32 }));
  const prefix6 = fc.oneof(fc.constant(128), fc.integer({ min: 0, max: 128 }));
  const hosts = <K extends "a" | "mx">(kind: K) => fc.record({ qualifier, domainSpec: optional, prefix4, prefix6 }).map((rest) => ({ ...at, kind, ...rest }));
  return fc.oneof<fc.Arbitrary<Directive>[]>(
    qualifier.map((q) => ({ ...at, kind: "all", qualifier: q })),
    fc.record({ qualifier, domainSpec: spec }).map((rest) => ({ ...at, kind: "include", ...rest })),
    fc.record({ qualifier, domainSpec: spec }).map((rest) => ({ ...at, kind: "exists", ...rest })),
    hosts("a"),
    hosts("mx"),
    fc.record({ qualifier, domainSpec: optional }).map((rest) => ({ ...at, kind: "ptr", ...rest })),
    fc.record({ qualifier, network: ip4, prefix: prefix4 }).map((rest) => ({ ...at, kind: "ip4", ...rest })),
    fc.record({ qualifier, network: ip6, prefix: prefix6 }).map((rest) => ({ ...at, kind: "ip6", ...rest })),
  );
}

export function redirect(names: Names): fc.Arbitrary<Modifier> {
  return domainSpec(names).map((spec) => ({ ...at, kind: "redirect", domainSpec: spec }));
}

const unknownModifier: fc.Arbitrary<Modifier> = fc.record({ name: fc.constantFrom("x", "ra", "a.b-c_d", "mx"), value: fc.constantFrom("", "1", "a:b/c=d", "%{d}", "%%") }).map((rest) => ({ ...at, kind: "unknown-modifier", ...rest }));

/** The networks are few, so that senders are often in them. */
export const ip4 = fc.tuple(fc.constantFrom("192.0.2", "198.51.100"), fc.integer({ min: 0, max: 7 })).map(([network, host]) => `${network}.${host}`);
export const ip6 = fc.integer({ min: 1, max: 7 }).map((host) => `2001:db8::${host}`);

function domainSpec({ domains, macros }: Names): fc.Arbitrary<string> {
  const plain = fc.constantFrom(...domains);
  return macros ? fc.oneof({ arbitrary: plain, weight: 3 }, { arbitrary: withMacro(plain), weight: 1 }) : plain;
}

function withMacro(plain: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const macro = fc
    .tuple(fc.constantFrom(..."slodivhpSLODIVHP"), fc.constantFrom("", "1", "2", "12"), fc.constantFrom("", "r", "R"), fc.constantFrom("", ".", "-", "+-", "=_/,"))
    .map(([letter, digits, reversed, delimiters]) => `%{${letter}${digits}${reversed}${delimiters}}`);
  return fc.oneof(fc.tuple(macro, plain).map(([before, name]) => `${before}.${name}`), fc.tuple(plain, macro).map(([name, after]) => `${name}.${after}`), fc.constantFrom("%{d}", "%{o}", "%{d2}"));
}

export interface RandomCase {
  readonly zone: Zone;
  readonly question: { readonly ip: string; readonly mailFrom: string; readonly helo: string };
}

const DOMAINS = ["example.test", "a.test", "b.test", "c.test", "d.example.test"];
const HOSTS = ["mail.example.test", "h1.test", "h2.test", "h3.example.test"];
const ABSENT = ["gone.test", "gone.example.test"];

/** A zone of records that refer to one another, to hosts and to nothing, now and then faulty or failing; and a sender. */
export function randomCase(): fc.Arbitrary<RandomCase> {
  const names: Names = { domains: [...DOMAINS, ...HOSTS, ...ABSENT], macros: true };
  const record = fc.tuple(fc.array(terms(names), { maxLength: 6 }), fc.option(redirect(names)), fc.option(fc.constantFrom("explain.test", "gone.test", "%{l}.explain.test"), { freq: 3 })).map(([list, last, exp]) =>
    [formatSpfRecord([...list, ...(last === null ? [] : [last])]), ...(exp === null ? [] : [`exp=${exp}`])].join(" "),
  );
  const faulty = record.chain((text) => fc.tuple(fc.nat(text.length), fc.constantFrom("%", "/", ":", "=", " x", ".", "é", "//", "0")).map(([at, noise]) => text.slice(0, at) + noise + text.slice(at)));
  const texts = fc.oneof({ arbitrary: record.map((text) => [text]), weight: 12 }, { arbitrary: faulty.map((text) => [text]), weight: 1 }, { arbitrary: fc.tuple(record, fc.constantFrom("x", "v=spf1 -all", "v=spf10")), weight: 1 });
  const addresses = { A: fc.array(ip4, { maxLength: 3 }), AAAA: fc.array(ip6, { maxLength: 2 }), MX: fc.array(fc.tuple(fc.nat(30), fc.constantFrom(...HOSTS, "gone.test")), { maxLength: 3 }) };
  const failing = fc.constantFrom<DnsFailure[]>("timeout", "server-failure", "refused").map((fail): ZoneEntry => ({ fail }));
  const domain = fc.oneof({ arbitrary: fc.record({ TXT: texts, ...addresses }), weight: 20 }, { arbitrary: failing, weight: 1 });
  const host = fc.oneof({ arbitrary: fc.record(addresses), weight: 12 }, { arbitrary: failing, weight: 1 });
  const explain = fc.constantFrom("%{i} may not send as %{o}", "%{S} %{L} %{dr} %{h2}", "%{c}%%%_%-.", "%{p} %{P}", "%{x}", "é", "").map((text): ZoneEntry => ({ TXT: [text] }));
  const question = fc.record({ ip: fc.oneof({ arbitrary: ip4, weight: 2 }, ip6), mailFrom: fc.constantFrom("alice@example.test", "strong-bad+x@example.test", "", "o'brien@d.example.test"), helo: fc.constantFrom("mail.example.test", "example.test", "h1.test") });
  const entries = fc.tuple(fc.tuple(...DOMAINS.map(() => domain)), fc.tuple(...HOSTS.map(() => host)), explain, fc.array(fc.constantFrom(...DOMAINS, ...HOSTS, "gone.test"), { maxLength: 3 }));
  return fc.tuple(entries, question).map(([[domains, hosts, text, pointers], asked]) => ({
    question: asked,
    zone: Object.fromEntries([...DOMAINS.map((name, n) => [name, domains[n] ?? {}] as const), ...HOSTS.map((name, n) => [name, hosts[n] ?? {}] as const), ["explain.test", text], [reverseName(parsed(asked.ip)), { PTR: pointers }]]),
  }));
}

function parsed(ip: string) {
  const address = parseIp(ip);
  if (address === null) throw new TypeError(ip);
  return address;
}
