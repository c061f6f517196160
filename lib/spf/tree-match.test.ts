import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIp } from "../address/index.ts";
import { type Zone, zone } from "../dns/zone.ts";
import { checkHost } from "./check-host.ts";
import { randomCase } from "./random-records.ts";
import { unfold } from "./tree.ts";
import { matchingBranch } from "./tree-match.ts";

const SHARED: Zone = {
  "a.test": { A: ["198.51.100.1"], TXT: ["v=spf1 ip4:198.51.100.0/28 include:b.test -all"] },
  "b.test": { TXT: ["v=spf1 ?ip4:198.51.100.65 ip4:198.51.100.64/28 ~all"] },
  "macro.test": { TXT: ["v=spf1 exists:%{i}.ok.test -all"] },
  "192.0.2.9.ok.test": { A: ["127.0.0.2"] },
  "silent.test": { fail: "timeout" },
};

async function branchFor(record: string, ip: string): Promise<{ result: string; branch: readonly string[] }> {
  const entries: Zone = { ...SHARED, "example.test": { TXT: [record], A: ["192.0.2.80"], MX: [[10, "a.test"]] } };
  const address = parseIp(ip);
  if (address === null) throw new Error(ip);
  const { result, mechanism } = await checkHost({ ip: address, mailFrom: "x@example.test", helo: "mail.example.test" }, zone(entries));
  const tree = await unfold("example.test", zone(entries));
  return { result, branch: matchingBranch(tree, { ip, result, mechanism: result === "pass" ? mechanism : null }).map((term) => term.text) };
}

describe("from the root to the leaf", () => {
  test.each<[record: string, ip: string, result: string, branch: string[]]>([
    ["v=spf1 mx a -all", "192.0.2.80", "pass", ["a"]],
    ["v=spf1 mx a -all", "198.51.100.1", "pass", ["mx"]],
    ["v=spf1 mx/24 -all", "198.51.100.200", "pass", ["mx/24"]],
    ["v=spf1 mx a -all", "203.0.113.1", "fail", ["-all"]],
    ["v=spf1 include:a.test ~all", "198.51.100.70", "pass", ["include:a.test", "include:b.test", "ip4:198.51.100.64/28"]],
    ["v=spf1 -include:a.test ~all", "198.51.100.2", "fail", ["-include:a.test", "ip4:198.51.100.0/28"]],
    // Neutral inside an include is no match of the include (RFC 7208 section 5.2).
    ["v=spf1 include:a.test ~all", "198.51.100.65", "softfail", ["~all"]],
    ["v=spf1 redirect=a.test", "198.51.100.2", "pass", ["redirect=a.test", "ip4:198.51.100.0/28"]],
    ["v=spf1 redirect=a.test", "203.0.113.1", "fail", ["redirect=a.test", "-all"]],
    ["v=spf1 redirect=a.test ?all", "203.0.113.1", "neutral", ["?all"]],
    ["v=spf1 ip4:203.0.113.0/24 ip4:203.0.113.1", "203.0.113.1", "pass", ["ip4:203.0.113.0/24"]],
    ["v=spf1 ip6:2001:db8::/32 -all", "2001:db8::9", "pass", ["ip6:2001:db8::/32"]],
    ["v=spf1 include:macro.test include:a.test -all", "192.0.2.9", "pass", ["include:macro.test"]],
    ["v=spf1 include:macro.test include:a.test -all", "198.51.100.2", "pass", ["include:a.test", "ip4:198.51.100.0/28"]],
    ["v=spf1 include:macro.test include:a.test -all", "203.0.113.1", "fail", ["-all"]],
    ["v=spf1 include:macro.test ?ip4:192.0.2.1 ?all", "203.0.113.1", "neutral", []],
    ["v=spf1 mx", "203.0.113.1", "neutral", []],
    ["v=spf1 include:silent.test -all", "203.0.113.1", "temperror", []],
    ["v=spf1 include:nowhere.test -all", "203.0.113.1", "permerror", []],
  ])("%s, %s: %s", async (record, ip, result, branch) => {
    expect(await branchFor(record, ip)).toEqual({ result, branch });
  });
});

test("over generated zones it never names another term than evaluation matched", async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(randomCase(), async ({ zone: entries, question }) => {
      const address = parseIp(question.ip);
      const domain = question.mailFrom.split("@").at(-1) ?? "";
      if (address === null || domain === "") return;
      const evaluation = await checkHost({ ip: address, mailFrom: question.mailFrom, helo: question.helo }, zone(entries));
      const branch = matchingBranch(await unfold(domain, zone(entries)), { ip: question.ip, result: evaluation.result, mechanism: evaluation.result === "pass" ? evaluation.mechanism : null });
      const leaf = branch.at(-1);
      if (leaf === undefined) return;
      told += 1;
      expect(branch.find((term) => term.kind !== "redirect")?.text).toBe(evaluation.mechanism);
      // What lies deeper may be left open, never told wrong.
      if (leaf.child === null) expect(leaf.text).toBe(evaluation.matched?.term);
    }),
    { numRuns: 400 },
  );
  expect(told).toBeGreaterThan(20);
});
