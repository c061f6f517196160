/** How long SPF takes over one DNS server that answers late: ours and mailauth's, on records of different shapes. */

import { Resolver as Channel } from "node:dns/promises";
import { spf as mailauthSpf } from "mailauth/lib/spf/index.js";
import { startDnsServer } from "../e2e/dns-server.ts";
import { parseIp } from "../lib/address/index.ts";
import { diagnosisResolver } from "../lib/dns/index.ts";
import type { Zone } from "../lib/dns/zone.ts";
import { checkHost } from "../lib/spf/index.ts";

interface Shape {
  readonly name: string;
  readonly zone: Zone;
  /** Questions that wait for one another. */
  readonly chain: number;
}

const many = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index));
const record = (text: string) => ({ TXT: [text] });

/** The sender is in none of them, so that each is evaluated to its end. */
const SHAPES: readonly Shape[] = [
  { name: "flat: mx, two a, ip4", chain: 3, zone: { "s.test": { ...record("v=spf1 mx a:w1.s.test a:w2.s.test ip4:192.0.2.0/28 -all"), MX: [[10, "m1.s.test"], [20, "m2.s.test"]] }, ...Object.fromEntries(["m1", "m2", "w1", "w2"].map((host, index) => [`${host}.s.test`, { A: [`192.0.2.${index + 1}`] }])) } },
  { name: "ten includes side by side", chain: 2, zone: { "s.test": record(`v=spf1 ${many(10, (n) => `include:i${n}.s.test`).join(" ")} -all`), ...Object.fromEntries(many(10, (n) => `i${n}.s.test`).map((name, n) => [name, record(`v=spf1 ip4:198.51.100.${n} ~all`)])) } },
  { name: "includes nested five deep", chain: 6, zone: { "s.test": record("v=spf1 include:n1.s.test -all"), ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`n${n}.s.test`, record(n === 5 ? "v=spf1 ip4:198.51.100.5 ~all" : `v=spf1 include:n${n + 1}.s.test ~all`)])) } },
  { name: "a big provider: three blocks behind one include, and its MX", chain: 3, zone: { "s.test": { ...record("v=spf1 include:_spf.p.test mx ~all"), MX: [[1, "a.p.test"], [5, "b.p.test"]] }, "_spf.p.test": record("v=spf1 include:_b1.p.test include:_b2.p.test include:_b3.p.test ~all"), ...Object.fromEntries([1, 2, 3].map((n) => [`_b${n}.p.test`, record(`v=spf1 ip4:198.51.100.${n * 16}/28 ~all`)])), "a.p.test": { A: ["198.51.100.101"] }, "b.p.test": { A: ["198.51.100.102"] } } },
];
const DELAYS_MS = [0, 10, 30, 100];
const REPEATS = 7;
const SENDER = "203.0.113.99";

export interface SpfWall {
  readonly shape: string;
  readonly delayMs: number;
  readonly chainMs: number;
  readonly oursMs: number;
  readonly theirsMs: number;
  readonly ourQuestions: number;
  /** As the strict order of evaluation asks them. */
  readonly strictQuestions: number;
}

export async function spfWalls(): Promise<readonly SpfWall[]> {
  const walls: SpfWall[] = [];
  for (const { name, zone, chain } of SHAPES) {
    const server = await startDnsServer({ zones: [zone] });
    const servers = [`127.0.0.1:${server.port}`];
    const asked = async (evaluate: () => Promise<unknown>) => {
      const before = server.asked.length;
      await evaluate();
      return server.asked.length - before;
    };
    const ourQuestions = await asked(() => ours(servers, true));
    const strictQuestions = await asked(() => ours(servers, false));
    for (const delayMs of DELAYS_MS) {
      server.setDelay(delayMs);
      walls.push({ shape: name, delayMs, chainMs: chain * delayMs, oursMs: await median(() => ours(servers, true)), theirsMs: await median(() => theirs(servers)), ourQuestions, strictQuestions });
    }
    await server.close();
  }
  return walls;
}

async function ours(servers: readonly string[], prefetch: boolean): Promise<void> {
  const ip = parseIp(SENDER);
  if (ip === null) return;
  const dns = diagnosisResolver({ servers });
  try {
    await checkHost({ ip, mailFrom: "info@s.test", helo: "m1.s.test" }, dns, { prefetch });
  } finally {
    dns.close();
  }
}

async function theirs(servers: readonly string[]): Promise<void> {
  const channel = new Channel({ timeout: 2000, tries: 2 });
  channel.setServers(servers);
  const resolver = (name: string, type: string) => channel.resolve(name, type);
  await mailauthSpf({ sender: "info@s.test", ip: SENDER, helo: "m1.s.test", mta: "mx.test", resolver: resolver as never });
}

async function median(evaluate: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < REPEATS; turn++) {
    const started = performance.now();
    await evaluate();
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? 0;
}
