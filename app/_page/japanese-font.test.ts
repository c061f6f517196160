import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import ja from "../../lib/messages/ja.json" with { type: "json" };
import { japaneseFont } from "./japanese-font.ts";
import { charactersOf } from "./woff.ts";

/** JIS X 0208: rows 1 to 8 are signs, kana and foreign letters, 16 to 84 kanji. By its encoding in EUC-JP. */
const row = (number: number): string => new TextDecoder("euc-jp").decode(Uint8Array.from({ length: 94 * 2 }, (_, octet) => (octet % 2 === 0 ? 0xa0 + number : 0xa1 + (octet - 1) / 2))).replaceAll("\ufffd", "");
const missing = async (text: string): Promise<string> => {
  const { has } = await japaneseFont();
  return [...new Set(text)].filter((character) => !has(character)).join("");
};

test("every kana and kanji of JIS X 0208, and what names have beside them", async () => {
  const kanji = Array.from({ length: 69 }, (_, n) => row(16 + n)).join("");
  expect([kanji.length, row(4).length, row(5).length]).toEqual([6355, 83, 86]);
  expect(await missing(kanji + row(4) + row(5))).toBe("");
  expect(await missing("ー・々〆ヶ髙﨑德")).toBe("");
  expect(await missing(row(7))).toBe("");
});

test("every character that the Japanese catalogue says about a finding", async () => {
  const strings = (value: unknown): string => (typeof value === "string" ? value : Object.values(value ?? {}).map(strings).join(""));
  expect(await missing(strings([ja.finding, ja.word, ja.report.scores]).replaceAll("\n", ""))).toBe("");
});

test("Latin letters, as in what strangers write", async () => {
  expect(await missing(Array.from({ length: 95 }, (_, n) => String.fromCharCode(0x20 + n)).join(""))).toBe("");
  expect(await missing("‘’“”–…−→~äöüßéèçñøåæłžőğжёї")).toBe("");
});

test("what no file of it has is known to be missing", async () => {
  expect(await missing("가ไอ𠮷\u3099\u0301\u200d😀ελ\u2060")).toBe("가ไอ𠮷\u3099\u0301\u200d😀ελ\u2060");
});

test("only the files that a text needs are read, and each is the same one every time", async () => {
  const font = await japaneseFont();
  const [common, rare, again] = await Promise.all([font.fontsFor("日本 example.test"), font.fontsFor("髙島→日本"), font.fontsFor("髙島→日本")]);
  expect(common.map(({ name }) => name)).toEqual(["biz-udpgothic-japanese-400-normal.woff"]);
  expect([rare[0], rare.length]).toEqual([common[0], 3]);
  for (const [place, { data }] of rare.entries()) expect(again[place]?.data).toBe(data);
  for (const character of "髙島→日本") expect(rare.some(({ data }) => charactersOf(data).has(character)), character).toBe(true);
});

test("a file that is no font has no characters", async () => {
  const whole = Buffer.from(await readFile("node_modules/@fontsource/biz-udpgothic/files/biz-udpgothic-latin-400-normal.woff"));
  expect(charactersOf(whole).has("A")).toBe(true);
  whole.write("none", whole.indexOf("cmap"), "latin1");
  expect(charactersOf(whole).size).toBe(0);
});
