/**
 * The report of every case, kept as a file, reviewed by eye and compared whole: whatever changes in a report is seen in the
 * difference of a commit. `UPDATE_GOLDEN=1` writes the files anew (CONTRIBUTING.md).
 */

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { FINDING_CODES, type FindingCode } from "../lib/diagnosis/finding-codes.ts";
import { judgeAgain } from "../lib/diagnosis/judge-again.ts";
import { type Report, reportSchema } from "../lib/diagnosis/report.ts";
import { CASES } from "./cases.ts";
import { GOLDEN, goldenFile, goldenReports, namesAbout, steady, ZONES } from "./golden-reports.ts";

const UPDATING = process.env["UPDATE_GOLDEN"] === "1";
let reports: ReadonlyMap<string, Report>;
beforeAll(async () => {
  reports = await goldenReports();
  if (!UPDATING) return;
  for (const file of readdirSync(GOLDEN)) rmSync(`${GOLDEN}/${file}`);
  for (const [id, report] of reports) writeFileSync(goldenFile(id), textOf(report));
}, 120_000);

const textOf = (report: Report) => `${JSON.stringify(report, null, 1)}\n`;
const reportOf = (id: string): Report => {
  const report = reports.get(id);
  if (report === undefined) throw new Error(id);
  return report;
};

/** Zones that the others stand on. */
const SUPPORT = ["infrastructure", "providers", "forwarding-service", "newsletter-service"];

describe("golden reports", () => {
  test("every zone has a case, every case a report, every report a case", () => {
    const zones = readdirSync(ZONES).map((file) => basename(file, ".zone")).filter((zone) => !SUPPORT.includes(zone));
    const cases = new Set(CASES.map(({ id }) => id.split("/")[0]));
    expect(zones.filter((zone) => !cases.has(zone))).toEqual([]);
    expect(readdirSync(GOLDEN).sort()).toEqual(CASES.map(({ id }) => basename(goldenFile(id))).sort());
  });

  test.each(CASES.map(({ id }) => id))("%s", (id) => {
    expect(existsSync(goldenFile(id)), "UPDATE_GOLDEN=1 writes it").toBe(true);
    const kept = reportSchema.parse(JSON.parse(readFileSync(goldenFile(id), "utf8")));
    expect(reportOf(id)).toEqual(kept);
  });

  test.each(CASES.map(({ id, expect: expected }) => ({ id, ...expected })))("$id says what the case expects", ({ id, outcome, cause, tells }) => {
    const report = reportOf(id);
    expect(report.verdict).toEqual({ outcome, cause });
    expect(report.findings.map(({ code }) => code)).toEqual(expect.arrayContaining([cause, ...(tells ?? [])]));
  });
});

/** About the text that was pasted, not about DNS. */
const OF_THE_MESSAGE: readonly FindingCode[] = ["dkim.no-selector", "dkim.missing-signature", "policy.bulk-dkim", "policy.from-gmail", "policy.from-free-mail", "policy.results-differ"];
const WITHOUT_EVIDENCE: readonly FindingCode[] = FINDING_CODES.filter((code) => code.startsWith("bounce.") || OF_THE_MESSAGE.includes(code));

type StoredAnswer = Report["dns"]["answers"][number];

/** What has to be among the evidence of each kind of finding. */
const SHOWN_BY: readonly (readonly [beginning: string, shows: (answer: StoredAnswer) => boolean])[] = [
  ["spf.", ({ type }) => type === "TXT"],
  ["dkim.", ({ name }) => name.includes("._domainkey.")],
  ["dmarc.", ({ name }) => name.startsWith("_dmarc.") || name.includes("._report._dmarc.")],
  ["transport.mx", ({ type }) => type === "MX"],
  ["transport.null-mx", ({ type, records }) => type === "MX" && records.includes("0 .")],
  ["transport.ptr", ({ type }) => type === "PTR"],
  ["transport.helo", ({ type }) => type === "A" || type === "AAAA"],
  ["transport.mta-sts", ({ name }) => name.startsWith("_mta-sts.")],
  ["transport.tls-rpt", ({ name }) => name.startsWith("_smtp._tls.")],
  ["policy.bulk-dmarc", ({ name }) => name.startsWith("_dmarc.")],
  ["dns.unanswered", ({ status }) => !["ok", "no-name", "no-data"].includes(status)],
  ["dns.dnssec-bogus", ({ status }) => status === "server-failure"],
  ["dns.no-such-domain", ({ status }) => status === "no-name"],
];

describe("the chain of evidence", () => {
  test.each(CASES.map(({ id }) => id))("%s: what is held against the sender points at the answers that show it", (id) => {
    const { findings, dns } = reportOf(id);
    for (const found of findings) {
      for (const index of found.evidence) expect(dns.answers[index], `${found.code} ${index}`).toBeDefined();
      if (found.severity === "pass" || WITHOUT_EVIDENCE.includes(found.code)) continue;
      expect(found.evidence, `${found.code} has evidence`).not.toEqual([]);
      const seen = found.evidence.flatMap((index) => dns.answers[index]?.name ?? []);
      const rule = SHOWN_BY.find(([beginning]) => found.code.startsWith(beginning));
      expect(rule, `${found.code} has a rule`).toBeDefined();
      expect(found.evidence.some((index) => dns.answers.slice(index, index + 1).some((answer) => rule?.[1](answer))), `${found.code} is shown`).toBe(true);
      const about = namesAbout(found);
      // An answer about one of the names in the finding, or about a name under or over it.
      const bears = about.some((name) => seen.some((asked) => asked === name || asked.endsWith(`.${name}`) || name.endsWith(`.${asked}`)));
      expect(bears, `${found.code}: ${about.join(" ")} by ${seen.join(" ")}`).toBe(true);
    }
  });

  test.each(CASES.map(({ id }) => id))("%s: an answer that failed is behind each \"could not be looked up\", and behind nothing that is called missing", (id) => {
    const { findings, dns } = reportOf(id);
    const statuses = (found: Report["findings"][number]) => found.evidence.flatMap((index) => dns.answers[index]?.status ?? []);
    for (const found of findings) {
      if (found.code === "dns.unanswered") expect(statuses(found).some((status) => !["ok", "no-name", "no-data"].includes(status)), JSON.stringify(found)).toBe(true);
      if (["spf.missing", "dmarc.missing", "dkim.key-missing", "transport.ptr-missing", "transport.mx-missing"].includes(found.code)) {
        expect(statuses(found).every((status) => ["ok", "no-name", "no-data"].includes(status)), JSON.stringify(found)).toBe(true);
      }
    }
  });
});

describe("the same evidence, the same report", () => {
  // Of a whole message the report keeps no body: what was verified of it can't be judged again.
  test.each(CASES.map(({ id }) => id))("%s", async (id) => {
    const report = reportOf(id);
    if (report.subject.kind === "message") return;
    const again = steady(await judgeAgain(report), "127.0.0.1:53");
    const { findings, verdict, fixes, scores, spf, dkim, dmarc, transport, delegation } = report;
    expect({ ...again, dns: null }).toMatchObject({ findings: findings.map(({ evidence: _, ...rest }) => rest), verdict, fixes, scores, spf, dkim, dmarc, transport, delegation });
    expect(again.dns.answers.filter(({ status }) => status === "not-asked"), "asks for nothing that was not asked").toEqual(report.dns.answers.filter(({ status }) => status === "not-asked"));
  });
});
