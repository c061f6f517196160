import { describe, expect, it } from "vitest";
import type { Locale } from "../../lib/messages/translate.ts";
import { type Term, termParts } from "./terms.ts";

/** Terms in brackets. */
function marked(text: string, locale: Locale = "en", told: readonly Term[] = []): string {
  return termParts(text, locale, new Set(told))
    .map((part) => (typeof part === "string" ? part : `[${part.text}]`))
    .join("");
}

describe("termParts", () => {
  const cases: readonly [text: string, expected: string, locale?: Locale, told?: readonly Term[]][] = [
    ["Nothing to explain.", "Nothing to explain."],
    ["", ""],
    ["SPF", "[SPF]"],
    ["shop.test has no SPF record, so SPF cannot pass.", "shop.test has no [SPF] record, so SPF cannot pass."],
    ["SPF or DKIM, and then DMARC.", "[SPF] or [DKIM], and then [DMARC]."],
    ["SPF or DKIM", "SPF or [DKIM]", "en", ["spf"]],
    ["Reverse DNS (PTR)", "[Reverse DNS] (PTR)"],
    ["Nothing is aligned.", "Nothing is [aligned]."],
    // A name that holds the letters of a term is no term.
    ["MX.shop.test and a-MX and HELO_name", "MX.shop.test and a-MX and HELO_name"],
    ["MX-Server, then MX.", "MX-Server, then [MX]."],
    ["SPFレコードがありません", "[SPF]レコードがありません", "ja"],
    ["逆引き DNS（PTR）", "[逆引き DNS]（PTR）", "ja"],
    ["エンベロープの送信者は、エンベロープ送信者です", "[エンベロープの送信者]は、エンベロープ送信者です", "ja"],
  ];
  it.each(cases)("%s", (text, expected, locale, told) => expect(marked(text, locale, told)).toBe(expected));

  it("leaves every letter where it was", () => {
    for (const [text, , locale] of cases) expect(termParts(text, locale ?? "en").map((part) => (typeof part === "string" ? part : part.text)).join("")).toBe(text);
  });
});
