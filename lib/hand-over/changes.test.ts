import { describe, expect, test } from "vitest";
import type { Report } from "../diagnosis/report.ts";
import { txtChanges } from "./changes.ts";
import { dnsOf, dnsOfName } from "./dns-of.ts";

type Fix = Report["fixes"][number];
type Answer = Report["dns"]["answers"][number];

function fix(more: Partial<Fix>): Fix {
  return { finding: "spf.missing", action: "create", name: "shop.test", type: "TXT", value: "v=spf1 -all", strings: ["v=spf1 -all"], replaces: [], assumptions: [], proof: null, changes: [], advice: false, copiedFrom: [], alternative: null, ...more };
}

function asked(name: string, records: readonly string[], more: Partial<Answer> = {}): Answer {
  return { name, type: "TXT", status: "ok", records: [...records], ms: 1, ...more };
}

const dns = (...answers: Answer[]): Report["dns"] => ({ queries: answers.length, elapsedMs: 1, servers: [], answers });

describe("changes", () => {
  test.each([
    ["others stay", [asked("shop.test", ["site=1", "v=spf1 ~all"])], { replaces: ["v=spf1 ~all"] }, ["site=1"]],
    ["of two equal ones, the one that is not replaced", [asked("shop.test", ["a", "a"])], { replaces: ["a"] }, ["a"]],
    ["nothing is there", [asked("shop.test", [], { status: "no-data" })], {}, []],
    ["no answer", [asked("shop.test", [], { status: "timeout" })], {}, null],
    ["not asked", [], {}, null],
    ["an alias shows its target’s", [asked("shop.test", ["x"])], { assumptions: ["name-is-alias"] }, null],
  ] as const)("%s", (_, answers, more, keep) => {
    const about: Partial<Fix> = { ...more, replaces: "replaces" in more ? [...more.replaces] : [], assumptions: "assumptions" in more ? [...more.assumptions] : [] };
    expect(txtChanges({ fixes: [fix(about)], dns: dns(...answers), delegation: null }, "shop.test")).toMatchObject([{ name: "shop.test", relative: "", keep, ttl: 3600 }]);
  });

  test("two fixes of one name are one set; requests to others and moves by steps are none", () => {
    const fixes = [fix({}), fix({ action: "delete", value: null, strings: [], replaces: ["old"], advice: true }), fix({ action: "ask-provider", type: "PTR" }), fix({ action: "ask-provider", value: "x" }), fix({ value: null, strings: [] })];
    expect(txtChanges({ fixes, dns: dns(asked("shop.test", ["old", "other"])), delegation: null }, "shop.test")).toEqual([{ name: "shop.test", relative: "", set: [["v=spf1 -all"]], remove: ["old"], keep: ["other"], ttl: 3600, advice: false }]);
  });

  test("names below the zone, elsewhere, and merely alike", () => {
    const named = (name: string) => txtChanges({ fixes: [fix({ name })], dns: dns(), delegation: null }, "shop.test")[0]?.relative;
    expect(["_dmarc.shop.test", "other.test", "myshop.test"].map(named)).toEqual(["_dmarc", null, null]);
  });
});

const subject: Report["subject"] = { kind: "domain", domain: "news.shop.test", organizationalDomain: "shop.test", sendingIp: null, sendingIpFrom: null, mailFrom: null, headerFrom: null, helo: null, dkim: [], selectors: [], headersSeen: false, relays: [] };

function delegation(zone: string, ...hosts: string[]): Report["delegation"] {
  const servers = hosts.map((host) => ({ host, address: null, status: "not-asked" as const, reason: null, serial: null, spf: null, dmarc: null }));
  return { zone, domain: zone, dmarcName: `_dmarc.${zone}`, bogus: false, negativeTtl: null, ttls: [], servers };
}

describe("where the DNS is", () => {
  test.each([
    ["by the answer", null, [asked("shop.test", ["amy.ns.cloudflare.com"], { type: "NS" })], "shop.test", "one"],
    ["of the zone that was found", delegation("news.shop.test"), [asked("shop.test", ["amy.ns.cloudflare.com"], { type: "NS" }), asked("news.shop.test", ["ns1.dns.ne.jp"], { type: "NS" })], "news.shop.test", "one"],
    ["by the servers spoken to", delegation("shop.test", "ns1.dns.ne.jp"), [], "shop.test", "one"],
    ["a report from before", null, [], "shop.test", "unseen"],
    ["no answer", null, [asked("shop.test", ["amy.ns.cloudflare.com"], { type: "NS", status: "timeout" })], "shop.test", "unseen"],
  ] as const)("%s", (_, about, answers, zone, status) => {
    const seen = dnsOf({ subject, delegation: about, dns: dns(...answers) });
    expect([seen.zone, seen.found.status]).toEqual([zone, status]);
  });

  test("says nothing of a name in somebody else’s zone", () => {
    const report = { subject, delegation: null, dns: dns(asked("shop.test", ["amy.ns.cloudflare.com"], { type: "NS" })) };
    expect([dnsOfName(report, "_dmarc.shop.test").found.status, dnsOfName(report, "other.test").found.status]).toEqual(["one", "unseen"]);
  });
});
