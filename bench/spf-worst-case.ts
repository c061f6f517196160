/** One hostile zone, one way of looking at it, in a process of its own: what it asked, its CPU time, and how far its memory rose. `node bench/spf-worst-case.ts 3 diagnose` */

import { readFileSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parseIp } from "../lib/address/index.ts";
import { diagnose } from "../lib/diagnosis/diagnose.ts";
import { budgeted } from "../lib/dns/budget.ts";
import { publicNames } from "../lib/dns/public-names.ts";
import { recording, type RecordingHooks } from "../lib/dns/recording.ts";
import { DIAGNOSIS_DEADLINE_MS, OCTETS_PER_DIAGNOSIS, QUESTIONS_PER_DIAGNOSIS } from "../lib/dns/servers.ts";
import { type Zone, zone } from "../lib/dns/zone.ts";
import { HOSTILE_DOMAIN, HOSTILE_IP, HOSTILE_ZONES, type HostileZone } from "../lib/spf/hostile-zones.ts";
import { checkHost, unfold } from "../lib/spf/index.ts";

export const WAYS = ["checkHost", "unfold", "diagnose"] as const;
export type Way = (typeof WAYS)[number];

export interface WorstCase {
  readonly questions: number;
  readonly cpuMs: number;
  readonly growthMb: number;
  readonly result: string;
  /** Of the answer as JSON. */
  readonly octets: number;
}

interface Seen {
  readonly result: string;
  readonly answer: unknown;
}

const HARMLESS: HostileZone = { name: "harmless", result: "fail", zone: () => ({ [HOSTILE_DOMAIN]: { TXT: [`v=spf1 include:a.test mx ip4:192.0.2.0/24 exists:%{ir}.x.test -all`], MX: [[1, "mail.bad.test"]] }, "a.test": { TXT: ["v=spf1 ip4:198.51.100.0/24 ~all"] } }) };

/** As the server does it: each question once, within the budget. */
const within = (entries: Zone, asked: string[], hooks: RecordingHooks<never> = {}) => recording<never>(publicNames(budgeted(zone(entries, asked), { questions: QUESTIONS_PER_DIAGNOSIS, deadlineMs: DIAGNOSIS_DEADLINE_MS, octets: OCTETS_PER_DIAGNOSIS }), { privateReverse: "asked" }), hooks);

async function look(way: Way, { ip = HOSTILE_IP, mailFrom, helo }: HostileZone, entries: Zone, asked: string[]): Promise<Seen> {
  const sender = parseIp(ip);
  if (sender === null) throw new TypeError(ip);
  switch (way) {
    case "checkHost": {
      const answer = await checkHost({ ip: sender, mailFrom: mailFrom?.() ?? `alice@${HOSTILE_DOMAIN}`, helo: helo?.() ?? `mail.${HOSTILE_DOMAIN}` }, within(entries, asked), { prefetch: true });
      return { result: answer.problem === null ? answer.result : `${answer.result}: ${answer.problem.code}`, answer };
    }
    case "unfold": {
      const answer = await unfold(HOSTILE_DOMAIN, within(entries, asked));
      return { result: `${answer.status}, ${answer.lookups} look-ups`, answer };
    }
    case "diagnose": {
      const outcome = await diagnose(
        { input: HOSTILE_DOMAIN, sendingIp: ip },
        { dns: (hooks) => ({ ...within(entries, asked, hooks as RecordingHooks<never>), servers: [], close: () => undefined }) as never, id: "worst", url: "http://localhost/r/worst", now: new Date(0), expiresAt: null },
      );
      return outcome.ok ? { result: `${outcome.report.verdict.outcome}: ${outcome.report.verdict.cause}`, answer: outcome.report } : { result: outcome.error.code, answer: null };
    }
    default:
      return way satisfies never;
  }
}

async function measure(way: Way, hostile: HostileZone): Promise<WorstCase> {
  for (let turn = 0; turn < 3; turn += 1) await look(way, HARMLESS, HARMLESS.zone(), []);
  const entries = hostile.zone();
  collectGarbage();
  const before = forgetPeak();
  const asked: string[] = [];
  const started = process.cpuUsage();
  const { result, answer } = await look(way, hostile, entries, asked);
  const octets = Buffer.byteLength(JSON.stringify(answer) ?? "");
  const { user, system } = process.cpuUsage(started);
  return { questions: asked.length, cpuMs: (user + system) / 1000, growthMb: Math.max(0, residentMb("VmHWM") - before), result, octets };
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** Linux sets a process's peak back to where it stands (proc(5), `clear_refs`). Gives where that is, in MB. */
function forgetPeak(): number {
  writeFileSync("/proc/self/clear_refs", "5");
  return residentMb("VmRSS");
}

function residentMb(line: "VmRSS" | "VmHWM"): number {
  return Number(new RegExp(`^${line}:\\s+(\\d+)`, "m").exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) / 1024;
}

if (import.meta.main) {
  const hostile = HOSTILE_ZONES[Number(process.argv[2])];
  const way = WAYS.find((one) => one === process.argv[3]);
  if (hostile === undefined || way === undefined) throw new TypeError(`node bench/spf-worst-case.ts 0…${HOSTILE_ZONES.length - 1} ${WAYS.join("|")}`);
  console.log(JSON.stringify(await measure(way, hostile)));
  process.exit(0);
}
