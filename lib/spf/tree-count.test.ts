import { describe, expect, test } from "vitest";
import { type Zone, zone } from "../dns/zone.ts";
import { unfold } from "./tree.ts";
import { runningCounts } from "./tree-count.ts";
import type { SpfNode, SpfTermNode } from "./types.ts";

const services: Zone = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`s${n}.test`, { TXT: [`v=spf1 ip4:198.51.100.${n}`] }]));
const SHARED: Zone = { ...services, "two.test": { TXT: ["v=spf1 include:s10.test include:s11.test -all"] }, "host.test": { A: ["192.0.2.1"] }, "bad.test": { TXT: ["v=spf1 ip4:192.0.2.1 nonsense"] }, "silent.test": { fail: "timeout" } };
const includes = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `include:s${from + n}.test`).join(" ");

const inOrder = (node: SpfNode): SpfTermNode[] => node.terms.flatMap((term) => [term, ...(term.child === null ? [] : inOrder(term.child))]);

/** Each term as "first-last term", what it does to the count, and whether it is reached. */
async function counted(record: string): Promise<string[]> {
  const tree = await unfold("example.test", zone({ ...SHARED, "example.test": { TXT: [record] } }));
  const counts = runningCounts(tree);
  return inOrder(tree).map((term) => {
    const count = counts.get(term);
    if (count === undefined) throw new Error(term.text);
    const range = count.first === null ? "-" : count.first === count.last ? `${count.first}` : `${count.first}-${count.last}`;
    return [range, term.text, ...(count.givesUp === null ? [] : [`gives up: ${count.givesUp}`]), ...(count.reached ? [] : ["unreached"])].join(" ");
  });
}

describe("the running count", () => {
  test.each<[record: string, expected: string[]]>([
    ["v=spf1 a:host.test ip4:192.0.2.9 include:two.test -all", ["1 a:host.test", "- ip4:192.0.2.9", "2-4 include:two.test", "3 include:s10.test", "- ip4:198.51.100.10", "4 include:s11.test", "- ip4:198.51.100.11", "- -all", "- -all"]],
    // A redirect comes last, wherever it stands (RFC 7208 section 6.1).
    ["v=spf1 redirect=s1.test a:host.test", ["2 redirect=s1.test", "- ip4:198.51.100.1", "1 a:host.test"]],
    ["v=spf1 -all include:s1.test redirect=s2.test", ["- -all", "- include:s1.test unreached", "- redirect=s2.test unreached"]],
    ["v=spf1 include:example.test a:host.test -all", ["1 include:example.test gives up: unusable", "2 a:host.test unreached", "- -all unreached"]],
    ["v=spf1 include:host.test include:s1.test -all", ["1 include:host.test gives up: unusable", "2 include:s1.test unreached", "- ip4:198.51.100.1 unreached", "- -all unreached"]],
    ["v=spf1 include:bad.test -all", ["1 include:bad.test gives up: unusable", "- ip4:192.0.2.1 unreached", "- nonsense unreached", "- -all unreached"]],
    // What could not be looked up may be there.
    ["v=spf1 include:silent.test a:host.test", ["1 include:silent.test", "2 a:host.test"]],
    ["v=spf1 a:g1.test a:g2.test a:g3.test a:host.test", ["1 a:g1.test", "2 a:g2.test", "3 a:g3.test gives up: void-lookups", "4 a:host.test unreached"]],
  ])("%s", async (record, expected) => {
    expect(await counted(record)).toEqual(expected);
  });

  test("receivers give up at the eleventh, inside an include too, and reach nothing behind it", async () => {
    const lines = await counted(`v=spf1 ${includes(0, 8)} include:two.test a:host.test -all`);
    expect(lines.slice(-8)).toEqual(["9-11 include:two.test", "10 include:s10.test", "- ip4:198.51.100.10", "11 include:s11.test gives up: lookups", "- ip4:198.51.100.11 unreached", "- -all unreached", "12 a:host.test unreached", "- -all unreached"]);
  });

  test("of two limits the one passed first counts", async () => {
    const lines = await counted(`v=spf1 a:g1.test a:g2.test a:g3.test ${includes(0, 8)} -all`);
    expect(lines.filter((line) => line.includes("gives up"))).toEqual(["3 a:g3.test gives up: void-lookups"]);
  });
});
