import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { correctDmarc } from "./correct.ts";
import { discoverDmarc } from "./discover.ts";
import { DMARC_POLICIES, parseDmarcRecord } from "./record.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const correct = async (name: string, entries: Zone) => correctDmarc(domain(name), await discoverDmarc(domain(name), zone(entries)));
const shop = (...txt: string[]): Zone => ({ "shop.test": {}, ...(txt.length === 0 ? {} : { "_dmarc.shop.test": { TXT: txt } }) });

describe("today's record to the one that should stand there", () => {
  test.each<[today: string[], value: string | null, reason?: string]>([
    [[], "v=DMARC1; p=none", "missing"],
    [["v=DMARC1; p=none"], null],
    [["v=DMARC1; p=reject; rua=mailto:a@shop.test"], null],
    [["v=DMARC1; p=reject; pct=50; rau=mailto:a@shop.test"], null],
    [["v=DMARC1; sp=none; p=reject"], null],
    [["p=reject; v=DMARC1; rua=mailto:a@shop.test"], "v=DMARC1; p=reject; rua=mailto:a@shop.test", "malformed"],
    [["p=reject; rua=mailto:a@shop.test"], "v=DMARC1; p=reject; rua=mailto:a@shop.test"],
    [["v=DMARC1 p=quarantine rua=mailto:a@shop.test"], "v=DMARC1; p=quarantine; rua=mailto:a@shop.test"],
    [["v=DMARC1; p=quarantine rua=mailto:a@shop.test"], "v=DMARC1; p=quarantine; rua=mailto:a@shop.test"],
    [["v=DMARC1, p=quarantine, rua=mailto:a@shop.test,mailto:b@shop.test"], "v=DMARC1; p=quarantine; rua=mailto:a@shop.test,mailto:b@shop.test"],
    [["\"v=DMARC1; p=none; rua=mailto:a@shop.test\""], "v=DMARC1; p=none; rua=mailto:a@shop.test"],
    [["v=DMARC1; p=“reject”"], "v=DMARC1; p=reject"],
    [["v=DMARC1\\; p=reject\\; rua=mailto:a@shop.test"], "v=DMARC1; p=reject; rua=mailto:a@shop.test"],
    [["ｖ＝ＤＭＡＲＣ１；　ｐ＝ｎｏｎｅ"], "v=DMARC1; p=none"],
    [["\ufeffv=DMARC1;\u00a0p=reject"], "v=DMARC1; p=reject"],
    [["v=dmarc1; p=reject"], "v=DMARC1; p=reject"],
    [["v=DMARC1.; p=reject"], "v=DMARC1; p=reject"],
    [["v=DMARC1; p=none; )"], "v=DMARC1; p=none"],
    [["v=DMARC1 ; p = none"], null],
    [["v=DMARC1; p=none; rua=mailto:a%2@shop.test,mailto:b@shop.test"], "v=DMARC1; p=none; rua=mailto:b@shop.test"],
    [["v:DMARC1; p:reject; rua:mailto:a@shop.test"], "v=DMARC1; p=reject; rua=mailto:a@shop.test"],
    [["v=DMARC1; rua=mailto:a@shop.test"], "v=DMARC1; p=none; rua=mailto:a@shop.test"],
    [["v=DMARC1"], "v=DMARC1; p=none"],
    [["DMARC1; p=none; rua=mailto:a@shop.test"], "v=DMARC1; p=none; rua=mailto:a@shop.test"],
    [["v=DMARC1; policy=reject; rua=mailto:a@shop.test"], "v=DMARC1; p=none; rua=mailto:a@shop.test"],
    [["v=DMARC1; reject; rua=mailto:a@shop.test"], "v=DMARC1; p=reject; rua=mailto:a@shop.test"],
    // A policy is never guessed.
    [["v=DMARC1; p=monitor; rua=mailto:a@shop.test"], "v=DMARC1; p=none; rua=mailto:a@shop.test"],
    [["v=DMARC1; p=rejected"], "v=DMARC1; p=none"],
    [["v=DMARC1; p=reject; sp=all; rua=mailto:a@shop.test"], "v=DMARC1; p=reject; sp=none; rua=mailto:a@shop.test"],
    [["v=DMARC1; p=none; rua=a@shop.test"], "v=DMARC1; p=none; rua=mailto:a@shop.test"],
    [["v=DMARC1; p=none; rua=mailto://a@shop.test, <b@shop.test>"], "v=DMARC1; p=none; rua=mailto:a@shop.test,mailto:b@shop.test"],
    [["v=DMARC1; p=none; rua=mailto:a@shop.test;mailto:b@shop.test"], "v=DMARC1; p=none; rua=mailto:a@shop.test,mailto:b@shop.test"],
    [["v=DMARC1; p=none; rua=mailto:a@shop.test mailto:b@shop.test"], "v=DMARC1; p=none; rua=mailto:a@shop.test,mailto:b@shop.test"],
    [["v=DMARC1; p=none; rua=postmaster"], "v=DMARC1; p=none"],
    [["v=DMARC1; p=reject; p=none"], "v=DMARC1; p=none"],
    [["v=DMARC1; p=reject; pct=10%"], "v=DMARC1; p=reject; pct=10"],
    [["v=DMARC1; p=reject; adkim=strict"], "v=DMARC1; p=reject"],
    [["v=DMARC1 p=reject; adkim=s; ri=3600; note=ours"], "v=DMARC1; p=reject; adkim=s; ri=3600; note=ours"],
    [["v=DMARC1; p=reject; rua=mailto:a@shop.test", "v=DMARC1; p=none; rua=mailto:b@shop.test"], "v=DMARC1; p=none; rua=mailto:a@shop.test,mailto:b@shop.test", "several"],
    [["v=DMARC1; p=reject; adkim=s; pct=20", "v=DMARC1; p=reject; sp=quarantine"], "v=DMARC1; p=reject; sp=quarantine; pct=20", "several"],
    [["v=DMARC1; p=reject", "v=DMARC1; p=reject; rua=mailto:a@shop.test", "v=spf1 -all"], "v=DMARC1; p=reject; rua=mailto:a@shop.test", "several"],
    [["v=DMARC1; p=reject", "v=dmarc1; p=none"], null],
  ])("%j", async (today, value, reason) => {
    const correction = await correct("shop.test", shop(...today));
    expect(correction?.value ?? null).toBe(value);
    if (correction === null) return;
    if (reason !== undefined) expect(correction.reason).toBe(reason);
    expect(correction).toMatchObject({ name: "_dmarc.shop.test", action: today.length === 0 ? "create" : "replace", replaces: today.filter((text) => !text.startsWith("v=spf1")) });
    expect(correction.strings.join("")).toBe(correction.value);
    expect(await correct("shop.test", shop(correction.value))).toBeNull();
  });

  test.each<[name: string, asked: string, entries: Zone, expected: object | null]>([
    ["not answered: nothing is proposed", "shop.test", { "_dmarc.shop.test": { fail: "timeout" } }, null],
    ["covered from above", "news.shop.test", shop("v=DMARC1; p=reject"), null],
    ["the record above is mended where it stands", "news.shop.test", shop("v=DMARC1; p=quarantine; rua=a@shop.test"), { name: "_dmarc.shop.test", value: "v=DMARC1; p=quarantine; rua=mailto:a@shop.test" }],
    ["malformed above, none below", "news.shop.test", shop("v=dmarc1; p=none"), { name: "_dmarc.shop.test", value: "v=DMARC1; p=none" }],
    ["a public suffix's record is left alone", "shop.test", { "_dmarc.test": { TXT: ["v=DMARC1; p=monitor; psd=y; rua=mailto:a@nic.test"] } }, null],
    ["a subdomain's first record stands at the subdomain", "news.shop.test", shop(), { name: "_dmarc.news.shop.test", value: "v=DMARC1; p=none" }],
  ])("%s", async (_name, asked, entries, expected) => {
    const correction = await correct(asked, entries);
    if (expected === null) expect(correction).toBeNull();
    else expect(correction).toMatchObject(expected);
  });
});

// It never counted, so its policy would be a step that nobody prepared.
test.each<[elsewhere: string, value: string]>([
  ["v=DMARC1; p=reject; sp=reject; adkim=s; fo=1; pct=50; t=y; rua=mailto:a@shop.test", "v=DMARC1; p=none; adkim=s; fo=1; rua=mailto:a@shop.test"],
  ["v=DMARC1; p=quarantine; rua=a@shop.test", "v=DMARC1; p=none; rua=mailto:a@shop.test"],
])("a record that stood at a wrong name: %s", async (elsewhere, value) => {
  expect(correctDmarc(domain("shop.test"), await discoverDmarc(domain("shop.test"), zone(shop())), elsewhere)).toMatchObject({ reason: "missing", action: "create", name: "_dmarc.shop.test", value, policy: "none" });
});

describe("laws", () => {
  const piece = fc.constantFrom("v=DMARC1", "v=dmarc1", ";", "; ", " ", ",", "p=", "none", "reject", "quarantine", "sp=", "np=", "rua=", "mailto:a@shop.test", "b@shop.test", "\"", "；", "\\", "pct=", "10", "120", "adkim=s", "t=y", "x=1", "psd=n");
  const record = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(""));
  const texts = fc.array(fc.oneof(record, record.map((text) => `v=DMARC1; ${text}`), record.map((text) => `v=DMARC1; p=reject; ${text}`)), { maxLength: 3 });
  test("what is proposed is read as it says, is no stricter than what stands there, and needs no correction itself", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (today) => {
        const correction = await correct("shop.test", shop(...today));
        if (correction === null) return;
        const parsed = parseDmarcRecord(correction.value);
        expect(parsed).toMatchObject({ status: "usable", policyAssumed: false, record: { p: correction.policy } });
        const named = DMARC_POLICIES.filter((policy) => today.some((text) => text.normalize("NFKC").includes(policy)));
        expect(DMARC_POLICIES.indexOf(correction.policy)).toBeLessThanOrEqual(Math.max(0, ...named.map((policy) => DMARC_POLICIES.indexOf(policy))));
        // Records that receivers can read today: none of them is made stricter.
        const read = today.map((text) => parseDmarcRecord(text)).flatMap((one) => (one.status === "usable" && !one.policyAssumed ? [DMARC_POLICIES.indexOf(one.record.p)] : []));
        if (read.length > 0) expect(DMARC_POLICIES.indexOf(correction.policy)).toBeLessThanOrEqual(Math.max(...read));
        expect(correction.strings.every((part) => part.length <= 255)).toBe(true);
        expect(await correct("shop.test", shop(correction.value))).toBeNull();
      }),
      { numRuns: 400 },
    );
  });
  test("64 KiB of anything is mended at once", async () => {
    for (const unit of [",", ";", " ", "p=", "rua=a@b.test,", "v=DMARC1;", ", ,", "t =", "\"", "x=1 "]) {
      const started = performance.now();
      await correct("shop.test", shop(`v=dmarc1; p=none; rua=${unit.repeat(65_536 / unit.length)}`));
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });
});
