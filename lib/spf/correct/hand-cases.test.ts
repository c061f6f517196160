import { describe, expect, test } from "vitest";
import { parseDomain, parseIp } from "../../address/index.ts";
import { overlay } from "../../dns/overlay.ts";
import { type Zone, zone } from "../../dns/zone.ts";
import { type CorrectionRequest, correctSpf } from "./index.ts";

/** Cases written by hand, each with the record that an experienced mail engineer would write. */

const SHARED: Zone = {
  "a.test": { TXT: ["v=spf1 ip4:198.51.100.0/28 -all"], A: ["198.51.100.1"] },
  "b.test": { TXT: ["v=spf1 ip4:198.51.100.16/28 ip6:2001:db8:b::/48 ~all"] },
  "mail.test": { A: ["192.0.2.25"] },
  "_spf.google.com": { TXT: ["v=spf1 include:_netblocks.google.com include:_netblocks2.google.com include:_netblocks3.google.com ~all"] },
  "_netblocks.google.com": { TXT: ["v=spf1 ip4:203.0.113.0/26 ~all"] },
  "_netblocks2.google.com": { TXT: ["v=spf1 ip6:2001:db8:900::/40 ~all"] },
  "_netblocks3.google.com": { TXT: ["v=spf1 ip4:203.0.113.128/26 ~all"] },
};
/** Fourteen services, each with a network of its own. */
const SERVICES: Zone = Object.fromEntries(Array.from({ length: 14 }, (_, n) => [`s${n}.test`, { TXT: [`v=spf1 ip4:198.51.100.${n * 16}/28 -all`] }]));
const including = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `include:s${from + n}.test`).join(" ");
const IP = "192.0.2.9";

type Asked = Partial<Omit<CorrectionRequest, "domain" | "ip">> & { domain?: string; ip?: string | null };

/** One fault each: what was meant stays, and no more than that. */
const FAULTY: [text: string, proposed: string | null][] = [
  ["a: -all", "a ip4:192.0.2.9 -all"],
  ["mx/ -all", "mx ip4:192.0.2.9 -all"],
  ["a:/24 -all", "a/24 ip4:192.0.2.9 -all"],
  ["mx:/28//64 -all", "mx/28//64 ip4:192.0.2.9 -all"],
  ["a/24// -all", "a/24 ip4:192.0.2.9 -all"],
  ["a//64/24 -all", "a ip4:192.0.2.9 -all"],
  ["-a/24/ mx -all", "-a/24 mx ip4:192.0.2.9 -all"],
  ["ip4:198.51.100.0/24/ -all", "ip4:198.51.100.0/24 ip4:192.0.2.9 -all"],
  ["ip4:http://198.51.100.1 -all", "ip4:198.51.100.1 ip4:192.0.2.9 -all"],
  ["a:http://198.51.100.1/ -all", "ip4:198.51.100.1 ip4:192.0.2.9 -all"],
  ["include:a:mail.test -all", "a:mail.test ip4:192.0.2.9 -all"],
  ["include:mx -all", "mx ip4:192.0.2.9 -all"],
  ["ip4:198.51.100.1\\032-all", "ip4:198.51.100.1 ip4:192.0.2.9 -all"],
  ["ip4:198.51.100.1\\059 -all", "ip4:198.51.100.1 ip4:192.0.2.9 -all"],
  ["ip4:198.51.100.1x mx -all", "mx ip4:192.0.2.9 -all"],
  ["exists:%{i}.list.example.test/24 mx -all", "exists:%{i}.list.example.test mx ip4:192.0.2.9 -all"],
];

/** Null: nothing is proposed. */
const CASES: [why: string, entries: Zone, asked: Asked, proposed: string | null][] = [
  ["none", { "example.test": { A: ["192.0.2.1"] } }, { ip: "2001:db8::9" }, "v=spf1 ip6:2001:db8::9 ~all"],
  ["+IP4", { "example.test": { TXT: ["v=spf1 +IP4:192.0.2.1 +Include:A.TEST ~ALL"] } }, { ip: IP }, "v=spf1 +IP4:192.0.2.1 +Include:A.TEST ip4:192.0.2.9 ~ALL"],
  ["IP4 misspelt with plus", { "example.test": { TXT: ["v=spf1 +IPv4:192.0.2.1 ~all"] } }, { ip: IP }, "v=spf1 +ip4:192.0.2.1 ip4:192.0.2.9 ~all"],
  ["exp kept", { "example.test": { TXT: ["v=spf1 include:a.test -all exp=why.test"] } }, { ip: IP }, "v=spf1 include:a.test ip4:192.0.2.9 -all exp=why.test"],
  ["exp dead", { "example.test": { TXT: ["v=spf1 include:a.test -all exp=gone.test"] } }, { ip: null }, null],
  ["macro exists kept", { "example.test": { TXT: ["v=spf1 exists:%{i}._spf.example.test include:a.test -all"] } }, { ip: IP }, "v=spf1 exists:%{i}._spf.example.test include:a.test ip4:192.0.2.9 -all"],
  ["include after -all covers", { "example.test": { TXT: ["v=spf1 mx -all include:a.test"], MX: [[1, "mail.test"]] } }, { ip: "198.51.100.3" }, "v=spf1 mx include:a.test -all"],
  ["?ip4 exclusion", { "example.test": { TXT: ["v=spf1 ?ip4:192.0.2.0/24 include:a.test -all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ?ip4:192.0.2.0/24 include:a.test -all"],
  ...FAULTY.map(([text, proposed]): [string, Zone, Asked, string | null] => [text, { "example.test": { TXT: [`v=spf1 ${text}`], A: ["203.0.113.7"], MX: [[1, "mail.test"]] } }, { ip: IP }, proposed === null ? null : `v=spf1 ${proposed}`]),
  ["a/24 mx/28", { "example.test": { TXT: ["v=spf1 a/24 mx/28 -all"], A: ["203.0.113.7"], MX: [[1, "mail.test"]] } }, { ip: IP }, "v=spf1 a/24 mx/28 ip4:192.0.2.9 -all"],
  ["a/24 covers", { "example.test": { TXT: ["v=spf1 a/24 -all"], A: ["192.0.2.200"] } }, { ip: IP }, null],
  ["a/24 mx over limit", { ...SERVICES, "example.test": { TXT: [`v=spf1 a/24 mx/28 ${including(0, 10)} -all`], A: ["203.0.113.7"], MX: [[1, "mail.test"]] } }, { ip: IP }, "v=spf1 ip4:203.0.113.0/24 ip4:192.0.2.16/28 ip4:192.0.2.9 include:s0.test include:s1.test include:s2.test include:s3.test include:s4.test include:s5.test include:s6.test include:s7.test include:s8.test include:s9.test -all"],
  ["nested eleven: google + 7 + own", { ...SERVICES, "example.test": { TXT: [`v=spf1 mx include:_spf.google.com ${including(0, 7)} -all`], MX: [[1, "mail.test"]] } }, { ip: IP }, "v=spf1 ip4:192.0.2.25 ip4:198.51.100.0/28 ip4:192.0.2.9 include:_spf.google.com include:s1.test include:s2.test include:s3.test include:s4.test include:s5.test include:s6.test -all"],
  ["redirect with many", { ...SERVICES, "example.test": { TXT: ["v=spf1 redirect=_spf.example.test"] }, "_spf.example.test": { TXT: [`v=spf1 ${including(0, 11)} -all`] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ip4:198.51.100.0/28 include:s1.test include:s2.test include:s3.test include:s4.test include:s5.test include:s6.test include:s7.test include:s8.test include:s9.test include:s10.test -all"],
  ["redirect with ten and ip", { ...SERVICES, "example.test": { TXT: ["v=spf1 redirect=_spf.example.test"] }, "_spf.example.test": { TXT: [`v=spf1 ${including(0, 10)} ~all`] } }, { ip: null }, "v=spf1 include:s0.test include:s1.test include:s2.test include:s3.test include:s4.test include:s5.test include:s6.test include:s7.test include:s8.test include:s9.test ~all"],
  ["redirect before terms, dead", { "example.test": { TXT: ["v=spf1 redirect=gone.test ip4:192.0.2.9 exp=why.test"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ~all exp=why.test"],
  ["nested voids own", { ...SERVICES, "example.test": { TXT: ["v=spf1 include:_spf.example.test -all"] }, "_spf.example.test": { TXT: ["v=spf1 a:v1.test a:v2.test a:v3.test ip4:192.0.2.1 -all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.1 ip4:192.0.2.9 -all"],
  ["void v6 mx", { ...SERVICES, "example.test": { TXT: ["v=spf1 mx a a:mail.test a:web.test include:a.test -all"], A: ["192.0.2.3"], MX: [[1, "mail.test"]] }, "web.test": { A: ["192.0.2.4"] } }, { ip: "2001:db8::25" }, "v=spf1 ip4:192.0.2.3 ip6:2001:db8::25 a:mail.test a:web.test include:a.test -all"],
  ["mutual loop", { "example.test": { TXT: ["v=spf1 include:l1.test ip4:192.0.2.1 -all"] }, "l1.test": { TXT: ["v=spf1 include:l2.test ip4:192.0.2.2 -all"] }, "l2.test": { TXT: ["v=spf1 include:l1.test ip4:192.0.2.3 -all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.3 ip4:192.0.2.2 ip4:192.0.2.1 ip4:192.0.2.9 -all"],
  ["silent include v. dead", { "example.test": { TXT: ["v=spf1 include:silent.test include:gone.test ip4:192.0.2.9 -all"] }, "silent.test": { fail: "malformed" } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 include:silent.test -all"],
  ["malformed include answer", { "example.test": { TXT: ["v=spf1 include:bad.test ip4:192.0.2.1 -all"] }, "bad.test": { fail: "malformed" } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 include:bad.test ip4:192.0.2.1 -all"],
  ["silent nested", { "example.test": { TXT: ["v=spf1 include:mid.test -all"] }, "mid.test": { TXT: ["v=spf1 include:silent.test include:gone.test ip4:192.0.2.1 -all"] }, "silent.test": { fail: "timeout" } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 include:silent.test ip4:192.0.2.1 -all"],
  ["split mid-term", { "example.test": { TXT: [["v=spf1 include:a.te", "st ip4:192.0.2.1 -all"]] } }, { ip: IP }, "v=spf1 include:a.test ip4:192.0.2.1 ip4:192.0.2.9 -all"],
  ["split loses the space", { "example.test": { TXT: [["v=spf1 include:a.test", "ip4:192.0.2.1 -all"]] } }, { ip: IP }, "v=spf1 include:a.test ip4:192.0.2.1 ip4:192.0.2.9 -all"],
  ["split loses the space at all", { "example.test": { TXT: [["v=spf1 ip4:192.0.2.1 include:a.test", "-all"]] } }, { ip: IP }, "v=spf1 ip4:192.0.2.1 include:a.test ip4:192.0.2.9 -all"],
  ["verification tokens", { "example.test": { TXT: ["google-site-verification=abc", "v=spf1 include:a.test -all", "MS=ms123"] } }, { ip: IP }, "v=spf1 include:a.test ip4:192.0.2.9 -all"],
  ["+all with includes", { "example.test": { TXT: ["v=spf1 include:a.test +all"] } }, { ip: null }, "v=spf1 include:a.test ~all"],
  ["+all alone with google mx", { "example.test": { TXT: ["v=spf1 +all"], MX: [[1, "aspmx.l.google.com"]] } }, { ip: IP, mx: ["aspmx.l.google.com"] }, "v=spf1 include:_spf.google.com ip4:192.0.2.9 ~all"],
  ["google ptr vouched", { "example.test": { TXT: ["v=spf1 include:a.test -all"] } }, { ip: "203.0.113.5", ptr: { names: ["mail-x.google.com"], confirmed: true } }, "v=spf1 include:a.test include:_spf.google.com -all"],
  ["google ptr, not vouched", { "example.test": { TXT: ["v=spf1 include:a.test -all"] } }, { ip: "203.0.113.70", ptr: { names: ["x.google.com"], confirmed: true } }, "v=spf1 include:a.test ip4:203.0.113.70 -all"],
  ["google ptr at ten lookups", { ...SERVICES, "example.test": { TXT: [`v=spf1 ${including(0, 10)} -all`] } }, { ip: "203.0.113.5", ptr: { names: ["mail-x.google.com"], confirmed: true } }, "v=spf1 ip4:198.51.100.0/28 ip4:198.51.100.16/28 ip4:198.51.100.32/28 ip4:198.51.100.48/28 include:s4.test include:s5.test include:s6.test include:s7.test include:s8.test include:s9.test include:_spf.google.com -all"],
  ["idn", { "xn--r8jz45g.test": { TXT: ["v=spf1 include:a.test -all"] } }, { domain: "例え.test", ip: IP }, "v=spf1 include:a.test ip4:192.0.2.9 -all"],
  ["idn include", { "example.test": { TXT: ["v=spf1 include:例え.test -all"] }, "xn--r8jz45g.test": { TXT: ["v=spf1 ip4:192.0.2.9 -all"] } }, { ip: IP }, "v=spf1 include:xn--r8jz45g.test -all"],
  ["sixty terms", { "example.test": { TXT: [`v=spf1 ${Array.from({ length: 62 }, (_, n) => `ip4:198.51.${n}.7`).join(" ")} ~all`] } }, { ip: IP }, `v=spf1 ${Array.from({ length: 62 }, (_, n) => `ip4:198.51.${n}.7`).join(" ")} ip4:192.0.2.9 ~all`],
  ["include of address list", { "example.test": { TXT: ["v=spf1 include:192.0.2.9 include:198.51.100.0/24 -all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ip4:198.51.100.0/24 -all"],
  ["include ip4:", { "example.test": { TXT: ["v=spf1 include:ip4:192.0.2.9 -all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 -all"],
  ["quotes at both ends and in between", { "example.test": { TXT: ['"v=spf1 include:a.test "~all""'] } }, { ip: IP }, "v=spf1 include:a.test ip4:192.0.2.9 ~all"],
  ["single quotes", { "example.test": { TXT: ["'v=spf1 include:a.test ~all'"] } }, { ip: IP }, "v=spf1 include:a.test ip4:192.0.2.9 ~all"],
  ["two records, conflict", { "example.test": { TXT: ["v=spf1 -ip4:192.0.2.9 ip4:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.9 ~all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 -ip4:192.0.2.9 ip4:192.0.2.0/24 -all"],
  ["two identical providers", { "example.test": { TXT: ["v=spf1 include:_spf.google.com ~all", "v=spf1 include:_spf.google.com include:a.test -all"] } }, { ip: null }, "v=spf1 include:_spf.google.com include:a.test -all"],
  ["two records all missing", { "example.test": { TXT: ["v=spf1 include:a.test", "v=spf1 mx"], MX: [[1, "mail.test"]] } }, { ip: null }, "v=spf1 include:a.test mx ~all"],
  ["ip6 without prefix in ip4", { "example.test": { TXT: ["v=spf1 ip4:2001:db8::9 -all"] } }, { ip: "2001:db8::9" }, "v=spf1 ip6:2001:db8::9 -all"],
  ["cidr host bits", { "example.test": { TXT: ["v=spf1 ip4:192.0.2.9/24 -all"] } }, { ip: "192.0.2.77" }, null],
  ["subdomain no record", { "example.test": { TXT: ["v=spf1 include:a.test -all"] }, "news.example.test": { MX: [[0, "."]] } }, { domain: "news.example.test", ip: IP, mx: [""] }, "v=spf1 ip4:192.0.2.9 ~all"],
  ["-all in include with redirect", { "example.test": { TXT: ["v=spf1 include:r.test -all"] }, "r.test": { TXT: ["v=spf1 redirect=a.test"] } }, { ip: "198.51.100.1" }, null],
  ["ptr with google", { "example.test": { TXT: ["v=spf1 ptr include:_spf.google.com ~all"] } }, { ip: IP }, "v=spf1 include:_spf.google.com ip4:192.0.2.9 ~all"],
  ["ptr:domain", { "example.test": { TXT: ["v=spf1 ptr:example.test ~all"], MX: [[1, "mx.example.test"]] }, "mx.example.test": { A: ["192.0.2.30"] }, "9.2.0.192.in-addr.arpa": { PTR: ["out.example.test"] }, "out.example.test": { A: [IP] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ~all"],
  ["www without -all", { "example.test": { TXT: ["v=spf1 a mx ip4:192.0.2.9 - all"], A: ["192.0.2.1"], MX: [[1, "mail.test"]] } }, { ip: IP }, "v=spf1 a mx ip4:192.0.2.9 -all"],
  ["~ all with fw tilde", { "example.test": { TXT: ["v=spf1 ip4:192.0.2.9 ˜all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ~all"],
  ["html entity", { "example.test": { TXT: ["v=spf1 ip4:192.0.2.9 &quot;-all&quot;"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 -all"],
  ["backslash quotes", { "example.test": { TXT: ['\\"v=spf1 ip4:192.0.2.9 -all\\"'] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 -all"],
  ["two v=spf1, one with trailing junk", { "example.test": { TXT: ["v=spf1 ip4:192.0.2.9 -all ; note: do not delete"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 -all"],
  ["newline", { "example.test": { TXT: ["v=spf1 ip4:192.0.2.9\n-all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 -all"],
  ["a: address", { "example.test": { TXT: ["v=spf1 a:192.0.2.9 mx:192.0.2.10 -all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ip4:192.0.2.10 -all"],
  ["eleven provider", { ...SERVICES, ...Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`p${n}.test`, { TXT: [`v=spf1 include:s${n * 2}.test include:s${n * 2 + 1}.test -all`] }])), "example.test": { TXT: [`v=spf1 include:p0.test include:p1.test include:p2.test include:p3.test ~all`] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 include:s0.test include:s1.test include:s2.test include:s3.test include:p2.test include:p3.test ~all"],
];

describe("the record that a mail engineer would write", () => {
  test.each(CASES)("%s", async (_why, entries, { domain = "example.test", ip = null, ...rest }, proposed) => {
    const read = parseDomain(domain);
    if (!read.ok) throw new Error(domain);
    const request: CorrectionRequest = { domain: read.domain, ip: ip === null ? null : parseIp(ip), helo: null, ptr: null, mx: [], stranger: false, ...rest };
    const today = zone({ ...SHARED, ...entries });
    const correction = await correctSpf(request, today);
    expect(correction?.value ?? null).toBe(proposed);
    if (correction === null) return;
    expect(correction.proof.kept).toBe(correction.proof.of);
    expect(correction.strings.join("")).toBe(correction.value);
    expect(await correctSpf(request, overlay(today, { name: read.domain, txt: [correction.value] }))).toBeNull();
  });
});
