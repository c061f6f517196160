/** RFC 7208 sections 4.6.1, 5, 6, 7.1 and 12: what parses, to what; and for what does not, which fault and where. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redirect, terms } from "./random-records.ts";
import { formatSpfRecord, formatTerm, parseSpfRecord, selectSpfRecords } from "./record.ts";
import type { SpfSyntaxError, SpfTerm } from "./types.ts";

const withoutPlace = (list: readonly SpfTerm[]) => list.map((term) => ({ ...term, text: "", at: 0 }));

function parsedTerm(text: string) {
  const parsed = parseSpfRecord(`v=spf1 ${text}`);
  if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed.errors)}`);
  return parsed.record.terms[0];
}

describe("terms", () => {
  test.each<readonly [string, object]>([
    ["all", { kind: "all", qualifier: "+" }],
    ["-all", { kind: "all", qualifier: "-" }],
    ["~ALL", { kind: "all", qualifier: "~" }],
    ["?all", { kind: "all", qualifier: "?" }],
    ["+all", { kind: "all", qualifier: "+", text: "+all", at: 7 }],
    ["include:_spf.example.com", { kind: "include", domainSpec: "_spf.example.com" }],
    ["-include:%{d}", { kind: "include", qualifier: "-", domainSpec: "%{d}" }],
    ["exists:%{ir}.%{v}._spf.%{d2}", { kind: "exists", domainSpec: "%{ir}.%{v}._spf.%{d2}" }],
    ["a", { kind: "a", domainSpec: null, prefix4: 32, prefix6: 128 }],
    ["A/24", { kind: "a", domainSpec: null, prefix4: 24, prefix6: 128 }],
    ["a//64", { kind: "a", domainSpec: null, prefix4: 32, prefix6: 64 }],
    ["a/24//64", { kind: "a", domainSpec: null, prefix4: 24, prefix6: 64 }],
    ["a/0//0", { kind: "a", prefix4: 0, prefix6: 0 }],
    ["a:example.com", { kind: "a", domainSpec: "example.com" }],
    ["a:example.com./24", { kind: "a", domainSpec: "example.com.", prefix4: 24 }],
    ["a:foo:bar/baz.example.com/24//64", { kind: "a", domainSpec: "foo:bar/baz.example.com", prefix4: 24, prefix6: 64 }],
    ["a:a/b.%{d}", { kind: "a", domainSpec: "a/b.%{d}", prefix4: 32 }],
    ["a:a/24.%{d}/24", { kind: "a", domainSpec: "a/24.%{d}", prefix4: 24 }],
    ["a:%{d/}/24", { kind: "a", domainSpec: "%{d/}", prefix4: 24 }],
    ["a:x%_/24", { kind: "a", domainSpec: "x%_", prefix4: 24 }],
    ["mx:%{d}//64", { kind: "mx", domainSpec: "%{d}", prefix6: 64 }],
    ["mx", { kind: "mx", domainSpec: null }],
    ["ptr", { kind: "ptr", domainSpec: null }],
    ["ptr:example.com", { kind: "ptr", domainSpec: "example.com" }],
    ["ip4:192.0.2.0/24", { kind: "ip4", network: "192.0.2.0", prefix: 24 }],
    ["IP4:255.255.255.255", { kind: "ip4", network: "255.255.255.255", prefix: 32 }],
    ["ip6:2001:DB8::CB01/96", { kind: "ip6", network: "2001:db8::cb01", prefix: 96 }],
    ["ip6:::/0", { kind: "ip6", network: "::", prefix: 0 }],
    ["ip6:::1.1.1.1", { kind: "ip6", network: "::101:101", prefix: 128 }],
    ["ip6:1:2:3:4:5:6:7::", { kind: "ip6", network: "1:2:3:4:5:6:7:0" }],
    ["redirect=_spf.example.com", { kind: "redirect", domainSpec: "_spf.example.com" }],
    ["Exp=explain._spf.%{d}", { kind: "exp", domainSpec: "explain._spf.%{d}" }],
    ["moo.cow-far_out=man:dog/cat", { kind: "unknown-modifier", name: "moo.cow-far_out", value: "man:dog/cat" }],
    ["x=", { kind: "unknown-modifier", name: "x", value: "" }],
    ["ip4=192.0.2.1", { kind: "unknown-modifier", name: "ip4", value: "192.0.2.1" }],
    ["exists:a=b.example.com", { kind: "exists", domainSpec: "a=b.example.com" }],
    ["include:.com", { kind: "include", domainSpec: ".com" }],
    ["include:a..com", { kind: "include", domainSpec: "a..com" }],
    ["include:!\"#$&'()*,;<>?@[]^`{|}~.com", { kind: "include" }],
    ["include:%%", { kind: "include", domainSpec: "%%" }],
    ["include:foo.1a", { kind: "include" }],
    ["include:foo.1-1", { kind: "include" }],
    ["include:foo.a--b", { kind: "include" }],
  ])("%s", (text, expected) => expect(parsedTerm(text)).toMatchObject(expected));
});

describe("faults, and where", () => {
  // The part of the record that is pointed at.
  test.each<readonly [string, SpfSyntaxError["code"], string]>([
    ["moo", "unknown-mechanism", "moo"],
    ["-moo:x", "unknown-mechanism", "moo"],
    ["all.", "unknown-mechanism", "all."],
    ["ipv4:192.0.2.1", "unknown-mechanism", "ipv4"],
    ["192.0.2.1", "unknown-mechanism", "192.0.2.1"],
    ["redirect:example.com", "unknown-mechanism", "redirect"],
    ["moo.cow/far_out=man:dog/cat", "unknown-mechanism", "moo.cow"],
    ["redirect", "unknown-mechanism", "redirect"],
    ["-", "unknown-mechanism", "-"],
    [":x", "unknown-mechanism", ":x"],
    ["--all", "bad-qualifier", "-"],
    ["-redirect=example.com", "bad-qualifier", "-"],
    ["=default", "bad-modifier-name", "="],
    ["1a=b", "bad-modifier-name", "1a"],
    ["a$b=c", "bad-modifier-name", "a$b"],
    ["all:x", "unexpected-argument", ":x"],
    ["-all/8", "unexpected-argument", "/8"],
    ["ptr/0", "unexpected-argument", "/0"],
    ["include", "missing-argument", "include"],
    ["include:", "missing-argument", "include:"],
    ["include/24", "missing-argument", "include/"],
    ["exists:", "missing-argument", "exists:"],
    ["a:", "missing-argument", "a:"],
    ["mx:/24", "missing-argument", "mx:"],
    ["ptr:", "missing-argument", "ptr:"],
    ["ip4", "missing-argument", "ip4"],
    ["ip4:", "missing-argument", "ip4:"],
    ["ip6:/64", "missing-argument", "ip6:"],
    ["ip4/24", "missing-argument", "ip4/"],
    ["redirect=", "missing-argument", "redirect="],
    ["exp=", "missing-argument", "exp="],
    ["a:museum", "bad-domain-spec", "museum"],
    ["a:museum.", "bad-domain-spec", "museum."],
    ["a:192.0.2.1", "bad-domain-spec", "192.0.2.1"],
    ["a:example.-com", "bad-domain-spec", "example.-com"],
    ["a:example.com-", "bad-domain-spec", "example.com-"],
    ["a:example.com..", "bad-domain-spec", "example.com.."],
    ["a:example.c_m", "bad-domain-spec", "example.c_m"],
    ["a:%{d}com", "bad-domain-spec", "%{d}com"],
    ["include:example.com/24", "bad-domain-spec", "example.com/24"],
    ["include:example.com,", "bad-domain-spec", "example.com,"],
    ["redirect=http://example.com/", "bad-domain-spec", "http://example.com/"],
    ["exists:%{x}.com", "bad-macro", "%{x}"],
    ["exists:%{c}.com", "bad-macro", "%{c}"],
    ["exists:%{d0}.com", "bad-macro", "%{d0}"],
    ["exists:a%.com", "bad-macro", "%."],
    ["exists:a.com%", "bad-macro", "%"],
    ["exists:%{d.com", "bad-macro", "%{d.com"],
    ["x=%abc", "bad-macro", "%a"],
    ["x=%{t}", "bad-macro", "%{t}"],
    ["ip4:192.0.2", "bad-address", "192.0.2"],
    ["ip4:192.0.2.256", "bad-address", "192.0.2.256"],
    ["ip4:192.0.02.1", "bad-address", "192.0.02.1"],
    ["ip4:192.0.2.1:25", "bad-address", "192.0.2.1:25"],
    ["ip4:example.com", "bad-address", "example.com"],
    ["ip6:192.0.2.1", "bad-address", "192.0.2.1"],
    ["ip6:1::2::3", "bad-address", "1::2::3"],
    ["ip6:1:2:3:4::5:6:7:8", "bad-address", "1:2:3:4::5:6:7:8"],
    ["ip6::1:2", "bad-address", ":1:2"],
    ["ip6:1:2:3:4:5:6:7:192.0.2.1", "bad-address", "1:2:3:4:5:6:7:192.0.2.1"],
    ["ip6:192.0.2.1::", "bad-address", "192.0.2.1::"],
    ["ip4:192.0.2.0/33", "bad-prefix-length", "/33"],
    ["ip4:192.0.2.0/024", "bad-prefix-length", "/024"],
    ["ip4:192.0.2.0/", "bad-prefix-length", "/"],
    ["ip4:192.0.2.0//24", "bad-prefix-length", "//24"],
    ["ip4:192.0.2.0/255.255.255.0", "bad-prefix-length", "/255.255.255.0"],
    ["ip6:2001:db8::/129", "bad-prefix-length", "/129"],
    ["a/33", "bad-prefix-length", "/33"],
    ["a/00", "bad-prefix-length", "/00"],
    ["a/24/64", "bad-prefix-length", "/24/64"],
    ["a:example.com/24//129", "bad-prefix-length", "/24//129"],
    ["mx/-1", "bad-prefix-length", "/-1"],
    ["−all", "non-ascii", "−"],
    ["“all”", "non-ascii", "“"],
    ["include:例え.test", "non-ascii", "例え"],
    ["all\u3000", "non-ascii", "\u3000"],
    ["x=é", "non-ascii", "é"],
    ["all\t", "bad-whitespace", "\t"],
    ["a\r\nmx", "bad-whitespace", "\r\n"],
    ["a:b\0.test", "bad-domain-spec", "\0"],
    ["x=\0", "bad-modifier-value", "\0"],
  ])("%s: %s", (text, code, part) => {
    const record = `v=spf1 ip4:192.0.2.9 ${text}`;
    const parsed = parseSpfRecord(record);
    expect(parsed).toMatchObject({ ok: false, readable: [{ text: "ip4:192.0.2.9", at: 7 }] });
    if (parsed.ok) return;
    const [first] = parsed.errors;
    expect({ code: first.code, part: record.slice(first.at, first.at + first.length), term: first.term }).toEqual({ code, part, term: text });
  });

  test("every fault is told, in order, and what can be read is read", () => {
    const record = "v=spf1 +IP4: a:museum ip4:1.2.3/33 mx exp=a.test exp=b.test -all";
    const parsed = parseSpfRecord(record);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.errors.map(({ code, at }) => [code, at])).toEqual([["missing-argument", 7], ["bad-domain-spec", 15], ["bad-address", 26], ["bad-prefix-length", 31], ["duplicate-modifier", 49]]);
    expect(parsed.readable.map((term) => term.text)).toEqual(["mx", "exp=a.test", "-all"]);
  });

  test.each([
    ["v=spf10 -all", 0, "unknown-mechanism"],
    ["v=spf1-all", 0, "unknown-mechanism"],
    ["-all", 0, "unknown-mechanism"],
    ["", 0, "unknown-mechanism"],
    [" v=spf1 -all", 0, "bad-whitespace"],
    ["v=spf1\t-all", 6, "bad-whitespace"],
  ])("no version: %j", (text, at, code) => expect(parseSpfRecord(text)).toMatchObject({ ok: false, errors: [{ at, code }] }));
});

describe("whole records", () => {
  test.each([
    ["v=spf1", "v=spf1"],
    ["v=spf1 ", "v=spf1"],
    ["V=SPF1   A  +MX   -ALL  ", "v=spf1 a mx -all"],
    ["v=spf1 a/32//128 mx//128 ip4:192.0.2.1/32 ip6:2001:DB8::1/128 ?all", "v=spf1 a mx ip4:192.0.2.1 ip6:2001:db8::1 ?all"],
    ["v=spf1 Redirect=A.test X=%{D}", "v=spf1 redirect=A.test X=%{D}"],
  ])("%j is written %j", (text, written) => {
    const parsed = parseSpfRecord(text);
    expect(parsed.ok && formatSpfRecord(parsed.record)).toBe(written);
  });

  test("directives, redirect and exp are at hand", () => {
    const parsed = parseSpfRecord("v=spf1 exp=e.test a x=1 redirect=r.test");
    expect(parsed).toMatchObject({ ok: true, record: { directives: [{ kind: "a" }], redirect: { domainSpec: "r.test" }, exp: { domainSpec: "e.test" } } });
  });

  test("selected: 3.3, 4.5", () => {
    expect(selectSpfRecords([["v=spf1 ip4:192.0.2", ".1 -all"], [" v=spf1"], ["v=spf10"], ["x"], [], ["V=SPF1"]])).toEqual(["v=spf1 ip4:192.0.2.1 -all", "V=SPF1"]);
  });
});

describe("properties", () => {
  const names = { domains: ["a.test", "b.c.test", "_spf.example.com", "x/y.test", "foo:bar.test"], macros: true };

  test("what is written is read back", () => {
    fc.assert(
      fc.property(fc.array(terms(names), { maxLength: 12 }), fc.option(redirect(names)), (list, last) => {
        const written = [...list, ...(last === null ? [] : [last])];
        const parsed = parseSpfRecord(formatSpfRecord(written));
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
        expect(withoutPlace(parsed.record.terms)).toEqual(withoutPlace(written));
        expect(formatSpfRecord(parsed.record)).toBe(formatSpfRecord(written));
        for (const term of parsed.record.terms) expect(parsed.record.text.slice(term.at, term.at + term.text.length)).toBe(formatTerm(term));
      }),
      { numRuns: 400 },
    );
  });

  test("any text is read without a throw, and every fault lies in it", () => {
    const pieces = fc.array(fc.constantFrom("v=spf1", " ", "a", "mx", "ip4:", "ip6:", "include:", "redirect=", "=", ":", "/", "//", "%", "%{d}", "%{", "}", ".", "1", "-all", "é", "\t", "\0", "::", "192.0.2.1"), { maxLength: 30 }).map((list) => list.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), pieces, pieces.map((text) => `v=spf1 ${text}`)), (text) => {
        const parsed = parseSpfRecord(text);
        if (parsed.ok) return;
        for (const error of parsed.errors) {
          expect(error.at).toBeGreaterThanOrEqual(0);
          expect(error.at + error.length).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 600 },
    );
  });

  test.each([["a".repeat(65_536)], ["%{".repeat(32_768)], [" a:museum".repeat(7_000)], ["1".repeat(65_536)], [`a:${"1".repeat(65_000)}.`], [`a:${"/".repeat(65_000)}`], [`ip6:${":".repeat(65_000)}`], ["\t".repeat(65_000)]])("64 KiB of anything is read at once", (text) => {
    const started = performance.now();
    parseSpfRecord(`v=spf1 ${text}`);
    expect(performance.now() - started).toBeLessThan(300);
  });
});
