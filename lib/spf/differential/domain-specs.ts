/** Domain-specs at random, to the grammar of RFC 7208 section 7.1: names that the zone holds, and names made by macros. */

import fc from "fast-check";

/** What a record may point to. The more often a name stands here, the more often it is chosen. */
export type Names = readonly string[];

/** The zone below which each name's existence and address hang on its spelling: what a macro came to can be seen in the result. */
export const SPELT = "spelt.test";

/** `plainness`: how many names are written out for each that macros make. */
export function domainSpec(names: Names, plainness = 20): fc.Arbitrary<string> {
  const plain = fc.constantFrom(...names);
  return fc.oneof(
    { arbitrary: plain, weight: plainness },
    { arbitrary: plain.map((name) => `${name}.`), weight: 1 },
    { arbitrary: plain.chain(anyCase), weight: 1 },
    { arbitrary: fc.tuple(prefix, fc.constantFrom(SPELT, `${SPELT}.`, "%{h}", "%{o}", "%{d}")).map(([before, name]) => `${before}${name}`), weight: 5 },
    { arbitrary: fc.constantFrom("%{d}", "%{o}", "%{h}", "%{d2}", "%{p}", "mail.%{d}", "%{d3}", "%{o2}"), weight: 2 },
  );
}

/** `%{s}`, `%{ir}`, `%{d2r.-}` …, in either case. `c`, `r` and `t` only where `letters` has them. */
export function macro(letters: string): fc.Arbitrary<string> {
  const digits = fc.oneof({ arbitrary: fc.constant(""), weight: 3 }, { arbitrary: fc.constantFrom("1", "2", "3", "12", "128", "01"), weight: 2 });
  const delimiters = fc.oneof({ arbitrary: fc.constant(""), weight: 3 }, { arbitrary: fc.array(fc.constantFrom(...".-+,/_="), { minLength: 1, maxLength: 3 }).map((list) => list.join("")), weight: 2 });
  return fc
    .tuple(fc.constantFrom(...letters), fc.boolean(), digits, fc.constantFrom("", "", "", "", "", "", "r", "r", "r", "r", "r", "R"), delimiters)
    .map(([letter, capital, keep, reversed, split]) => `%{${capital ? letter.toUpperCase() : letter}${keep}${reversed}${split}}`);
}

const prefix = fc.array(fc.oneof({ arbitrary: macro("slodivhslodivhp"), weight: 4 }, { arbitrary: fc.constantFrom("a", "_spf", "x-1", "%%", "%_", "%-", "a/b", "o'b"), weight: 1 }), { minLength: 1, maxLength: 3 }).map((parts) => parts.map((part) => `${part}.`).join(""));

/** The same text with some letters in the other case. */
export function anyCase(text: string): fc.Arbitrary<string> {
  return fc.nat(255).map((bits) => [...text].map((character, at) => ((bits >> at % 8) & 1) === 1 ? character.toUpperCase() : character).join(""));
}
