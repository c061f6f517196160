/** Each real-world failure as a person meets it: the bounce is pasted into the form in Chromium, and the report says the cause, the record and the permalink. */

import { expect, test } from "@playwright/test";
import { parseIp } from "../lib/address/index.ts";
import { overlay } from "../lib/dns/index.ts";
import { nodeResolver } from "../lib/dns/node-resolver.ts";
import { type Report, reportSchema } from "../lib/diagnosis/report.ts";
import { translator } from "../lib/messages/translate.ts";
import { checkHost } from "../lib/spf/index.ts";
import { CASES } from "./cases.ts";
import { openListening, submitForm } from "./page-helpers.ts";

const t = translator("en");

for (const asked of CASES) {
  test(`${asked.id}: ${asked.title}`, async ({ page, baseURL }) => {
    await openListening(page, "/");
    await submitForm(page, asked);
    await page.waitForURL(/\/r\/[A-Za-z0-9_-]{22}$/);
    const id = page.url().split("/").at(-1) ?? "";
    const report = reportSchema.parse(await (await fetch(`${baseURL}/api/diagnoses/${id}`)).json());

    const { outcome, cause, rule, fixValue, fixName, tells } = asked.expect;
    const spf = report.fixes.find((fix) => fix.type === "TXT" && fix.value?.startsWith("v=spf1") === true);
    expect({ domain: report.subject.domain, ...report.verdict, rule: report.bounce?.rule ?? null }).toEqual({ domain: asked.domain, outcome, cause, rule });
    if (fixValue !== undefined) expect(spf?.value ?? null).toBe(fixValue);
    if (fixName !== undefined) expect(spf?.name).toBe(fixName);
    expect(report.findings.map(({ code }) => code)).toEqual(expect.arrayContaining([...(tells ?? [])]));

    // What the page says on top is what the report holds.
    const told = report.findings.find((finding) => finding.code === cause);
    expect(told, "the cause is among the findings").toBeDefined();
    const heading = page.getByRole("heading", { level: 1 });
    await expect(heading).toBeVisible();
    const main = page.getByRole("main");
    await expect(main).toContainText(t(`word.outcome.${outcome}`));
    if (spf !== undefined) {
      await expect(main).toContainText(spf.value ?? "");
      await provesOverTodaysDns(report, spf);
    }
    await page.screenshot({ path: `e2e/screenshots/cases/${asked.id.replace("/", "-")}.png`, fullPage: true });
  });
}

/** The proof again, by whoever doubts: the record laid over today's DNS, asked of the server itself. */
async function provesOverTodaysDns(report: Report, fix: Report["fixes"][number]): Promise<void> {
  expect(fix.strings.join("")).toBe(fix.value);
  for (const text of fix.strings) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(255);
  expect(fix.proof).not.toBeNull();
  expect(fix.proof?.lookups).toBeLessThanOrEqual(10);
  expect(fix.proof?.voidLookups).toBeLessThanOrEqual(2);
  expect(fix.proof?.kept).toBe(fix.proof?.of);
  const ip = parseIp(fix.proof?.ip ?? "");
  if (ip === null) return;
  const today = nodeResolver({ servers: [process.env.REBOUND_E2E_DNS ?? ""], timeoutMs: 2000, longestTimeoutMs: 2000, tries: 2 });
  const evaluation = await checkHost({ ip, mailFrom: `anybody@${fix.name}`, helo: report.subject.helo ?? fix.name }, overlay(today, { name: fix.name, txt: [fix.value ?? ""] }));
  expect(evaluation.result).toBe("pass");
  expect(evaluation.lookups).toBeLessThanOrEqual(10);
}
