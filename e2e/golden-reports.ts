/** Every case of `cases.ts` diagnosed over its zone, and the report with all that time and chance put into it taken out. */

import { join } from "node:path";
import { parseIp, reverseName } from "../lib/address/index.ts";
import { diagnose } from "../lib/diagnosis/diagnose.ts";
import { type Report, reportSchema } from "../lib/diagnosis/report.ts";
import { diagnosisResolver } from "../lib/dns/servers.ts";
import { CASES, type Case } from "./cases.ts";
import { startDnsServer } from "./dns-server.ts";

export const ZONES = join(import.meta.dirname, "zones");
export const GOLDEN = join(import.meta.dirname, "golden");

/** `healthy/mended` → `healthy--mended.json` */
export const goldenFile = (id: string): string => join(GOLDEN, `${id.replace("/", "--")}.json`);

const ID = "AAAAAAAAAAAAAAAAAAAAAA";
/** Few at a time: a case over a silent server waits for its time-outs, and must not meet the deadline for the others' sake. */
const AT_ONCE = 8;

/** By the case's id. */
export async function goldenReports(): Promise<ReadonlyMap<string, Report>> {
  const server = await startDnsServer({ zones: [ZONES] });
  const at = `127.0.0.1:${server.port}`;
  const reports = new Map<string, Report>();
  const waiting = [...CASES];
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) reports.set(next.id, steady(await reportOf(next, at), at));
    }));
  } finally {
    await server.close();
  }
  return reports;
}

async function reportOf({ id, input, sendingIp, selectors }: Case, at: string): Promise<Report> {
  const outcome = await diagnose(
    { input, sendingIp, selectors: selectors === undefined ? undefined : [...selectors] },
    // One server holds all zones, whatever its address in them.
    { dns: (hooks) => diagnosisResolver({ ...hooks, servers: [at], nameServerAt: () => at }), id: ID, url: `http://localhost/r/${ID}`, now: new Date("2026-11-25T09:00:00Z"), expiresAt: new Date("2027-02-23T09:00:00Z") },
  );
  if (!outcome.ok) throw new Error(`${id}: ${outcome.error.code}`);
  return outcome.report;
}

/** Times at zero, the server's port gone, answers in an order that does not depend on who was faster; evidence follows its answers. */
export function steady(report: Report, server: string): Report {
  const text = JSON.stringify(report).replaceAll(server, "127.0.0.1:53");
  const plain = reportSchema.parse(JSON.parse(text));
  const key = ({ name, type }: Report["dns"]["answers"][number]) => `${name.split(".").reverse().join(".")} ${type}`;
  const order = plain.dns.answers.map((answer, index) => ({ answer, index })).sort((a, b) => (key(a.answer) < key(b.answer) ? -1 : 1));
  const place = new Map(order.map(({ index }, moved) => [index, moved]));
  return {
    ...plain,
    findings: plain.findings.map((found) => ({ ...found, evidence: found.evidence.flatMap((index) => place.get(index) ?? []).sort((a, b) => a - b) })),
    dns: { ...plain.dns, elapsedMs: 0, answers: order.map(({ answer }) => ({ ...answer, ms: 0 })) },
  };
}

/** Names that a finding is about: those among its parameters, and the reverse name of its address. */
export function namesAbout({ params }: Report["findings"][number]): readonly string[] {
  return Object.values(params).flatMap((value) => {
    const text = String(value).toLowerCase();
    const ip = parseIp(text);
    return ip === null ? text.split(/[\s,:=/]+/).filter((word) => word.includes(".")) : [reverseName(ip)];
  });
}
