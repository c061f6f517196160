/** However a zone is made: few questions, a result, and a tree that can be stored. What it costs in time and memory is measured by `npm run bench`. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIp } from "../address/index.ts";
import { budgeted } from "../dns/budget.ts";
import { recording } from "../dns/recording.ts";
import { DIAGNOSIS_DEADLINE_MS, OCTETS_PER_DIAGNOSIS, QUESTIONS_PER_DIAGNOSIS } from "../dns/servers.ts";
import { zone } from "../dns/zone.ts";
import { checkHost } from "./check-host.ts";
import { HOSTILE_DOMAIN, HOSTILE_IP, HOSTILE_ZONES, type HostileZone } from "./hostile-zones.ts";
import { expandMacros, targetName } from "./macro.ts";
import { readMacroString } from "./macro-string.ts";
import { unfold } from "./tree.ts";
import { type SpfNode, spfNodeSchema } from "./types.ts";

/** RFC 7208 section 4.6.4: the record, ten terms, ten hosts for each, and the PTR. Asking ahead may come to ten more. */
const MOST_EVALUATED = 1 + 10 + 10 * 10 + 1 + 10;
const MOST_UNFOLDED = 100;
const LARGEST_TREE_OCTETS = 700_000;

function within(hostile: HostileZone, octets = OCTETS_PER_DIAGNOSIS) {
  const asked: string[] = [];
  const resolver = recording(budgeted(zone(hostile.zone(), asked), { questions: QUESTIONS_PER_DIAGNOSIS, deadlineMs: DIAGNOSIS_DEADLINE_MS, octets }));
  return { resolver, asked };
}

async function evaluated(hostile: HostileZone, prefetch: boolean, octets?: number) {
  const { resolver, asked } = within(hostile, octets);
  const ip = parseIp(hostile.ip ?? HOSTILE_IP);
  if (ip === null) throw new TypeError(hostile.ip);
  const request = { ip, mailFrom: hostile.mailFrom?.() ?? `alice@${HOSTILE_DOMAIN}`, helo: hostile.helo?.() ?? `mail.${HOSTILE_DOMAIN}` };
  const { problem, ...evaluation } = await checkHost(request, resolver, { prefetch });
  return { ...evaluation, asked: asked.length, told: problem === null ? evaluation.result : `${evaluation.result}: ${problem.code}` };
}

const nodesOf = (node: SpfNode): SpfNode[] => [node, ...node.terms.flatMap((term) => (term.child === null ? [] : nodesOf(term.child)))];

describe.each(HOSTILE_ZONES.map((hostile) => [hostile.name, hostile] as const))("%s", (_name, hostile) => {
  test("is evaluated with bounded questions", async () => {
    const ahead = await evaluated(hostile, true);
    expect(ahead.told).toBe(hostile.result);
    expect(ahead.asked).toBeLessThanOrEqual(MOST_EVALUATED);
    expect(ahead.explanation?.length ?? 0).toBeLessThanOrEqual(16_384);
  });

  test("comes to the same without asking ahead, with half as many questions more at the most", async () => {
    const [ahead, strict] = [await evaluated(hostile, true, Infinity), await evaluated(hostile, false, Infinity)];
    expect(ahead).toEqual({ ...strict, asked: ahead.asked });
    // All terms of a record are asked for before the first is known to end it: ten at the most (RFC 7208 section 4.6.4).
    expect(ahead.asked).toBeLessThanOrEqual(Math.max(1.5 * strict.asked, strict.asked + 10));
  });

  test("is unfolded with bounded questions, into a tree of bounded size", async () => {
    const { resolver, asked } = within(hostile);
    const tree = await unfold(HOSTILE_DOMAIN, resolver);
    expect(asked.length).toBeLessThanOrEqual(MOST_UNFOLDED);
    expect(spfNodeSchema.parse(tree)).toEqual(tree);
    expect(Buffer.byteLength(JSON.stringify(tree))).toBeLessThanOrEqual(LARGEST_TREE_OCTETS);
    for (const node of nodesOf(tree)) expect(node.lookups).toBeGreaterThanOrEqual(node.terms.reduce((sum, term) => sum + term.lookups, 0));
  });
});

/** What is dropped of an over-long name need not be made first (RFC 7208 section 7.3). */
test("a name is the same, made whole or from its end", () => {
  const piece = fc.oneof(fc.constantFrom("%{l}", "%{l1r}", "%{l2-}", "%{h}", "%{h1.-}", "%{d}", "%{dr}", "%%", "."), fc.stringMatching(/^[a-z.]{1,70}$/));
  const value = fc.stringMatching(/^[a-z.-]{0,300}$/);
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), value, value, (pieces, local, helo) => {
      const read = readMacroString(pieces.join(""), "term");
      if (!read.ok) throw new Error(pieces.join(""));
      const values = (letter: string) => (letter === "l" ? local : letter === "h" ? helo : "example.test");
      expect(targetName(expandMacros(read.parts, values))).toBe(targetName(expandMacros(read.parts, values, Infinity)));
    }),
    { numRuns: 500 },
  );
});

describe("what is too much to list", () => {
  const unfolded = async (text: string) => unfold(HOSTILE_DOMAIN, zone({ [HOSTILE_DOMAIN]: { TXT: [text] } }));
  const terms = (count: number, term: (n: number) => string) => Array.from({ length: count }, (_, n) => term(n)).join(" ");

  test("is counted all the same", async () => {
    const tree = await unfolded(`v=spf1 ${terms(5_000, (n) => `exists:%{i}.h${n}.test`)} -all`);
    expect(tree).toMatchObject({ status: "ok", lookups: 5_000, omitted: 5_001 - tree.terms.length });
    expect(tree.terms.filter(({ overLimit }) => overLimit).map(({ text }) => text)).toEqual(["exists:%{i}.h10.test"]);
  });

  test("leaves out networks before what a record's meaning hangs on", async () => {
    const tree = await unfolded(`v=spf1 ${terms(3_000, (n) => `ip4:10.0.${n >> 8}.${n & 255}`)} ${terms(11, (n) => `exists:%{i}.h${n}.test`)} redirect=r.test exp=e.test`);
    expect(tree).toMatchObject({ lookups: 12, omitted: 3_013 - 1_500 });
    expect(tree.terms.slice(-14).map(({ kind }) => kind)).toEqual(["ip4", ...Array.from({ length: 11 }, () => "exists"), "redirect", "exp"]);
    expect(tree.terms.filter(({ overLimit }) => overLimit).map(({ text }) => text)).toEqual(["exists:%{i}.h10.test"]);
  });

  test("twenty records deep is still unfolded", async () => {
    const names = Array.from({ length: 21 }, (_, n) => (n === 0 ? HOSTILE_DOMAIN : `d${n}.test`));
    const tree = await unfold(HOSTILE_DOMAIN, zone(Object.fromEntries(names.map((name, n) => [name, { TXT: [n === 20 ? "v=spf1 ip4:192.0.2.1 -all" : `v=spf1 include:d${n + 1}.test -all`] }]))));
    expect(tree.lookups).toBe(20);
    expect(nodesOf(tree).map(({ status }) => status)).toEqual(names.map(() => "ok"));
  });

  test("a record that a person wrote is listed whole", async () => {
    const tree = await unfolded(`v=spf1 ${terms(400, (n) => `ip4:10.0.${n >> 8}.${n & 255}`)} ${terms(40, (n) => `a:h${n}.test`)} -all`);
    expect(tree.terms).toHaveLength(441);
    expect(tree).not.toHaveProperty("omitted");
    expect(tree).toMatchObject({ lookups: 40, voidLookups: 40 });
    expect(tree.terms.filter(({ overLimit }) => overLimit).map(({ text }) => text)).toEqual(["a:h2.test", "a:h10.test"]);
  });
});
