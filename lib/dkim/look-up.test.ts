import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { lookUpKey, lookUpKeys, parseSelector, type SelectorSource, selectorsToTry } from "./index.ts";

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

describe("around a key that is not in order", () => {
  const good = `v=DKIM1; k=rsa; p=${KEY}`;
  test.each<[name: string, entries: Zone, expected: object, source?: SelectorSource]>([
    ["good: nothing more is asked", { [NAME]: { TXT: [good] } }, { status: "valid", alias: null, wildcard: false, misplaced: null, mended: null }],
    ["an alias of a damaged key", { [NAME]: { CNAME: "s1.provider.test" }, "s1.provider.test": { TXT: [good.slice(0, 255)] } }, { status: "invalid", reason: "truncated-key", alias: "s1.provider.test", danglingCname: null, mended: null }],
    ["an alias of a withdrawn key", { [NAME]: { CNAME: "s1.provider.test" }, "s1.provider.test": { TXT: ["v=DKIM1; p="] } }, { status: "revoked", alias: "s1.provider.test" }],
    ["an alias of nothing", { [NAME]: { CNAME: "s1.provider.test" }, "provider.test": {} }, { status: "missing", alias: "s1.provider.test", danglingCname: "s1.provider.test" }],
    ["a wildcard's SPF record", { "*.shop.test": { TXT: ["v=spf1 -all"] } }, { status: "missing", reason: "not-a-key-record", wildcard: true }],
    ["another record at the very name", { [NAME]: { TXT: ["v=spf1 -all"] } }, { status: "missing", reason: "not-a-key-record", wildcard: false }],
    ["a wildcard's withdrawn key", { "*._domainkey.shop.test": { TXT: ["v=DKIM1; p="] } }, { status: "revoked", wildcard: true }],
    ["at the doubled name", { [`${NAME}.shop.test`]: { TXT: [good] } }, { status: "missing", misplaced: { place: "doubled", name: `${NAME}.shop.test`, record: good } }],
    ["without _domainkey", { "s1.shop.test": { TXT: [good] } }, { status: "missing", misplaced: { place: "no-domainkey", name: "s1.shop.test", record: good } }],
    ["without the selector", { "_domainkey.shop.test": { TXT: [good] } }, { status: "missing", misplaced: { place: "no-selector", name: "_domainkey.shop.test", record: good } }],
    ["the old policy record of _domainkey is no key", { "_domainkey.shop.test": { TXT: ["o=~; r=postmaster@shop.test"] } }, { status: "missing", misplaced: null }],
    ["at the doubled name, guessed: not looked for", { [`${NAME}.shop.test`]: { TXT: [good] } }, { status: "missing", misplaced: null }, "guessed"],
    ["quotes inside", { [NAME]: { TXT: [`v=DKIM1; k=rsa; p=${KEY.slice(0, 200)}" "${KEY.slice(200)}`] } }, { status: "invalid", reason: "quotes", mended: good }],
    ["in two records", { [NAME]: { TXT: [KEY.slice(200), good.slice(0, good.length - KEY.length + 200)] } }, { status: "invalid", reason: "split-over-records", mended: good }],
    ["strings in the wrong order", { [NAME]: { TXT: [[KEY.slice(200), good.slice(0, good.length - KEY.length + 200)]] } }, { status: "invalid", reason: "strings-in-wrong-order", mended: good }],
  ])("%s", async (_name, entries, expected, source = "paste") => {
    expect(await lookUpKey({ domain: SHOP, selector: "s1", source }, zone(entries))).toMatchObject(expected);
  });

  const guesses = ["k1", "k2", "k3"].map((selector) => ({ domain: SHOP, selector, source: "guessed" as const }));
  test("a wildcard's key is no find of three guesses", async () => {
    const keys = await lookUpKeys([...guesses, { domain: SHOP, selector: "s1", source: "user" }], zone({ "*._domainkey.shop.test": { TXT: ["v=DKIM1; p="] } }));
    expect(keys.map(({ selector, status }) => [selector, status])).toEqual([["k1", "revoked"], ["s1", "revoked"]]);
  });
  test("guesses that find nothing ask no more than themselves", async () => {
    const asked: string[] = [];
    await lookUpKeys(guesses, zone({ "shop.test": {} }, asked));
    expect(asked).toEqual(["k1", "k2", "k3"].map((selector) => `TXT ${selector}._domainkey.shop.test`));
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
    expect(named({ providerSelectors: [["google"], ["selector1", "google"]] })).toEqual(["guessed google shop.test", "guessed selector1 shop.test"]);
    expect(named({ userSelectors: ["s1"], providerSelectors: [["google"]] })).toEqual(["user s1 shop.test"]);
  });
  test("bounded", () => {
    const many = Array.from({ length: 100 }, (_, index) => `k${index}`);
    expect(named({ providerSelectors: [many] })).toHaveLength(12);
    // One with a hundred crowds out nobody who has one.
    expect(named({ providerSelectors: [many, ["google"], ["selector1", "selector2"]] }).slice(0, 5)).toEqual(["k0", "google", "selector1", "k1", "selector2"].map((selector) => `guessed ${selector} shop.test`));
    expect(named({ userSelectors: many })).toHaveLength(20);
  });
});
