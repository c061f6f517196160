import { describe, expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { lookUpMx } from "./mx.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const SHOP = domain("shop.test");
const host = (name: string, preference: number, addresses: string[], more: object = {}) => ({ host: name, preference, addresses, status: "ok", failure: null, note: null, ...more });

describe("MX", () => {
  test.each<[name: string, entries: Zone, expected: object]>([
    ["two hosts, in order of preference", { "shop.test": { MX: [[20, "MX2.shop.test."], [10, "mx1.shop.test"]] }, "mx1.shop.test": { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] }, "mx2.shop.test": { A: ["192.0.2.2"] } }, { status: "mx", strayNullMx: false, hosts: [host("mx1.shop.test", 10, ["192.0.2.1", "2001:db8::1"]), host("mx2.shop.test", 20, ["192.0.2.2"])] }],
    ["a host without an address", { "shop.test": { MX: [[10, "gone.shop.test"]] } }, { status: "mx", hosts: [host("gone.shop.test", 10, [], { status: "unresolved" })] }],
    ["a host that cannot be looked up", { "shop.test": { MX: [[10, "mx.other.test"]] }, "mx.other.test": { fail: "timeout" } }, { hosts: [host("mx.other.test", 10, [], { status: "unanswered", failure: { type: "A", status: "timeout" } })] }],
    ["one family answered is enough", { "shop.test": { MX: [[10, "mx.shop.test"]] }, "mx.shop.test": { A: ["192.0.2.1"], fail: { AAAA: "server-failure" } } }, { hosts: [host("mx.shop.test", 10, ["192.0.2.1"])] }],
    ["one family absent, one failed", { "shop.test": { MX: [[10, "mx.shop.test"]] }, "mx.shop.test": { fail: { AAAA: "server-failure" } } }, { hosts: [host("mx.shop.test", 10, [], { status: "unanswered", failure: { type: "AAAA", status: "server-failure" } })] }],
    ["an alias", { "shop.test": { MX: [[10, "mx.shop.test"]] }, "mx.shop.test": { CNAME: "host.test" }, "host.test": { A: ["192.0.2.1"] } }, { hosts: [host("mx.shop.test", 10, ["192.0.2.1"], { note: "cname" })] }],
    ["an address for a name", { "shop.test": { MX: [[10, "192.0.2.1"]] } }, { hosts: [host("192.0.2.1", 10, [], { status: "unresolved", note: "ip-literal" })] }],
    ["null MX", { "shop.test": { MX: [[0, "."]], A: ["192.0.2.1"] } }, { status: "null-mx", hosts: [] }],
    ["null MX beside another", { "shop.test": { MX: [[0, "."], [10, "mx.shop.test"]] }, "mx.shop.test": { A: ["192.0.2.1"] } }, { status: "mx", strayNullMx: true, hosts: [host("mx.shop.test", 10, ["192.0.2.1"])] }],
    ["implicit", { "shop.test": { A: ["192.0.2.9"] } }, { status: "implicit", hosts: [host("shop.test", 0, ["192.0.2.9"])] }],
    ["nothing", { "shop.test": { TXT: ["v=spf1 -all"] } }, { status: "none", hosts: [] }],
    ["implicit, not answered", { "shop.test": { fail: { A: "refused" } } }, { status: "unanswered", name: "shop.test", type: "A", failure: "refused", hosts: [] }],
    ["no such domain", { "other.test": { A: ["192.0.2.1"] } }, { status: "no-domain", hosts: [] }],
    ["not answered", { "shop.test": { fail: "server-failure" } }, { status: "unanswered", name: "shop.test", type: "MX", failure: "server-failure" }],
  ])("%s", async (_name, entries, expected) => expect(await lookUpMx(SHOP, zone(entries))).toMatchObject(expected));

  test("no more than ten hosts are looked up, and the others are not called unresolved", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `mx${String(index).padStart(2, "0")}.shop.test`);
    const asked: string[] = [];
    const found = await lookUpMx(SHOP, zone({ "shop.test": { MX: names.map((name) => [10, name]) }, ...Object.fromEntries(names.map((name) => [name, { A: ["192.0.2.1"] }])) }, asked));
    expect(found.hosts.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => "ok"), "not-asked", "not-asked"]);
    expect(asked).toHaveLength(31);
  });
});
