import { describe, expect, test } from "vitest";
import { recordPairs, wordChanges } from "./word-changes.ts";

const SIGNS = { kept: " ", removed: "-", added: "+", changed: "~" } as const;

describe("words that went, came and stayed", () => {
  test.each<[string, string, string[]]>([
    ["v=spf1 mx -all", "v=spf1 mx -all", [" v=spf1", " mx", " -all"]],
    ["v=spf1 mx -all", "v=spf1 mx ip4:192.0.2.1 -all", [" v=spf1", " mx", "+ip4:192.0.2.1", " -all"]],
    ["v=spf1 a mx -all", "v=spf1 mx -all", [" v=spf1", "-a", " mx", " -all"]],
    ["v=spf1 mx -all", "v=spf1 mx ~all", [" v=spf1", " mx", "~-all>~all"]],
    ["v=spf1 a b -all", "v=spf1 c -all", [" v=spf1", "-a", "-b", "+c", " -all"]],
    ["v=DMARC1; p=none", "v=DMARC1; p=reject", [" v=DMARC1;", "~p=none>p=reject"]],
    ["", "v=spf1  -all", ["+v=spf1", "+-all"]],
  ])("%j → %j", (before, after, expected) => {
    expect(wordChanges(before, after).map(({ kind, before: old, after: now }) => SIGNS[kind] + (kind === "changed" ? `${old}>${now}` : (now ?? old)))).toEqual(expected);
  });

  test("of thousands of words none is lined up, and none is lost", () => {
    const long = Array.from({ length: 5000 }, (_, index) => `ip4:${index}`);
    const changes = wordChanges(long.join(" "), "v=spf1 -all");
    expect(changes).toHaveLength(5002);
    expect(changes.every(({ kind }) => kind !== "kept")).toBe(true);
  });
});

test.each<[string[], string[], object[]]>([
  [["v=spf1 -all", "site=1"], ["site=1", "v=spf1 mx -all"], [{ before: "v=spf1 -all", after: "v=spf1 mx -all" }]],
  [[], ["v=spf1 mx -all"], [{ before: null, after: "v=spf1 mx -all" }]],
  [["v=spf1 -all", "v=spf1 mx -all"], ["v=spf1 a -all"], [{ before: "v=spf1 -all", after: "v=spf1 a -all" }, { before: "v=spf1 mx -all", after: null }]],
  [["site=1"], ["v=spf1 -all"], [{ before: "site=1", after: null }, { before: null, after: "v=spf1 -all" }]],
  [["v=DMARC1; p=none"], ["v=DMARC1;p=reject"], [{ before: "v=DMARC1; p=none", after: "v=DMARC1;p=reject" }]],
])("records beside those in whose place they came: %j → %j", (before, after, expected) => {
  expect(recordPairs(before, after)).toEqual(expected);
});
