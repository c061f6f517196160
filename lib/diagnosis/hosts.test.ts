import { describe, expect, test } from "vitest";
import { parseIp, reverseName } from "../address/index.ts";
import { recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { diagnose } from "./diagnose.ts";
import { rememberedFor, roundedWait } from "./remembered.ts";
import { type Report, reportSchema } from "./report.ts";

const IP = "203.0.113.7";
const reverse = (text: string) => {
  const ip = parseIp(text);
  if (ip === null) throw new Error(text);
  return reverseName(ip);
};
const base: Zone = { "shop.test": { TXT: [`v=spf1 ip4:${IP} ip6:2001:db8::25 -all`], MX: [[10, "mail.shop.test"]] }, "mail.shop.test": { A: [IP] }, "_dmarc.shop.test": { TXT: ["v=DMARC1; p=none"] } };
const unauthenticated = (helo: string) => `EHLO ${helo}
MAIL FROM:<a@shop.test>
550-5.7.26 This mail has been blocked because the sender is unauthenticated.
550-5.7.26  SPF [shop.test] with ip: [${IP}] = did not pass
550 5.7.26  https://support.google.com/mail/answer/81126#authentication x - gsmtp`;
const ipv6 = `550-5.7.1 [2001:db8::25] Our system has detected that this message does not meet IPv6 sending guidelines regarding PTR records and authentication. 550 5.7.1 https://support.google.com/mail/?p=IPv6AuthError x - gsmtp
from=<a@shop.test>`;

async function report(input: string, more: Zone, sendingIp?: string): Promise<Report> {
  const outcome = await diagnose(
    { input, sendingIp },
    { dns: (hooks) => ({ ...recording(zone({ ...base, ...more }), hooks), servers: ["127.0.0.1:53"], close: () => undefined }), id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date(0), expiresAt: null },
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(outcome.report);
}
/** Of the hosts alone, without what is well. */
const told = ({ findings }: Report) => findings.filter(({ code, severity }) => code.startsWith("transport.") && severity !== "pass").map(({ code }) => code);

describe("what the sending host is called", () => {
  const named = (...names: string[]): Zone => ({ [reverse(IP)]: { PTR: names }, ...Object.fromEntries(names.map((name) => [name, { A: [IP] }])) });
  test.each<[name: string, more: Zone, expected: string[]]>([
    ["a name of its own", named("mail.shop.test"), []],
    ["two", named("mail.shop.test", "www.shop.test"), ["transport.ptr-several"]],
    ["its network's", named("ec2-203-0-113-7.compute-1.amazonaws.com"), ["transport.ptr-generic"]],
    ["its network's and one of its own", named("ec2-203-0-113-7.compute-1.amazonaws.com", "mail.shop.test"), ["transport.ptr-several"]],
    ["none", {}, ["transport.ptr-missing"]],
    ["one that leads elsewhere", { [reverse(IP)]: { PTR: ["static-203-0-113-7.isp.test"] } }, ["transport.ptr-unconfirmed"]],
    ["not known", { [reverse(IP)]: { fail: "timeout" } }, []],
  ])("%s", async (_name, more, expected) => expect(told(await report("shop.test", more, IP))).toEqual(expected));
});

describe("how it greets", () => {
  const own: Zone = { [reverse(IP)]: { PTR: ["mail.shop.test"] } };
  test.each<[helo: string, more: Zone, expected: string[]]>([
    ["mail.shop.test", {}, []],
    ["gone.shop.test", {}, ["transport.helo-unresolved"]],
    ["other.shop.test", { "other.shop.test": { A: ["192.0.2.9"] } }, ["transport.helo-differs"]],
    ["slow.shop.test", { "slow.shop.test": { fail: "timeout" } }, []],
  ])("%s", async (helo, more, expected) => {
    const result = await report(unauthenticated(helo), { ...own, ...more });
    expect(result.subject.helo).toBe(helo);
    expect(told(result)).toEqual(expected);
    // No reason to refuse mail (RFC 5321 section 4.1.4).
    expect(result.verdict.outcome).toBe("accepted");
  });
});

describe("Gmail's rule for IPv6", () => {
  test.each<[name: string, more: Zone, verdict: object]>([
    ["no PTR", {}, { outcome: "refused", cause: "transport.ptr-missing" }],
    ["a PTR that leads elsewhere", { [reverse("2001:db8::25")]: { PTR: ["mail.shop.test"] } }, { outcome: "refused", cause: "transport.ptr-unconfirmed" }],
    ["the PTR not known", { [reverse("2001:db8::25")]: { fail: "server-failure" } }, { outcome: "unknown", cause: "dns.unanswered" }],
    ["both right by now", { [reverse("2001:db8::25")]: { PTR: ["v6.shop.test"] }, "v6.shop.test": { AAAA: ["2001:db8::25"] } }, { outcome: "accepted", cause: "bounce.mended" }],
  ])("%s", async (_name, more, verdict) => expect((await report(ipv6, more)).verdict).toEqual(verdict));
});

test("what is asked of those who send to the domain is no matter of acceptance", async () => {
  const result = await report("shop.test", { "_mta-sts.shop.test": { TXT: ["v=STSv1"] }, "_smtp._tls.shop.test": { TXT: ["v=TLSRPTv1; rua=mailto:tls@shop.test"] } });
  expect(told(result)).toEqual(["transport.mta-sts-invalid"]);
  expect(result.transport).toMatchObject({ mtaSts: { status: "invalid" }, tlsRpt: { status: "valid", record: "v=TLSRPTv1; rua=mailto:tls@shop.test" } });
  expect(result.verdict.cause).toBe("dkim.no-selector");
});

describe("how long others remember", () => {
  const delegation = { zone: "shop.test", domain: "shop.test", dmarcName: "_dmarc.shop.test", bogus: false, negativeTtl: 900, ttls: [{ name: "shop.test", type: "TXT" as const, seconds: 600 }], servers: [] };
  test.each<[name: string, before: "record" | "absence" | "either", expected: number | null]>([
    ["shop.test", "record", 600], ["shop.test", "absence", 900], ["shop.test", "either", 900], ["_dmarc.shop.test", "either", 900], ["_dmarc.shop.test", "record", null],
  ])("%s, %s: %s", (name, before, expected) => {
    expect(rememberedFor(delegation, name, before)).toBe(expected);
    expect(rememberedFor(null, name, before)).toBeNull();
  });
  test.each<[seconds: number | null, expected: object]>([[null, { wait: 0, unit: "" }], [0, { wait: 0, unit: "" }], [1, { wait: 1, unit: "minutes" }], [300, { wait: 5, unit: "minutes" }], [3600, { wait: 60, unit: "minutes" }], [7200, { wait: 2, unit: "hours" }], [86_401, { wait: 25, unit: "hours" }]])("%s", (seconds, expected) => expect(roundedWait(seconds)).toEqual(expected));
});
