import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DMARC_DEFAULTS, type DmarcFields, formatDmarcRecord, parseDmarcRecord } from "./record.ts";
import { parseReportAddress, parseReportAddresses } from "./report-address.ts";

/** `code:effect part` of each fault. */
const faultsOf = (text: string): string[] => parseDmarcRecord(text).faults.map(({ code, effect, at, length }) => `${code}:${effect} ${text.slice(at, at + length)}`.replace(/ $/, ""));
const uris = (value: string) => parseReportAddresses(value).addresses;

describe("records that receivers apply", () => {
  test.each<[text: string, fields: Partial<DmarcFields>]>([
    // RFC 7489 appendix B.2.
    ["v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com", { p: "none", rua: uris("mailto:dmarc-feedback@example.com") }],
    ["v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@thirdparty.example.net", { ruf: uris("mailto:auth-reports@thirdparty.example.net") }],
    ["v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net!10m; pct=25", { p: "quarantine", pct: 25, rua: uris("mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net!10m") }],
    ["v=DMARC1;p=reject;sp=quarantine;np=reject;adkim=s;aspf=s;fo=1:d:s;t=y;psd=n", { p: "reject", sp: "quarantine", np: "reject", adkim: "s", aspf: "s", fo: ["1", "d", "s"], test: true, psd: "n" }],
    ["v=DMARC1; p=reject", { ...DMARC_DEFAULTS, p: "reject" }],
    ["v = DMARC1 ; P = Reject ;", { p: "reject" }],
    ["V=DMARC1;p=none;", { p: "none" }],
    ["v=DMARC1\t;\tp=none\t", { p: "none" }],
    ["v=DMARC1; p=none; rf=afrf : iodef; ri=3600", { rf: ["afrf", "iodef"], ri: 3600 }],
    ["v=DMARC1; p=none; x-note=hello there", { unknown: [] }],
    ["v=DMARC1; p=none; note=hello there", { unknown: [{ name: "note", value: "hello there" }] }],
    ["v=DMARC1; rua=mailto:a@example.test; p=reject", { p: "reject" }],
  ])("%s", (text, fields) => expect(parseDmarcRecord(text)).toMatchObject({ status: "usable", policyAssumed: false, record: { text, ...fields } }));
});

describe("a policy that can't be read (RFC 7489 section 6.6.3, RFC 9989 section 4.10.1)", () => {
  test.each<[text: string, status: string, faults: string[]]>([
    ["v=DMARC1; rua=mailto:a@example.test", "usable", ["missing-policy:policy-ignored"]],
    ["v=DMARC1; p=monitor; rua=mailto:a@example.test", "usable", ["bad-policy:policy-ignored monitor"]],
    ["v=DMARC1; p=reject; sp=all; rua=mailto:a@example.test", "usable", ["bad-subdomain-policy:policy-ignored all"]],
    ["v=DMARC1; p=reject; np=; rua=mailto:a@example.test", "usable", ["bad-subdomain-policy:policy-ignored"]],
    ["v=DMARC1; p=\"reject\"; rua=mailto:a@example.test", "usable", ["quotes:policy-ignored \"reject\""]],
    ["v=DMARC1; p=monitor; rua=a@example.test", "no-policy", ["bad-policy:policy-ignored monitor", "bad-report-address:tag-ignored a@example.test"]],
    ["v=DMARC1; p=none rua=mailto:a@example.test", "no-policy", ["missing-semicolon:policy-ignored none rua=mailto:a@example.test"]],
    ["v=DMARC1; p=ｎｏｎｅ", "no-policy", ["non-ascii:policy-ignored ｎｏｎｅ"]],
    ["v=DMARC1; p=none\\; rua=mailto:a@example.test", "usable", ["backslash:policy-ignored none\\"]],
    ["v=DMARC1; p=none\u00a0", "no-policy", ["non-ascii:policy-ignored none\u00a0"]],
    ["v=DMARC1", "no-policy", ["missing-policy:policy-ignored"]],
    ["v=DMARC1;", "no-policy", ["missing-policy:policy-ignored"]],
  ])("%s", (text, status, faults) => {
    const parsed = parseDmarcRecord(text);
    expect({ status: parsed.status, faults: faultsOf(text) }).toEqual({ status, faults });
    if (parsed.status === "not-a-record") throw new Error("discarded");
    expect(parsed.record).toMatchObject({ p: "none", sp: null, np: null });
    if (parsed.status === "usable") expect(parsed.policyAssumed).toBe(true);
  });
});

describe("faults that leave the policy standing", () => {
  test.each<[text: string, faults: string[], fields?: Partial<DmarcFields>]>([
    ["v=DMARC1; p=none; pct=200", ["bad-tag-value:tag-ignored 200", "retired-tag:harmless pct"].reverse(), { pct: 100 }],
    ["v=DMARC1; p=none; pct=ten", ["retired-tag:harmless pct", "bad-tag-value:tag-ignored ten"], { pct: 100 }],
    ["v=DMARC1; p=none; adkim=strict", ["bad-tag-value:tag-ignored strict"], { adkim: "r" }],
    ["v=DMARC1; p=none; fo=2", ["bad-tag-value:tag-ignored 2"], { fo: ["0"] }],
    ["v=DMARC1; p=none; t=yes", ["bad-tag-value:tag-ignored yes"], { test: false }],
    ["v=DMARC1; p=none; rua=mailto:a@example.test, b@example.test", ["bad-report-address:tag-ignored b@example.test"], { rua: uris("mailto:a@example.test") }],
    ["v=DMARC1; p=none; rua=mailto:a@example.test;mailto:b@example.test", ["syntax:tag-ignored mailto:b@example.test"]],
    ["v=DMARC1; p=none; rua=mailto:a@example.test ruf=mailto:b@example.test", ["missing-semicolon:tag-ignored mailto:a@example.test ruf=mailto:b@example.test"], { rua: [] }],
    ["v=DMARC1; p=none; p=reject", ["duplicate-tag:tag-ignored p"], { p: "none" }],
    ["v=DMARC1; p=none; v=DMARC1", ["duplicate-tag:tag-ignored v"]],
    ["v=DMARC1; p=none; rau=mailto:a@example.test", ["unknown-tag:harmless rau"]],
    ["v=DMARC1; sp=none; p=none", ["policy-not-first:harmless p"]],
    ["v=DMARC1; p = none ; rua = mailto:a@example.test", [], { p: "none", rua: uris("mailto:a@example.test") }],
    ["v=DMARC1; p=none; )", ["syntax:tag-ignored )"]],
    ["v=DMARC1; p=none; v=spf1 -all", ["duplicate-tag:tag-ignored v"]],
    ["v=DMARC1; p=none;; rua=mailto:a@example.test;", [], { rua: uris("mailto:a@example.test") }],
    ["v=DMARC1; p=none; rua=“mailto:a@example.test”", ["quotes:tag-ignored “mailto:a@example.test”"], { rua: [] }],
    [" v=DMARC1; p=none", ["leading-space:harmless "]],
  ])("%s", (text, faults, fields = {}) => {
    expect(faultsOf(text)).toEqual(faults);
    expect(parseDmarcRecord(text)).toMatchObject({ status: "usable", policyAssumed: false, record: fields });
  });
});

describe("texts that receivers discard", () => {
  test.each<[text: string, meant: boolean, faults: string[]]>([
    ["v=spf1 -all", false, []],
    ["", false, []],
    ["google-site-verification=p=none", false, []],
    ["v=DKIM1; p=", false, []],
    ["v=DMARC2; p=none", true, ["wrong-version:record-ignored DMARC2"]],
    ["v=dmarc1; p=none", true, ["wrong-version:record-ignored dmarc1"]],
    ["v=DMARC1.; p=none", true, ["wrong-version:record-ignored DMARC1."]],
    ["v=DMARC1.0; p=none", true, ["wrong-version:record-ignored DMARC1.0"]],
    ["v:DMARC1; p=none", true, ["wrong-version:record-ignored DMARC1"]],
    ["v=DMARC1 p=none", true, ["missing-semicolon:record-ignored DMARC1 p="]],
    ["v=DMARC1, p=none", true, ["missing-semicolon:record-ignored DMARC1, p="]],
    ["p=none; v=DMARC1", true, ["version-not-first:record-ignored ; v="]],
    ["p=reject; rua=mailto:a@example.test", true, ["missing-version:record-ignored"]],
    ["DMARC1; p=none", true, ["missing-version:record-ignored"]],
    ["DMARC;rua=mailto:a@example.test", true, ["missing-version:record-ignored"]],
    ["DMARC is explained at example.test", false, []],
    ["\"v=DMARC1; p=none\"", true, ["quotes:record-ignored \""]],
    ["“v=DMARC1; p=none”", true, ["quotes:record-ignored “"]],
    ["v=DMARC1\\; p=none\\;", true, ["backslash:record-ignored \\"]],
    ["ｖ=DMARC1; p=none", true, ["non-ascii:record-ignored ｖ"]],
    ["\ufeffv=DMARC1; p=none", true, ["non-ascii:record-ignored \ufeff"]],
    ["v=DMARC1；p=none", true, ["non-ascii:record-ignored ；"]],
  ])("%s", (text, meant, faults) => expect({ ...parseDmarcRecord(text), faults: faultsOf(text) }).toEqual({ status: "not-a-record", meant, faults }));
});

describe("report addresses", () => {
  test.each<[text: string, domain: string | null | undefined]>([
    ["mailto:a@example.test", "example.test"],
    ["MAILTO:a@Example.Test", "example.test"],
    ["mailto:a+b@example.test?subject=x", "example.test"],
    ["mailto:a@example.test!50m", "example.test"],
    ["https://example.test/report", null],
    ["a@example.test", undefined],
    ["mailto:", undefined],
    ["mailto:a", undefined],
    ["mailto:@example.test", undefined],
    ["mailto:a@b@example.test", undefined],
    ["mailto://a@example.test", undefined],
    ["mailto: a@example.test", undefined],
    ["mailto:a@example", undefined],
    ["mailto:a@example.test!x", undefined],
    // RFC 3986 section 2.1, RFC 7489 section 6.4: "%" begins an octet, "!" and "," are written so.
    ["mailto:a%21b@example.test!10m", "example.test"],
    ["mailto:a%2Cb@example.test", "example.test"],
    ["mailto:100%@example.test", undefined],
    ["mailto:a%2@example.test", undefined],
    ["mailto:a@example.test!10m!5m", undefined],
    ["mailto:a@example.test!10 m", undefined],
    ["", undefined],
  ])("%s", (text, domain) => expect(parseReportAddress(text)?.domain).toBe(domain));
});

describe("laws", () => {
  const policy = fc.constantFrom("none" as const, "quarantine" as const, "reject" as const);
  const mode = fc.constantFrom("r" as const, "s" as const);
  const address = fc.constantFrom(...uris("mailto:a@example.test,mailto:b+c@reports.example.test!10m,https://example.test/dmarc"));
  const addresses = fc.uniqueArray(address, { maxLength: 3, selector: ({ uri }) => uri });
  const list = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 });
  const fields: fc.Arbitrary<DmarcFields> = fc.record({
    p: policy, sp: fc.option(policy), np: fc.option(policy), adkim: mode, aspf: mode, pct: fc.integer({ min: 0, max: 100 }), test: fc.boolean(), psd: fc.constantFrom("y", "n", "u"),
    fo: list("0", "1", "d", "s"), rf: list("afrf", "iodef"), ri: fc.integer({ min: 0, max: 0xffff_ffff }), rua: addresses, ruf: addresses,
    unknown: fc.uniqueArray(fc.record({ name: fc.constantFrom("x", "note"), value: fc.constantFrom("", "hello", "a b") }), { selector: ({ name }) => name }),
  });
  test("parse of format is the same record, without a fault that changes it", () => {
    fc.assert(
      fc.property(fields, (given) => {
        const text = formatDmarcRecord(given);
        const parsed = parseDmarcRecord(text);
        expect(parsed).toMatchObject({ status: "usable", policyAssumed: false, record: { text, ...given } });
        expect(parsed.faults.filter(({ effect }) => effect !== "harmless")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
  const fragments = fc.array(fc.constantFrom("v=DMARC1", ";", " ", "p=", "none", "reject", "sp=", "rua=", "mailto:a@example.test", ",", "\"", "=", "；", "\\", "pct=", "10", "t", "ruf", "v", "!10m"), { maxLength: 16 }).map((parts) => parts.join(""));
  test("any text is read without an exception, and faults point into it", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fragments, fragments.map((text) => `v=DMARC1;${text}`)), (text) => {
        for (const { at, length } of parseDmarcRecord(text).faults) expect(at >= 0 && length >= 0 && at + length <= text.length).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
  test("64 KiB of anything is read at once", () => {
    const distinct = Array.from({ length: 9000 }, (_, index) => `x${index.toString(36)}=1;`).join("");
    for (const text of [";", "=", "a=1;", " ", ",", "rua=mailto:a@b.test,", " v=", "DMARC1 ", "\"", "p=none;"].map((unit) => unit.repeat(65_536 / unit.length)).concat(distinct)) {
      for (const whole of [text, `v=DMARC1; p=none; rua=${text}`, `v=DMARC1;${text}`]) {
        const started = performance.now();
        parseDmarcRecord(whole);
        expect(performance.now() - started).toBeLessThan(500);
      }
    }
  });
});
