import { describe, expect, test } from "vitest";
import { type IpAddress, parseIp, reverseName } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { lookUpPtr } from "./ptr.ts";

const ip = (text: string): IpAddress => {
  const parsed = parseIp(text);
  if (parsed === null) throw new Error(text);
  return parsed;
};
const V4 = ip("203.0.113.7");
const V6 = ip("2001:db8::7");

describe("PTR", () => {
  test.each<[name: string, address: IpAddress, entries: Zone, expected: object]>([
    ["confirmed", V4, { [reverseName(V4)]: { PTR: ["Mail.shop.test."] }, "mail.shop.test": { A: ["192.0.2.1", "203.0.113.7"] } }, { status: "confirmed", names: ["mail.shop.test"], confirmed: true, confirmedNames: ["mail.shop.test"] }],
    ["confirmed over IPv6, written otherwise", V6, { [reverseName(V6)]: { PTR: ["mail.shop.test"] }, "mail.shop.test": { AAAA: ["2001:DB8:0:0::7"] } }, { status: "confirmed", confirmed: true }],
    ["one name of two", V4, { [reverseName(V4)]: { PTR: ["a.test", "b.test"] }, "a.test": { A: ["192.0.2.1"] }, "b.test": { A: ["203.0.113.7"] } }, { status: "confirmed", names: ["a.test", "b.test"], confirmedNames: ["b.test"] }],
    ["confirmed though another name fails", V4, { [reverseName(V4)]: { PTR: ["a.test", "b.test"] }, "a.test": { fail: "timeout" }, "b.test": { A: ["203.0.113.7"] } }, { status: "confirmed", confirmedNames: ["b.test"] }],
    ["leads elsewhere", V4, { [reverseName(V4)]: { PTR: ["mail.shop.test"] }, "mail.shop.test": { A: ["192.0.2.1"] } }, { status: "unconfirmed", names: ["mail.shop.test"], confirmed: false }],
    ["only the other family leads back", V4, { [reverseName(V4)]: { PTR: ["mail.shop.test"] }, "mail.shop.test": { AAAA: ["2001:db8::7"] } }, { status: "unconfirmed" }],
    ["leads nowhere", V4, { [reverseName(V4)]: { PTR: ["gone.shop.test"] } }, { status: "unconfirmed" }],
    ["no name", V4, { "113.0.203.in-addr.arpa": {} }, { status: "missing", names: [] }],
    ["PTR not answered", V4, { [reverseName(V4)]: { fail: "server-failure" } }, { status: "unanswered", name: "7.113.0.203.in-addr.arpa", type: "PTR", failure: "server-failure", names: [] }],
    ["confirmation not answered", V4, { [reverseName(V4)]: { PTR: ["mail.shop.test"] }, "mail.shop.test": { fail: { A: "timeout" } } }, { status: "unanswered", name: "mail.shop.test", type: "A", failure: "timeout", names: ["mail.shop.test"], confirmed: false }],
  ])("%s", async (_name, address, entries, expected) => expect(await lookUpPtr(address, zone(entries))).toMatchObject(expected));

  test("ten names at most", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `host${index}.test`);
    const asked: string[] = [];
    const found = await lookUpPtr(V4, zone({ [reverseName(V4)]: { PTR: names }, "host29.test": { A: ["203.0.113.7"] } }, asked));
    expect(found.status).toBe("unconfirmed");
    expect(asked).toHaveLength(11);
  });
});
