/** Records at random from the grammar of RFC 7208 section 12, for property tests and for comparing with other implementations. */

import fc from "fast-check";
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
    .tuple(fc.constantFrom(..."slodivhSLODIVH"), fc.constantFrom("", "1", "2", "12"), fc.constantFrom("", "r", "R"), fc.constantFrom("", ".", "-", "+-", "=_/,"))
    .map(([letter, digits, reversed, delimiters]) => `%{${letter}${digits}${reversed}${delimiters}}`);
  return fc.oneof(fc.tuple(macro, plain).map(([before, name]) => `${before}.${name}`), fc.tuple(plain, macro).map(([name, after]) => `${name}.${after}`), fc.constantFrom("%{d}", "%{o}", "%{d2}"));
}
