import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DnsServer, startDnsServer } from "../../e2e/dns-server.ts";
import { type IpAddress, parseIp } from "../address/index.ts";
import { type DirectOptions, directQuestions } from "./direct.ts";

const MASTER = `
$ORIGIN shop.test.
$TTL 600
@       SOA  ns1 hostmaster 42 7200 3600 1209600 120
        NS   ns1
        TXT  "v=spf1 mx -all"
$TTL 30
short   TXT  "brief"
$TTL 600
alias   CNAME short
odd     TXT  "refused here"
slow    TXT  "late"
;$FAULT odd refused
;$FAULT silent timeout
;$FAULT bad bogus
bad     TXT  "v=spf1 -all"
`;

const ip = (text: string): IpAddress => {
  const parsed = parseIp(text);
  if (parsed === null) throw new Error(text);
  return parsed;
};
const NS = ip("192.0.2.53");
let server: DnsServer;
let plain: DnsServer;
beforeAll(async () => {
  server = await startDnsServer({ zones: [{ master: MASTER }] });
  plain = await startDnsServer({ zones: [{ master: MASTER }], recursive: false });
});
afterAll(() => Promise.all([server.close(), plain.close()]));

const direct = (more: Partial<DirectOptions> = {}) =>
  directQuestions({ servers: [`127.0.0.1:${server.port}`], nameServerAt: (address) => (address === NS ? `127.0.0.1:${plain.port}` : null), timeoutMs: 200, ...more });

describe("an answer with its flags and times", () => {
  test("records, their TTL, who speaks", async () => {
    expect(await direct().own(NS, "Shop.test.", "TXT")).toMatchObject({ answer: { status: "ok", name: "shop.test", records: [["v=spf1 mx -all"]] }, authoritative: true, recursive: false, ttl: 600, aliased: false });
    expect(await direct().resolver("shop.test", "TXT")).toMatchObject({ recursive: true, ttl: 600 });
  });
  test("of an alias the least TTL counts", async () => {
    expect(await direct().own(NS, "alias.shop.test", "TXT")).toMatchObject({ ttl: 30, aliased: true });
  });
  test("what is not there is remembered for the lesser of the SOA's times", async () => {
    expect(await direct().own(NS, "gone.shop.test", "TXT")).toMatchObject({ answer: { status: "no-name" }, ttl: null, zone: { name: "shop.test", negativeTtl: 120 } });
    expect(await direct().own(NS, "shop.test", "SOA")).toMatchObject({ answer: { records: [{ serial: 42 }] }, zone: { name: "shop.test", negativeTtl: 120 } });
  });
  test.each([["odd.shop.test", "refused"], ["silent.shop.test", "timeout"], ["a..b", "malformed"]])("%s: %s", async (name, status) => {
    expect(await direct().own(NS, name, "TXT")).toMatchObject({ answer: { status }, authoritative: false, ttl: null });
  });
});

test("with checking disabled, what a validating resolver refuses", async () => {
  expect(await direct().resolver("bad.shop.test", "TXT")).toMatchObject({ answer: { status: "server-failure" } });
  expect(await direct().resolver("bad.shop.test", "TXT", { checkingDisabled: true })).toMatchObject({ answer: { status: "ok", records: [["v=spf1 -all"]] } });
  expect(await direct().isSigned("bad.shop.test")).toBe(true);
  expect(await direct().isSigned("shop.test")).toBe(false);
  expect(await direct().isSigned("silent.shop.test")).toBeNull();
});

describe("bounds", () => {
  test.each(["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "192.0.2.53", "198.51.100.53", "203.0.113.53", "198.18.0.1", "::1", "fe80::1", "fd00::1", "2001:db8::53", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1"])(
    "%s is never asked, whatever a zone says",
    async (address) => {
      expect(await directQuestions({ servers: [] }).own(ip(address), "shop.test", "TXT")).toBeNull();
    },
  );
  test("an address that there is no way to, in this network, is merely silent", async () => {
    expect(await directQuestions({ servers: ["255.255.255.255:53"], timeoutMs: 100 }).resolver("shop.test", "TXT")).toMatchObject({ answer: { status: "timeout" } });
  });
  test("so many questions and no more", async () => {
    const few = direct({ questions: 2 });
    const statuses = await Promise.all([1, 2, 3].map(async () => (await few.own(NS, "shop.test", "TXT"))?.answer.status));
    expect(statuses).toEqual(["ok", "ok", "not-asked"]);
  });
  test("nothing after the end", async () => {
    const end = AbortSignal.abort();
    expect(await direct({ signal: end }).resolver("shop.test", "TXT")).toMatchObject({ answer: { status: "not-asked" } });
  });
});
