import { expect, it } from "vitest";
import type { SpfNode, SpfTermNode } from "../../lib/spf/types.ts";
import { spfTreeText } from "./spf-tree-text.ts";

const term = (text: string, rest: Partial<SpfTermNode>): SpfTermNode => ({
  text, at: 0, kind: "a", qualifier: "+", target: null, lookups: 0, voidLookups: 0, networks: [], status: "ok", overLimit: false, child: null, ...rest,
});
const node = (domain: string, record: string | null, terms: readonly SpfTermNode[], rest: Partial<SpfNode> = {}): SpfNode => ({ domain, record, status: "ok", lookups: 0, voidLookups: 0, terms, ...rest });

it("is drawn with its branches, networks and faults", () => {
  const tree = node(
    "shop.test",
    "v=spf1 mx include:_spf.shop.test include:gone.test -all",
    [
      term("mx", { kind: "mx", lookups: 1, networks: ["192.0.2.1/32", "192.0.2.2/32"] }),
      term("include:_spf.shop.test", { kind: "include", lookups: 2, child: node("_spf.shop.test", "v=spf1 ip4:198.51.100.0/24 a\u202E ~all", [term("ip4:198.51.100.0/24", { kind: "ip4", networks: ["198.51.100.0/24"] }), term("a\u202E", { lookups: 1, overLimit: true })]) }),
      term("include:gone.test", { kind: "include", lookups: 1, status: "void", child: node("gone.test", null, [], { status: "none" }) }),
      term("-all", { kind: "all", qualifier: "-" }),
    ],
    { lookups: 4 },
  );
  const words = { node: (status: string) => status, term: (status: string) => status, lookups: (count: number) => `${count} look-ups`, overLimit: "past ten" };
  expect(spfTreeText(tree, words)).toBe(
    [
      "shop.test  v=spf1 mx include:_spf.shop.test include:gone.test -all (4 look-ups)",
      "├─ mx → 192.0.2.1/32, 192.0.2.2/32  (1 look-ups)",
      "├─ include:_spf.shop.test  (2 look-ups)",
      "│  ├─ ip4:198.51.100.0/24",
      "│  └─ a[U+202E]  (1 look-ups; past ten)",
      "├─ include:gone.test  (void; none; 1 look-ups)",
      "└─ -all",
    ].join("\n"),
  );
});
