/** What asking ahead gains, counted in rounds: all questions that are open at a time are answered at once. */

import { describe, expect, test } from "vitest";
import { parseIp } from "../address/index.ts";
import type { Answer, RecordType, Resolver } from "../dns/resolver.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { checkHost } from "./check-host.ts";

function inRounds(entries: Zone) {
  const asked: string[] = [];
  const inner = zone(entries, asked);
  let rounds = 0;
  let round: Promise<void> | null = null;
  const next = () =>
    (round ??= new Promise((resolve) => {
      setImmediate(() => {
        rounds += 1;
        round = null;
        resolve();
      });
    }));
  const resolver: Resolver = {
    async query<T extends RecordType>(name: string, type: T): Promise<Answer<T>> {
      const answer = inner.query(name, type);
      await next();
      return answer;
    },
  };
  return { resolver, asked, rounds: () => rounds };
}

const times = (count: number, each: (index: number) => string) => Array.from({ length: count }, (_, index) => each(index)).join(" ");
const records = (entries: Record<string, string>): Zone => Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, { TXT: [text] }]));

async function run(entries: Zone, prefetch: boolean, sender = "203.0.113.9") {
  const rounds = inRounds(entries);
  const ip = parseIp(sender);
  if (ip === null) throw new TypeError(sender);
  const evaluation = await checkHost({ ip, mailFrom: "a@example.test", helo: "mail.example.test" }, rounds.resolver, { prefetch });
  return { ...evaluation, rounds: rounds.rounds(), asked: rounds.asked.length };
}

describe("as long as the longest chain", () => {
  test.each<readonly [string, Zone, string, { strict: number; ahead: number }]>([
    ["flat", records({ "example.test": "v=spf1 ip4:192.0.2.0/24 -all" }), "fail", { strict: 1, ahead: 1 }],
    ["ten includes side by side", records({ "example.test": `v=spf1 ${times(10, (n) => `include:i${n}.test`)} -all`, ...Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`i${n}.test`, "v=spf1 ip4:192.0.2.1 -all"])) }), "fail", { strict: 11, ahead: 2 }],
    ["five nested", records({ "example.test": "v=spf1 include:i0.test -all", ...Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`i${n}.test`, n === 4 ? "v=spf1 -all" : `v=spf1 include:i${n + 1}.test -all`])) }), "fail", { strict: 6, ahead: 6 }],
    ["hosts, their addresses and a redirect", { "example.test": { TXT: ["v=spf1 a mx exists:%{ir}.x.test ptr redirect=r.test"], A: ["192.0.2.3"], MX: [[1, "mail.test"]] }, "r.test": { TXT: ["v=spf1 a:h.test -all"] }, "h.test": { A: ["192.0.2.1"] }, "mail.test": { A: ["192.0.2.2"] }, "9.113.0.203.in-addr.arpa": { PTR: ["h.test"] } }, "fail", { strict: 9, ahead: 3 }],
    ["mx", { "example.test": { TXT: ["v=spf1 mx -all"], MX: [[1, "h1.test"], [2, "h2.test"], [3, "h3.test"]] }, "h1.test": { A: ["192.0.2.1"] }, "h2.test": { A: ["192.0.2.2"] }, "h3.test": { A: ["192.0.2.3"] } }, "fail", { strict: 5, ahead: 3 }],
  ])("%s", async (_what, entries, result, rounds) => {
    const strict = await run(entries, false);
    const ahead = await run(entries, true);
    expect({ result: ahead.result, lookups: ahead.lookups, voidLookups: ahead.voidLookups }).toEqual({ result: strict.result, lookups: strict.lookups, voidLookups: strict.voidLookups });
    expect({ result: strict.result, strict: strict.rounds, ahead: ahead.rounds }).toEqual({ result, ...rounds });
  });
});

describe("no more questions than evaluation could come to", () => {
  test("none twice, and none behind a network that matches", async () => {
    const entries = records({ "example.test": "v=spf1 ip4:203.0.113.0/24 include:i0.test a:h.test -all" });
    expect(await run(entries, true)).toMatchObject({ result: "pass", asked: 1 });
  });

  test("the same as in order, when nothing matches", async () => {
    const entries = records({ "example.test": `v=spf1 ${times(5, (n) => `include:i${n}.test`)} -all`, ...Object.fromEntries(Array.from({ length: 5 }, (_, n) => [`i${n}.test`, "v=spf1 ip4:192.0.2.1 -all"])) });
    expect((await run(entries, true)).asked).toBe((await run(entries, false)).asked);
  });

  test("a tree made to explode", async () => {
    const entries: Zone = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [n === 0 ? "example.test" : `t${n}.test`, { TXT: [`v=spf1 ${times(10, (i) => `include:t${((n * 10 + i) % 199) + 1}.test`)} -all`] }]));
    const ahead = await run(entries, true);
    expect(ahead).toMatchObject({ result: "permerror", lookups: 11 });
    expect(ahead.asked).toBeLessThanOrEqual(21);
  });

  test("5,000 terms", async () => {
    const ahead = await run({ "example.test": { TXT: [`v=spf1 ${times(5_000, (n) => `exists:%{i}.h${n}.test`)} -all`] } }, true);
    expect(ahead).toMatchObject({ result: "permerror" });
    expect(ahead.asked).toBeLessThanOrEqual(11);
  });
});
