/**
 * Whatever a zone holds, in records of every type: a report of the right shape, whose evidence gives the same report again. Records that
 * people and attackers write are mutated; nothing is asked over a network.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { diagnose } from "../lib/diagnosis/diagnose.ts";
import { judgeAgain } from "../lib/diagnosis/judge-again.ts";
import { type Report, reportSchema } from "../lib/diagnosis/report.ts";
import { recording } from "../lib/dns/index.ts";
import type { DnsFailure } from "../lib/dns/resolver.ts";
import { type Zone, type ZoneEntry, zone } from "../lib/dns/zone.ts";
import { GMAIL, smtpReply } from "./bounce-texts.ts";

const DOMAIN = "alder-books.test";
const IP = "192.0.2.25";
const KEY = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7x4DWFfIWoW41vV9VyT0id4Q+HXQusYNL3ouHqx92uIRHy2YPvehRgs8R1hi8uaSuayKy+2WjEPdEqy/VEkBLcErbvh2OcB1Bcc/XH62t5Y/TdEP0R4VwbW/c5qskGzISkqZ+YbrXyZgHc64CRVC7KCfTsC2lbQAtQGVSmmimywIDAQAB";
const TEXTS = {
  spf: ["v=spf1 mx a include:_spf.alder-books.test ip4:192.0.2.0/24 ~all", "v=spf1 redirect=_spf.alder-books.test", "v=spf1 exists:%{ir}.%{v}._spf.%{d2} ptr -all exp=why.%{d}", "v=spf1 include:alder-books.test ?all", "spf2.0/pra -all"],
  dkim: [`v=DKIM1; k=rsa; p=${KEY}`, "v=DKIM1; k=ed25519; t=y:s; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "p=", `k=rsa; h=sha256; n=note; s=email; p="${KEY}"`],
  dmarc: ["v=DMARC1; p=reject; sp=none; adkim=s; aspf=s; pct=20; fo=1:d:s; rua=mailto:a@collector.test!10m,mailto:b@alder-books.test", "v=DMARC1;p=none", "v=DMARC1; p=quarantine; np=reject; psd=n; t=y", "V=dmarc1, p:none"],
  policy: ["v=STSv1; id=20260101", "v=TLSRPTv1; rua=mailto:tls@alder-books.test", "v=DMARC1"],
} as const;
const ODD = ["\u0000", "\u202e", "\u200b", "\u001b[31m", "<img src=x onerror=alert(1)>", "é", "\ud83d\ude00", "%{", "%%", ";;", "=", " ", "\t", '"', "\\", ",", "include:", "v=spf1 ", "p=", "mailto:", "192.0.2.300", "/33", "x".repeat(300), "-all", "a.".repeat(130)];

const change = fc.record({ at: fc.nat(), kind: fc.constantFrom("cut", "double", "put"), length: fc.nat(30), odd: fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "binary", maxLength: 6 })) });
const text = (kind: keyof typeof TEXTS) =>
  fc.tuple(fc.constantFrom<string>(...TEXTS[kind], ...TEXTS.spf), fc.array(change, { maxLength: 4 })).map(([start, changes]) => changes.reduce((so, { at, kind: how, length, odd }) => {
    const from = at % (so.length + 1);
    if (how === "cut") return so.slice(0, from) + so.slice(from + length);
    return how === "double" ? so.slice(0, from + length) + so.slice(from) : so.slice(0, from) + odd + so.slice(from);
  }, start));

const FAILURES: readonly DnsFailure[] = ["no-name", "no-data", "server-failure", "timeout", "refused", "malformed", "not-asked"];
const failure = fc.constantFrom(...FAILURES);
const address = fc.constantFrom(IP, "192.0.2.1", "10.0.0.1", "127.0.0.1", "203.0.113.9");
const host = fc.oneof(fc.constantFrom(DOMAIN, "mail.alder-books.test", "gone.test", "", ".", "localhost", "_spf.alder-books.test", "*.alder-books.test", `${"a".repeat(63)}.test`), fc.string({ unit: "binary", maxLength: 12 }).filter((name) => !name.includes("\0")));
const txt = (kind: keyof typeof TEXTS) => fc.record({ TXT: fc.array(text(kind), { maxLength: 3 }) });

/** Mostly what belongs there; now and then an alias, a failure, or nothing. */
const entry = (usual: fc.Arbitrary<ZoneEntry>): fc.Arbitrary<ZoneEntry> =>
  fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: fc.record({ CNAME: host.map((name) => name || "gone.test") }) }, { weight: 1, arbitrary: failure.map((fail): ZoneEntry => ({ fail })) }, { weight: 1, arbitrary: fc.constant<ZoneEntry>({}) });

const zones: fc.Arbitrary<Zone> = fc.record({
  [DOMAIN]: entry(fc.record({ TXT: fc.array(text("spf"), { maxLength: 3 }), MX: fc.array(fc.tuple(fc.nat(0xffff), host), { maxLength: 4 }), A: fc.array(address, { maxLength: 2 }) })),
  [`_spf.${DOMAIN}`]: entry(txt("spf")),
  [`why.${DOMAIN}`]: entry(txt("policy")),
  [`s1._domainkey.${DOMAIN}`]: entry(txt("dkim")),
  [`_dmarc.${DOMAIN}`]: entry(txt("dmarc")),
  [`_mta-sts.${DOMAIN}`]: entry(txt("policy")),
  [`mta-sts.${DOMAIN}`]: entry(fc.record({ A: fc.array(address, { maxLength: 2 }) })),
  [`_smtp._tls.${DOMAIN}`]: entry(txt("policy")),
  [`${DOMAIN}._report._dmarc.collector.test`]: entry(txt("policy")),
  [`mail.${DOMAIN}`]: entry(fc.record({ A: fc.array(address, { maxLength: 3 }), TXT: fc.array(text("spf"), { maxLength: 1 }) })),
  "25.2.0.192.in-addr.arpa": entry(fc.record({ PTR: fc.array(host, { maxLength: 12 }) })),
});
const inputs = fc.constantFrom(DOMAIN, smtpReply(GMAIL.unauthenticated(DOMAIN, IP)), smtpReply(GMAIL.dmarcPolicy(DOMAIN)), smtpReply(GMAIL.hardFail(DOMAIN, IP)));

const ID = "AAAAAAAAAAAAAAAAAAAAAA";

async function reportOf(input: string, content: Zone): Promise<Report> {
  const outcome = await diagnose(
    { input, sendingIp: IP, selectors: ["s1"] },
    { dns: (hooks) => ({ ...recording(zone(content), hooks), servers: [], close: () => undefined }), id: ID, url: `http://localhost/r/${ID}`, now: new Date("2026-11-25T09:00:00Z"), expiresAt: null },
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.report;
}

test("a report of the right shape, the same out of the database, and the same judged again", async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(zones, inputs, async (content, input) => {
      const report = await reportOf(input, content);
      const kept = reportSchema.parse(JSON.parse(JSON.stringify(report)));
      const again = await judgeAgain(kept);
      expect(again.verdict).toEqual(kept.verdict);
      expect(again.fixes).toEqual(kept.fixes);
      for (const { value, strings, proof } of kept.fixes) {
        if (value !== null) expect(strings.join("")).toBe(value);
        // A record is offered for pasting: nothing of what a stranger wrote may hide in it.
        expect(value ?? "").toMatch(/^[\x20-\x7e]*$/);
        if (proof !== null) expect(proof.lookups).toBeLessThanOrEqual(10);
      }
      outcomes.set(report.verdict.cause, (outcomes.get(report.verdict.cause) ?? 0) + 1);
    }),
    { numRuns: 400 },
  );
  // The zones lead to many causes.
  expect(outcomes.size).toBeGreaterThan(8);
}, 120_000);
