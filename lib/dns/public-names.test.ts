import { expect, test } from "vitest";
import { parseIp, reverseName } from "../address/index.ts";
import { privateReverseAt, publicNames } from "./public-names.ts";
import { zone } from "./zone.ts";

const askedFor = async (name: string, privateReverse: "asked" | "not-asked" = "not-asked") => {
  const asked: string[] = [];
  const answer = await publicNames(zone({}, asked), { privateReverse }).query(name, "PTR");
  expect(answer.status).toBe("no-name");
  return asked.length > 0;
};

test.each(["localhost", "printer.LOCAL.", "router.home.arpa", "x.onion", "a.invalid", "db.internal", "nas.lan", "db.CORP."])("%s is never asked", async (name) => {
  expect(await askedFor(name)).toBe(false);
  expect(await askedFor(name, "asked")).toBe(false);
});

const reverse = (text: string) => {
  const ip = parseIp(text);
  if (ip === null) throw new TypeError(text);
  return reverseName(ip);
};

test.each(["10.0.0.1", "10.255.255.255", "127.0.0.1", "172.16.0.1", "172.31.255.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.9.9", "0.0.0.0", "255.255.255.255", "::1", "::", "fd00::1", "fc12::1", "fe80::1", "febf::9"])(
  "the name of %s is not asked, except of a server set up for this program",
  async (ip) => {
    expect(await askedFor(reverse(ip))).toBe(false);
    expect(await askedFor(reverse(ip), "asked")).toBe(true);
  },
);

test.each(["192.0.2.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "192.169.0.1", "11.0.0.1", "203.0.113.10", "2001:db8::1", "2001:db8::", "fec0::1"])("the name of %s is asked", async (ip) => {
  expect(await askedFor(reverse(ip))).toBe(true);
});

test.each([
  [null, "not-asked"],
  [["127.0.0.1"], "not-asked"],
  [["[2001:db8::53]"], "not-asked"],
  [["127.0.0.1:5353", "192.0.2.53"], "not-asked"],
  [["192.0.2.53:53"], "not-asked"],
  [["127.0.0.1:5353", "[::1]:5353"], "asked"],
] as const)("servers %j: private reverse names are %s", (servers, expected) => {
  expect(privateReverseAt(servers)).toBe(expected);
});

test.each(["local.test", "mylocal", "bakery.test", "10.in-addr.arpa.bakery.test", "x-onion"])("%s only looks private, and is asked", async (name) => {
  expect(await askedFor(name)).toBe(true);
});
