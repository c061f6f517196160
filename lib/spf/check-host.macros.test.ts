/** RFC 7208 section 7: macros, seen through explanations and through the names they make. */

import { describe, expect, test } from "vitest";
import { type Zone, zone } from "../dns/zone.ts";
import { parseIp } from "../address/index.ts";
import { checkHost } from "./check-host.ts";
import { ask, holds, type Question } from "./rfc-cases.ts";

/** Section 7.4 */
const SENDER: Question = { ip: "192.0.2.3", mailFrom: "strong-bad@email.example.com", helo: "mail.example.com" };

const said = async (text: string, question: Question = SENDER, more: Zone = {}) =>
  (await ask({ "email.example.com": { TXT: ["v=spf1 -all exp=e.test"] }, "example.test": { TXT: ["v=spf1 -all exp=e.test"] }, "e.test": { TXT: [text] }, ...more }, question)).explanation;

describe("7.4: the examples", () => {
  test.each([
    ["%{s}", "strong-bad@email.example.com"],
    ["%{o}", "email.example.com"],
    ["%{d}", "email.example.com"],
    ["%{d4}", "email.example.com"],
    ["%{d3}", "email.example.com"],
    ["%{d2}", "example.com"],
    ["%{d1}", "com"],
    ["%{dr}", "com.example.email"],
    ["%{d2r}", "example.email"],
    ["%{l}", "strong-bad"],
    ["%{l-}", "strong.bad"],
    ["%{lr}", "strong-bad"],
    ["%{lr-}", "bad.strong"],
    ["%{l1r-}", "strong"],
    ["%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"],
    ["%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"],
    ["%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"],
    ["%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"],
    ["%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"],
  ])("%s is %s", async (text, expected) => expect(await said(text)).toBe(expected));

  test("IPv6", async () =>
    expect(await said("%{ir}.%{v}._spf.%{d2}", { ...SENDER, ip: "2001:db8::cb01" })).toBe("1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com"));
});

describe("7.3: transformers, delimiters, escaping", () => {
  test.each<readonly [string, string, Question]>([
    ["%{c}", "2001:db8::cb01", { ip: "2001:DB8:0:0::CB01" }],
    ["%{i}", "2.0.0.1.0.d.b.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.b.0.1", { ip: "2001:db8::cb01" }],
    ["%{i} %{c} %{v}", "192.0.2.7 192.0.2.7 in-addr", { ip: "::ffff:192.0.2.7" }],
    ["%{i2} %{ir} %{i1r}", "2.1 1.2.0.192 192", {}],
    ["%{d127}", "example.test", {}],
    ["%{d999999999999999999999}", "example.test", {}],
    ["%{d01}", "test", {}],
    ["%{D1R}", "example", {}],
    ["%{l+}", "foo-bar.zip.quux", { mailFrom: "foo-bar+zip+quux@example.test" }],
    ["%{lr+-}", "quux.zip.bar.foo", { mailFrom: "foo-bar+zip+quux@example.test" }],
    ["%{l2r+-}", "bar.foo", { mailFrom: "foo-bar+zip+quux@example.test" }],
    ["%{l1+}", "quux", { mailFrom: "foo-bar+zip+quux@example.test" }],
    ["%{l,/_=}", "a.b.c.d", { mailFrom: "a,b/c_d@example.test" }],
    ["%{l=}", "a.b", { mailFrom: "a=b@example.test" }],
    ["%{l.}", "a.b", { mailFrom: "a.b@example.test" }],
    ["%{l-}", ".a..b.", { mailFrom: "-a--b-@example.test" }],
    ["%{l2-}", "b.", { mailFrom: "-a--b-@example.test" }],
    ["%{o1} %{h1}", "test test", {}],
    ["%{s1}", "test", {}],
    ["%{L}", "jack%26jill%3Dup", { mailFrom: "jack&jill=up@example.test" }],
    ["%{L}", "~jack%26jill%3Dup-a_b3.c", { mailFrom: "~jack&jill=up-a_b3.c@example.test" }],
    ["%{S}", "alice%40example.test", {}],
    ["%{L}", "%21%23%24%25%27%2A%2F%3F%5E%60%7B%7C%7D", { mailFrom: "!#$%'*/?^`{|}@example.test" }],
    ["%{L-}", "a.b%2Bc", { mailFrom: "a-b+c@example.test" }],
    ["%{H}", "%5B192.0.2.1%5D", { helo: "[192.0.2.1]" }],
    ["%{l}", "%{d}", { mailFrom: "%{d}@example.test" }],
    ["%{d}", "ExamPle.tEst", { mailFrom: "alice@ExamPle.tEst" }],
    ["%{o} %{d} %{s}", "xn--r8jz45g.test xn--r8jz45g.test a@xn--r8jz45g.test", { mailFrom: "a@例え.test" }],
    ["%{d}", "example.test", { mailFrom: "alice@example.test." }],
  ])("%s is %s", async (text, expected, question) => expect(await said(text, question, { "xn--r8jz45g.test": { TXT: ["v=spf1 -all exp=e.test"] } })).toBe(expected));

  test.each(["%{d0}", "%{d00}", "%{x}", "%{dd}", "%{d r}", "%{}", "%{d", "%", "%a", "%(d)", "%{d-r}", "%{dr2}", "%{d*}", "%{-d}"])("%s is no macro", async (text) => {
    expect(await said(`a ${text} b`)).toBe(null);
    expect((await ask({ "example.test": { TXT: [`v=spf1 exists:${text}.x.test +all`] } })).result).toBe("permerror");
  });

  test.each(["%{c}", "%{r}", "%{t}", "%{C}", "%{tr}"])("7.2: %s only in an explanation", async (text) => {
    expect((await ask({ "example.test": { TXT: [`v=spf1 exists:${text}.x.test +all`] } })).result).toBe("permerror");
  });
});

/** Which name was asked for, the record at `example.test` being `record`. */
async function asked(record: string, question: Question = {}, more: Zone = {}): Promise<string[]> {
  const questions: string[] = [];
  const ip = parseIp(question.ip ?? "192.0.2.1");
  if (ip !== null) await checkHost({ ip, mailFrom: question.mailFrom ?? "alice@example.test", helo: question.helo ?? "mail.example.test" }, zone({ "example.test": { TXT: [record] }, ...more }, questions));
  return questions.slice(1);
}

describe("7.3: the name that is looked up", () => {
  const label = "z".repeat(60);
  test.each<readonly [string, string, string, Question]>([
    ["%% is a percent", "v=spf1 exists:a%%b.x.test -all", "A a%b.x.test", {}],
    ["%_ is a space", "v=spf1 exists:a%_b.x.test -all", "A a b.x.test", {}],
    ["%- is %20", "v=spf1 exists:a%-b.x.test -all", "A a%20b.x.test", {}],
    ["all of them", "v=spf1 exists:%%percent%_%_space%-%-.x.test -all", "A %percent  space%20%20.x.test", {}],
    ["a final dot goes", "v=spf1 exists:a.x.test. -all", "A a.x.test", {}],
    ["a macro at the end", "v=spf1 exists:%{i}._spf.%{d} -all", "A 192.0.2.1._spf.example.test", {}],
    ["a macro that ends in a dot", "v=spf1 exists:%{h} -all", "A mail.test", { helo: "mail.test." }],
    ["capitals are escaped", "v=spf1 exists:%{L}.x.test -all", "A o%27brien.x.test", { mailFrom: "o'brien@example.test" }],
    ["small letters are not", "v=spf1 exists:%{l}.x.test -all", "A o'brien.x.test", { mailFrom: "o'brien@example.test" }],
    ["a quoted local-part", "v=spf1 exists:%{l}.x.test -all", 'A "a@b".x.test', { mailFrom: '"a@b"@example.test' }],
    ["the IPv6 name", "v=spf1 exists:%{ir}.%{v}.x.test -all", "A 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.x.test", { ip: "2001:db8::1" }],
    ["with an a and a length", "v=spf1 a:%{d}/24 -all", "A example.test", {}],
    ["with an mx", "v=spf1 mx:%{d2} -all", "MX example.test", {}],
    ["with an include", "v=spf1 include:_%{l}.%{d} -all", "TXT _alice.example.test", {}],
    ["253 octets are not cut", `v=spf1 exists:${"y".repeat(5)}.${`${label}.`.repeat(4)}%{h} -all`, `A ${"y".repeat(5)}.${`${label}.`.repeat(4)}abc`, { helo: "abc" }],
    ["254 octets are cut on the left, by labels", `v=spf1 exists:${"y".repeat(6)}.${`${label}.`.repeat(4)}%{h} -all`, `A ${`${label}.`.repeat(4)}abc`, { helo: "abc" }],
    ["as many labels as it takes", `v=spf1 exists:${"n.".repeat(8)}${`${label}.`.repeat(5)}x.test -all`, `A ${`${label}.`.repeat(4)}x.test`, {}],
  ])("%s", async (_what, record, expected, question) => expect((await asked(record, question))[0]).toBe(expected));
});

describe("7.3: %{p}", () => {
  const names = (...PTR: string[]): Zone => ({ "1.2.0.192.in-addr.arpa": { PTR }, "example.test": { A: ["192.0.2.1"] }, "mail.example.test": { A: ["192.0.2.1"] }, "other.test": { A: ["192.0.2.1"] }, "liar.example.test": { A: ["192.0.2.9"] }, "slow.test": { fail: "timeout" } });
  test.each<readonly [string, string, Zone]>([
    ["the validated name", "other.test", names("other.test")],
    ["the domain before others", "example.test", names("other.test", "mail.example.test", "example.test")],
    ["a name below it before others", "mail.example.test", names("other.test", "mail.example.test")],
    ["not validated", "unknown", names("liar.example.test")],
    ["not validated is passed over", "other.test", names("liar.example.test", "other.test")],
    ["an error in its look-up is passed over", "other.test", names("slow.test", "other.test")],
    ["no name", "unknown", {}],
    ["a DNS error", "unknown", { "1.2.0.192.in-addr.arpa": { fail: "timeout" } }],
  ])("%s: %s", async (_what, expected, more) => {
    const questions = await asked("v=spf1 exists:%{p}.x.test -all", {}, { ...more, "example.test": { TXT: ["v=spf1 exists:%{p}.x.test -all"], A: ["192.0.2.1"] } });
    expect(questions.at(-1)).toBe(`A ${expected}.x.test`);
  });

  test("IPv6", async () => {
    const arpa = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";
    const questions = await asked("v=spf1 exists:%{p1r}.x.test -all", { ip: "2001:db8::1" }, { [arpa]: { PTR: ["mail.six.test"] }, "mail.six.test": { AAAA: ["2001:db8::1"] } });
    expect(questions.at(-1)).toBe("A mail.x.test");
  });
});

describe("RFC 8616 section 4: a local-part that is not ASCII matches no term that names it", () => {
  holds({ "xn--9ca.x.test": { A: ["127.0.0.2"] }, "é.x.test": { A: ["127.0.0.2"] } }, [
    ["exists", "v=spf1 exists:%{l}.x.test -all", { mailFrom: "é@example.test" }, { result: "fail", lookups: 1 }],
    ["include", "v=spf1 include:%{s}.x.test -all", { mailFrom: "é@example.test" }, "fail"],
    ["redirect", "v=spf1 redirect=%{l}.x.test", { mailFrom: "é@example.test" }, "permerror"],
    ["terms without it go on", "v=spf1 exists:%{l}.x.test ip4:192.0.2.1 -all", { mailFrom: "é@example.test" }, "pass"],
  ]);
});
