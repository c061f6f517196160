import { describe, expect, test } from "vitest";
import { type Domain, type IpAddress, parseDomain, parseIp } from "../address/index.ts";
import { isGenericName } from "./generic-name.ts";
import type { MxLookUp } from "./mx.ts";
import type { PtrLookUp } from "./ptr.ts";
import { looksLikeStranger, type Relay } from "./stranger.ts";

const ip = (text: string): IpAddress => {
  const parsed = parseIp(text);
  if (parsed === null) throw new Error(text);
  return parsed;
};
const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const IP = ip("203.0.113.7");
const MX_IP = "192.0.2.44";
const mx = (...hosts: [host: string, address: string][]): MxLookUp => {
  const [first, ...rest] = hosts.map(([host, address]) => ({ host, preference: 10, addresses: [ip(address)], status: "ok" as const, failure: null, note: null }));
  return first === undefined ? { status: "none", hosts: [] } : { status: "mx", hosts: [first, ...rest], strayNullMx: false };
};
const confirmed = (name: string): PtrLookUp => ({ status: "confirmed", ip: IP, names: [name], confirmed: true, confirmedNames: [name] });
const unconfirmed = (name: string): PtrLookUp => ({ status: "unconfirmed", ip: IP, names: [name], confirmed: false, confirmedNames: [] });
const hop = (by: string, helo: string, from: string, name: string | null = helo): Relay => ({ by, helo, name, ip: ip(from) });

interface Given {
  ptr?: PtrLookUp;
  helo?: string;
  relays?: Relay[];
  mx?: MxLookUp;
  spfNames?: string[];
  ip?: IpAddress | null;
}
const OWN = { stranger: false };
const plain = (name: string, why: string) => ({ stranger: true, name, why, doubt: false });
const doubtful = (name: string, why: string) => ({ stranger: true, name, why, doubt: true });

describe("whose address it is", () => {
  test.each<[name: string, given: Given, expected: object]>([
    ["no address", { ip: null, helo: "forward.college.test" }, OWN],
    ["nothing known", {}, OWN],
    ["own confirmed name", { ptr: confirmed("mail.shop.test"), helo: "anything.college.test" }, OWN],
    ["own name, unconfirmed, and nothing against it", { ptr: unconfirmed("mail.shop.test") }, OWN],
    ["own MX address", { ptr: confirmed("server.hosting.test"), mx: mx(["mx.hosting.test", "203.0.113.7"]) }, OWN],
    ["the MX's company", { ptr: confirmed("out3.hosting.test"), mx: mx(["mx.hosting.test", MX_IP]) }, OWN],
    ["the company in today's SPF record", { ptr: confirmed("out3.hosting.test"), spfNames: ["_spf.hosting.test"] }, OWN],
    ["a provider", { ptr: confirmed("o7.provider.test") }, OWN],
    ["own HELO on a rented server", { ptr: confirmed("server.hosting.test"), helo: "mail.shop.test" }, OWN],
    ["a generic name", { ptr: confirmed("7.113.0.203.static.isp.test") }, OWN],
    ["a generic name, own HELO", { ptr: confirmed("static-7.isp.test"), helo: "mail.shop.test" }, OWN],
    ["HELO an address literal", { helo: "[203.0.113.7]" }, OWN],
    ["HELO a single label", { helo: "localhost" }, OWN],
    ["another company's name", { ptr: confirmed("server.hosting.test"), helo: "server.hosting.test" }, doubtful("server.hosting.test", "ptr")],
    ["another company's name, unconfirmed", { ptr: unconfirmed("server.hosting.test") }, doubtful("server.hosting.test", "ptr")],
    ["another company's HELO only", { helo: "server.hosting.test" }, doubtful("server.hosting.test", "helo")],
    ["generic name, another company's HELO", { ptr: confirmed("static-7.isp.test"), helo: "lists.club.test" }, plain("lists.club.test", "helo")],
    ["a forwarder by name", { ptr: confirmed("out.forward.test") }, plain("out.forward.test", "ptr")],
    ["a forwarder by name, numbered", { ptr: confirmed("fwd3.registrar.test") }, plain("fwd3.registrar.test", "ptr")],
    ["a mailing list by name", { ptr: confirmed("lists.club.test"), helo: "lists.club.test" }, plain("lists.club.test", "ptr")],
    ["`enlist` is no list", { ptr: confirmed("enlist.club.test") }, doubtful("enlist.club.test", "ptr")],
    ["forwarded: own mail host, then the college", { ptr: confirmed("out.college.test"), mx: mx(["mail.shop.test", MX_IP]), relays: [hop("out.college.test", "mail.shop.test", MX_IP)] }, plain("out.college.test", "received")],
    ["forwarded: provider, then the college", { ptr: confirmed("mx.college.test"), relays: [hop("mx.college.test", "o7.provider.test", "198.51.100.9")] }, plain("mx.college.test", "received")],
    ["forwarded, inside the college too", { ptr: confirmed("out.college.test"), mx: mx(["mail.shop.test", MX_IP]), relays: [hop("out.college.test", "in.college.test", "198.51.100.20"), hop("in.college.test", "mail.shop.test", MX_IP)] }, plain("in.college.test", "received")],
    ["own HELO does not outweigh Received", { helo: "mail.shop.test", ptr: confirmed("out.college.test"), mx: mx(["mail.shop.test", MX_IP]), relays: [hop("in.college.test", "mail.shop.test", MX_IP)] }, plain("in.college.test", "received")],
    ["a smart host, perhaps", { ptr: confirmed("out.hosting.test"), relays: [hop("out.hosting.test", "www.shop.test", "198.51.100.9", null)] }, doubtful("out.hosting.test", "received")],
    ["handed to another than the one that sent", { mx: mx(["mail.shop.test", MX_IP]), relays: [hop("in.college.test", "mail.shop.test", MX_IP)] }, doubtful("in.college.test", "received")],
    ["only own hops", { ptr: confirmed("mail.shop.test"), relays: [hop("mail.shop.test", "laptop", "198.51.100.9", null)] }, OWN],
    ["a laptop at the hosting company", { ptr: confirmed("out.hosting.test"), relays: [hop("out.hosting.test", "laptop", "198.51.100.9", "dsl-9.isp.test")] }, doubtful("out.hosting.test", "ptr")],
    ["Gmail's own line about the refused address", { ptr: confirmed("mail.shop.test"), relays: [hop("mx.gmailish.test", "mail.shop.test", "203.0.113.7")] }, OWN],
    ["an organizational domain with two labels in its suffix", { ptr: confirmed("mail.other.co.uk") }, doubtful("mail.other.co.uk", "ptr")],
  ])("%s", (_name, given, expected) => {
    const { ip: address = IP, ptr = null, helo = null, relays = [], mx: hosts = mx(), spfNames } = given;
    const isProvider = (name: string) => name.endsWith(".provider.test");
    expect(looksLikeStranger({ ip: address, ptr, helo, relays, domain: domain("shop.test"), mx: hosts, isProvider, ...(spfNames === undefined ? {} : { spfNames }) })).toEqual(expected);
  });
});

describe("names that a network gives to each of its addresses", () => {
  test.each<[name: string, address: string, generic: boolean]>([
    ["ec2-203-0-113-7.compute-1.isp.test", "203.0.113.7", true],
    ["7.113.0.203.isp.test", "203.0.113.7", true],
    ["203000113007.isp.test", "203.0.113.7", true],
    ["cb007107.isp.test", "203.0.113.7", true],
    ["h0-113-7.isp.test", "203.0.113.7", true],
    ["static.isp.test", "203.0.113.7", true],
    ["host61.pool.isp.test", "192.0.2.61", true],
    ["vps12345.isp.test", "203.0.113.7", true],
    ["2001-db8-5-6-7-8-9-a.isp.test", "2001:db8:5:6:7:8:9:a", true],
    ["20010db8000000000000000000000007.isp.test", "2001:db8::7", true],
    ["mail.isp.test", "203.0.113.7", false],
    ["mail7.isp.test", "203.0.113.7", false],
    ["mx-113-7.isp.test", "203.0.113.7", false],
    ["mail.isp.test", "2001:db8::7", false],
    ["isp.test", "203.0.113.7", false],
  ])("%s for %s: %s", (name, address, generic) => expect(isGenericName(name, "isp.test", ip(address))).toBe(generic));
});
