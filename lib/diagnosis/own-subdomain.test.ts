import { describe, expect, test } from "vitest";
import { recording } from "../dns/recording.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { diagnose } from "./diagnose.ts";
import { fixSchema, type Report, reportSchema } from "./report.ts";

const SERVICES: Zone = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`s${n}.test`, { TXT: [`v=spf1 ip4:198.51.100.${n * 16}/28 -all`] }]));
const INCLUDES = Object.keys(SERVICES).map((name) => `include:${name}`).join(" ");
const TODAY = `v=spf1 include:sendgrid.net ${INCLUDES} -all`;

async function report(more: Zone): Promise<Report> {
  const entries: Zone = { ...SERVICES, "sendgrid.net": { TXT: ["v=spf1 ip4:203.0.113.0/28 ~all"] }, "shop.test": { TXT: [TODAY], MX: [[1, "mail.shop.test"]] }, "mail.shop.test": { A: ["198.51.100.1"] }, ...more };
  const outcome = await diagnose({ input: "shop.test" }, { dns: (hooks) => ({ ...recording(zone(entries), hooks), servers: ["127.0.0.1:53"], close: () => undefined }), id: "AAAAAAAAAAAAAAAAAAAAAA", url: "http://localhost/r/AAAAAAAAAAAAAAAAAAAAAA", now: new Date(0), expiresAt: null, previous: null });
  if (!outcome.ok) throw new Error(outcome.error.code);
  return reportSchema.parse(JSON.parse(JSON.stringify(outcome.report)));
}

const spfFix = ({ fixes }: Report) => fixes.find(({ finding }) => finding === "spf.too-many-lookups");

describe("a record over ten look-ups, in the report", () => {
  test("holds the record for today and the lasting cure", async () => {
    const fix = spfFix(await report({}));
    expect(fix).toMatchObject({
      action: "replace", name: "shop.test", replaces: [TODAY], proof: { lookups: 10, kept: 11, of: 11 },
      alternative: { moves: [{ provider: "Twilio SendGrid", domain: "sendgrid.shop.test", record: { value: "v=spf1 include:sendgrid.net ~all" } }], main: { value: `v=spf1 ${INCLUDES} -all`, proof: { kept: 10, of: 11 } }, steps: ["publish-subdomain", "set-return-path", "replace-main"] },
    });
    expect(fix?.copiedFrom).toEqual(["s0.test"]);
  });

  test("holds the lasting cure alone, where no record can be proposed: nothing is to be deleted yet", async () => {
    const large = Object.fromEntries(Object.keys(SERVICES).concat("sendgrid.net").map((name, at) => [name, { TXT: [`v=spf1 ${Array.from({ length: 70 }, (_, n) => `ip4:203.${at}.${n}.1`).join(" ")} -all`] }]));
    expect(spfFix(await report(large))).toMatchObject({ action: "replace", value: null, strings: [], replaces: [], changes: [], proof: null, alternative: { moves: [{ domain: "sendgrid.shop.test" }] } });
  });

  test("a report of before, without these keys, can still be read", () => {
    const before = { finding: "spf.missing", action: "create", name: "shop.test", type: "TXT", value: "v=spf1 mx ~all", strings: ["v=spf1 mx ~all"], replaces: [], assumptions: [], proof: null };
    expect(fixSchema.parse(before)).toMatchObject({ copiedFrom: [], alternative: null, changes: [] });
  });
});
