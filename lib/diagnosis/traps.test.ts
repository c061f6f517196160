/** Traps around a record: each a small zone, and the finding that tells of it, with the term, the evidence and what may be offered. */

import { describe, expect, test } from "vitest";
import { parseIp, reverseName } from "../address/index.ts";
import { type DnsFailure, recording } from "../dns/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { PROVIDERS } from "../providers/index.ts";
import { diagnose } from "./diagnose.ts";
import type { FindingCode } from "./finding-codes.ts";
import { SHARED_HOSTS } from "./judge/spf-traps.ts";
import { type Report, reportSchema } from "./report.ts";
import { unmadeName } from "./surroundings.ts";
import { WEB_FRONTS, webFrontOf } from "./web-fronts.ts";

const IP = "203.0.113.7";
const bounce = (domain: string) => `550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. Authentication results: DKIM = did not pass SPF [${domain}] with ip: [${IP}] = did not pass 550 5.7.26 https://support.google.com/mail/answer/81126#authentication x1 - gsmtp`;
const reverse = (ip: string) => {
  const parsed = parseIp(ip);
  if (parsed === null) throw new Error(ip);
  return reverseName(parsed);
};

/** A shop with its own mail server, and `txt` at its domain. */
const shop = (txt: string[], more: Zone = {}): Zone => ({
  "shop.test": { TXT: txt, MX: [[10, "mail.shop.test"]] },
  "mail.shop.test": { A: [IP] },
  [reverse(IP)]: { PTR: ["mail.shop.test"] },
  "_dmarc.shop.test": { TXT: ["v=DMARC1; p=none"] },
  ...more,
});

async function report(input: string, entries: Zone, selectors?: string[]): Promise<Report> {
  const outcome = await diagnose(
    { input, selectors },
    { dns: (hooks) => ({ ...recording(zone(entries), hooks), servers: ["127.0.0.1:53"], close: () => undefined }), id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date(0), expiresAt: null },
  );
  if (!outcome.ok) throw new Error(`refused to read: ${outcome.error.code}`);
  return reportSchema.parse(outcome.report);
}

const evidenceOf = ({ findings, dns }: Report, code: string) => findings.filter((one) => one.code === code).flatMap(({ evidence }) => evidence.map((index) => `${dns.answers[index]?.type ?? "?"} ${dns.answers[index]?.name ?? "?"}`));
const found = ({ findings }: Report, code: string) => findings.find((one) => one.code === code);

const TRAPS: FindingCode[] = [
  "spf.near-record", "spf.misplaced", "spf.parked", "spf.alias", "spf.wildcard", "spf.sender-id", "spf.exists-always", "spf.include-passes-all", "spf.unregistered", "spf.unknown-include", "spf.include-wide",
  "spf.redirect-ignored", "spf.redirect-place", "spf.macros", "spf.web-front", "spf.shared-host", "dmarc.misplaced", "spf.passes-all", "spf.neutral-all", "spf.wide",
];
const trapsOf = ({ findings }: Report) => findings.map(({ code }) => code).filter((code) => TRAPS.includes(code));

interface Trap {
  readonly zone: Zone;
  /** With its parameters, but `domain`. */
  readonly tells: readonly (readonly [code: FindingCode, params: Readonly<Record<string, string | number>>])[];
  /** What the first of them rests on. */
  readonly evidence: readonly string[];
}

const IN_A_RECORD: [name: string, trap: Trap][] = [
  ["+all", { zone: shop(["v=spf1 mx +all"]), tells: [["spf.passes-all", { term: "+all" }]], evidence: ["TXT shop.test"] }],
  ["all, without a sign", { zone: shop(["v=spf1 mx all"]), tells: [["spf.passes-all", { term: "all" }]], evidence: ["TXT shop.test"] }],
  ["?all", { zone: shop(["v=spf1 mx ?all"]), tells: [["spf.neutral-all", {}]], evidence: ["TXT shop.test"] }],
  ["the whole of IPv4", { zone: shop(["v=spf1 ip4:0.0.0.0/0 -all"]), tells: [["spf.passes-all", { term: "ip4:0.0.0.0/0" }]], evidence: ["TXT shop.test"] }],
  ["a/0", { zone: shop(["v=spf1 a:mail.shop.test/0 -all"]), tells: [["spf.passes-all", { term: "a:mail.shop.test/0" }]], evidence: ["TXT shop.test"] }],
  ["a /8", { zone: shop(["v=spf1 mx ip4:198.0.0.0/8 -all"]), tells: [["spf.wide", { term: "ip4:198.0.0.0/8" }]], evidence: ["TXT shop.test"] }],
  ["a /8 in a stranger's record", { zone: shop(["v=spf1 include:mailer.test -all"], { "mailer.test": { TXT: ["v=spf1 ip4:198.0.0.0/8 -all"] } }), tells: [["spf.unknown-include", { others: "mailer.test", count: 1 }], ["spf.include-wide", { term: "ip4:198.0.0.0/8", target: "mailer.test" }]], evidence: ["TXT shop.test", "TXT mailer.test"] }],
  ["a /8 in a known provider's record", { zone: shop(["v=spf1 include:_spf.google.com -all"], { "_spf.google.com": { TXT: ["v=spf1 ip4:198.0.0.0/8 -all"] } }), tells: [], evidence: [] }],
  ["a /8 in what a known provider includes", { zone: shop(["v=spf1 include:_spf.google.com -all"], { "_spf.google.com": { TXT: ["v=spf1 include:blocks.test -all"] }, "blocks.test": { TXT: ["v=spf1 ip4:198.0.0.0/8 -all"] } }), tells: [], evidence: [] }],
  ["a /8 in a known provider's record, by way of an own one", { zone: shop(["v=spf1 include:_spf.shop.test -all"], { "_spf.shop.test": { TXT: ["v=spf1 include:_spf.google.com -all"] }, "_spf.google.com": { TXT: ["v=spf1 ip4:198.0.0.0/8 -all"] } }), tells: [], evidence: [] }],
  ["a stranger's record allows the whole of IPv6", { zone: shop(["v=spf1 include:mailer.test -all"], { "mailer.test": { TXT: ["v=spf1 ip6:::/0 -all"] } }), tells: [["spf.include-passes-all", { term: "include:mailer.test", target: "mailer.test", other: "ip6:::/0" }], ["spf.unknown-include", { others: "mailer.test", count: 1 }]], evidence: ["TXT shop.test", "TXT mailer.test"] }],
  ["a stranger's record that is in error lets nobody pass", { zone: shop(["v=spf1 include:mailer.test mx -all"], { "mailer.test": { TXT: ["v=spf1 +all ipv4:192.0.2.1"] } }), tells: [], evidence: [] }],
  ["a stranger's record lets everybody pass", { zone: shop(["v=spf1 include:mailer.test -all"], { "mailer.test": { TXT: ["v=spf1 include:deep.mailer.test ~all"] }, "deep.mailer.test": { TXT: ["v=spf1 +all"] } }), tells: [["spf.include-passes-all", { term: "include:mailer.test", target: "deep.mailer.test", other: "+all" }], ["spf.unknown-include", { others: "mailer.test", count: 1 }]], evidence: ["TXT shop.test", "TXT deep.mailer.test"] }],
  ["an include that is not to pass", { zone: shop(["v=spf1 -include:mailer.test mx -all"], { "mailer.test": { TXT: ["v=spf1 +all"] } }), tells: [], evidence: [] }],
  ["a redirect to a record that lets everybody pass", { zone: shop(["v=spf1 redirect=_spf.shop.test"], { "_spf.shop.test": { TXT: ["v=spf1 mx +all"] } }), tells: [["spf.include-passes-all", { term: "redirect=_spf.shop.test", target: "_spf.shop.test", other: "+all" }]], evidence: ["TXT shop.test", "TXT _spf.shop.test"] }],
  ["exists of a name that is always there", { zone: shop(["v=spf1 mx exists:mail.shop.test -all"]), tells: [["spf.exists-always", { term: "exists:mail.shop.test", target: "mail.shop.test" }]], evidence: ["TXT shop.test", "A mail.shop.test"] }],
  ["exists of the domain itself, by macro", { zone: shop(["v=spf1 exists:mail.%{d} -all"]), tells: [["spf.exists-always", { term: "exists:mail.%{d}", target: "mail.shop.test" }]], evidence: ["TXT shop.test", "A mail.shop.test"] }],
  ["exists after all", { zone: shop(["v=spf1 mx -all exists:mail.shop.test"]), tells: [], evidence: [] }],
  ["exists with macros", { zone: shop(["v=spf1 mx exists:%{i}._spf.shop.test -all"]), tells: [["spf.macros", { term: "exists:%{i}._spf.shop.test", reason: "address" }]], evidence: ["TXT shop.test"] }],
  ["exists with the local part", { zone: shop(["v=spf1 mx exists:%{l}.%{ir}._spf.shop.test -all"]), tells: [["spf.macros", { term: "exists:%{l}.%{ir}._spf.shop.test", reason: "local-part" }]], evidence: ["TXT shop.test"] }],
  ["redirect beside all", { zone: shop(["v=spf1 redirect=_spf.shop.test ~all"], { "_spf.shop.test": { TXT: ["v=spf1 mx -all"] } }), tells: [["spf.redirect-ignored", { term: "redirect=_spf.shop.test", other: "~all" }]], evidence: ["TXT shop.test"] }],
  ["redirect not last", { zone: shop(["v=spf1 redirect=_spf.shop.test mx"], { "_spf.shop.test": { TXT: ["v=spf1 mx -all"] } }), tells: [["spf.redirect-place", { term: "redirect=_spf.shop.test" }]], evidence: ["TXT shop.test"] }],
  ["redirect last", { zone: shop(["v=spf1 mx redirect=_spf.shop.test"], { "_spf.shop.test": { TXT: ["v=spf1 mx -all"] } }), tells: [], evidence: [] }],
  ["include of strangers", { zone: shop(["v=spf1 include:one.test include:_spf.shop.test include:_spf.google.com -all"], { "one.test": { TXT: ["v=spf1 include:sub.other.test -all"] }, "sub.other.test": { TXT: ["v=spf1 -all"] }, "_spf.shop.test": { TXT: ["v=spf1 include:two.test -all"] }, "two.test": { TXT: ["v=spf1 -all"] }, "_spf.google.com": { TXT: ["v=spf1 -all"] } }), tells: [["spf.unknown-include", { others: "one.test, two.test", count: 2 }]], evidence: ["TXT shop.test", "TXT one.test", "TXT two.test"] }],
  ["include of whoever holds the mailboxes", { zone: { ...shop(["v=spf1 include:spf.boxes.test -all"]), "shop.test": { TXT: ["v=spf1 include:spf.boxes.test -all"], MX: [[10, "mx1.boxes.test"]] }, "mx1.boxes.test": { A: ["192.0.2.9"] }, "spf.boxes.test": { TXT: ["v=spf1 ip4:192.0.2.9 -all"] } }, tells: [], evidence: [] }],
  ["include of a domain that is free", { zone: shop(["v=spf1 include:spf.gone.test mx -all"]), tells: [["spf.unregistered", { target: "gone.test", term: "include:spf.gone.test" }]], evidence: ["TXT shop.test", "SOA gone.test"] }],
  ["a of a domain that is free", { zone: shop(["v=spf1 mx a:gone.test -all"]), tells: [["spf.unregistered", { target: "gone.test", term: "a:gone.test" }]], evidence: ["TXT shop.test", "SOA gone.test"] }],
  ["mx of a domain that is free", { zone: shop(["v=spf1 mx mx:gone.test -all"]), tells: [["spf.unregistered", { target: "gone.test", term: "mx:gone.test" }]], evidence: ["TXT shop.test", "SOA gone.test"] }],
  ["exists of a domain that is free", { zone: shop(["v=spf1 mx exists:allow.gone.test -all"]), tells: [["spf.unregistered", { target: "gone.test", term: "exists:allow.gone.test" }]], evidence: ["TXT shop.test", "SOA gone.test"] }],
  ["redirect to a domain that is free", { zone: shop(["v=spf1 mx redirect=_spf.gone.test"]), tells: [["spf.unregistered", { target: "gone.test", term: "redirect=_spf.gone.test" }]], evidence: ["TXT shop.test", "SOA gone.test"] }],
  ["%{d} of the domain itself", { zone: shop(["v=spf1 mx include:gone.%{d} -all"]), tells: [], evidence: [] }],
  ["a name that is gone below a domain that is there", { zone: shop(["v=spf1 mx a:gone.mailer.test -all"], { "mailer.test": { TXT: ["hello"] } }), tells: [], evidence: [] }],
  ["a misspelt top-level domain is for nobody to buy", { zone: shop(["v=spf1 mx a:mailer.tset -all"]), tells: [], evidence: [] }],
  ["a free domain in a record that is included", { zone: shop(["v=spf1 include:mailer.test -all"], { "mailer.test": { TXT: ["v=spf1 a:gone.test ip4:192.0.2.9 -all"] } }), tells: [["spf.unregistered", { target: "gone.test", term: "a:gone.test" }], ["spf.unknown-include", { others: "mailer.test", count: 1 }]], evidence: ["TXT mailer.test", "SOA gone.test"] }],
  ["a web front's address", { zone: shop(["v=spf1 a:www.shop.test mx -all"], { "www.shop.test": { A: ["192.0.2.1", firstOf("Cloudflare")] } }), tells: [["spf.web-front", { term: "a:www.shop.test", address: firstOf("Cloudflare"), name: "Cloudflare" }]], evidence: ["TXT shop.test", "A www.shop.test", "AAAA www.shop.test"] }],
  ["a shared host", { zone: shop(["v=spf1 a:www77.sakura.ne.jp -all"], { "www77.sakura.ne.jp": { A: ["192.0.2.77"] } }), tells: [["spf.shared-host", { term: "a:www77.sakura.ne.jp", host: "www77.sakura.ne.jp", name: "さくらのレンタルサーバ (SAKURA internet)" }]], evidence: ["TXT shop.test"] }],
  ["a rented server of its own at a shared host's company", { zone: shop(["v=spf1 a:static.7.2.0.192.clients.your-server.de -all"], { "static.7.2.0.192.clients.your-server.de": { A: ["192.0.2.7"] } }), tells: [], evidence: [] }],
  ["a plain record", { zone: shop(["v=spf1 mx a:mail.shop.test ip4:192.0.2.0/24 -all"]), tells: [], evidence: [] }],
  ["Sender ID beside SPF", { zone: shop(["v=spf1 mx -all", "spf2.0/pra mx -all"]), tells: [["spf.sender-id", { term: "spf2.0/pra mx -all" }]], evidence: ["TXT shop.test"] }],
  ["a text that only looks like SPF, beside a record", { zone: shop(["v=spf1 mx -all", "\"v=spf1 a -all\""]), tells: [["spf.near-record", { reason: "quotes", term: "\"v=spf1 a -all\"" }]], evidence: ["TXT shop.test"] }],
  ["a wildcard with a text", { zone: shop(["v=spf1 mx -all"], { "*.shop.test": { TXT: ["site-verification=1"] } }), tells: [["spf.wildcard", { name: "*.shop.test", term: "site-verification=1", reason: "other" }]], evidence: [`TXT ${unmadeName("shop.test")}`] }],
  ["a wildcard with SPF", { zone: shop(["v=spf1 mx -all"], { "*.shop.test": { TXT: ["v=spf1 mx -all"] } }), tells: [["spf.wildcard", { name: "*.shop.test", term: "v=spf1 mx -all", reason: "spf" }]], evidence: [`TXT ${unmadeName("shop.test")}`] }],
  ["a record behind an alias", { zone: { ...shop([]), "shop.test": { CNAME: "u77.mailer.test" }, "u77.mailer.test": { TXT: ["v=spf1 ip4:192.0.2.9 -all"] } }, tells: [["spf.alias", { target: "u77.mailer.test" }]], evidence: ["CNAME shop.test", "TXT shop.test"] }],
];

function firstOf(front: string): string {
  return WEB_FRONTS.find(({ name }) => name === front)?.networks[0]?.replace(/\/\d+$/, "") ?? "";
}

describe("traps in a record", () => {
  test.each(IN_A_RECORD)("%s", async (_name, { zone: entries, tells, evidence }) => {
    const result = await report("shop.test", entries);
    expect(trapsOf(result)).toEqual(tells.map(([code]) => code));
    for (const [code, params] of tells) expect(found(result, code)?.params).toEqual({ domain: "shop.test", ...params });
    if (tells[0] !== undefined) expect(evidenceOf(result, tells[0][0])).toEqual(evidence);
  });

  test.each([
    ["exists of a name that is always there", "v=spf1 mx exists:mail.shop.test ?all", "spf.exists-always"],
    ["a stranger lets everybody pass", "v=spf1 mx include:mailer.test ?all", "spf.include-passes-all"],
  ])("%s is a cause, and no record is offered as its cure", async (_name, record, cause) => {
    const result = await report("shop.test", shop([record], { "mailer.test": { TXT: ["v=spf1 +all"] } }));
    expect(result.verdict).toEqual({ outcome: "at-risk", cause });
    expect(result.fixes.filter((fix) => !fix.advice)).toEqual([]);
    expect(result.fixes.map(({ finding }) => finding)).toContain("spf.neutral-all");
    expect(found(result, "spf.published")).toBeUndefined();
  });

  test("what is only worth knowing changes no verdict", async () => {
    const result = await report(bounce("shop.test"), shop(["v=spf1 include:mailer.test a:gone.test -all", "spf2.0/pra"], { "mailer.test": { TXT: ["v=spf1 ip4:192.0.2.9 -all"] }, "*.shop.test": { TXT: ["x"] } }));
    expect(result.verdict).toEqual({ outcome: "refused", cause: "spf.not-authorised" });
    expect(trapsOf(result)).toEqual(expect.arrayContaining(["spf.sender-id", "spf.wildcard", "spf.unregistered", "spf.unknown-include"]));
  });
});

describe("a record that is not where or what it should be", () => {
  const other = (name: string, record = `v=spf1 ip4:${IP} ip4:192.0.2.9 -all`): Zone => ({ [name]: { TXT: [record] } });
  const PLACES: [name: string, zone: Zone, place: string, asked: string][] = [
    ["www.shop.test", other("www.shop.test"), "www", "www.shop.test"],
    ["shop.test.shop.test", other("shop.test.shop.test"), "doubled", "shop.test.shop.test"],
    ["_spf.shop.test", other("_spf.shop.test"), "spf-name", "_spf.shop.test"],
    ["spf.shop.test", other("spf.shop.test"), "spf-name", "spf.shop.test"],
    ["_dmarc.shop.test", other("_dmarc.shop.test"), "dmarc-name", "_dmarc.shop.test"],
    ["*.shop.test", other("*.shop.test"), "wildcard", unmadeName("shop.test")],
  ];
  test.each(PLACES)("at %s: told, and offered at the domain, proven", async (name, more, reason, asked) => {
    const result = await report(bounce("shop.test"), shop(["site-verification=1"], more));
    expect(result.verdict).toEqual({ outcome: "refused", cause: "spf.missing" });
    expect(found(result, "spf.missing")?.params).toEqual({ domain: "shop.test", reason: "misplaced" });
    expect(found(result, "spf.misplaced")?.params).toEqual({ domain: "shop.test", name, reason, term: `v=spf1 ip4:${IP} ip4:192.0.2.9 -all` });
    expect(evidenceOf(result, "spf.misplaced")).toEqual(["TXT shop.test", `TXT ${asked}`]);
    expect(result.fixes[0]).toMatchObject({ action: "create", name: "shop.test", value: `v=spf1 ip4:${IP} ip4:192.0.2.9 -all`, replaces: [], advice: false, proof: { result: "pass", ip: IP, kept: 2, of: 2 } });
    expect(result.fixes[0]?.assumptions).toContain("record-from-elsewhere");
  });

  test("a record elsewhere that lacks the sender is mended on the way", async () => {
    const result = await report(bounce("shop.test"), shop([], other("www.shop.test", "v=spf1 ip4:192.0.2.9 -all")));
    expect(result.fixes[0]).toMatchObject({ action: "create", name: "shop.test", value: `v=spf1 ip4:192.0.2.9 ip4:${IP} -all`, replaces: [] });
  });

  test("a record elsewhere that can't be proven is told, and no other is offered in its place", async () => {
    const result = await report("shop.test", shop([], { ...other("www.shop.test", "v=spf1 include:slow.test ip4:192.0.2.9 -all"), "slow.test": { fail: "timeout" } }));
    expect(trapsOf(result)).toEqual(["spf.misplaced"]);
    expect(result.fixes.filter(({ name }) => name === "shop.test")).toEqual([]);
  });

  test.each([["what was meant as one", { "shop.test": { TXT: ["\"v=spf1 mx -all\""] } }, ["spf.near-record"]], ["a look-up that failed", { "shop.test": { fail: "timeout" } }, []]] satisfies [string, Zone, string[]][])("nothing is asked elsewhere beside %s", async (_name, own, tells) => {
    expect(trapsOf(await report(bounce("shop.test"), { ...shop([], other("www.shop.test")), ...own }))).toEqual(tells);
  });

  test("nothing is asked elsewhere where the domain has its record", async () => {
    const result = await report(bounce("shop.test"), shop(["v=spf1 ip4:192.0.2.9 -all"], other("www.shop.test")));
    expect(trapsOf(result)).toEqual([]);
    expect(result.dns.answers.map(({ name }) => name)).not.toContain("www.shop.test");
  });

  test("a shop system's record behind www is not the domain's", async () => {
    const result = await report(bounce("shop.test"), shop([], { "www.shop.test": { CNAME: "shops.host.test" }, "shops.host.test": { TXT: ["v=spf1 -all"] } }));
    expect(trapsOf(result)).toEqual([]);
  });

  test.each([["\ufeffv=spf1 ip4:192.0.2.9 -all", "byte-order-mark"], ["\"v=spf1 ip4:192.0.2.9 -all\"", "quotes"], ["v=spf1\u00a0ip4:192.0.2.9\u00a0-all", "odd-space"], ["v=spfl ip4:192.0.2.9 -all", "version"]])("%j: told, and replaced", async (text, reason) => {
    const result = await report(bounce("shop.test"), shop([text]));
    expect(result.verdict).toEqual({ outcome: "refused", cause: "spf.missing" });
    expect(found(result, "spf.missing")?.params).toEqual({ domain: "shop.test", reason: "near-record" });
    expect(found(result, "spf.near-record")).toMatchObject({ severity: "critical", cost: 0, params: { domain: "shop.test", reason, term: text } });
    expect(result.fixes[0]).toMatchObject({ action: "replace", value: `v=spf1 ip4:192.0.2.9 ip4:${IP} -all`, replaces: [text] });
  });

  test.each([
    ["ｖ＝ｓｐｆ１ ip4:192.0.2.9 -all", "replace"],
    ["version=spf1 ip4:192.0.2.9 -all", "replace"],
    ["@ 300 IN TXT \"v=spf1 ip4:192.0.2.9 -all\"", "replace"],
    ["site-verification=Yq3 v=spf1 ip4:192.0.2.9 -all", "create"],
  ])("%j: whom it was meant to allow is not forgotten", async (text, action) => {
    const result = await report(bounce("shop.test"), shop([text]));
    expect(result.fixes[0]).toMatchObject({ action, name: "shop.test", value: `v=spf1 ip4:192.0.2.9 ip4:${IP} -all`, replaces: action === "replace" ? [text] : [], proof: { result: "pass", ip: IP } });
    expect(result.fixes[0]?.assumptions).toContain("repaired-as-meant");
  });

  test("a record to publish at an alias says that the alias has to go", async () => {
    const result = await report(bounce("news.shop.test"), shop(["v=spf1 mx -all"], { "news.shop.test": { CNAME: "u77.mailer.test" }, "u77.mailer.test": { A: ["192.0.2.9"] } }));
    expect(trapsOf(result)).toEqual(["spf.alias"]);
    expect(result.fixes[0]?.assumptions).toContain("name-is-alias");
  });

  test("a DMARC record at the domain itself", async () => {
    const result = await report("shop.test", { ...shop(["v=spf1 mx -all", "v=DMARC1; p=none"]), "_dmarc.shop.test": {} });
    expect(found(result, "dmarc.misplaced")?.params).toEqual({ domain: "shop.test", name: "_dmarc.shop.test", at: "shop.test", reason: "apex" });
    expect(evidenceOf(result, "dmarc.misplaced")).toEqual(["TXT shop.test", "TXT _dmarc.shop.test"]);
    expect(trapsOf(await report("shop.test", shop(["v=spf1 mx -all", "v=DMARC1; p=none"])))).toEqual([]);
  });
});

describe("a domain that seems to send no mail", () => {
  const parked = (txt: string[] = [], more: Zone = {}): Zone => ({ "parked.test": { TXT: txt, MX: [[0, "."]] }, ...more });
  const offered = ({ fixes }: Report) => fixes.map(({ name, value, assumptions, advice, proof }) => ({ name, value, assumptions, advice, proof }));
  const proof = { result: "fail", ip: null, lookups: 0, voidLookups: 0, kept: 0, of: 0 };

  test.each([["null MX", parked()], ["neither MX nor address", { "parked.test": { TXT: ["site-verification=1"] } }]] satisfies [string, Zone][])("%s: it should say so, as an assumption", async (_name, entries) => {
    const result = await report("parked.test", entries);
    expect(result.verdict).toEqual({ outcome: "at-risk", cause: "spf.missing" });
    expect(found(result, "spf.missing")?.params).toEqual({ domain: "parked.test", reason: "parked" });
    expect(evidenceOf(result, "spf.parked")).toEqual(["TXT parked.test", "MX parked.test"]);
    expect(offered(result)).toEqual([
      { name: "parked.test", value: "v=spf1 -all", assumptions: ["sends-no-mail"], advice: false, proof },
      { name: "_dmarc.parked.test", value: "v=DMARC1; p=reject", assumptions: ["sends-no-mail"], advice: true, proof: null },
    ]);
  });

  const SENDS: [name: string, input: string, zone: Zone, selectors?: string[]][] = [
    ["a bounce shows that it sends", bounce("parked.test"), parked()],
    ["it takes mail", "shop.test", shop([])],
    ["it has an address, where mail may go", "parked.test", { "parked.test": { A: ["192.0.2.9"] } }],
    ["the MX could not be looked up", "parked.test", { "parked.test": { fail: { MX: "timeout" } } }],
    ["the user names a selector", "parked.test", parked(), ["s1"]],
    ["it has an SPF record", "parked.test", parked(["v=spf1 ip4:192.0.2.9 -all"])],
    ["it has what was meant as one", "parked.test", parked(["\"v=spf1 ip4:192.0.2.9 -all\""])],
    ["its record stands elsewhere", "parked.test", parked([], { "www.parked.test": { TXT: ["v=spf1 ip4:192.0.2.9 -all"] } })],
    ["it has a Sender ID record", "parked.test", parked(["spf2.0/pra ip4:192.0.2.9 -all"])],
  ];
  test.each(SENDS)("%s: nothing of the kind is proposed", async (_name, input, entries, selectors) => {
    const result = await report(input, entries, selectors);
    expect(trapsOf(result)).not.toContain("spf.parked");
    expect(result.fixes.map(({ value }) => value)).not.toContain("v=spf1 -all");
    expect(result.fixes.flatMap(({ assumptions }) => assumptions)).not.toContain("sends-no-mail");
  });
});

describe("the names that servers greet with", () => {
  const hosts = (result: Report) => result.findings.filter(({ code }) => code === "spf.host-without-record").map(({ params }) => params["host"]);
  const CASES: [name: string, input: string, zone: Zone, hosts: string[]][] = [
    ["an MX host without a record", "shop.test", shop(["v=spf1 mx -all"]), ["mail.shop.test"]],
    ["an MX host with one", "shop.test", { ...shop(["v=spf1 mx -all"]), "mail.shop.test": { A: [IP], TXT: ["v=spf1 a -all"] } }, []],
    ["an MX host with a wildcard's", "shop.test", shop(["v=spf1 mx -all"], { "mail.shop.test": { CNAME: "u.shop.test" }, "u.shop.test": { A: [IP], TXT: ["v=spf1 a -all"] } }), []],
    ["somebody else's MX host", "shop.test", { ...shop(["v=spf1 mx -all"]), "shop.test": { TXT: ["v=spf1 mx -all"], MX: [[10, "mx.boxes.test"]] }, "mx.boxes.test": { A: [IP] } }, []],
    ["the sender's own name, before the MX hosts", bounce("shop.test"), { ...shop(["v=spf1 mx -all"]), [reverse(IP)]: { PTR: ["out.shop.test"] }, "out.shop.test": { A: [IP] } }, ["out.shop.test"]],
    ["an MX host that could not be looked up", "shop.test", { ...shop(["v=spf1 mx -all"]), "mail.shop.test": { A: [IP], fail: { TXT: "server-failure" } } }, []],
    ["an MX host without an address", "shop.test", { ...shop(["v=spf1 ip4:192.0.2.9 -all"]), "mail.shop.test": {} }, []],
  ];
  test.each(CASES)("%s", async (_name, input, entries, expected) => {
    const result = await report(input, entries);
    expect(hosts(result)).toEqual(expected);
    if (expected.length > 0) expect(evidenceOf(result, "spf.host-without-record")).toEqual(expected.map((host) => `TXT ${host}`));
  });
});

describe("a look-up that failed", () => {
  const FAILURES: DnsFailure[] = ["timeout", "server-failure", "refused", "malformed", "not-asked"];
  const NAMES = ["www.shop.test", "shop.test.shop.test", "_spf.shop.test", "spf.shop.test", "_dmarc.shop.test", unmadeName("shop.test"), "gone.test", "test", "mail.shop.test"];
  test.each(FAILURES)("tells of no trap: %s", async (fail) => {
    for (const name of NAMES) {
      const without = await report(bounce("shop.test"), shop([], { [name]: { fail } }));
      expect(trapsOf(without), name).toEqual([]);
      const free = await report(bounce("shop.test"), shop(["v=spf1 include:gone.test -all"], { [name]: { fail } }));
      expect(trapsOf(free), name).toEqual(name === "gone.test" || name === "test" ? [] : ["spf.unregistered"]);
    }
    const unseen = await report("shop.test", { ...shop([]), "shop.test": { MX: [[0, "."]], fail: { TXT: fail } } });
    expect(trapsOf(unseen)).toEqual([]);
  });
});

test("few questions more: at most nine, and none twice", async () => {
  const names = (result: Report) => result.dns.answers.map(({ name, type }) => `${type} ${name}`);
  const bare = names(await report(bounce("shop.test"), shop(["site-verification=1"])));
  expect(bare.length).toBe(new Set(bare).size);
  const extra = ["CNAME shop.test", `TXT ${unmadeName("shop.test")}`, "TXT mail.shop.test", "TXT www.shop.test", "TXT shop.test.shop.test", "TXT _spf.shop.test", "TXT spf.shop.test"];
  expect(bare).toEqual(expect.arrayContaining(extra));
  const free = names(await report(bounce("shop.test"), shop(["v=spf1 a:a.gone1.test a:b.gone1.test a:gone2.test a:gone3.test a:gone4.test -all"])));
  expect(free.filter((question) => question.startsWith("SOA "))).toEqual(["SOA gone1.test", "SOA test", "SOA gone2.test"]);
});

test.each([["ip4 of the sender", `v=spf1 ip4:${IP} -all`, `ip4:${IP}`], ["mx, held there", "v=spf1 mx -all", "mx"]])("a shared host by its confirmed reverse name: %s", async (_name, record, term) => {
  const result = await report(bounce("shop.test"), { ...shop([record]), "shop.test": { TXT: [record], MX: [[10, "sv77.xserver.jp"]] }, "sv77.xserver.jp": { A: [IP] }, [reverse(IP)]: { PTR: ["sv77.xserver.jp"] } });
  expect(found(result, "spf.shared-host")?.params).toMatchObject({ term, host: "sv77.xserver.jp" });
});

test("shared hosts are of the providers that are known", () => {
  expect([...SHARED_HOSTS].filter((id) => !PROVIDERS.some((provider) => provider.id === id))).toEqual([]);
});

test("web fronts: the whole network has to lie in the range", () => {
  expect(webFrontOf("104.16.0.1/32")).toBe("Cloudflare");
  expect(webFrontOf("104.16.0.0/13")).toBe("Cloudflare");
  expect(webFrontOf("104.16.0.0/12")).toBeNull();
  expect(webFrontOf("2606:4700::1/128")).toBe("Cloudflare");
  expect(webFrontOf("192.0.2.1/32")).toBeNull();
  expect(webFrontOf("nonsense")).toBeNull();
  for (const { networks, name } of WEB_FRONTS) for (const network of networks) expect(webFrontOf(network)).toBe(name);
});
