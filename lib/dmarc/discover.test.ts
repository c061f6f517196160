import { describe, expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { discoverDmarc, organizationalDomains, walkNames } from "./discover.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const at = (...names: [name: string, ...txt: string[]][]): Zone => Object.fromEntries(names.map(([name, ...txt]) => [`_dmarc.${name}`, { TXT: txt }]));
const NONE = "v=DMARC1; p=none";
const REJECT = "v=DMARC1; p=reject";

describe("which names are asked (RFC 9989 section 4.10)", () => {
  test.each<[name: string, names: string[]]>([
    ["a.b.c.d.e.f.g.h.i.j.mail.example.com", ["a.b.c.d.e.f.g.h.i.j.mail.example.com", "g.h.i.j.mail.example.com", "h.i.j.mail.example.com", "i.j.mail.example.com", "j.mail.example.com", "mail.example.com", "example.com", "com"]],
    ["example.com", ["example.com", "com"]],
    ["a.mail.example.com", ["a.mail.example.com", "mail.example.com", "example.com", "com"]],
    ["1.2.3.4.5.6.7.com", ["1.2.3.4.5.6.7.com", "2.3.4.5.6.7.com", "3.4.5.6.7.com", "4.5.6.7.com", "5.6.7.com", "6.7.com", "7.com", "com"]],
    ["0.1.2.3.4.5.6.7.com", ["0.1.2.3.4.5.6.7.com", "2.3.4.5.6.7.com", "3.4.5.6.7.com", "4.5.6.7.com", "5.6.7.com", "6.7.com", "7.com", "com"]],
  ])("%s", (name, names) => expect(walkNames(domain(name))).toEqual(names));

  test("each once, eight at most, and the registrable domain where the walk skips it", async () => {
    const asked: string[] = [];
    await discoverDmarc(domain("a.b.c.d.e.f.g.h.i.j.mail.example.com"), zone({}, asked));
    expect(asked).toHaveLength(8);
    expect(new Set(asked).size).toBe(8);
  });
});

describe("the record that applies", () => {
  test.each<[name: string, asked: string, entries: Zone, expected: object]>([
    ["its own", "shop.test", at(["shop.test", REJECT]), { status: "found", domain: "shop.test", text: REJECT, policy: "reject", policyTag: "p", inherited: false, organizationalDomain: "shop.test", differs: null }],
    ["its own, in two strings", "shop.test", { "_dmarc.shop.test": { TXT: [["v=DMARC1; p=", "quarantine"]] } }, { status: "found", policy: "quarantine" }],
    ["beside other TXT records", "shop.test", at(["shop.test", "v=spf1 -all", REJECT, "hello"]), { status: "found", policy: "reject" }],
    ["none", "shop.test", { "shop.test": { TXT: ["v=spf1 -all"] } }, { status: "none", organizationalDomain: "shop.test", differs: null }],
    ["a wildcard's SPF is none", "shop.test", { "*.shop.test": { TXT: ["v=spf1 -all"] } }, { status: "none" }],
    ["above, p", "news.shop.test", { ...at(["shop.test", REJECT]), "news.shop.test": {} }, { status: "found", domain: "shop.test", policy: "reject", policyTag: "p", inherited: true, organizationalDomain: "shop.test", differs: null }],
    ["above, sp", "news.shop.test", { ...at(["shop.test", "v=DMARC1; p=reject; sp=none"]), "news.shop.test": {} }, { policy: "none", policyTag: "sp", inherited: true }],
    ["above, np: the domain does not exist", "gone.shop.test", at(["shop.test", "v=DMARC1; p=none; sp=quarantine; np=reject"]), { policy: "reject", policyTag: "np" }],
    ["above, np: the domain exists", "news.shop.test", { ...at(["shop.test", "v=DMARC1; p=none; sp=quarantine; np=reject"]), "news.shop.test": { A: ["192.0.2.1"] } }, { policy: "quarantine", policyTag: "sp" }],
    ["above, np: existence not answered counts as existing", "news.shop.test", { ...at(["shop.test", "v=DMARC1; p=none; np=reject"]), "news.shop.test": { fail: "timeout" } }, { policy: "none", policyTag: "p" }],
    ["above, np: an alias whose target is gone exists", "news.shop.test", { ...at(["shop.test", "v=DMARC1; p=none; np=reject"]), "news.shop.test": { CNAME: "gone.test" } }, { policy: "none", policyTag: "p" }],
    ["its own sp is not for itself", "shop.test", at(["shop.test", "v=DMARC1; p=none; sp=reject"]), { policy: "none", policyTag: "p" }],
    ["own record, organizational domain above", "news.shop.test", at(["news.shop.test", NONE], ["shop.test", REJECT]), { domain: "news.shop.test", policy: "none", organizationalDomain: "shop.test", differs: null }],
    ["psd=n makes its own organizational domain", "a.news.shop.test", at(["news.shop.test", "v=DMARC1; p=none; psd=n"], ["shop.test", REJECT]), { domain: "news.shop.test", organizationalDomain: "news.shop.test", differs: { walk: "news.shop.test", list: "shop.test" } }],
    // RFC 9989 section 4.10.2, the three examples.
    ["RFC example 1", "a.mail.example.com", at(["mail.example.com", NONE], ["example.com", REJECT]), { domain: "example.com", organizationalDomain: "example.com" }],
    ["RFC example 2", "a.mail.example.com", at(["mail.example.com", "v=DMARC1; p=none; psd=n"]), { domain: "mail.example.com", organizationalDomain: "mail.example.com" }],
    ["RFC example 3", "a.mail.example.com", at(["com", "v=DMARC1; p=none; sp=reject; psd=y"]), { domain: "com", organizationalDomain: "example.com", policy: "reject", inherited: true, differs: { walk: "com", list: null } }],
    ["a record between, which the list does not look at", "a.mail.shop.test", at(["mail.shop.test", REJECT]), { domain: "mail.shop.test", policy: "reject", organizationalDomain: "mail.shop.test", differs: { walk: "mail.shop.test", list: null } }],
    ["a suffix of the list's private section", "shop.github.io", at(["github.io", REJECT]), { domain: "github.io", differs: { walk: "github.io", list: null } }],
    ["several: discarded", "shop.test", at(["shop.test", NONE, REJECT]), { status: "none", differs: null }],
    ["several: the walk goes on, the older way ends", "news.shop.test", at(["news.shop.test", NONE, REJECT], ["shop.test", REJECT]), { status: "found", domain: "shop.test", policy: "reject", differs: { walk: "shop.test", list: null } }],
    ["several below a single one above", "a.news.shop.test", at(["news.shop.test", NONE, REJECT], ["shop.test", REJECT]), { status: "found", domain: "shop.test", differs: null }],
    ["no policy can be read", "shop.test", at(["shop.test", "v=DMARC1; p=monitor"]), { status: "found", policy: null, policyAssumed: false }],
    ["no policy can be read, but a report address", "shop.test", at(["shop.test", "v=DMARC1; p=monitor; rua=mailto:a@shop.test"]), { status: "found", policy: "none", policyAssumed: true }],
    ["own record without a policy hides the one above", "news.shop.test", at(["news.shop.test", "v=DMARC1"], ["shop.test", REJECT]), { status: "found", domain: "news.shop.test", policy: null }],
    ["malformed is no record", "shop.test", at(["shop.test", "v=dmarc1; p=reject"]), { status: "none" }],
    ["own name not answered", "shop.test", { "_dmarc.shop.test": { fail: "timeout" } }, { status: "unanswered", name: "_dmarc.shop.test", failure: "timeout" }],
    ["own name not answered, though one above is there", "news.shop.test", { "_dmarc.news.shop.test": { fail: "server-failure" }, ...at(["shop.test", REJECT]) }, { status: "unanswered", name: "_dmarc.news.shop.test", failure: "server-failure" }],
    ["the name above not answered", "news.shop.test", { "_dmarc.shop.test": { fail: "refused" } }, { status: "unanswered", name: "_dmarc.shop.test", failure: "refused" }],
    ["own record found, the name above not answered", "news.shop.test", { ...at(["news.shop.test", REJECT]), "_dmarc.shop.test": { fail: "refused" } }, { status: "found", policy: "reject", differs: null }],
    ["a public suffix not answered decides nothing", "shop.test", { "_dmarc.test": { fail: "refused" }, "shop.test": {} }, { status: "none" }],
    ["budget spent", "shop.test", { "_dmarc.shop.test": { fail: "not-asked" } }, { status: "unanswered", failure: "not-asked" }],
  ])("%s", async (_name, asked, entries, expected) => expect(await discoverDmarc(domain(asked), zone(entries))).toMatchObject(expected));

  test("what stands at each name is kept, several and malformed too", async () => {
    const { sites } = await discoverDmarc(domain("news.shop.test"), zone(at(["news.shop.test", NONE, REJECT, "v=spf1 -all"], ["shop.test", "v=DMARC1 p=none"])));
    expect(sites.map(({ name, status, records, malformed }) => [name, status, records.length, malformed.map(({ text }) => text)])).toEqual([
      ["_dmarc.news.shop.test", "ok", 2, []], ["_dmarc.shop.test", "ok", 0, ["v=DMARC1 p=none"]], ["_dmarc.test", "no-name", 0, []],
    ]);
  });
});

test("organizational domains by each domain's own walk", async () => {
  const entries = at(["shop.test", REJECT], ["own.shop.test", "v=DMARC1; p=none; psd=n"], ["slow.test", NONE]);
  const domains = ["a.shop.test", "b.own.shop.test", "x.nothing.test", "a.slow.test"].map(domain);
  const orgOf = await organizationalDomains(domains, zone({ ...entries, "_dmarc.a.slow.test": { fail: "timeout" } }));
  expect(domains.map(orgOf)).toEqual(["shop.test", "own.shop.test", "nothing.test", "slow.test"]);
});
