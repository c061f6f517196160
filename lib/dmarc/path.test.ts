import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Domain, parseDomain } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { discoverDmarc } from "./discover.ts";
import { dmarcPath } from "./path.ts";
import { parseDmarcRecord } from "./record.ts";

const domain = (text: string): Domain => {
  const parsed = parseDomain(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.domain;
};
const path = async (name: string, entries: Zone) => dmarcPath(domain(name), await discoverDmarc(domain(name), zone(entries)));
const shop = (...txt: string[]): Zone => ({ "shop.test": {}, ...(txt.length === 0 ? {} : { "_dmarc.shop.test": { TXT: txt } }) });
const RUA = "rua=mailto:a@shop.test";

describe("today's stage, and the record of the next (RFC 7489 appendix B.2, RFC 9989 section 5.1)", () => {
  test.each<[today: string[], stage: string, partly: boolean, next: string | null]>([
    [[], "missing", false, "v=DMARC1; p=none"],
    [[`v=DMARC1; p=none; ${RUA}`], "none", false, `v=DMARC1; p=quarantine; ${RUA}`],
    [["v=DMARC1; p=none"], "none", false, "v=DMARC1; p=quarantine"],
    [[`v=DMARC1; p=none; t=y; pct=10; ${RUA}`], "none", false, `v=DMARC1; p=quarantine; ${RUA}`],
    [[`v=DMARC1; p=none; sp=reject; adkim=s; fo=1; ${RUA}`], "none", false, `v=DMARC1; p=quarantine; sp=reject; adkim=s; fo=1; ${RUA}`],
    [[`v=DMARC1; p=quarantine; ${RUA}`], "quarantine", false, `v=DMARC1; p=reject; ${RUA}`],
    // RFC 7489 section 6.3: first for all of the mail.
    [[`v=DMARC1; p=quarantine; pct=25; ${RUA}`], "quarantine", true, `v=DMARC1; p=quarantine; ${RUA}`],
    [[`v=DMARC1; p=quarantine; pct=0; ${RUA}`], "none", true, `v=DMARC1; p=quarantine; ${RUA}`],
    [[`v=DMARC1; p=reject; pct=50; ${RUA}`], "quarantine", true, `v=DMARC1; p=reject; ${RUA}`],
    // RFC 9989 section 4.7: one step milder for test.
    [[`v=DMARC1; p=quarantine; t=y; ${RUA}`], "none", true, `v=DMARC1; p=quarantine; ${RUA}`],
    [[`v=DMARC1; p=reject; t=y; ${RUA}`], "quarantine", true, `v=DMARC1; p=reject; ${RUA}`],
    [["v=DMARC1; p=reject"], "reject", false, null],
  ])("%j", async (today, stage, partly, next) => {
    const found = await path("shop.test", shop(...today));
    expect(found).toMatchObject({ stage, partly, name: "_dmarc.shop.test" });
    expect(found?.next?.value ?? null).toBe(next);
    expect(found?.next?.strings.join("") ?? null).toBe(next);
  });

  test.each<[name: string, asked: string, entries: Zone]>([
    ["not answered", "shop.test", { "_dmarc.shop.test": { fail: "timeout" } }],
    ["several records", "shop.test", shop("v=DMARC1; p=none", "v=DMARC1; p=reject")],
    ["a record that must be mended first", "shop.test", shop("v=DMARC1; p=none; rua=a@shop.test")],
    ["a policy that can't be read", "shop.test", shop(`v=DMARC1; p=monitor; ${RUA}`)],
    ["a malformed one above", "news.shop.test", shop("v=dmarc1; p=none")],
    ["a public suffix's", "shop.test", { "_dmarc.test": { TXT: ["v=DMARC1; p=none; psd=y"] } }],
  ])("no way is shown: %s", async (_name, asked, entries) => expect(await path(asked, entries)).toBeNull());

  test("for a subdomain the way of the record that applies", async () => expect(await path("news.shop.test", shop(`v=DMARC1; p=none; ${RUA}`))).toMatchObject({ stage: "none", name: "_dmarc.shop.test" }));
});

describe("what must be true first", () => {
  const conditions = async (...today: string[]) => (await path("shop.test", shop(...today)))?.next?.conditions.map(({ code, met }) => (met === null ? code : `${code}:${String(met)}`));
  test.each<[today: string[], codes: string[]]>([
    [[], ["report-mailbox"]],
    [["v=DMARC1; p=none"], ["reports-asked:false", "reports-read", "services-aligned", "dkim-aligned", "forwarding-considered", "subdomains-aligned"]],
    [[`v=DMARC1; p=none; sp=none; ${RUA}`], ["reports-asked:true", "reports-read", "services-aligned", "dkim-aligned", "forwarding-considered"]],
    // RFC 9989 section 7.4: people who post to lists, and p=reject.
    [[`v=DMARC1; p=quarantine; ${RUA}`], ["reports-asked:true", "spam-folder-watched", "services-aligned", "forwarding-considered", "lists-considered", "subdomains-aligned"]],
  ])("%j", async (today, codes) => expect(await conditions(...today)).toEqual(codes));
});

test("law: no step is left out, and each says what was said but for the step", async () => {
  const STEPS = ["none", "quarantine", "reject"];
  const policy = fc.constantFrom(...STEPS);
  const tag = fc.constantFrom("t=y", "t=n", "pct=0", "pct=40", "sp=none", "sp=reject", "np=reject", "adkim=s", "aspf=s", "fo=1", RUA, "ri=3600", "note=x", "psd=n");
  await fc.assert(
    fc.asyncProperty(policy, fc.uniqueArray(tag, { maxLength: 6, selector: (text) => text.slice(0, text.indexOf("=")) }), async (p, tags) => {
      const text = ["v=DMARC1", `p=${p}`, ...tags].join("; ");
      const found = await path("shop.test", shop(text));
      const [before, after] = [parseDmarcRecord(text), parseDmarcRecord(found?.next?.value ?? text)];
      if (found === null || before.status !== "usable" || after.status !== "usable") throw new Error(text);
      if (found.stage === "none") expect(after.record.p).toBe("quarantine");
      if (found.next !== null) {
        expect(STEPS.indexOf(after.record.p) - STEPS.indexOf(before.record.p)).toBeLessThanOrEqual(1);
        expect(STEPS.indexOf(found.next.policy)).toBe(STEPS.indexOf(found.stage) + (found.partly && found.stage === found.next.policy ? 0 : 1));
      }
      expect({ ...after.record, text: "", p: "", test: false, pct: 100 }).toEqual({ ...before.record, text: "", p: "", test: false, pct: 100 });
    }),
    { numRuns: 300 },
  );
});
