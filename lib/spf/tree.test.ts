import { describe, expect, test } from "vitest";
import { type Zone, zone } from "../dns/zone.ts";
import { unfold } from "./tree.ts";
import { type SpfNode, spfNodeSchema, type SpfTermNode } from "./types.ts";

const tree = async (record: string | Zone, more: Zone = {}, asked: string[] = []) => unfold("example.test", zone(typeof record === "string" ? { "example.test": { TXT: [record] }, ...more } : { ...record, ...more }, asked));

const allTerms = (node: SpfNode): SpfTermNode[] => node.terms.flatMap((term) => [term, ...(term.child === null ? [] : allTerms(term.child))]);
const allNodes = (node: SpfNode): SpfNode[] => [node, ...node.terms.flatMap((term) => (term.child === null ? [] : allNodes(term.child)))];
const guilty = (node: SpfNode) => allTerms(node).filter((term) => term.overLimit).map((term) => term.text);
const times = (count: number, each: (index: number) => string) => Array.from({ length: count }, (_, index) => each(index)).join(" ");

const HOSTS: Zone = {
  "four.test": { A: ["192.0.2.1", "192.0.2.2"] },
  "both.test": { A: ["192.0.2.77"], AAAA: ["2001:db8::77"] },
  "slow.test": { fail: "timeout" },
  "mail.test": { MX: [[10, "four.test"], [20, "both.test"], [30, "gone.test"]] },
  "null.test": { MX: [[0, "."]] },
};

describe("each term", () => {
  test.each<readonly [string, Partial<SpfTermNode>]>([
    ["-all", { kind: "all", qualifier: "-", target: null, lookups: 0, networks: [], status: "ok", at: 7 }],
    ["ip4:192.0.2.77/24", { networks: ["192.0.2.0/24"], lookups: 0 }],
    ["ip4:192.0.2.77", { networks: ["192.0.2.77/32"] }],
    ["ip6:2001:DB8::1/32", { networks: ["2001:db8::/32"] }],
    ["a:four.test", { target: "four.test", lookups: 1, voidLookups: 0, networks: ["192.0.2.1/32", "192.0.2.2/32"] }],
    ["a:both.test/24//64", { networks: ["192.0.2.0/24", "2001:db8::/64"] }],
    ["a:four.test/24", { networks: ["192.0.2.0/24"] }],
    ["a", { target: "example.test", status: "void", voidLookups: 1 }],
    ["a:gone.test", { status: "void", lookups: 1, voidLookups: 1, networks: [] }],
    ["a:slow.test", { status: "unanswered", lookups: 1, voidLookups: 0 }],
    ["a:x..y.test", { status: "invalid", target: null, lookups: 1 }],
    ["mx:mail.test", { target: "mail.test", lookups: 1, voidLookups: 1, status: "ok", networks: ["192.0.2.1/32", "192.0.2.2/32", "192.0.2.77/32", "2001:db8::77/128"] }],
    ["mx:null.test", { status: "ok", voidLookups: 0, networks: [] }],
    ["mx:gone.test", { status: "void", voidLookups: 1 }],
    ["exists:four.test", { status: "ok", networks: [] }],
    ["exists:gone.test", { status: "void", voidLookups: 1 }],
    ["exists:%{d}.four.test", { target: "example.test.four.test", status: "void" }],
    ["exists:%{d1r}.test", { target: "example.test", status: "void" }],
    ["exists:%{i}.four.test", { target: null, status: "macro", lookups: 1, voidLookups: 0 }],
    ["include:%{l}.four.test", { target: null, status: "macro", lookups: 1, child: null }],
    ["ptr", { status: "macro", lookups: 1, target: "example.test" }],
    ["include:gone.test", { status: "void", lookups: 1, voidLookups: 1, child: { domain: "gone.test", record: null, status: "none", lookups: 0, voidLookups: 0, terms: [] } }],
    ["include:slow.test", { status: "unanswered", lookups: 1, child: { domain: "slow.test", record: null, status: "unanswered", lookups: 0, voidLookups: 0, terms: [] } }],
    ["exp=four.test", { kind: "exp", qualifier: null, target: "four.test", lookups: 0, status: "ok" }],
    ["x=y", { kind: "unknown-modifier", status: "unused", lookups: 0 }],
    ["moo", { kind: "invalid", status: "invalid", lookups: 0, at: 7 }],
    ["ip4:1.2.3/33", { kind: "invalid", text: "ip4:1.2.3/33", at: 7 }],
  ])("%s", async (term, expected) => {
    const node = await tree(`v=spf1 ${term}`, HOSTS);
    expect(node.terms).toHaveLength(1);
    expect(node.terms[0]).toMatchObject({ text: term, ...expected });
    expect(spfNodeSchema.parse(node)).toEqual(node);
  });
});

describe("whole records", () => {
  test.each<readonly [string, Zone, Partial<SpfNode>]>([
    ["none", {}, { status: "none", record: null, terms: [] }],
    ["no SPF record", { "example.test": { TXT: ["x"] } }, { status: "none" }],
    ["several", { "example.test": { TXT: ["v=spf1 -all", "v=spf1 a"] } }, { status: "multiple-records", record: null }],
    ["unanswered", { "example.test": { fail: "server-failure" } }, { status: "unanswered" }],
    ["faulty, what can be read is unfolded", { "example.test": { TXT: ["v=spf1 moo a:four.test -all"] }, ...HOSTS }, { status: "syntax", lookups: 1 }],
  ])("%s", async (_what, entries, expected) => expect(await tree(entries)).toMatchObject(expected));

  test("after all nothing is looked up, nor a redirect beside it", async () => {
    const asked: string[] = [];
    const node = await tree("v=spf1 redirect=four.test -all a:four.test include:slow.test exp=e.test", HOSTS, asked);
    expect(node.terms.map((term) => term.status)).toEqual(["unused", "ok", "unused", "unused", "ok"]);
    expect(node).toMatchObject({ lookups: 0, voidLookups: 0 });
    expect(asked).toEqual(["TXT example.test"]);
  });

  test("a loop is told where it closes, and unfolded no further", async () => {
    const node = await tree("v=spf1 include:b.test -all", { "b.test": { TXT: ["v=spf1 include:EXAMPLE.test a:four.test -all"] }, ...HOSTS });
    expect(node).toMatchObject({ lookups: 3, terms: [{ child: { status: "ok", terms: [{ text: "include:EXAMPLE.test", child: { status: "loop" } }, {}, {}] } }, {}] });
  });

  test("the same record under two includes is no loop", async () => {
    const node = await tree("v=spf1 include:b.test include:b.test -all", { "b.test": { TXT: ["v=spf1 a:four.test -all"] }, ...HOSTS });
    expect(node.lookups).toBe(4);
    expect(allNodes(node).map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
  });

  test("the eleventh counted term is named, and the tree goes on behind it", async () => {
    const node = await tree({ "example.test": { TXT: ["v=spf1 include:in.test a:four.test mx:mail.test ~all"] }, "in.test": { TXT: [`v=spf1 ${times(8, () => "a:both.test")} ip4:192.0.2.9 -all`] } }, HOSTS);
    expect(node).toMatchObject({ lookups: 11, terms: [{ lookups: 9 }, { lookups: 1 }, { lookups: 1, networks: [{}, {}, {}, {}].map(() => expect.any(String)) }, {}] });
    expect(guilty(node)).toEqual(["mx:mail.test"]);
  });

  test("inside an include", async () => {
    const node = await tree({ "example.test": { TXT: ["v=spf1 include:in.test ~all"] }, "in.test": { TXT: [`v=spf1 ${times(14, (n) => `exists:%{i}.n${n}.test`)} -all`] } });
    expect(guilty(node)).toEqual(["exists:%{i}.n9.test"]);
    expect(node.lookups).toBe(15);
  });

  test("a redirect is counted after all directives", async () => {
    const node = await tree({ "example.test": { TXT: [`v=spf1 redirect=r.test ${times(10, () => "a:four.test")}`] }, "r.test": { TXT: ["v=spf1 -all"] } }, HOSTS);
    expect(guilty(node)).toEqual(["redirect=r.test"]);
  });

  test("the third void look-up is named", async () => {
    const node = await tree("v=spf1 a:n1.test a:four.test exists:n2.test mx:n3.test a:n4.test -all", HOSTS);
    expect(node.voidLookups).toBe(4);
    expect(guilty(node)).toEqual(["mx:n3.test"]);
  });

  test("a name with addresses of one family only is not void", async () => expect((await tree("v=spf1 a:four.test mx:four.test -all", { ...HOSTS, "four.test": { A: ["192.0.2.1"], MX: [[1, "four.test"]] } })).voidLookups).toBe(0));

  test.each([
    ["a tree made to explode", Object.fromEntries(Array.from({ length: 200 }, (_, n) => [n === 0 ? "example.test" : `t${n}.test`, { TXT: [`v=spf1 ${times(10, (i) => `include:t${((n * 10 + i) % 199) + 1}.test`)} -all`] }]))],
    ["5,000 terms", { "example.test": { TXT: [`v=spf1 ${times(5_000, (n) => `a:h${n}.test`)} -all`] } }],
    ["5,000 includes", { "example.test": { TXT: [`v=spf1 ${times(5_000, (n) => `include:h${n}.test`)} -all`] } }],
    ["a chain of 60", Object.fromEntries(Array.from({ length: 60 }, (_, n) => [n === 0 ? "example.test" : `t${n}.test`, { TXT: [`v=spf1 include:t${n + 1}.test -all`] }]))],
  ])("%s is bounded", async (_what, entries) => {
    const asked: string[] = [];
    const node = await tree(entries, {}, asked);
    expect(new Set(asked).size).toBeLessThanOrEqual(100);
    expect(allNodes(node).filter(({ status }) => status !== "too-deep" && status !== "loop").length).toBeLessThanOrEqual(120);
  });
});
