/**
 * The picture beside a shared link: what happened, to which domain, and why. In the language of the link where there is a font
 * for it, else in English: the one font at hand is Latin, and others would be fetched from elsewhere. Domains stand as A-labels.
 */

import { ImageResponse } from "next/og";
import { causeFinding, findingSentence, wordFor } from "../../../../components/report/say.ts";
import type { Report } from "../../../../lib/diagnosis/report.ts";
import { translator } from "../../../../lib/messages/translate.ts";
import { findReport } from "../../../_http/stored-report.ts";
import { japaneseFont } from "../../../_page/japanese-font.ts";

export const size = { width: 1200, height: 630 };
export const contentType = "image/png";

const COLOURS: Readonly<Record<Report["verdict"]["outcome"], string>> = { refused: "#a4262c", "at-risk": "#7c5100", accepted: "#1a6636", unknown: "#485563" };
const INK = "#142022";
const SOFT = "#4a5c60";
const ACCENT = "#0b6270";
/** So much of the cause fits: in three lines of Latin letters, in four of Japanese. */
const LONGEST_CAUSE = { en: 140, ja: 76 } as const;

export default async function Image({ params }: { params: Promise<{ locale: string; id: string }> }) {
  const { locale, id } = await params;
  const found = await findReport(id);
  if (!found.ok) return new Response(null, { status: found.error.code === "not-found" ? 404 : 503 });
  const { report } = found;
  const fonts = locale === "ja" ? await japaneseFont() : null;
  const t = translator(fonts === null ? "en" : "ja");
  const drawn = fonts === null ? latin : japanese;
  const { outcome } = report.verdict;
  const finding = causeFinding(report);
  const cause = findingSentence(t, finding, "title");
  const { spf, dkim, dmarc } = report.scores;
  const seen = [spf, dkim, dmarc].some((score) => score !== null);
  return new ImageResponse(
    <div style={{ display: "flex", flexDirection: "column", justifyContent: "space-between", width: "100%", height: "100%", padding: 72, background: "#fbfcfc", borderLeft: `24px solid ${COLOURS[outcome]}`, color: INK }}>
      <div style={{ display: "flex", alignItems: "center", gap: 20, fontSize: 40 }}>
        <svg viewBox="0 0 32 32" width="64" height="64" fill="none" stroke={ACCENT} strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
          <path d="M4 17V9.5A3.5 3.5 0 0 1 7.5 6h17A3.5 3.5 0 0 1 28 9.5v12a3.5 3.5 0 0 1-3.5 3.5H6" />
          <path d="m5.5 8.5 8.7 6.5a3 3 0 0 0 3.6 0l8.7-6.5" />
          <path d="m10 20.5-4.5 4.5 4.5 4.5" />
        </svg>
        {t("site.name")}
      </div>
      <div style={{ display: "flex", flexDirection: "column", gap: 24 }}>
        <div style={{ display: "flex", alignSelf: "flex-start", padding: "10px 28px", borderRadius: 999, background: COLOURS[outcome], color: "#ffffff", fontSize: 36 }}>{wordFor(t, "outcome", outcome)}</div>
        <div style={{ display: "flex", fontSize: 50, lineHeight: 1.25, textWrap: "balance" }}>{cause === null ? "" : shortened(drawn(t(cause.id, cause.values)), LONGEST_CAUSE[t.locale])}</div>
      </div>
      <div style={{ display: "flex", justifyContent: "space-between", gap: 40, fontSize: 34, color: SOFT }}>
        <span>{shortened([report.subject.domain, report.subject.sendingIp ?? ""].join("  ").trim(), 46)}</span>
        <span style={{ flexShrink: 0 }}>{seen ? t("report.scores.of100", { score: report.scores.total }) : ""}</span>
      </div>
    </div>,
    fonts === null ? size : { ...size, fonts },
  );
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** What the font cannot draw would be looked for on the network. */
function latin(text: string): string {
  return text.replace(/[^\x20-\x7e\u00a1-\u00ff‘’“”–…−]/gu, "?");
}

function japanese(text: string): string {
  return text.replace(/[^\x20-\x7e\u2010-\u2027\u3000-\u30ff\u4e00-\u9fff\uff01-\uff60]/gu, "?");
}
