/**
 * The picture beside a shared link: what happened, to which domain, and why. What is drawn has a glyph: names that have none stand as
 * A-labels, other characters as "?". Latin text alone is drawn in the font that Next brings, all else in the Japanese one, whole: two
 * fonts in one sentence would be measured one way and drawn another.
 */

import { ImageResponse } from "next/og";
import type { ReactNode } from "react";
import { causeFinding, findingSentence, wordFor } from "../../components/report/say.ts";
import { unicodeDomain } from "../../lib/address/index.ts";
import type { Report } from "../../lib/diagnosis/report.ts";
import { type Locale, type MessageValues, translator } from "../../lib/messages/translate.ts";
import { japaneseFont } from "./japanese-font.ts";
import { phrases } from "./phrases.ts";

export const PICTURE_SIZE = { width: 1200, height: 630 };

const COLOURS: Readonly<Record<Report["verdict"]["outcome"], string>> = { refused: "#a4262c", "at-risk": "#7c5100", accepted: "#1a6636", unknown: "#485563" };
const INK = "#142022";
const SOFT = "#4a5c60";
const ACCENT = "#0b6270";
/** Next's own font has these. */
const LATIN = /^[\x20-\x7e\u00a1-\u00ff‘’“”–…−]*$/;

/** In columns: a kanji fills two, a Latin letter one. Longer causes are set smaller; so many fit then, in five lines. */
const LARGE_CAUSE = 116;
const LONGEST_CAUSE = 160;

export interface PictureTexts {
  readonly site: string;
  readonly outcome: string;
  readonly cause: string;
  readonly subject: string;
  /** Empty where nothing could be scored. */
  readonly score: string;
}

export async function reportPicture(report: Report, locale: Locale): Promise<Response> {
  const texts = await pictureTexts(report, locale);
  const fonts = isLatin(texts) ? undefined : await (await japaneseFont()).fontsFor(Object.values(texts).join(""));
  return new ImageResponse(<Picture colour={COLOURS[report.verdict.outcome]} locale={locale} texts={texts} />, fonts === undefined ? PICTURE_SIZE : { ...PICTURE_SIZE, fonts });
}

/** What the picture says, each character with a glyph. */
export async function pictureTexts(report: Report, locale: Locale): Promise<PictureTexts> {
  const wished = textsOf(report, locale, () => true);
  return isLatin(wished) ? wished : textsOf(report, locale, (await japaneseFont()).has);
}

function isLatin(texts: PictureTexts): boolean {
  return LATIN.test(Object.values(texts).join(""));
}

function textsOf(report: Report, locale: Locale, has: (character: string) => boolean): PictureTexts {
  const t = translator(locale);
  const isDrawn = (text: string): boolean => Array.from(text).every(has);
  const drawn = (text: string): string => Array.from(text, (character) => (has(character) ? character : "?")).join("");

  const finding = causeFinding(report);
  const sentence = findingSentence(t, finding, "title");
  const { domain: name, sendingIp } = report.subject;
  const domain = unicodeDomain(name);
  const { spf, dkim, dmarc, total } = report.scores;
  return {
    site: t("site.name"),
    outcome: wordFor(t, "outcome", report.verdict.outcome),
    cause: sentence === null ? "" : shortened(drawn(t(sentence.id, drawnValues(sentence.values, finding.params, isDrawn))), LONGEST_CAUSE),
    subject: [isDrawn(domain) ? domain : name, sendingIp ?? ""].join(" ").trim(),
    score: [spf, dkim, dmarc].some((score) => score !== null) ? t("report.scores.of100", { score: total }) : "",
  };
}

/** A name whose letters are not to be had is said as DNS has it. */
function drawnValues(said: MessageValues, asFound: MessageValues, isDrawn: (text: string) => boolean): MessageValues {
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, isDrawn(String(value)) ? value : (asFound[name] ?? value)]));
}

function columns(character: string): number {
  return character < "\u1100" ? 1 : 2;
}

function widthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + columns(character), 0);
}

function shortened(text: string, most: number): string {
  if (widthOf(text) <= most) return text;
  let kept = "";
  for (const character of text) {
    if (widthOf(kept) + columns(character) > most - 2) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

function Picture({ colour, locale, texts }: { colour: string; locale: Locale; texts: PictureTexts }): ReactNode {
  return (
    <div style={{ display: "flex", flexDirection: "column", justifyContent: "space-between", width: "100%", height: "100%", padding: "64px 72px", background: "#fbfcfc", borderLeft: `24px solid ${colour}`, color: INK }}>
      <div style={{ display: "flex", alignItems: "center", gap: 20, fontSize: 40 }}>
        <svg viewBox="0 0 32 32" width="64" height="64" fill="none" stroke={ACCENT} strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
          <path d="M4 17V9.5A3.5 3.5 0 0 1 7.5 6h17A3.5 3.5 0 0 1 28 9.5v12a3.5 3.5 0 0 1-3.5 3.5H6" />
          <path d="m5.5 8.5 8.7 6.5a3 3 0 0 0 3.6 0l8.7-6.5" />
          <path d="m10 20.5-4.5 4.5 4.5 4.5" />
        </svg>
        {texts.site}
      </div>
      <div style={{ display: "flex", flexDirection: "column", gap: 24 }}>
        <div style={{ display: "flex", alignSelf: "flex-start", padding: "10px 28px", borderRadius: 999, background: colour, color: "#ffffff", fontSize: 36, lineHeight: 1.25 }}>{texts.outcome}</div>
        <Cause text={texts.cause} locale={locale} />
      </div>
      <div style={{ display: "flex", justifyContent: "space-between", gap: 16, fontSize: 34, color: SOFT }}>
        <div style={{ display: "block", flex: "1 1 0", paddingRight: 24, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>{texts.subject}</div>
        <span style={{ flexShrink: 0 }}>{texts.score}</span>
      </div>
    </div>
  );
}

function Cause({ text, locale }: { text: string; locale: Locale }): ReactNode {
  const set = { display: "flex", fontSize: widthOf(text) > LARGE_CAUSE ? 42 : 50, lineHeight: 1.25, wordBreak: "break-word" } as const;
  if (locale === "en") return <div style={{ ...set, textWrap: "balance" }}>{text}</div>;
  return (
    <div style={{ ...set, flexWrap: "wrap" }}>
      {phrases(text).map((phrase, place) => (
        <span key={place} style={{ maxWidth: "100%", whiteSpace: "pre-wrap" }}>
          {phrase}
        </span>
      ))}
    </div>
  );
}
