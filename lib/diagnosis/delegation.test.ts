/** Each name server of a zone is a server of its own here, on loopback, reached by the address that the zone gives for it. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DnsServer, startDnsServer } from "../../e2e/dns-server.ts";
import { diagnosisResolver } from "../dns/servers.ts";
import { diagnose } from "./diagnose.ts";
import { type Report, reportSchema } from "./report.ts";

const IP = "203.0.113.7";
const bounce = `550-5.7.26 This mail has been blocked because the sender is unauthenticated.
550-5.7.26  SPF [shop.test] with ip: [${IP}] = did not pass
550 5.7.26  https://support.google.com/mail/answer/81126#authentication d9443c01a7336-1eac1d2f3a4si12345ab.101 - gsmtp`;

/** What the zone holds besides its SOA and its servers. */
const shop = (spf: string, more = "", serial = 1) => `
$ORIGIN shop.test.
$TTL 7200
@       SOA  ns1.host.test. hostmaster.host.test. ${serial} 7200 3600 1209600 900
        NS   ns1.host.test.
        NS   ns2.host.test.
        MX   10 mail
${spf === "" ? "" : `        TXT  "${spf}"`}
mail    A    ${IP}
${more.includes("_dmarc") ? "" : '_dmarc  TXT  "v=DMARC1; p=none"'}
${more}
`;
const AROUND = `
ns1.host.test. A 192.0.2.53
ns2.host.test. A 198.51.100.53
7.113.0.203.in-addr.arpa. PTR mail.shop.test.
`;
const RIGHT = `v=spf1 ip4:${IP} -all`;
const OLD = "v=spf1 ip4:192.0.2.1 -all";

let resolver: DnsServer;
let first: DnsServer;
let second: DnsServer;
beforeAll(async () => {
  [resolver, first, second] = await Promise.all([startDnsServer({ zones: [] }), startDnsServer({ zones: [], recursive: false }), startDnsServer({ zones: [], recursive: false })]);
});
afterAll(() => Promise.all([resolver.close(), first.close(), second.close()]));

interface Given {
  /** What the diagnosis's own resolver sees; then what each of the zone's servers holds. */
  readonly seen: string;
  readonly first?: string;
  readonly second?: string;
  readonly around?: string;
  readonly input?: string;
  readonly nameServers?: boolean;
}

async function report(given: Given): Promise<Report> {
  resolver.serve([{ master: given.seen }, { master: given.around ?? AROUND }]);
  first.serve([{ master: given.first ?? given.seen }]);
  second.serve([{ master: given.second ?? given.seen }]);
  const at: Readonly<Record<string, DnsServer>> = { "192.0.2.53": first, "198.51.100.53": second };
  const place = (address: string) => (at[address] === undefined ? null : `127.0.0.1:${at[address].port}`);
  const outcome = await diagnose(
    { input: given.input ?? bounce },
    {
      dns: (hooks) => diagnosisResolver({ ...hooks, servers: [`127.0.0.1:${resolver.port}`], ...(given.nameServers === false ? {} : { nameServerAt: place }) }),
      id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date(0), expiresAt: null,
    },
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(outcome.report);
}

const codes = ({ findings }: Report) => findings.map(({ code }) => code);
const about = ({ findings }: Report, code: string) => findings.find((found) => found.code === code);

describe("name servers, asked one by one", () => {
  test("all agree: the serial of each, no finding, and the times from the zone itself", async () => {
    const result = await report({ seen: shop(RIGHT) });
    expect(result.delegation).toEqual({
      zone: "shop.test", domain: "shop.test", dmarcName: "_dmarc.shop.test", bogus: false, negativeTtl: 900,
      ttls: [{ name: "shop.test", type: "TXT", seconds: 7200 }, { name: "_dmarc.shop.test", type: "TXT", seconds: 7200 }],
      servers: [
        { host: "ns1.host.test", address: "192.0.2.53", status: "answered", reason: null, serial: 1, spf: [RIGHT], dmarc: ["v=DMARC1; p=none"] },
        { host: "ns2.host.test", address: "198.51.100.53", status: "answered", reason: null, serial: 1, spf: [RIGHT], dmarc: ["v=DMARC1; p=none"] },
      ],
    });
    expect(codes(result).filter((code) => code.startsWith("dns."))).toEqual([]);
    expect(result.verdict).toEqual({ outcome: "accepted", cause: "bounce.mended" });
    expect(about(result, "bounce.mended")?.params).toMatchObject({ wait: 2, unit: "hours" });
  });

  test("one still has the old record: whether mail passes depends on whom Gmail asks", async () => {
    const result = await report({ seen: shop(RIGHT, "", 2), second: shop(OLD) });
    expect(result.verdict).toEqual({ outcome: "at-risk", cause: "dns.servers-differ" });
    expect(about(result, "dns.servers-differ")).toMatchObject({ severity: "warning", params: { domain: "shop.test", name: "shop.test", reason: "spf", host: "ns1.host.test", other: "ns2.host.test" } });
    expect(result.delegation?.servers.map(({ serial, spf }) => ({ serial, spf }))).toEqual([{ serial: 2, spf: [RIGHT] }, { serial: 1, spf: [OLD] }]);
  });

  test("both records pass: told, and no cause", async () => {
    const result = await report({ seen: shop(RIGHT), second: shop(`v=spf1 ip4:${IP} ~all`) });
    expect(codes(result)).toContain("dns.servers-differ");
    expect(result.verdict.cause).toBe("bounce.mended");
  });

  test("another record refuses by itself: that stays the cause", async () => {
    const result = await report({ seen: shop(OLD), second: shop(RIGHT) });
    expect(result.verdict).toEqual({ outcome: "refused", cause: "spf.not-authorised" });
    expect(codes(result)).toContain("dns.servers-differ");
  });

  test("a record that is missing on one of them is a difference; another TXT record is none", async () => {
    expect(codes(await report({ seen: shop(RIGHT), second: shop("") }))).toContain("dns.servers-differ");
    expect(codes(await report({ seen: shop(RIGHT), second: shop(RIGHT, '@ TXT "verification=1"') }))).not.toContain("dns.servers-differ");
    expect(codes(await report({ seen: shop(RIGHT), second: shop(RIGHT, "", 7) }))).not.toContain("dns.servers-differ");
  });

  test("DMARC", async () => {
    const result = await report({ seen: shop(RIGHT), second: shop(RIGHT, '_dmarc TXT "v=DMARC1; p=reject"') });
    expect(about(result, "dns.servers-differ")?.params).toMatchObject({ reason: "dmarc", name: "_dmarc.shop.test" });
  });

  test("an alias is not held against the server that only knows the alias", async () => {
    const result = await report({ seen: shop(RIGHT, '_dmarc CNAME shop.dmarc.test.\nshop.dmarc.test. TXT "v=DMARC1; p=none"'), second: shop(RIGHT, "_dmarc CNAME shop.dmarc.test.") });
    expect(result.delegation?.servers.map(({ dmarc }) => dmarc)).toEqual([null, null]);
    expect(codes(result)).not.toContain("dns.servers-differ");
  });
});

describe("lame servers", () => {
  test.each<[fault: string, reason: string]>([["refused", "refused"], ["servfail", "server-failure"]])("%s", async (fault, reason) => {
    const result = await report({ seen: shop(RIGHT), second: `;$FAULT shop.test. and-below ${fault}\n` });
    expect(about(result, "dns.lame-server")?.params).toEqual({ domain: "shop.test", host: "ns2.host.test", reason });
    expect(result.verdict.cause).toBe("bounce.mended");
  });
  test("a name server without an address", async () => {
    const result = await report({ seen: shop(RIGHT), around: AROUND.replace("ns2.host.test. A 198.51.100.53", "other.host.test. A 198.51.100.53") });
    expect(about(result, "dns.lame-server")?.params).toEqual({ domain: "shop.test", host: "ns2.host.test", reason: "no-address" });
  });
  test("silence is no finding: it may be the network's", async () => {
    const result = await report({ seen: shop(RIGHT), second: ";$FAULT shop.test. and-below timeout\n" });
    expect(codes(result).filter((code) => code.startsWith("dns."))).toEqual([]);
    expect(result.delegation?.servers.map(({ status }) => status)).toEqual(["answered", "unanswered"]);
  });
  test("an address that could not be looked up is no finding", async () => {
    const result = await report({ seen: shop(RIGHT), around: `${AROUND.replace("ns2.host.test. A 198.51.100.53", "")};$FAULT ns2.host.test. servfail\n` });
    expect(codes(result)).not.toContain("dns.lame-server");
  });
});

test("addresses that are not out on the internet are not asked", async () => {
  const result = await report({ seen: shop(RIGHT), nameServers: false });
  expect(result.delegation?.servers.map(({ status }) => status)).toEqual(["not-asked", "not-asked"]);
  // The resolver's own word then has to do for the times.
  expect(result.delegation).toMatchObject({ negativeTtl: 900, ttls: [{ name: "shop.test", seconds: 7200 }, { name: "_dmarc.shop.test", seconds: 7200 }] });
  expect(codes(result).filter((code) => code.startsWith("dns."))).toEqual([]);
});

describe("DNSSEC", () => {
  test("an answer with checking disabled, none without: the signatures are the cause", async () => {
    const result = await report({ seen: `;$FAULT shop.test. and-below bogus\n${shop(RIGHT)}` });
    expect(result.delegation?.bogus).toBe(true);
    expect(result.verdict).toEqual({ outcome: "refused", cause: "dns.dnssec-bogus" });
    expect(result.fixes).toEqual([]);
    expect(codes(result)).not.toEqual(expect.arrayContaining(["spf.missing"]));
    expect((await report({ seen: `;$FAULT shop.test. and-below bogus\n${shop(RIGHT)}`, input: "shop.test" })).verdict).toEqual({ outcome: "at-risk", cause: "dns.dnssec-bogus" });
  });
  test.each(["servfail", "refused", "timeout"])("%s either way is not known to be DNSSEC's", async (fault) => {
    const result = await report({ seen: `;$FAULT shop.test. and-below ${fault}\n${shop(RIGHT)}` });
    expect(result.verdict).toEqual({ outcome: "unknown", cause: "dns.unanswered" });
    expect(codes(result)).not.toContain("dns.dnssec-bogus");
  });
});

test("a domain that does not exist has no servers to ask, and none is accused", async () => {
  const result = await report({ seen: "other.test. A 192.0.2.1\n", input: "gone-shop.test" });
  expect(result.verdict).toEqual({ outcome: "refused", cause: "dns.no-such-domain" });
  expect(codes(result).filter((code) => code.startsWith("dns."))).toEqual(["dns.no-such-domain"]);
  expect(result.delegation?.servers ?? []).toEqual([]);
});
