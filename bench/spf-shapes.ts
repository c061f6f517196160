/** Records of different shapes, and senders for whom evaluation goes differently through each. */

import type { Zone } from "../lib/dns/zone.ts";

export interface Shape {
  readonly name: string;
  readonly zone: Zone;
  readonly senders: readonly Sender[];
}

export interface Sender {
  readonly ip: string;
  /** Where the record matches it. */
  readonly where: "first term" | "last term" | "none" | "IPv6, none";
  /** Questions that wait for one another before the result can be known. */
  readonly chain: number;
}

const times = <T>(count: number, each: (index: number) => T) => Array.from({ length: count }, (_, index) => each(index));
const record = (text: string) => ({ TXT: [text] });
const from = (entries: readonly (readonly [string, Zone[string]])[]): Zone => Object.fromEntries(entries);

export const SENDER_DOMAIN = "s.test";
const NOBODY = "203.0.113.99";
const NOBODY_6 = "2001:db8:ffff::99";

export const SHAPES: readonly Shape[] = [
  {
    name: "flat: mx, two a, ip4",
    zone: { "s.test": { ...record("v=spf1 mx a:w1.s.test a:w2.s.test ip4:192.0.2.0/28 -all"), MX: [[10, "m1.s.test"], [20, "m2.s.test"]] }, ...from(["m1", "m2", "w1", "w2"].map((host, index) => [`${host}.s.test`, { A: [`198.51.100.${index + 1}`], AAAA: [`2001:db8::${index + 1}`] }])) },
    senders: [{ ip: "198.51.100.1", where: "first term", chain: 3 }, { ip: "192.0.2.7", where: "last term", chain: 3 }, { ip: NOBODY, where: "none", chain: 3 }, { ip: NOBODY_6, where: "IPv6, none", chain: 3 }],
  },
  {
    name: "ten includes side by side",
    zone: { "s.test": record(`v=spf1 ${times(10, (n) => `include:i${n}.s.test`).join(" ")} -all`), ...from(times(10, (n) => [`i${n}.s.test`, record(`v=spf1 ip4:198.51.100.${n} ~all`)])) },
    senders: [{ ip: "198.51.100.0", where: "first term", chain: 2 }, { ip: "198.51.100.9", where: "last term", chain: 2 }, { ip: NOBODY, where: "none", chain: 2 }, { ip: NOBODY_6, where: "IPv6, none", chain: 2 }],
  },
  {
    name: "includes nested five deep",
    zone: { "s.test": record("v=spf1 ip4:192.0.2.0/28 include:n1.s.test -all"), ...from([1, 2, 3, 4, 5].map((n) => [`n${n}.s.test`, record(n === 5 ? "v=spf1 ip4:198.51.100.5 ~all" : `v=spf1 include:n${n + 1}.s.test ~all`)])) },
    senders: [{ ip: "192.0.2.7", where: "first term", chain: 1 }, { ip: "198.51.100.5", where: "last term", chain: 6 }, { ip: NOBODY, where: "none", chain: 6 }, { ip: NOBODY_6, where: "IPv6, none", chain: 6 }],
  },
  {
    name: "a big provider: blocks behind includes, mx, exists",
    zone: {
      "s.test": { ...record("v=spf1 include:_spf.p.test mx include:_spf.q.test exists:%{ir}.ok.s.test ~all"), MX: [[1, "a.p.test"], [5, "b.p.test"]] },
      "_spf.p.test": record("v=spf1 include:_b1.p.test include:_b2.p.test include:_b3.p.test ~all"),
      ...from([1, 2, 3].map((n) => [`_b${n}.p.test`, record(`v=spf1 ${times(16, (m) => (n === 3 ? `ip6:2001:db8:${m + 1}::/48` : `ip4:198.51.${n}.${m * 16}/28`)).join(" ")} ~all`)])),
      "a.p.test": { A: ["192.0.2.101"], AAAA: ["2001:db8::101"] }, "b.p.test": { A: ["192.0.2.102"], AAAA: ["2001:db8::102"] },
      "_spf.q.test": record("v=spf1 redirect=_real.q.test"), "_real.q.test": record("v=spf1 ip4:203.0.113.0/28 -all"),
    },
    senders: [{ ip: "198.51.1.3", where: "first term", chain: 3 }, { ip: "203.0.113.7", where: "last term", chain: 3 }, { ip: NOBODY, where: "none", chain: 3 }, { ip: NOBODY_6, where: "IPv6, none", chain: 3 }],
  },
];
