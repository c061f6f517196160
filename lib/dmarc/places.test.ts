import { describe, expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { discoverDmarc } from "./discover.ts";
import { dmarcPlaces } from "./places.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const places = async (name: string, entries: Zone, asked: string[] = []) => {
  const resolver = zone(entries, asked);
  return dmarcPlaces(domain(name), await discoverDmarc(domain(name), resolver), resolver);
};
const NONE = "v=DMARC1; p=none";

describe("a record where nobody looks (RFC 7489 section 6.1)", () => {
  test.each<[name: string, asked: string, entries: Zone, expected: object | null]>([
    ["at the domain", "shop.test", { "shop.test": { TXT: ["v=spf1 -all", NONE] } }, { place: "apex", name: "shop.test", record: NONE }],
    ["the zone's name once more", "shop.test", { "_dmarc.shop.test.shop.test": { TXT: [NONE] } }, { place: "doubled", name: "_dmarc.shop.test.shop.test", record: NONE }],
    ["a subdomain's, the zone's name once more", "news.shop.test", { "_dmarc.news.shop.test.shop.test": { TXT: [NONE] } }, { place: "doubled", name: "_dmarc.news.shop.test.shop.test", record: NONE }],
    ["without the underscore", "shop.test", { "dmarc.shop.test": { TXT: [NONE] } }, { place: "no-underscore", name: "dmarc.shop.test", record: NONE }],
    ["nowhere", "shop.test", { "shop.test": { TXT: ["v=spf1 -all"] } }, null],
    ["a text that is none", "shop.test", { "shop.test": { TXT: ["v=dmarc1; p=none"] } }, null],
    ["beside one that counts it harms nobody", "shop.test", { "shop.test": { TXT: [NONE] }, "_dmarc.shop.test": { TXT: [NONE] } }, null],
    ["a place that could not be looked at", "shop.test", { "shop.test": { fail: "timeout" } }, null],
    ["whether one counts could not be looked up", "shop.test", { "shop.test": { TXT: [NONE] }, "_dmarc.shop.test": { fail: "timeout" } }, null],
  ])("%s", async (_name, asked, entries, expected) => expect((await places(asked, entries)).misplaced).toEqual(expected));
});

describe("an alias at _dmarc", () => {
  test.each<[name: string, entries: Zone, expected: object | null]>([
    ["that leads to a record", { "_dmarc.shop.test": { CNAME: "shop.dmarc.example" }, "shop.dmarc.example": { TXT: [NONE] } }, { name: "_dmarc.shop.test", target: "shop.dmarc.example", dangling: false }],
    ["that leads to nothing", { "_dmarc.shop.test": { CNAME: "gone.dmarc.example" } }, { name: "_dmarc.shop.test", target: "gone.dmarc.example", dangling: true }],
    ["whose target could not be looked up", { "_dmarc.shop.test": { CNAME: "slow.example" }, "slow.example": { fail: "timeout" } }, { name: "_dmarc.shop.test", target: "slow.example", dangling: false }],
    ["none", { "_dmarc.shop.test": { TXT: [NONE] } }, null],
  ])("%s", async (_name, entries, expected) => expect((await places("shop.test", entries)).alias).toEqual(expected));
});
