/** SPF evaluations a second with the answers in memory, ours beside mailauth's, on the same zone and machine. */

import { spf as mailauthSpf } from "mailauth/lib/spf/index.js";
import { parseIp } from "../lib/address/index.ts";
import { type RecordType } from "../lib/dns/resolver.ts";
import { type Zone, zone } from "../lib/dns/zone.ts";
import { checkHost } from "../lib/spf/index.ts";

const ZONE: Zone = {
  "shop.test": { TXT: ["v=spf1 mx include:_spf.mail.test include:_spf.news.test a:web.shop.test ~all"], MX: [[10, "mail.shop.test"], [20, "mail2.shop.test"]] },
  "mail.shop.test": { A: ["192.0.2.10"] },
  "mail2.shop.test": { A: ["192.0.2.11"] },
  "web.shop.test": { A: ["192.0.2.20"] },
  "_spf.mail.test": { TXT: ["v=spf1 include:_a.mail.test include:_b.mail.test ~all"] },
  "_a.mail.test": { TXT: [`v=spf1 ${Array.from({ length: 12 }, (_, n) => `ip4:198.51.100.${n * 16}/28`).join(" ")} ~all`] },
  "_b.mail.test": { TXT: ["v=spf1 ip6:2001:db8:4000::/36 ip6:2001:db8:8000::/36 ~all"] },
  "_spf.news.test": { TXT: ["v=spf1 ip4:203.0.113.0/26 exists:%{i}._ok.news.test ~all"] },
};

/** First term, a nested include, the last term, nothing at all; both families. */
const SENDERS = ["192.0.2.10", "198.51.100.170", "2001:db8:8000::25", "203.0.113.7", "192.0.2.20", "192.0.2.99"];
const ROUND_MS = 2_000;

export interface SpfRate {
  readonly evaluator: string;
  readonly perSecond: number;
}

export async function spfRates(): Promise<readonly SpfRate[]> {
  const resolver = zone(ZONE, []);
  const ips = SENDERS.map((text) => ({ text, ip: parseIp(text) })).filter((entry) => entry.ip !== null);
  const ours = await rate(async (turn) => {
    const entry = ips[turn % ips.length];
    if (entry?.ip) await checkHost({ ip: entry.ip, mailFrom: "billing@shop.test", helo: "mail.shop.test" }, resolver);
  });
  const theirs = await rate(async (turn) => {
    const entry = ips[turn % ips.length];
    if (entry) await mailauthSpf({ sender: "billing@shop.test", ip: entry.text, helo: "mail.shop.test", mta: "mx.test", resolver: nodeStyle as never });
  });
  return [{ evaluator: "Rebound checkHost", perSecond: ours }, { evaluator: "mailauth spf()", perSecond: theirs }];

  /** The same zone through the interface that mailauth takes: Node's `resolve`, which throws. */
  async function nodeStyle(name: string, type: string): Promise<unknown[]> {
    const answer = await resolver.query(name, type as RecordType);
    if (answer.status === "ok") return answer.records.map((record) => (typeof record === "object" && "exchange" in record ? { exchange: record.exchange, priority: record.preference } : record));
    throw Object.assign(new Error(answer.status), { code: answer.status === "no-name" ? "ENOTFOUND" : "ENODATA" });
  }
}

async function rate(evaluate: (turn: number) => Promise<void>): Promise<number> {
  for (let turn = 0; turn < 500; turn += 1) await evaluate(turn);
  const started = performance.now();
  let turns = 0;
  while (performance.now() - started < ROUND_MS) {
    for (let step = 0; step < 50; step += 1) await evaluate(turns + step);
    turns += 50;
  }
  return Math.round((turns * 1000) / (performance.now() - started));
}
