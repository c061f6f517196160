import { describe, expect, it } from "vitest";
import { hostField } from "./host-field.ts";

describe("hostField", () => {
  it.each([
    ["shop.test", "shop.test", "@"],
    ["news.shop.test", "shop.test", "news"],
    ["_dmarc.shop.test", "shop.test", "_dmarc"],
    ["s1._domainkey.news.shop.test", "shop.test", "s1._domainkey.news"],
    ["Shop.Test.", "shop.test", "@"],
    // Another organization's name: its own zone is worked out.
    ["mail.other.co.uk", "shop.test", "mail"],
    ["notshop.test", "shop.test", "@"],
    ["xn--r8jz45g.test", "xn--r8jz45g.test", "@"],
    ["11.2.0.192.in-addr.arpa", "shop.test", null],
    ["1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "shop.test", null],
  ])("%s in the zone %s is %j", (name, zone, short) => {
    expect(hostField(name, zone).short).toBe(short);
  });
});
