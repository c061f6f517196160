import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { lookUpKey, parseSelector, type SelectorSource, selectorsToTry } from "./index.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const rsa = (bits: number) => generateKeyPairSync("rsa", { modulusLength: bits }).publicKey.export({ format: "der", type: "spki" }).toString("base64");
const KEY = rsa(2048);
const SHOP = domain("shop.test");
const NAME = "s1._domainkey.shop.test";

describe("one key", () => {
  test.each<[name: string, entries: Zone, expected: object, source?: SelectorSource]>([
    ["valid, in two strings", { [NAME]: { TXT: [[`v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}`, KEY.slice(200)]] } }, { status: "valid", keyType: "rsa", bits: 2048, short: false, name: NAME, reason: null }],
    ["short", { [NAME]: { TXT: [`v=DKIM1; p=${rsa(1024)}`] } }, { status: "valid", bits: 1024, short: true }],
    ["weak", { [NAME]: { TXT: [`v=DKIM1; p=${rsa(768)}`] } }, { status: "weak", bits: 768, short: false }],
    ["weak and testing: weak counts", { [NAME]: { TXT: [`v=DKIM1; t=y; p=${rsa(512)}`] } }, { status: "weak", bits: 512 }],
    ["testing", { [NAME]: { TXT: [`v=DKIM1; t=y; p=${KEY}`] } }, { status: "testing", bits: 2048 }],
    ["revoked", { [NAME]: { TXT: ["v=DKIM1; p="] } }, { status: "revoked", bits: null, record: "v=DKIM1; p=" }],
    ["invalid", { [NAME]: { TXT: [`v=DKIM1; p=${KEY.slice(0, 100)}`] } }, { status: "invalid", reason: "truncated-key" }],
    ["missing: no such name", { "shop.test": { TXT: ["v=spf1 -all"] } }, { status: "missing", reason: null, failure: null, record: null }],
    ["missing: no TXT there", { [NAME]: { A: ["192.0.2.1"] } }, { status: "missing", reason: null }],
    ["missing: a wildcard answers", { "*.shop.test": { TXT: ["v=spf1 -all"] } }, { status: "missing", reason: "not-a-key-record", record: "v=spf1 -all" }],
    ["missing: alias of nothing", { [NAME]: { CNAME: "s1.shop.provider.test" }, "provider.test": {} }, { status: "missing", danglingCname: "s1.shop.provider.test" }],
    ["missing: alias of nothing, guessed", { [NAME]: { CNAME: "s1.shop.provider.test" }, "provider.test": {} }, { status: "missing", danglingCname: null, source: "guessed" }, "guessed"],
    ["alias of a key", { [NAME]: { CNAME: "s1.provider.test" }, "s1.provider.test": { TXT: [`v=DKIM1; p=${KEY}`] } }, { status: "valid", danglingCname: null }],
    ["a key beside another record", { [NAME]: { TXT: ["v=spf1 -all", `v=DKIM1; p=${KEY}`] } }, { status: "valid", record: `v=DKIM1; p=${KEY}`, records: ["v=spf1 -all", `v=DKIM1; p=${KEY}`] }],
    ["two keys", { [NAME]: { TXT: [`v=DKIM1; p=${KEY}`, "v=DKIM1; p="] } }, { status: "invalid", reason: "several-records", bits: null }],
    ["server failure", { [NAME]: { fail: "server-failure" } }, { status: "unknown", failure: "server-failure" }],
    ["time-out", { [NAME]: { fail: "timeout" } }, { status: "unknown", failure: "timeout" }],
    ["refused", { [NAME]: { fail: "refused" } }, { status: "unknown", failure: "refused" }],
    ["budget spent", { [NAME]: { fail: "not-asked" } }, { status: "unknown", failure: "not-asked" }],
  ])("%s", async (_name, entries, expected, source = "paste") => {
    expect(await lookUpKey({ domain: SHOP, selector: "s1", source }, zone(entries))).toMatchObject(expected);
  });
});

describe("selectors", () => {
  test.each<[text: string, expected: object]>([
    ["s1", { ok: true, selector: "s1", domain: null }],
    [" S1 ", { ok: true, selector: "s1", domain: null }],
    ["s1._domainkey", { ok: true, selector: "s1", domain: null }],
    ["s1._domainkey.example.com", { ok: true, selector: "s1", domain: "example.com" }],
    ["S1._domainkey.Example.COM.", { ok: true, selector: "s1", domain: "example.com" }],
    ["dk.2026._domainkey.news.example.com", { ok: true, selector: "dk.2026", domain: "news.example.com" }],
    ["s=s1;", { ok: true, selector: "s1", domain: null }],
    ["key_1", { ok: true, selector: "key_1", domain: null }],
    ["2026-11", { ok: true, selector: "2026-11", domain: null }],
    ["", { ok: false, error: "empty" }],
    ["s 1", { ok: false, error: "bad-character" }],
    ["s1..x", { ok: false, error: "bad-character" }],
    ["-s1", { ok: false, error: "bad-character" }],
    ["ｓ１", { ok: false, error: "bad-character" }],
    ["s1@example.com", { ok: false, error: "bad-character" }],
    ["a".repeat(64), { ok: false, error: "too-long" }],
    [Array.from({ length: 120 }, () => "ab").join("."), { ok: false, error: "too-long" }],
    ["s1._domainkey.com", { ok: false, error: "bad-domain" }],
    ["s1._domainkeyexample.com", { ok: false, error: "bad-domain" }],
    ["s1._domainkey.a._domainkey.b.c", { ok: false, error: "bad-character" }],
  ])("%s", (text, expected) => expect(parseSelector(text)).toEqual(expected));

  const named = (known: Partial<Parameters<typeof selectorsToTry>[0]>) =>
    selectorsToTry({ signatures: [], userSelectors: [], providerSelectors: [], domain: SHOP, ...known }).map(({ domain: at, selector, source }) => `${source} ${selector} ${at}`);
  test("signatures first, then the user's, each name once", () => {
    expect(named({ signatures: [{ domain: SHOP, selector: "s1" }, { domain: domain("mail.test"), selector: "m1" }], userSelectors: ["S1", "s2", "s3._domainkey.news.shop.test", "not one"] })).toEqual([
      "paste s1 shop.test", "paste m1 mail.test", "user s2 shop.test", "user s3 news.shop.test",
    ]);
  });
  test("guesses only where nothing is known", () => {
    expect(named({ providerSelectors: ["google", "selector1", "google"] })).toEqual(["guessed google shop.test", "guessed selector1 shop.test"]);
    expect(named({ userSelectors: ["s1"], providerSelectors: ["google"] })).toEqual(["user s1 shop.test"]);
  });
  test("bounded", () => {
    const many = Array.from({ length: 100 }, (_, index) => `k${index}`);
    expect(named({ providerSelectors: many })).toHaveLength(12);
    expect(named({ userSelectors: many })).toHaveLength(20);
  });
});
