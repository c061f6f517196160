import { describe, expect, test } from "vitest";
import { parseDomain, parseIp } from "../../address/index.ts";
import { type Zone, zone } from "../../dns/zone.ts";
import type { SpfAssumption, SpfCorrection } from "../types.ts";
import { type CorrectionRequest, correctSpf } from "./index.ts";

type Asked = Partial<Omit<CorrectionRequest, "domain" | "ip">> & { domain?: string; ip?: string | null };

function requestOf({ domain = "example.test", ip = null, ...rest }: Asked): CorrectionRequest {
  const read = parseDomain(domain);
  if (!read.ok) throw new Error(domain);
  return { domain: read.domain, ip: ip === null ? null : parseIp(ip), helo: null, ptr: null, mx: [], stranger: false, ...rest };
}

const correct = (entries: Zone, asked: Asked = {}) => correctSpf(requestOf(asked), zone(entries));

const spf = (...records: string[]) => ({ TXT: records });

/** Zones that many cases share. */
const SHARED: Zone = {
  "a.test": { TXT: ["v=spf1 ip4:198.51.100.0/28 -all"], A: ["198.51.100.1"] },
  "b.test": spf("v=spf1 ip4:198.51.100.16/28 ip6:2001:db8:b::/48 ~all"),
  "c.test": spf("v=spf1 include:a.test include:b.test -all"),
  "nospf.test": { A: ["192.0.2.77"] },
  "mail.test": { A: ["192.0.2.25"] },
  "_spf.google.com": spf("v=spf1 ip4:203.0.113.0/26 ip6:2001:db8:900::/40 ~all"),
  "spf.protection.outlook.com": spf("v=spf1 ip4:203.0.113.64/26 -all"),
};

const IP = "192.0.2.9";

/** Today's records, the refused address, the proposed record; null where nothing is proposed. */
const TABLE: [why: string, today: string[], ip: string | null, proposed: string | null, more?: Zone][] = [
  ["a record in order stays", ["v=spf1 ip4:192.0.2.9 -all"], IP, null],
  ["a record in order stays, its odd case too", ["V=SPF1 +IP4:192.0.2.9 Include:A.Test -ALL"], IP, null],
  ["a record in order stays, without an address to ask for", ["v=spf1 include:a.test -all"], null, null],
  ["the sender is added before all", ["v=spf1 include:a.test -all"], IP, "v=spf1 include:a.test ip4:192.0.2.9 -all"],
  ["an IPv6 sender", ["v=spf1 include:a.test ~all"], "2001:db8::25", "v=spf1 include:a.test ip6:2001:db8::25 ~all"],
  ["before redirect", ["v=spf1 redirect=a.test"], IP, "v=spf1 ip4:192.0.2.9 redirect=a.test"],
  ["before all and exp", ["v=spf1 include:a.test -all exp=why.test"], IP, "v=spf1 include:a.test ip4:192.0.2.9 -all exp=why.test"],
  ["before exp in front of all", ["v=spf1 include:a.test exp=why.test -all"], IP, "v=spf1 include:a.test ip4:192.0.2.9 exp=why.test -all"],
  ["in front, where it is excluded", ["v=spf1 -ip4:192.0.2.0/24 include:a.test -all"], IP, "v=spf1 ip4:192.0.2.9 -ip4:192.0.2.0/24 include:a.test -all"],
  ["a domain that sends nothing", ["v=spf1 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],

  ["two records", ["v=spf1 include:a.test ~all", "v=spf1 include:b.test -all"], null, "v=spf1 include:a.test include:b.test -all"],
  ["two records in the other order", ["v=spf1 include:b.test -all", "v=spf1 include:a.test ~all"], null, "v=spf1 include:a.test include:b.test -all"],
  ["two records alike", ["v=spf1 include:a.test -all", "v=spf1 include:a.test -all"], null, "v=spf1 include:a.test -all"],
  ["two records, one a redirect", ["v=spf1 redirect=a.test", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 -all"], null, "v=spf1 ip4:192.0.2.1 ip4:192.0.2.2 include:a.test -all"],
  ["two records and a sender", ["v=spf1 mx ~all", "v=spf1 include:a.test ~all"], IP, "v=spf1 include:a.test mx ip4:192.0.2.9 ~all", { "example.test": { MX: [[10, "mail.test"]] } }],
  ["three records, one broken", ["v=spf1 include:a.test ~all", "v=spf1 ip4:192.0.2.1 all:", "v=spf1 ip4:192.0.2.2"], null, "v=spf1 include:a.test ip4:192.0.2.1 ip4:192.0.2.2 ~all"],

  ["ipv4:", ["v=spf1 ipv4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["ip:", ["v=spf1 ip:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["ip4=", ["v=spf1 ip4=192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["include=", ["v=spf1 include=a.test -all"], "198.51.100.1", "v=spf1 include:a.test -all"],
  ["IP4 :", ["v=spf1 IP4 : 192.0.2.9 -all"], IP, "v=spf1 IP4:192.0.2.9 -all"],
  ["ip4: with a blank", ["v=spf1 ip4: 192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a bare address", ["v=spf1 192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["all:", ["v=spf1 ip4:192.0.2.9 all:"], IP, "v=spf1 ip4:192.0.2.9 ~all"],
  ["-all.", ["v=spf1 ip4:192.0.2.9 -all."], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["~all;", ["v=spf1 ip4:192.0.2.9 ~all;"], IP, "v=spf1 ip4:192.0.2.9 ~all"],
  ["- all", ["v=spf1 ip4:192.0.2.9 - all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["commas", ["v=spf1,ip4:192.0.2.9,include:a.test,-all"], IP, "v=spf1 ip4:192.0.2.9 include:a.test -all"],
  ["a comma between two includes", ["v=spf1 include:a.test,include:b.test -all"], "198.51.100.1", "v=spf1 include:a.test include:b.test -all"],
  ["a list behind one include", ["v=spf1 include:a.test,b.test -all"], "198.51.100.1", "v=spf1 include:a.test include:b.test -all"],
  ["a list of addresses", ["v=spf1 ip4:192.0.2.9,192.0.2.10 -all"], IP, "v=spf1 ip4:192.0.2.9 ip4:192.0.2.10 -all"],
  ["quotes around all", ['v=spf1 ip4:192.0.2.9 "-all"'], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["curly quotes around all", ["v=spf1 ip4:192.0.2.9 “~all”"], IP, "v=spf1 ip4:192.0.2.9 ~all"],
  ["full-width quotes around all", ["v=spf1 ip4:192.0.2.9 ＂~all＂"], IP, "v=spf1 ip4:192.0.2.9 ~all"],
  ["quotes around the record", ['"v=spf1 ip4:192.0.2.9 ~all"'], IP, "v=spf1 ip4:192.0.2.9 ~all"],
  ["quotes of split strings", ['"v=spf1 include:a.te" "st ip4:192.0.2.9 -all"'], IP, "v=spf1 include:a.test ip4:192.0.2.9 -all"],
  ["quotes of split strings at a blank", ['v=spf1 include:a.test " "ip4:192.0.2.9 -all'], IP, "v=spf1 include:a.test ip4:192.0.2.9 -all"],
  ["full-width characters", ["v=spf1 ｉｎｃｌｕｄｅ：ａ．ｔｅｓｔ　ip4:192.0.2.9 ～ａｌｌ"], IP, "v=spf1 include:a.test ip4:192.0.2.9 ~all"],
  ["an en dash", ["v=spf1 ip4:192.0.2.9 –all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a non-breaking space", ["v=spf1 include:a.test\u00a0ip4:192.0.2.9 -all"], IP, "v=spf1 include:a.test ip4:192.0.2.9 -all"],
  ["a non-breaking space after the version", ["v=spf1\u00a0ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a zero-width space", ["v=spf1 ip4:192.0.2.9\u200b -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a byte order mark", ["\ufeffv=spf1 ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a tab", ["v=spf1\tip4:192.0.2.9\t-all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a leading space", [" v=spf1 ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a missing space before include", ["v=spf1 include:a.testinclude:b.test -all"], "198.51.100.1", "v=spf1 include:a.test include:b.test -all"],
  ["a missing space before all", ["v=spf1 ip4:192.0.2.9-all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a missing space between include and all", ["v=spf1 include:a.test-all"], "198.51.100.1", "v=spf1 include:a.test -all"],
  ["a missing space after the version", ["v=spf1include:a.test ~all"], "198.51.100.1", "v=spf1 include:a.test ~all"],
  ["mx and include in one word", ["v=spf1 mxinclude:a.test -all"], "198.51.100.1", "v=spf1 mx include:a.test -all", { "example.test": { MX: [[10, "mail.test"]] } }],
  ["include of an address", ["v=spf1 include:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["include of a network", ["v=spf1 include:192.0.2.0/28 -all"], IP, "v=spf1 ip4:192.0.2.0/28 -all"],
  ["include of a URL", ["v=spf1 include:https://a.test/ -all"], "198.51.100.1", "v=spf1 include:a.test -all"],
  ["include of a mailbox", ["v=spf1 include:me@a.test -all"], "198.51.100.1", "v=spf1 include:a.test -all"],
  ["a: of a URL", ["v=spf1 a:http://mail.test -all"], "192.0.2.25", "v=spf1 a:mail.test -all"],
  ["ip4: of a host", ["v=spf1 ip4:mail.test -all"], "192.0.2.25", "v=spf1 a:mail.test -all"],
  ["ip4: of an IPv6 address", ["v=spf1 ip4:2001:db8::1 -all"], "2001:db8::1", "v=spf1 ip6:2001:db8::1 -all"],
  ["ip6: of an IPv4 address", ["v=spf1 ip6:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a prefix out of range", ["v=spf1 ip4:192.0.2.9/33 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a netmask", ["v=spf1 ip4:192.0.2.0/255.255.255.0 -all"], IP, "v=spf1 ip4:192.0.2.0/24 -all"],
  ["a star", ["v=spf1 ip4:192.0.2.* -all"], IP, "v=spf1 ip4:192.0.2.0/24 -all"],
  ["a range", ["v=spf1 ip4:192.0.2.8-192.0.2.11 -all"], IP, "v=spf1 ip4:192.0.2.8/30 -all"],
  ["leading zeros", ["v=spf1 ip4:192.000.002.009 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["v=spf1;", ["v=spf1; ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["v=spf 1", ["v=spf 1 ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["v = spf1", ["v = spf1 ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["v=spf2", ["v=spf2 ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["v=spfl", ["v=spfl ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["spf1", ["spf1 ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a second version inside", ["v=spf1 include:a.test v=spf1 ip4:192.0.2.9 -all"], IP, "v=spf1 include:a.test ip4:192.0.2.9 -all"],
  ["two records in one", ["v=spf1 include:a.test ~all v=spf1 include:b.test -all"], null, "v=spf1 include:a.test include:b.test ~all"],
  ["mx.", ["v=spf1 mx. -all"], "192.0.2.25", "v=spf1 mx -all", { "example.test": { MX: [[10, "mail.test"]] } }],
  ["an unknown mechanism", ["v=spf1 ptr4 ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["spf:", ["v=spf1 spf:a.test -all"], "198.51.100.1", "v=spf1 include:a.test -all"],
  ["inculde:", ["v=spf1 inculde:a.test -all"], "198.51.100.1", "v=spf1 include:a.test -all"],
  ["redirect:", ["v=spf1 redirect:a.test"], "198.51.100.1", "v=spf1 redirect=a.test"],
  ["two redirects", ["v=spf1 redirect=a.test redirect=b.test"], "198.51.100.1", "v=spf1 redirect=a.test"],
  ["an unknown modifier is nobody's business", ["v=spf1 ip4:192.0.2.9 ra=postmaster -all"], IP, null],

  ["a missing all", ["v=spf1 ip4:192.0.2.9"], IP, "v=spf1 ip4:192.0.2.9 ~all"],
  ["text after all", ["v=spf1 include:a.test -all ip4:192.0.2.9"], IP, "v=spf1 include:a.test ip4:192.0.2.9 -all"],
  ["two alls", ["v=spf1 ip4:192.0.2.9 -all ~all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["redirect beside all", ["v=spf1 ip4:192.0.2.9 -all redirect=a.test"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["+all", ["v=spf1 include:a.test +all"], IP, "v=spf1 include:a.test ip4:192.0.2.9 ~all"],
  ["all alone", ["v=spf1 all"], IP, "v=spf1 ip4:192.0.2.9 ~all"],
  ["?all", ["v=spf1 ip4:192.0.2.9 ?all"], IP, "v=spf1 ip4:192.0.2.9 ~all"],

  ["an include without a record", ["v=spf1 include:nospf.test include:a.test -all"], "198.51.100.1", "v=spf1 include:a.test -all"],
  ["an include of no name", ["v=spf1 include:gone.test include:a.test -all"], IP, "v=spf1 include:a.test ip4:192.0.2.9 -all"],
  ["a redirect to nowhere", ["v=spf1 include:a.test redirect=gone.test"], IP, "v=spf1 include:a.test ip4:192.0.2.9 ~all"],
  ["an include of itself", ["v=spf1 include:example.test ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["a loop keeps the rest", ["v=spf1 include:loop.test -all"], "192.0.2.40", "v=spf1 ip4:192.0.2.40 -all", { "loop.test": spf("v=spf1 ip4:192.0.2.40 include:example.test -all") }],
  ["a dead include further down", ["v=spf1 include:half.test -all"], "198.51.100.1", "v=spf1 include:a.test ip4:192.0.2.50 -all", { "half.test": spf("v=spf1 include:a.test ip4:192.0.2.50 include:gone.test -all") }],
  ["a syntax error further down", ["v=spf1 include:typo.test -all"], "192.0.2.60", "v=spf1 ip4:192.0.2.60 -all", { "typo.test": spf("v=spf1 ip4:192.0.2.60 ipv4:192.0.2.61 -all") }],
  ["two records further down", ["v=spf1 include:two.test -all"], "192.0.2.60", "v=spf1 ip4:192.0.2.60 ip4:192.0.2.61 -all", { "two.test": spf("v=spf1 ip4:192.0.2.60 -all", "v=spf1 ip4:192.0.2.61 -all") }],

  ["ptr, the sender known", ["v=spf1 ptr -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["ptr that the MX hosts pass by", ["v=spf1 ptr -all"], null, "v=spf1 mx -all", { "example.test": { MX: [[10, "mx.example.test"]] }, "mx.example.test": { A: ["192.0.2.30"] }, "30.2.0.192.in-addr.arpa": { PTR: ["mx.example.test"] } }],
  ["ptr beside what is enough", ["v=spf1 ip4:192.0.2.9 ptr -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],

  ["three void terms", ["v=spf1 a:v1.test a:v2.test a:v3.test ip4:192.0.2.9 -all"], IP, "v=spf1 ip4:192.0.2.9 -all"],
  ["two void terms are allowed", ["v=spf1 a:v1.test a:v2.test ip4:192.0.2.9 -all"], IP, null],
];

describe("today's record and the refused address give the proposed record", () => {
  test.each(TABLE)("%s: %j, %s", async (_why, today, ip, proposed, more = {}) => {
    const entries: Zone = { ...SHARED, ...more, "example.test": { ...more["example.test"], TXT: today } };
    const correction = await correct(entries, { ip });
    expect(correction?.value ?? null).toBe(proposed);
    if (correction === null) return;
    wellFormed(correction);
    expect(correction.replaces.toSorted()).toEqual(today.toSorted());
    expect(await correct({ ...entries, "example.test": { ...more["example.test"], TXT: [correction.value] } }, { ip })).toBeNull();
  });
});

/** What holds of every correction. */
function wellFormed(correction: SpfCorrection) {
  expect(correction.strings.join("")).toBe(correction.value);
  for (const string of correction.strings) expect(Buffer.byteLength(string)).toBeLessThanOrEqual(255);
  expect(correction.changes.flatMap((change) => change.after ?? []).join(" ")).toBe(correction.value);
  expect(correction.changes.some((change) => change.kind !== "kept")).toBe(true);
  for (const change of correction.changes) expect(change.reason === null).toBe(change.kind === "kept");
  expect(correction.proof.kept).toBe(correction.proof.of);
  expect(correction.proof.lookups).toBeLessThanOrEqual(10);
  expect(correction.proof.voidLookups).toBeLessThanOrEqual(2);
  if (correction.proof.ip !== null) expect(correction.proof.result).toBe("pass");
}

describe("a first record", () => {
  const google = { names: ["mail-yw1-f1.google.com"], confirmed: true };

  test.each<[why: string, entries: Zone, asked: Asked, proposed: string | null, assumptions: SpfAssumption[]]>([
    ["nothing known", { "example.test": { A: ["192.0.2.1"] } }, {}, null, []],
    ["the sender alone", { "example.test": { A: ["192.0.2.1"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ~all", ["refused-sender-is-yours", "no-other-senders-known", "softfail-until-sure"]],
    ["a provider's sender", { "example.test": { A: ["192.0.2.1"] } }, { ip: "203.0.113.5", ptr: google }, "v=spf1 include:_spf.google.com ~all", ["refused-sender-is-yours", "no-other-senders-known", "provider-recognised-by-address", "softfail-until-sure"]],
    ["a reverse name that the provider doesn't vouch for", { "example.test": { A: ["192.0.2.1"] } }, { ip: IP, ptr: google }, "v=spf1 ip4:192.0.2.9 ~all", ["refused-sender-is-yours", "no-other-senders-known", "softfail-until-sure"]],
    [
      "mailboxes at a provider, the sender elsewhere",
      { "example.test": { MX: [[1, "aspmx.l.google.com"]] } },
      { ip: IP, mx: ["aspmx.l.google.com"] },
      "v=spf1 include:_spf.google.com ip4:192.0.2.9 ~all",
      ["refused-sender-is-yours", "mx-sends-mail", "no-other-senders-known", "softfail-until-sure"],
    ],
    [
      "MX hosts of its own",
      { "example.test": { MX: [[10, "mx.example.test"]] }, "mx.example.test": { A: ["192.0.2.30"] } },
      { ip: "192.0.2.30", mx: ["mx.example.test"], stranger: true },
      "v=spf1 mx ~all",
      ["sender-may-be-a-forwarder", "mx-sends-mail", "no-other-senders-known", "softfail-until-sure"],
    ],
    [
      "replies read by a service's program",
      { "example.test": { MX: [[10, "mx.sendgrid.net"]] }, "sendgrid.net": { TXT: ["v=spf1 ip4:198.51.100.0/24 ~all"] } },
      { ip: IP, mx: ["mx.sendgrid.net"] },
      "v=spf1 ip4:192.0.2.9 ~all",
      ["refused-sender-is-yours", "no-other-senders-known", "softfail-until-sure"],
    ],
    ["a null MX", { "example.test": { MX: [[0, "."]] } }, { ip: IP, mx: [""] }, "v=spf1 ip4:192.0.2.9 ~all", ["refused-sender-is-yours", "no-other-senders-known", "softfail-until-sure"]],
    ["a subdomain without a name", { "example.test": { A: ["192.0.2.1"] } }, { domain: "news.example.test", ip: IP }, "v=spf1 ip4:192.0.2.9 ~all", ["refused-sender-is-yours", "no-other-senders-known", "softfail-until-sure"]],
    ["a domain that isn't there", {}, { ip: IP }, null, []],
    ["another TXT record is no SPF record", { "example.test": { TXT: ["spf is great", "google-site-verification=abc"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ~all", ["refused-sender-is-yours", "no-other-senders-known", "softfail-until-sure"]],
    ["Sender ID is no SPF record", { "example.test": { TXT: ["spf2.0/pra ip4:192.0.2.1 -all"] } }, { ip: IP }, "v=spf1 ip4:192.0.2.9 ~all", ["refused-sender-is-yours", "no-other-senders-known", "softfail-until-sure"]],
  ])("%s", async (_why, entries, asked, proposed, assumptions) => {
    const correction = await correct({ ...SHARED, ...entries }, asked);
    expect(correction?.value ?? null).toBe(proposed);
    expect(correction?.assumptions ?? []).toEqual(assumptions);
    if (correction !== null) wellFormed(correction);
    if (correction !== null) expect(correction.action).toBe("create");
  });
});

describe("a provider's sender in a record that has others", () => {
  test("the include goes before all", async () => {
    const correction = await correct({ ...SHARED, "example.test": spf("v=spf1 include:a.test -all") }, { ip: "203.0.113.70", ptr: { names: ["mail.outbound.protection.outlook.com"], confirmed: true } });
    expect(correction?.value).toBe("v=spf1 include:a.test include:spf.protection.outlook.com -all");
    expect(correction?.changes.at(-2)).toEqual({ kind: "added", before: null, after: "include:spf.protection.outlook.com", reason: "provider-of-refused-sender", by: "Microsoft 365" });
  });

  test("the address instead, where the include can't be looked up", async () => {
    const correction = await correct({ "example.test": spf("v=spf1 ip4:192.0.2.1 -all"), "_spf.google.com": { fail: "timeout" } }, { ip: "203.0.113.5", ptr: { names: ["x.google.com"], confirmed: true } });
    expect(correction?.value).toBe("v=spf1 ip4:192.0.2.1 ip4:203.0.113.5 -all");
  });
});

describe("what could not be looked up is never taken for missing", () => {
  test.each(["timeout", "server-failure", "refused", "not-asked"] as const)("the domain's own record: %s", async (fail) => {
    expect(await correct({ ...SHARED, "example.test": { fail: { TXT: fail } } }, { ip: IP })).toBeNull();
  });

  test.each(["timeout", "server-failure", "refused", "not-asked"] as const)("an include: %s", async (fail) => {
    const correction = await correct({ ...SHARED, "example.test": spf("v=spf1 include:a.test include:silent.test -all"), "silent.test": { fail } }, { ip: IP });
    expect(correction?.value).toBe("v=spf1 ip4:192.0.2.9 include:a.test include:silent.test -all");
    expect(correction?.assumptions).toContain("some-lookups-unanswered");
  });
});

describe("over ten lookups", () => {
  const includes = (count: number) => Array.from({ length: count }, (_, n) => `include:s${n}.test`).join(" ");
  const services: Zone = Object.fromEntries(Array.from({ length: 14 }, (_, n) => [`s${n}.test`, spf(`v=spf1 ip4:198.51.100.${n * 16}/28 -all`)]));

  test("duplicates go first", async () => {
    const correction = await correct({ ...services, "example.test": spf(`v=spf1 ${includes(10)} include:S3.test -all`) });
    expect(correction?.value).toBe(`v=spf1 ${includes(10)} -all`);
    expect(correction?.changes.find((change) => change.kind === "removed")).toEqual({ kind: "removed", before: "include:S3.test", after: null, reason: "duplicate" });
  });

  test("then what others cover", async () => {
    const correction = await correct({ ...services, "mail.test": { A: ["198.51.100.5"] }, "example.test": spf(`v=spf1 ${includes(10)} a:mail.test -all`) });
    expect(correction?.value).toBe(`v=spf1 ${includes(10)} -all`);
    expect(correction?.changes.find((change) => change.kind === "removed")).toEqual({ kind: "removed", before: "a:mail.test", after: null, reason: "covered", by: "include:s0.test" });
  });

  test("then hosts of the domain's own by their addresses", async () => {
    const correction = await correct({ ...services, "example.test": { TXT: [`v=spf1 a ${includes(10)} -all`], A: ["192.0.2.80"] } });
    expect(correction?.value).toBe(`v=spf1 ip4:192.0.2.80 ${includes(10)} -all`);
    expect(correction?.assumptions).toEqual(["own-addresses-copied"]);
    expect(correction?.copiedFrom).toEqual([]);
  });

  test("a big provider last", async () => {
    const zones = { ...SHARED, ...services, "example.test": spf(`v=spf1 include:_spf.google.com ${includes(10)} -all`) };
    expect((await correct(zones))?.value).toBe(`v=spf1 ip4:198.51.100.0/28 include:_spf.google.com ${includes(10).replace("include:s0.test ", "")} -all`);
  });

  test("an include that only gathers others is opened", async () => {
    const gathered = { ...services, "all.test": spf(`v=spf1 ${includes(10)} -all`), "example.test": spf("v=spf1 include:all.test -all") };
    expect((await correct(gathered))?.value).toBe(`v=spf1 ${includes(10)} -all`);
  });

  test("exclusions keep their place and their meaning", async () => {
    const entries = { ...services, "example.test": spf(`v=spf1 -ip4:198.51.100.1 ${includes(11)} ~all`) };
    const correction = await correct(entries);
    expect(correction?.value).toMatch(/^v=spf1 -ip4:198\.51\.100\.1 /);
  });

  test("macros stay", async () => {
    const correction = await correct({ ...services, "example.test": spf(`v=spf1 exists:%{i}.ok.test ${includes(10)} -all`) });
    expect(correction?.value).toMatch(/ exists:%\{i\}\.ok\.test /);
    expect(correction?.assumptions).toContain("macro-terms-kept");
  });

  test("fourteen, and one more sender", async () => {
    const correction = await correct({ ...services, "example.test": spf(`v=spf1 ${includes(14)} -all`) }, { ip: IP });
    expect(correction?.proof).toMatchObject({ result: "pass", ip: IP, lookups: 10, kept: 14, of: 14 });
  });

  test("nothing is proposed where it can't be done honestly", async () => {
    const open = Array.from({ length: 11 }, (_, n) => `exists:%{i}.${n}.test`).join(" ");
    expect(await correct({ "example.test": spf(`v=spf1 ${open} -all`) }, { ip: IP })).toBeNull();
  });
});

test("a long record is cut into strings of 255 octets", async () => {
  const record = `v=spf1 ${Array.from({ length: 40 }, (_, n) => `ip4:192.0.2.${n * 5}`).join(" ")} -all`;
  const correction = await correct({ "example.test": spf(record) }, { ip: "198.51.100.200" });
  expect(correction?.strings.length).toBe(3);
  if (correction !== null) wellFormed(correction);
});

test("each change has its reason, in the order of the proposed record", async () => {
  const correction = await correct({ ...SHARED, "example.test": spf("v=spf1 ipv4:192.0.2.1 include:gone.test include:a.test ?all") }, { ip: IP });
  expect(correction?.changes).toEqual([
    { kind: "kept", before: "v=spf1", after: "v=spf1", reason: null },
    { kind: "changed", before: "ipv4:192.0.2.1", after: "ip4:192.0.2.1", reason: "misspelt-mechanism" },
    { kind: "removed", before: "include:gone.test", after: null, reason: "dead-include" },
    { kind: "kept", before: "include:a.test", after: "include:a.test", reason: null },
    { kind: "added", before: null, after: "ip4:192.0.2.9", reason: "refused-sender" },
    { kind: "changed", before: "?all", after: "~all", reason: "neutral-all-replaced" },
  ]);
  expect(correction?.assumptions).toEqual(["refused-sender-is-yours", "softfail-until-sure", "dead-includes-stay-dead", "repaired-as-meant"]);
});
