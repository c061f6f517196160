import { describe, expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type AlignmentQuestion, evaluateAlignment, isAligned } from "./alignment.ts";
import { parseDmarcRecord } from "./record.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const record = (text: string) => {
  const parsed = parseDmarcRecord(text);
  if (parsed.status !== "usable") throw new Error(text);
  return parsed.record;
};

// RFC 7489 appendix B.1: SPF and DKIM, in and out of alignment.
describe("two domains", () => {
  test.each<[a: string, b: string, relaxed: boolean, strict: boolean]>([
    ["example.com", "example.com", true, true],
    ["child.example.com", "example.com", true, false],
    ["example.com", "news.example.com", true, false],
    ["a.example.com", "b.example.com", true, false],
    ["example.net", "example.com", false, false],
    ["example.co.uk", "other.co.uk", false, false],
    ["a.github.io", "b.github.io", false, false],
    ["badexample.com", "example.com", false, false],
  ])("%s, %s", (a, b, relaxed, strict) => expect([isAligned(domain(a), domain(b), "r"), isAligned(domain(a), domain(b), "s")]).toEqual([relaxed, strict]));
  test("organizational domains as given", () => expect(isAligned(domain("a.example.com"), domain("b.example.com"), "r", (name) => name)).toBe(false));
});

describe("a message", () => {
  const HEADER = domain("shop.test");
  const REJECT = record("v=DMARC1; p=reject");
  const STRICT = record("v=DMARC1; p=reject; aspf=s; adkim=s");
  const spf = (name: string, result: string | null) => ({ domain: domain(name), result });
  const dkim = (name: string, pass: boolean | null) => [{ domain: domain(name), pass }];
  test.each<[name: string, given: Partial<AlignmentQuestion>, expected: [spf: boolean | null, dkim: boolean | null, result: string, nearer: string | null]]>([
    ["SPF passes, aligned", { spf: spf("bounce.shop.test", "pass") }, [true, null, "pass", null]],
    ["SPF passes, aligned only if relaxed", { spf: spf("bounce.shop.test", "pass"), dkim: dkim("shop.test", false), record: STRICT }, [false, true, "fail", "dkim"]],
    ["DKIM passes, aligned", { spf: spf("mailer.test", "pass"), dkim: dkim("shop.test", true) }, [false, true, "pass", null]],
    ["one signature of two", { dkim: [...dkim("mailer.test", true), ...dkim("shop.test", true)] }, [null, true, "pass", null]],
    ["the aligned signature fails, the other passes", { spf: spf("mailer.test", "pass"), dkim: [...dkim("mailer.test", true), ...dkim("shop.test", false)] }, [false, true, "fail", "dkim"]],
    ["SPF fails, aligned; unsigned", { spf: spf("shop.test", "fail"), signaturesSeen: true }, [true, false, "fail", "spf"]],
    ["SPF fails, aligned; signatures not seen", { spf: spf("shop.test", "fail") }, [true, null, "unknown", "spf"]],
    ["SPF not answered", { spf: spf("shop.test", "temperror"), signaturesSeen: true }, [true, false, "unknown", "spf"]],
    ["no address known", { spf: spf("shop.test", null), signaturesSeen: true }, [true, false, "unknown", "spf"]],
    ["SPF elsewhere, unsigned", { spf: spf("mailer.test", "pass"), signaturesSeen: true }, [false, false, "fail", "spf"]],
    ["both elsewhere", { spf: spf("mailer.test", "pass"), dkim: dkim("mailer.test", true) }, [false, false, "fail", "dkim"]],
    ["signature not verified", { spf: spf("mailer.test", "pass"), dkim: dkim("shop.test", null) }, [false, true, "unknown", "dkim"]],
    ["unaligned signature not verified changes nothing", { spf: spf("mailer.test", "pass"), dkim: dkim("mailer.test", null) }, [false, false, "fail", "dkim"]],
    ["nothing known", {}, [null, null, "unknown", null]],
    ["no record", { spf: spf("shop.test", "pass"), record: null }, [true, null, "none", null]],
    ["record not answered", { spf: spf("shop.test", "pass"), record: null, recordUnanswered: true }, [true, null, "unknown", null]],
  ])("%s", (_name, given, [spfAligned, dkimAligned, result, nearer]) => {
    expect(evaluateAlignment({ headerFrom: HEADER, spf: null, dkim: [], record: REJECT, ...given })).toEqual({ spfAligned, dkimAligned, spfWouldAlign: spfAligned === true, result, nearer });
  });
});
