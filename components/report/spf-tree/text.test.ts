import { describe, expect, it, test } from "vitest";
import { translator } from "../../../lib/messages/translate.ts";
import type { SpfNode, SpfResult, SpfTermNode } from "../../../lib/spf/types.ts";
import { spfTreeText } from "./text.ts";
import { drawn, treeView, type TreeView } from "./view.ts";

const en = translator("en");
const ja = translator("ja");

const term = (text: string, rest: Partial<SpfTermNode>): SpfTermNode => ({
  text, at: 0, kind: "a", qualifier: "+", target: null, lookups: 0, voidLookups: 0, networks: [], status: "ok", overLimit: false, child: null, ...rest,
});
const node = (domain: string, record: string | null, terms: readonly SpfTermNode[], rest: Partial<SpfNode> = {}): SpfNode => ({ domain, record, status: "ok", lookups: 0, voidLookups: 0, terms, ...rest });
const ip4 = (network: string) => term(`ip4:${network}`, { kind: "ip4", networks: [network] });

function viewOf(tree: SpfNode, sendingIp: string | null = null, result: SpfResult | null = null): TreeView {
  const subject = { kind: "domain", domain: tree.domain, organizationalDomain: tree.domain, sendingIp, sendingIpFrom: null, mailFrom: null, headerFrom: null, helo: null, dkim: [], selectors: [], headersSeen: false, relays: [] } as const;
  const view = treeView({ spf: { result, record: tree.record, lookups: tree.lookups, voidLookups: tree.voidLookups, tree }, subject: { ...subject, dkim: [], selectors: [], relays: [] }, findings: [] });
  if (view === null) throw new Error("no view");
  return view;
}

const RECORD = "v=spf1 mx include:_spf.google.com include:gone.test -all ip4:192.0.2.9";
const SHOP = node(
  "shop.test",
  RECORD,
  [
    term("mx", { kind: "mx", target: "shop.test", lookups: 1, networks: ["192.0.2.1/32", "192.0.2.2/32"] }),
    term("include:_spf.google.com", { kind: "include", target: "_spf.google.com", lookups: 2, child: node("_spf.google.com", "v=spf1 ip4:198.51.100.0/24 a\u202E ~all", [ip4("198.51.100.0/24"), term("a\u202E", { lookups: 1 })], { lookups: 1 }) }),
    term("include:gone.test", { kind: "include", target: "gone.test", lookups: 1, voidLookups: 1, status: "void", child: node("gone.test", null, [], { status: "none" }) }),
    term("-all", { kind: "all", qualifier: "-" }),
    { ...ip4("192.0.2.9"), status: "unused", networks: [] },
  ],
  { lookups: 4, voidLookups: 1 },
);

it("is drawn with its branches, counts, providers, networks, faults, and the way to the match", () => {
  expect(spfTreeText(viewOf(SHOP, "198.51.100.7", "pass"), en)).toBe(
    [
      `shop.test  ${RECORD}`,
      "4 of 10 DNS look-ups.",
      "1 of them finds nothing.",
      "198.51.100.7: Pass: allowed.",
      "├─ mx  (shop.test)  → 192.0.2.1, 192.0.2.2  [look-up 1]",
      "├─ include:_spf.google.com  [Google Workspace; look-ups 2 to 3]  <== 198.51.100.7 matches inside",
      "│  ├─ ip4:198.51.100.0/24  <== 198.51.100.7 matches here. Pass: allowed",
      "│  └─ a[U+202E]  [look-up 3]",
      "├─ include:gone.test  [look-up 4; Receivers give up here; No answer in DNS; No SPF record]",
      "├─ -all  [Never reached]",
      "└─ ip4:192.0.2.9  [Never read]",
    ].join("\n"),
  );
});

it("says where receivers give up, and what they never reach", () => {
  const hosts = Array.from({ length: 12 }, (_, n) => term(`a:h${n + 1}.test`, { target: `h${n + 1}.test`, lookups: 1, networks: [`192.0.2.${n}/32`] }));
  const text = spfTreeText(viewOf(node("shop.test", "v=spf1 …", [...hosts, term("-all", { kind: "all", qualifier: "-" })], { lookups: 12 }), "203.0.113.1", "permerror"), en);
  expect(text.split("\n").slice(-4)).toEqual([
    "├─ a:h10.test  → 192.0.2.9  [look-up 10]",
    "├─ a:h11.test  → 192.0.2.10  [look-up 11; Receivers give up here: look-up 11]",
    "├─ a:h12.test  → 192.0.2.11  [look-up 12; Never reached]",
    "└─ -all  [Never reached]",
  ]);
  expect(text).not.toContain("<==");
});

it("has every network: the picture sends its readers here for what it leaves out", () => {
  const networks = Array.from({ length: 400 }, (_, n) => `10.0.${n >> 8}.${n & 255}/32`);
  const text = spfTreeText(viewOf(node("shop.test", "v=spf1 a", [term("a", { networks, lookups: 1 })], { lookups: 1 })), en);
  expect(text.match(/10\.0\.\d+\.\d+/g)).toHaveLength(400);
});

it("says what the report does not hold", () => {
  const below = term("include:x.test", { kind: "include", target: "x.test", lookups: 2, child: node("x.test", "v=spf1 a", [term("a", { target: "x.test", lookups: 1, networks: ["192.0.2.1/32"], omitted: 7 })], { lookups: 1, omitted: 1 }) });
  expect(spfTreeText(viewOf(node("shop.test", "v=spf1 include:x.test", [below], { lookups: 2, omitted: 3 })), en).split("\n").slice(2)).toEqual([
    "├─ include:x.test  [look-ups 1 to 2]",
    "│  ├─ a  (x.test)  → 192.0.2.1 and 7 more  [look-up 2]",
    "│  └─ 1 more term of this record is not listed",
    "└─ 3 more terms of this record are not listed",
  ]);
});

test.each<[SpfNode["status"], en: string, ja: string]>([
  ["none", "No SPF record", "SPF レコードなし"],
  ["multiple-records", "Several SPF records", "SPF レコードが複数"],
  ["unanswered", "Could not be looked up", "照会できず"],
  ["loop", "Goes in a circle", "循環"],
  ["too-deep", "Not followed any further", "以降は未確認"],
])("a record that is %s is told so, at the root and below it", (status, english, japanese) => {
  const below = term("include:x.test", { kind: "include", target: "x.test", lookups: 1, child: node("x.test", null, [], { status }) });
  for (const [t, word] of [[en, english], [ja, japanese]] as const) {
    expect(spfTreeText(viewOf(node("shop.test", null, [], { status })), t).split("\n")[0]).toBe(`shop.test  ${word}`);
    expect(spfTreeText(viewOf(node("shop.test", "v=spf1 include:x.test", [below], { lookups: 1 })), t).split("\n").at(-1)).toContain(`; ${word}]`);
  }
});

describe("what is drawn as one", () => {
  const run = (count: number) => Array.from({ length: count }, (_, n) => ip4(`198.51.100.${n}/32`));
  const kinds = (terms: readonly SpfTermNode[], ip: string | null = null) => drawn(viewOf(node("shop.test", "v=spf1 …", terms), ip, ip === null ? null : "pass").terms).map((one) => (one.kind === "run" ? one.terms.length : one.term.text));

  test("a row of six plain addresses and more", () => {
    expect(kinds([...run(5), term("a", {}), ...run(6)])).toEqual([...run(5).map(({ text }) => text), "a", 6]);
  });

  test("but never the one that matched", () => {
    expect(kinds(run(14), "198.51.100.6")).toEqual([6, "ip4:198.51.100.6/32", 7]);
  });
});
