import { describe, expect, it } from "vitest";
import { visibleText } from "./visible-text.ts";

describe("visibleText", () => {
  it.each([
    ["v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all"],
    ["日本語と例え.テスト", "日本語と例え.テスト"],
    ["<script>alert(1)</script>", "<script>alert(1)</script>"],
    ["\u001b[31mred", "[U+001B][31mred"],
    ["a\r\nb\tc\u0000", "a[U+000D][U+000A]b[U+0009]c[U+0000]"],
    ["\u007f", "[U+007F]"],
    ["\u009b1m", "[U+009B]1m"],
    ["user\u202Etset.elpmaxe", "user[U+202E]tset.elpmaxe"],
    ["a\u2066b\u2069", "a[U+2066]b[U+2069]"],
    ["v=spf1\u200b -all\ufeff", "v=spf1[U+200B] -all[U+FEFF]"],
    ["v=spf1\u3000-all", "v=spf1[U+3000]-all"],
    ["v=spf1\u00a0-all", "v=spf1[U+00A0]-all"],
    ["line\u2028paragraph\u2029", "line[U+2028]paragraph[U+2029]"],
    ["\u{e0041}\u3164\u034f", "[U+E0041][U+3164][U+034F]"],
    ["half a pair \ud800", "half a pair [U+D800]"],
    ["caf\u00e9 e\u0301", "caf\u00e9 e\u0301"],
    [`z${"\u0300".repeat(40)}!`, "z\u0300\u0300\u0300…!"],
    ["", ""],
  ])("%j is shown as %j", (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it("leaves nothing that could hide: what it gives, it gives again", () => {
    const every = Array.from({ length: 0x3100 }, (_, code) => String.fromCodePoint(code)).join("");
    expect(visibleText(visibleText(every))).toBe(visibleText(every));
  });
});
