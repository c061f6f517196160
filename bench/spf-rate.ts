/** SPF evaluations a second with the answers in memory, ours beside mailauth's, on the same zones and machine. */

import { spf as mailauthSpf } from "mailauth/lib/spf/index.js";
import { parseIp } from "../lib/address/index.ts";
import type { Answer, RecordType, Resolver } from "../lib/dns/resolver.ts";
import { type Zone, zone } from "../lib/dns/zone.ts";
import { checkHost } from "../lib/spf/index.ts";
import { SENDER_DOMAIN, SHAPES } from "./spf-shapes.ts";

const MIXED: Zone = {
  "s.test": { TXT: ["v=spf1 mx include:_spf.mail.test include:_spf.news.test a:web.s.test ~all"], MX: [[10, "mail.s.test"], [20, "mail2.s.test"]] },
  "mail.s.test": { A: ["192.0.2.10"] },
  "mail2.s.test": { A: ["192.0.2.11"] },
  "web.s.test": { A: ["192.0.2.20"] },
  "_spf.mail.test": { TXT: ["v=spf1 include:_a.mail.test include:_b.mail.test ~all"] },
  "_a.mail.test": { TXT: [`v=spf1 ${Array.from({ length: 12 }, (_, n) => `ip4:198.51.100.${n * 16}/28`).join(" ")} ~all`] },
  "_b.mail.test": { TXT: ["v=spf1 ip6:2001:db8:4000::/36 ip6:2001:db8:8000::/36 ~all"] },
  "_spf.news.test": { TXT: ["v=spf1 ip4:203.0.113.0/26 exists:%{i}._ok.news.test ~all"] },
};
/** First term, a nested include, the last term, nothing at all; both families. */
const MIXED_SENDERS = ["192.0.2.10", "198.51.100.170", "2001:db8:8000::25", "203.0.113.7", "192.0.2.20", "192.0.2.99"];

const CASES = [
  { name: "mail, newsletter and web hosts, six senders in turn", zone: MIXED, senders: MIXED_SENDERS },
  ...SHAPES.map(({ name, zone: entries, senders }) => ({ name, zone: entries, senders: senders.map(({ ip }) => ip) })),
  { name: "one network", zone: { "s.test": { TXT: ["v=spf1 ip4:192.0.2.0/24 -all"] } }, senders: ["192.0.2.1", "203.0.113.99"] },
  { name: "200 networks", zone: { "s.test": { TXT: [`v=spf1 ${Array.from({ length: 200 }, (_, n) => `ip4:198.51.${n}.0/24`).join(" ")} -all`] } }, senders: ["198.51.199.1", "203.0.113.99"] },
] satisfies { name: string; zone: Zone; senders: readonly string[] }[];

/** In turn, each as long in all: what else the machine does falls on both alike. */
const ROUNDS = 5;
const ROUND_MS = 200;

export interface SpfRate {
  readonly name: string;
  readonly ours: number;
  readonly theirs: number;
}

export async function spfRates(): Promise<readonly SpfRate[]> {
  const rates: SpfRate[] = [];
  for (const { name, zone: entries, senders } of CASES) {
    const resolver = await inMemory(entries, senders);
    const ips = senders.map((text) => ({ text, ip: parseIp(text) }));
    const ours = async (turn: number) => {
      const ip = ips[turn % ips.length]?.ip ?? null;
      if (ip !== null) await checkHost({ ip, mailFrom: `billing@${SENDER_DOMAIN}`, helo: `mail.${SENDER_DOMAIN}` }, resolver);
    };
    const nodeStyle = nodeStyleOf(resolver);
    const theirs = async (turn: number) => {
      await mailauthSpf({ sender: `billing@${SENDER_DOMAIN}`, ip: ips[turn % ips.length]?.text ?? "", helo: `mail.${SENDER_DOMAIN}`, mta: "mx.test", resolver: nodeStyle as never });
    };
    const seconds: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      const [a, b] = [await rate(ours), await rate(theirs)];
      // The first round only warms up.
      if (round === 0) continue;
      seconds.ours.push(a);
      seconds.theirs.push(b);
    }
    rates.push({ name, ours: median(seconds.ours), theirs: median(seconds.theirs) });
  }
  return rates;
}

/** Every answer kept ready, so that only evaluation is measured. */
async function inMemory(entries: Zone, senders: readonly string[]): Promise<Resolver> {
  const source = zone(entries);
  const kept = new Map<string, Promise<Answer>>();
  const resolver: Resolver = {
    query<T extends RecordType>(name: string, type: T) {
      const key = `${type} ${name.toLowerCase()}`;
      const answer = kept.get(key) ?? source.query(name, type);
      kept.set(key, answer);
      return answer as Promise<Answer<T>>;
    },
  };
  for (const sender of senders) {
    const ip = parseIp(sender);
    if (ip !== null) await checkHost({ ip, mailFrom: `billing@${SENDER_DOMAIN}`, helo: `mail.${SENDER_DOMAIN}` }, resolver);
  }
  return resolver;
}

/** The same answers through the interface that mailauth takes: Node's `resolve`, which throws. */
function nodeStyleOf(resolver: Resolver) {
  return async (name: string, type: string): Promise<unknown[]> => {
    const answer = await resolver.query(name, type as RecordType);
    if (answer.status === "ok") return answer.records.map((record) => (typeof record === "object" && "exchange" in record ? { exchange: record.exchange, priority: record.preference } : record));
    throw Object.assign(new Error(answer.status), { code: answer.status === "no-name" ? "ENOTFOUND" : "ENODATA" });
  };
}

async function rate(evaluate: (turn: number) => Promise<void>): Promise<number> {
  const started = performance.now();
  let turns = 0;
  while (performance.now() - started < ROUND_MS) {
    for (let step = 0; step < 20; step += 1) await evaluate(turns + step);
    turns += 20;
  }
  return Math.round((turns * 1000) / (performance.now() - started));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

if (import.meta.main) for (const { name, ours, theirs } of await spfRates()) console.log(`${name}: ${ours} vs ${theirs}: ${(ours / theirs).toFixed(1)} ×`);
