import { describe, expect, test } from "vitest";
import { parseDomain } from "../address/index.ts";
import { zone } from "../dns/zone.ts";
import { correctSpf } from "./correct/index.ts";
import { nearRecord, type NearRecordReason } from "./near-record.ts";
import { parseSpfRecord, selectSpfRecords } from "./record.ts";

/** With the record that `correct` makes of it. Null: what it says can't be told, or isn't SPF. */
const NEAR: [text: string, reason: NearRecordReason, corrected: string | null][] = [
  ["\ufeffv=spf1 ip4:192.0.2.1 -all", "byte-order-mark", "v=spf1 ip4:192.0.2.1 -all"],
  ["ï»¿v=spf1 ip4:192.0.2.1 -all", "byte-order-mark", null],
  ["\u200bv=spf1 ip4:192.0.2.1 -all", "invisible-character", "v=spf1 ip4:192.0.2.1 -all"],
  ["\u202av=spf1 ip4:192.0.2.1 -all\u202c", "invisible-character", "v=spf1 ip4:192.0.2.1 -all"],
  ["v\u00ad=spf1 ip4:192.0.2.1 -all", "invisible-character", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=spf1\u200b ip4:192.0.2.1 -all", "invisible-character", "v=spf1 ip4:192.0.2.1 -all"],
  [" v=spf1 ip4:192.0.2.1 -all", "blank-in-front", "v=spf1 ip4:192.0.2.1 -all"],
  ["\tv=spf1 ip4:192.0.2.1 -all", "blank-in-front", "v=spf1 ip4:192.0.2.1 -all"],
  ["\u00a0v=spf1 ip4:192.0.2.1 -all", "blank-in-front", "v=spf1 ip4:192.0.2.1 -all"],
  ["\u3000v=spf1 ip4:192.0.2.1 -all", "blank-in-front", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=spf1\u00a0ip4:192.0.2.1 -all", "odd-space", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=spf1\u3000ip4:192.0.2.1\u3000-all", "odd-space", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=spf1\tip4:192.0.2.1 -all", "odd-space", "v=spf1 ip4:192.0.2.1 -all"],
  ["\"v=spf1 ip4:192.0.2.1 -all\"", "quotes", "v=spf1 ip4:192.0.2.1 -all"],
  ["\\\"v=spf1 ip4:192.0.2.1 -all\\\"", "quotes", "v=spf1 ip4:192.0.2.1 -all"],
  ["“v=spf1 ip4:192.0.2.1 -all”", "quotes", "v=spf1 ip4:192.0.2.1 -all"],
  ["'v=spf1 ip4:192.0.2.1 -all'", "quotes", "v=spf1 ip4:192.0.2.1 -all"],
  ["\"v=spf1\" ip4:192.0.2.1 -all", "quotes", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=\"spf1\" ip4:192.0.2.1 -all", "quotes", "v=spf1 ip4:192.0.2.1 -all"],
  ["ｖ＝spf1 ip4:192.0.2.1 -all", "wide-letters", "v=spf1 ip4:192.0.2.1 -all"],
  ["ｖ＝ｓｐｆ１　ip4:192.0.2.1　-all", "wide-letters", null],
  ["v=spf1ip4:192.0.2.1 -all", "no-space", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=spf1;ip4:192.0.2.1 -all", "no-space", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=spf1, ip4:192.0.2.1 -all", "no-space", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=spf1-all", "no-space", "v=spf1 -all"],
  ["v=spf1.0 ip4:192.0.2.1 -all", "version", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=spf10 ip4:192.0.2.1 -all", "version", null],
  ["v=spf ip4:192.0.2.1 -all", "version", "v=spf1 ip4:192.0.2.1 -all"],
  ["v=spf2.0 ip4:192.0.2.1 -all", "version", "v=spf1 ip4:192.0.2.1 -all"],
  ["v:spf1 ip4:192.0.2.1 -all", "version", "v=spf1 ip4:192.0.2.1 -all"],
  ["v = spf1 ip4:192.0.2.1 -all", "version", "v=spf1 ip4:192.0.2.1 -all"],
  ["spf1 ip4:192.0.2.1 -all", "version", "v=spf1 ip4:192.0.2.1 -all"],
  ["version=spf1 ip4:192.0.2.1 -all", "version", null],
  ["v=sfp1 ip4:192.0.2.1 -all", "version", null],
  ["spf2.0/pra ip4:192.0.2.1 -all", "sender-id", null],
  ["spf2.0/mfrom,pra mx -all", "sender-id", null],
  ["@ IN TXT \"v=spf1 ip4:192.0.2.1 -all\"", "text-in-front", null],
  ["TXT: v=spf1 ip4:192.0.2.1 -all", "text-in-front", null],
  ["site-verification=Yq3 v=spf1 ip4:192.0.2.1 -all", "text-in-front", null],
];

describe("a text that was meant as an SPF record", () => {
  test.each(NEAR)("%j is none: %s", (text, reason) => {
    expect(selectSpfRecords([[text]])).toEqual([]);
    expect(nearRecord(text)).toMatchObject({ reason, start: text.slice(0, 48) });
  });

  test.each(NEAR.filter(([, , corrected]) => corrected !== null))("%j (%s) is replaced by what it says", async (text, _reason, corrected) => {
    const domain = parseDomain("shop.test");
    if (!domain.ok) throw new Error(domain.error);
    const correction = await correctSpf({ domain: domain.domain, ip: null, helo: null, ptr: null, mx: [], stranger: false }, zone({ "shop.test": { TXT: [text] } }));
    expect(correction).toMatchObject({ action: "replace", value: corrected, replaces: [text] });
  });
});

test.each(NEAR)("%j was meant as a record that can be read", (text, reason) => {
  const meant = nearRecord(text)?.meant ?? null;
  if (reason === "sender-id") expect(meant).toBeNull();
  else if (text.includes("192.0.2.1")) expect(meant === null ? null : parseSpfRecord(meant)).toMatchObject({ ok: true, record: { terms: [{ text: "ip4:192.0.2.1" }, { text: "-all" }] } });
  else expect(meant).toBe("v=spf1 -all");
});

test("text beside the record is told from the rest of a zone-file line", () => {
  expect(NEAR.filter(([text]) => nearRecord(text)?.whole === false).map(([text]) => text)).toEqual(["site-verification=Yq3 v=spf1 ip4:192.0.2.1 -all"]);
  expect(nearRecord("shop.test. 300 IN TXT ( \"v=spf1 mx -all\" )")).toMatchObject({ whole: true, meant: "v=spf1 mx -all )" });
});

test.each(["v=spf1", "v=spf1 ", "V=SPF1 -all", "v=DMARC1; p=none", "", "site-verification=Yq3mZk81", "spf", "our SPF record is v=spf1", "We publish SPF for all mail", "spf1 is a version for all mail", "v=spfx is nothing", "aspf=r", "v=STSv1; id=1", "v=DKIM1; k=rsa; p="])("%j is no such text", (text) => {
  expect(nearRecord(text)).toBeNull();
});

test("a long hostile text costs nothing", () => {
  const started = performance.now();
  for (const text of ["\"".repeat(65_000), "\ufeff \"".repeat(20_000), `v=${" ".repeat(60_000)}`, "v=spf1 ".repeat(9000).replace("v", "x")]) nearRecord(text);
  expect(performance.now() - started).toBeLessThan(200);
});
