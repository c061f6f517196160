import { describe, expect, test } from "vitest";
import { type Domain, parseDomain, parseIp } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { isNetworkGivenName } from "./generic-name.ts";
import { lookUpHelo } from "./helo.ts";
import { lookUpMtaSts, parseMtaSts } from "./mta-sts.ts";
import { lookUpTlsRpt, parseTlsRpt } from "./tls-rpt.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const SHOP = domain("shop.test");
const ip = (text: string) => {
  const parsed = parseIp(text);
  if (parsed === null) throw new Error(text);
  return parsed;
};

describe("MTA-STS record", () => {
  test.each<[text: string, expected: string]>([
    ["v=STSv1; id=20160831085700Z;", "20160831085700Z"],
    ["v=STSv1;id=1", "1"],
    ["v=STSv1; id=a; more=x", "a"],
    ["v=STSv1 ; id=a ; ", "a"],
    ["v=STSv1; id=", "bad-id"],
    ["v=STSv1; id=2026-01-01", "bad-id"],
    [`v=STSv1; id=${"a".repeat(33)}`, "bad-id"],
    ["v=STSv1;", "no-id"],
    ["v=STSv1; ID=1", "no-id"],
    ["v=STSv1; id=1; nonsense", "syntax"],
    ["v=STSv1; ; id=1", "syntax"],
    ["v=STSv1", "version"],
    ["v=stsv1; id=1", "version"],
    ["id=1; v=STSv1", "version"],
    ["", "version"],
  ])("%s", (text, expected) => {
    const record = parseMtaSts(text);
    expect(record.ok ? record.id : record.error.code).toBe(expected);
  });
});

describe("TLS-RPT record", () => {
  test.each<[text: string, expected: string | string[]]>([
    ["v=TLSRPTv1;rua=mailto:reports@shop.test", ["mailto:reports@shop.test"]],
    ["v=TLSRPTv1; rua=https://reporting.shop.test/v1/tlsrpt", ["https://reporting.shop.test/v1/tlsrpt"]],
    ["v=TLSRPTv1; rua=mailto:a@shop.test,mailto:b@shop.test", ["mailto:a@shop.test", "mailto:b@shop.test"]],
    ["v=TLSRPTv1; rua=reports@shop.test", "bad-rua"],
    ["v=TLSRPTv1; rua=http://shop.test/", "bad-rua"],
    ["v=TLSRPTv1; rua=", "no-rua"],
    ["v=TLSRPTv1;", "no-rua"],
    ["v=TLSRPTv1", "version"],
    ["v=TLSRPT1; rua=mailto:a@shop.test", "version"],
    ["v=TLSRPTv1; mailto:a@shop.test", "syntax"],
  ])("%s", (text, expected) => {
    const record = parseTlsRpt(text);
    expect(record.ok ? record.rua : record.error.code).toEqual(expected);
  });
});

describe("look-ups", () => {
  const STS = "_mta-sts.shop.test";
  test.each<[name: string, entries: Zone, expected: object]>([
    ["there, its host too", { [STS]: { TXT: ["v=STSv1; id=1"] }, "mta-sts.shop.test": { A: ["192.0.2.1"] } }, { status: "valid", id: "1", host: { addresses: ["192.0.2.1"], failure: null } }],
    ["its host is not", { [STS]: { TXT: ["v=STSv1; id=1"] } }, { status: "valid", host: { addresses: [], failure: null } }],
    ["its host unknown", { [STS]: { TXT: ["v=STSv1; id=1"] }, "mta-sts.shop.test": { fail: "timeout" } }, { status: "valid", host: { addresses: [], failure: { type: "A", status: "timeout" } } }],
    ["two", { [STS]: { TXT: ["v=STSv1; id=1", "v=STSv1; id=2"] } }, { status: "invalid", error: "several-records" }],
    ["beside something else", { [STS]: { TXT: ["other", "v=STSv1; id=2"] } }, { status: "valid", id: "2" }],
    ["meant to be one", { [STS]: { TXT: ["v=sts1; id=2"] } }, { status: "invalid", error: "version" }],
    ["none", {}, { status: "none" }],
    ["a wildcard's", { "*.shop.test": { TXT: ["v=spf1 -all"] } }, { status: "none" }],
    ["not answered", { [STS]: { fail: "server-failure" } }, { status: "unanswered", failure: "server-failure" }],
  ])("MTA-STS: %s", async (_name, entries, expected) => expect(await lookUpMtaSts(SHOP, zone({ "shop.test": {}, ...entries }))).toMatchObject({ name: STS, ...expected }));

  const RPT = "_smtp._tls.shop.test";
  test.each<[name: string, entries: Zone, expected: object]>([
    ["there", { [RPT]: { TXT: ["v=TLSRPTv1; rua=mailto:a@shop.test"] } }, { status: "valid" }],
    ["two", { [RPT]: { TXT: ["v=TLSRPTv1; rua=mailto:a@shop.test", "v=TLSRPTv1; rua=mailto:b@shop.test"] } }, { status: "invalid", error: "several-records" }],
    ["broken", { [RPT]: { TXT: ["v=TLSRPTv1; rua=a@shop.test"] } }, { status: "invalid", error: "bad-rua" }],
    ["none", {}, { status: "none" }],
    ["not answered", { [RPT]: { fail: "timeout" } }, { status: "unanswered", failure: "timeout" }],
  ])("TLS-RPT: %s", async (_name, entries, expected) => expect(await lookUpTlsRpt(SHOP, zone({ "shop.test": {}, ...entries }))).toMatchObject({ name: RPT, ...expected }));
});

describe("HELO", () => {
  const SENDER = ip("203.0.113.7");
  const entries: Zone = { "mail.shop.test": { A: ["203.0.113.7"] }, "other.shop.test": { A: ["192.0.2.9"] }, "half.shop.test": { A: ["192.0.2.9"], fail: { AAAA: "timeout" } }, "slow.shop.test": { fail: "timeout" } };
  test.each<[helo: string, expected: object]>([
    ["mail.shop.test", { status: "ok", matches: true }],
    ["MAIL.shop.test.", { status: "ok", matches: true }],
    ["other.shop.test", { status: "ok", matches: false }],
    ["half.shop.test", { status: "ok", matches: null }],
    ["gone.shop.test", { status: "unresolved" }],
    ["slow.shop.test", { status: "unanswered", type: "A", failure: "timeout" }],
    ["[203.0.113.7]", { status: "literal" }],
    ["203.0.113.7", { status: "literal" }],
    ["[IPv6:2001:db8::1]", { status: "literal" }],
    ["localhost", { status: "local" }],
    ["localhost.localdomain", { status: "local" }],
    ["mailserver", { status: "local" }],
    ["pc12.office.lan", { status: "local" }],
  ])("%s", async (helo, expected) => expect(await lookUpHelo(helo, SENDER, zone(entries))).toEqual({ helo, ...expected }));
});

describe("names that a network gives", () => {
  test.each<[name: string, address: string, expected: boolean]>([
    ["ec2-203-0-113-7.compute-1.amazonaws.com", "203.0.113.7", true],
    ["ec2-203-0-113-7.eu-west-1.compute.amazonaws.com", "203.0.113.7", true],
    ["static.7.113.0.203.clients.your-server.de", "203.0.113.7", true],
    ["7.113.0.203.static.provider.test", "203.0.113.7", true],
    ["cb007107.static.provider.test", "203.0.113.7", true],
    ["2001-db8-0-0-0-0-0-7.isp.test", "2001:db8::7", true],
    ["2001-db8-5-6-7-8-9-a.isp.test", "2001:db8:5:6:7:8:9:a", true],
    ["mail.shop.test", "203.0.113.7", false],
    ["static.shop.test", "203.0.113.7", false],
    ["mail.cloud.shop.test", "203.0.113.7", false],
    ["mx7.shop.test", "203.0.113.7", false],
    ["shop.test", "203.0.113.7", false],
  ])("%s for %s: %s", (name, address, expected) => expect(isNetworkGivenName(name, ip(address))).toBe(expected));
});
