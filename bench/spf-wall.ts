/** How long SPF takes over one DNS server that answers late: ours and mailauth's, through Node's resolver both, on records of different shapes. */

import { Resolver as Channel } from "node:dns/promises";
import { spf as mailauthSpf } from "mailauth/lib/spf/index.js";
import { type DnsServer, startDnsServer } from "../e2e/dns-server.ts";
import { parseIp } from "../lib/address/index.ts";
import { diagnosisResolver } from "../lib/dns/index.ts";
import { checkHost } from "../lib/spf/index.ts";
import { type Sender, SENDER_DOMAIN, type Shape, SHAPES } from "./spf-shapes.ts";

const DELAYS_MS = [0, 10, 30, 100];
/** Few where each takes long: medians settle all the same. */
const repeats = (delayMs: number) => (delayMs >= 100 ? 5 : delayMs >= 30 ? 9 : 15);

export interface SpfWall {
  readonly shape: string;
  readonly where: Sender["where"];
  readonly delayMs: number;
  readonly chainMs: number;
  readonly oursMs: number;
  readonly theirsMs: number;
  readonly result: string;
  readonly theirResult: string;
  readonly ourQuestions: number;
  /** As the strict order of evaluation asks them. */
  readonly strictQuestions: number;
}

export async function spfWalls(shapes: readonly Shape[] = SHAPES, delaysMs: readonly number[] = DELAYS_MS): Promise<readonly SpfWall[]> {
  const walls: SpfWall[] = [];
  for (const shape of shapes) {
    const server = await startDnsServer({ zones: [shape.zone] });
    for (const sender of shape.senders) walls.push(...(await wallsOf(shape, sender, server, delaysMs)));
    await server.close();
  }
  return walls;
}

async function wallsOf({ name }: Shape, { ip, where, chain }: Sender, server: DnsServer, delaysMs: readonly number[]): Promise<SpfWall[]> {
  const servers = [`127.0.0.1:${server.port}`];
  server.setDelay(0);
  const asked = async (prefetch: boolean) => {
    const before = server.asked.length;
    await ours(servers, ip, prefetch);
    return server.asked.length - before;
  };
  const [ourQuestions, strictQuestions] = [await asked(true), await asked(false)];
  const [result, theirResult] = [await ours(servers, ip, true), await theirs(servers, ip)];
  const walls: SpfWall[] = [];
  for (const delayMs of delaysMs) {
    server.setDelay(delayMs);
    const [oursMs, theirsMs] = await medians(repeats(delayMs), () => ours(servers, ip, true), () => theirs(servers, ip));
    walls.push({ shape: name, where, delayMs, chainMs: chain * delayMs, oursMs, theirsMs, result, theirResult, ourQuestions, strictQuestions });
  }
  return walls;
}

async function ours(servers: readonly string[], text: string, prefetch: boolean): Promise<string> {
  const ip = parseIp(text);
  if (ip === null) throw new TypeError(text);
  const dns = diagnosisResolver({ servers });
  try {
    return (await checkHost({ ip, mailFrom: `info@${SENDER_DOMAIN}`, helo: `m1.${SENDER_DOMAIN}` }, dns, { prefetch })).result;
  } finally {
    dns.close();
  }
}

async function theirs(servers: readonly string[], ip: string): Promise<string> {
  const channel = new Channel({ timeout: 2000, tries: 2 });
  channel.setServers(servers);
  const resolver = (name: string, type: string) => channel.resolve(name, type);
  const { status } = (await mailauthSpf({ sender: `info@${SENDER_DOMAIN}`, ip, helo: `m1.${SENDER_DOMAIN}`, mta: "mx.test", resolver: resolver as never })) as { status: { result: string } };
  return status.result;
}

/** In turn, so that what else the machine does falls on both alike; the first turn of each only warms up. */
async function medians(turns: number, ...evaluations: readonly [() => Promise<unknown>, () => Promise<unknown>]): Promise<readonly [number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const at of [0, 1] as const) {
      const started = performance.now();
      await evaluations[at]();
      if (turn > 0) times[at].push(performance.now() - started);
    }
  }
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  return [median(times[0]), median(times[1])];
}

if (import.meta.main) {
  for (const wall of await spfWalls(SHAPES, process.argv.slice(2).map(Number))) {
    const { shape, where, delayMs, chainMs, oursMs, theirsMs, result, theirResult, ourQuestions, strictQuestions } = wall;
    console.log(`${delayMs} ms ${shape} / ${where}: ${oursMs.toFixed(1)} (${(oursMs / chainMs).toFixed(2)} × chain) vs ${theirsMs.toFixed(1)}, ${ourQuestions} vs ${strictQuestions} questions (${(ourQuestions / strictQuestions).toFixed(2)}), ${result}/${theirResult}`);
  }
}
