import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Report, reportSchema } from "../../lib/diagnosis/report.ts";
import { LOCALES } from "../../lib/messages/translate.ts";
import { japaneseFont } from "./japanese-font.ts";
import { pictureTexts, reportPicture } from "./report-picture.tsx";

const GOLDEN = join(import.meta.dirname, "../../e2e/golden");
const golden = (file: string): Report => reportSchema.parse(JSON.parse(readFileSync(join(GOLDEN, file), "utf8")));
const NO_SPF = golden("no-spf.json");

/** The same report about another domain. */
function about(domain: string): Report {
  const params = { domain, reason: "" };
  return { ...NO_SPF, subject: { ...NO_SPF.subject, domain }, findings: NO_SPF.findings.map((finding) => (finding.code === NO_SPF.verdict.cause ? { ...finding, params } : finding)) };
}

async function drawn(report: Report, locale: "en" | "ja"): Promise<string> {
  const picture = Buffer.from(await (await reportPicture(report, locale)).arrayBuffer());
  expect([picture.toString("latin1", 1, 4), picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual(["PNG", 1200, 630]);
  return picture.toString("base64");
}

/** A character without a glyph is asked for on the network, and drawn as an empty box when it does not come. */
const asked: string[] = [];
const inMemory = globalThis.fetch;
async function refused(address: string): Promise<Response> {
  // As WebAssembly is loaded.
  if (address.startsWith("data:")) return inMemory(address);
  asked.push(address);
  throw new Error("no network");
}

beforeEach(() => void vi.stubGlobal("fetch", refused));
afterEach(() => {
  vi.unstubAllGlobals();
  expect(asked.splice(0)).toEqual([]);
});

test("one letter more or less of Japanese is another picture", async () => {
  // 鶴 and 亀: equally wide. An empty box would be the same box.
  const [crane, turtle, craneAgain] = [await drawn(about("xn--336a.test"), "ja"), await drawn(about("xn--skq.test"), "ja"), await drawn(about("xn--336a.test"), "ja")];
  expect(crane === turtle).toBe(false);
  expect(crane === craneAgain).toBe(true);
});

test("each language has its own", async () => {
  expect((await drawn(NO_SPF, "ja")) === (await drawn(NO_SPF, "en"))).toBe(false);
});

test.each(readdirSync(GOLDEN))("%s: every character has its glyph, and is said as it is", async (file) => {
  const report = golden(file);
  const { has } = await japaneseFont();
  for (const locale of LOCALES) {
    const { site, outcome, cause, subject, score } = await pictureTexts(report, locale);
    const all = [site, outcome, cause, subject, score].join("");
    expect([...all].filter((character) => !has(character)), locale).toEqual([]);
    expect(all).not.toMatch(/\?|xn--/);
    if (locale === "ja") expect([/\p{Script=Hiragana}/u.test(cause), /\p{Script=Han}/u.test(outcome)]).toEqual([true, true]);
  }
});

test.each([
  ["xn--wgv71a119e.test", "日本語.test"],
  ["xn--bcher-kva.test", "bücher.test"],
  ["xn--e1afmkfd.test", "пример.test"],
  // Letters that the font lacks: Hangul, Greek, a kanji beyond the Basic Multilingual Plane.
  ["xn--9t4b11yi5a.test", "xn--9t4b11yi5a.test"],
  ["xn--hxargifdar.test", "xn--hxargifdar.test"],
  ["xn--2m4ax555e.test", "xn--2m4ax555e.test"],
])("%s is written %s", async (name, written) => {
  for (const locale of LOCALES) {
    const { cause, subject } = await pictureTexts(about(name), locale);
    expect([cause.includes(written), subject.startsWith(written)]).toEqual([true, true]);
    expect(cause).not.toContain("?");
    await drawn(about(name), locale);
  }
});

test("what a stranger wrote in letters without glyphs is a question mark each", async () => {
  const finding = { ...NO_SPF.findings[0], code: "dkim.signature-broken", params: { domain: "a.test", selector: "s가😀1", reason: "expired" } };
  const report = reportSchema.parse({ ...NO_SPF, verdict: { ...NO_SPF.verdict, cause: finding.code }, findings: [finding] });
  for (const locale of LOCALES) {
    expect((await pictureTexts(report, locale)).cause).toContain("s??1");
    await drawn(report, locale);
  }
});

test("a cause longer than the picture ends in an ellipsis", async () => {
  const long = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(60)}.test`;
  for (const locale of LOCALES) {
    const { cause } = await pictureTexts(about(long), locale);
    expect([cause.at(-1), cause.length > 150, cause.length <= 160]).toEqual(["…", true, true]);
    await drawn(about(long), locale);
  }
});
