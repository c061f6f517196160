import { describe, expect, test } from "vitest";
import { parseDomain, parseIp } from "../../lib/address/index.ts";
import { zone } from "../../lib/dns/zone.ts";
import { correctSpf } from "../../lib/spf/correct/index.ts";
import type { SpfChange } from "../../lib/spf/types.ts";
import { recordDifference, type Word } from "./record-difference.ts";

const kept = (text: string): SpfChange => ({ kind: "kept", before: text, after: text, reason: null });
const removed = (before: string, reason: SpfChange["reason"]): SpfChange => ({ kind: "removed", before, after: null, reason });
const added = (after: string, reason: SpfChange["reason"]): SpfChange => ({ kind: "added", before: null, after, reason });
const changed = (before: string, after: string, reason: SpfChange["reason"]): SpfChange => ({ kind: "changed", before, after, reason });

/** `[marked]`, and the number behind the word: `ip4:192.0.2.1/[8]^1`. */
const joined = (words: readonly Word[], write: (word: Word) => string) => words.map((word, index) => `${index === 0 || word.attached ? "" : " "}${write(word)}`).join("");
const written = (words: readonly Word[]) => joined(words, ({ pieces, number }) => pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("") + (number === null ? "" : `^${number}`));
const textOf = (words: readonly Word[]) => joined(words, ({ pieces }) => pieces.map(({ text }) => text).join(""));

describe("the words that differ", () => {
  test.each<[why: string, replaces: string[], changes: SpfChange[], before: string[], after: string]>([
    ["a part of a term", ["v=spf1 ip4:192.0.2.1/8 -all"], [kept("v=spf1"), changed("ip4:192.0.2.1/8", "ip4:192.0.2.1/32", "address-in-include"), kept("-all")], ["v=spf1 ip4:192.0.2.1/[8]^1 -all"], "v=spf1 ip4:192.0.2.1/[32]^1 -all"],
    ["a part that only one side has", ["v=spf1 ip4:192.0.2.1 all"], [kept("v=spf1"), kept("ip4:192.0.2.1"), changed("all", "~all", "pass-all-replaced")], ["v=spf1 ip4:192.0.2.1 all^1"], "v=spf1 ip4:192.0.2.1 [~]all^1"],
    ["the qualifier", ["v=spf1 mx ?all"], [kept("v=spf1"), kept("mx"), changed("?all", "~all", "neutral-all-replaced")], ["v=spf1 mx [?]all^1"], "v=spf1 mx [~]all^1"],
    ["nothing in common", ["v=spf1 ptr -all"], [kept("v=spf1"), changed("ptr", "ip4:192.0.2.9", "ptr-replaced"), kept("-all")], ["v=spf1 [ptr]^1 -all"], "v=spf1 [ip4:192.0.2.9]^1 -all"],
    ["moved to the end", ["v=spf1 -all mx"], [kept("v=spf1"), kept("mx"), changed("-all", "-all", "all-moved-last")], ["v=spf1 [-all]^1 mx"], "v=spf1 mx [-all]^1"],
    ["removals of one reason are one", ["v=spf1 a:x.test a:y.test mx -all"], [kept("v=spf1"), removed("a:x.test", "void-lookup"), removed("a:y.test", "void-lookup"), kept("mx"), kept("-all")], ["v=spf1 [a:x.test]^1 [a:y.test]^1 mx -all"], "v=spf1 mx -all"],
    ["a fault over two words, and spaces", ["v=spf1  ip4: 192.0.2.1   -all "], [kept("v=spf1"), changed("ip4: 192.0.2.1", "ip4:192.0.2.1", "syntax-repaired"), kept("-all")], ["v=spf1 ip4:[ ]192.0.2.1^1 -all"], "v=spf1 ip4:192.0.2.1^1 -all"],
    ["two records, each whole", ["v=spf1 mx -all", "v=spf1 a ~all"], [kept("v=spf1"), kept("mx"), removed("v=spf1", "merged-record"), kept("a"), removed("~all", "merged-record"), kept("-all")], ["v=spf1 mx -all", "[v=spf1]^1 a [~all]^1"], "v=spf1 mx a -all"],
    ["numbers as they are read", ["v=spf1 a:x.test mx ?all", "v=spf1 ptr"], [kept("v=spf1"), removed("v=spf1", "merged-record"), removed("ptr", "ptr-removed"), removed("a:x.test", "void-lookup"), kept("mx"), added("ip4:192.0.2.9", "refused-sender"), changed("?all", "~all", "neutral-all-replaced")], ["v=spf1 [a:x.test]^1 mx [?]all^2", "[v=spf1]^3 [ptr]^4"], "v=spf1 mx [ip4:192.0.2.9]^5 [~]all^2"],
    ["a new record", [], [added("v=spf1", "new-record"), added("ip4:192.0.2.9", "refused-sender"), added("~all", "new-record")], [], "[v=spf1]^1 [ip4:192.0.2.9]^2 [~all]^1"],
    ["where a change is not found in the record, the changes’ own order", ["v=spf1 odd"], [kept("v=spf1"), removed("other", "unreadable"), kept("-all")], ["v=spf1 [other]^1 -all"], "v=spf1 -all"],
  ])("%s", (_why, replaces, changes, before, after) => {
    const difference = recordDifference(changes, replaces);
    expect(difference.before.map(written)).toEqual(before);
    expect(written(difference.after)).toBe(after);
  });
});

test("each number has its reason and its words", () => {
  const changes = [kept("v=spf1"), removed("a:x.test", "void-lookup"), removed("a:y.test", "void-lookup"), added("ip4:192.0.2.9", "refused-sender"), changed("?all", "~all", "neutral-all-replaced")];
  expect(recordDifference(changes, ["v=spf1 a:x.test a:y.test ?all"]).reasons).toEqual([
    { number: 1, reason: "void-lookup", before: ["a:x.test", "a:y.test"], after: [] },
    { number: 2, reason: "neutral-all-replaced", before: ["?all"], after: ["~all"] },
    { number: 3, reason: "refused-sender", before: [], after: ["ip4:192.0.2.9"] },
  ]);
});

describe("over the corrector’s own changes", () => {
  test.each<[records: string[], changes: number]>([
    [["v=spf1 a mx -all ip4:192.0.2.77"], 1],
    [["v=spf1 ipv4:192.0.2.1 include:gone.test include:a.test ?all"], 4],
    [["v=spf1 ip4: 192.0.2.1 , include:a.test \"-all\""], 4],
    [["v=spf1 include:a.test -all", "v=spf1 ip4:192.0.2.1 include:a.test ~all"], 3],
    [["v=spf1\u00a0include:a.test ~all"], 2],
    [["v=spf1 mx include:198.51.100.0/24 ptr +all"], 3],
  ])("%j: both records whole, nothing lost", async (records, fewest) => {
    const entries = { "example.test": { TXT: records, A: ["192.0.2.80"], MX: [[10, "mail.test"]] as [number, string][] }, "mail.test": { A: ["192.0.2.25"] }, "a.test": { TXT: ["v=spf1 ip4:198.51.100.0/28 -all"] } };
    const domain = parseDomain("example.test");
    if (!domain.ok) throw new Error("example.test");
    const correction = await correctSpf({ domain: domain.domain, ip: parseIp("192.0.2.9"), helo: null, ptr: null, mx: [], stranger: false }, zone(entries));
    if (correction === null) throw new Error("nothing proposed");
    const { before, after, reasons } = recordDifference(correction.changes, correction.replaces);
    const words = (text: string) => text.replaceAll(/ +/g, " ").trim();
    expect(before.map(textOf).map(words)).toEqual(correction.replaces.map(words));
    expect(textOf(after)).toBe(correction.value);
    expect(reasons.length).toBeGreaterThanOrEqual(fewest);
    const numbers = new Set([...before.flat(), ...after].flatMap(({ number }) => number ?? []));
    expect([...numbers].sort((a, b) => a - b)).toEqual(reasons.map(({ number }) => number));
  });
});
