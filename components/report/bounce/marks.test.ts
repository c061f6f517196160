import { describe, expect, test } from "vitest";
import type { ReportBounce } from "../../../lib/diagnosis/report.ts";
import { numbersOf, type Piece, piecesOf } from "./marks.ts";

type Excerpt = NonNullable<ReportBounce["excerpt"]>;
type Mark = Excerpt["marks"][number];
const mark = (field: Mark["field"], at: number, length: number, value = field as string): Mark => ({ field, value, at, length });
const shown = (pieces: readonly Piece[]): string => pieces.map((piece) => (piece.kind === "text" ? piece.text : `{${piece.numbers.join(",")}:${shown(piece.pieces)}}`)).join("");
const drawn = (text: string, marks: Mark[]): string => {
  const excerpt = { text, marks, cut: false };
  return shown(piecesOf(excerpt, numbersOf(excerpt)));
};

describe("marks in a text", () => {
  test.each<[string, Mark[], string]>([
    ["abcdef", [], "abcdef"],
    ["abcdef", [mark("code", 1, 2)], "a{1:bc}def"],
    ["abcdef", [mark("code", 0, 6)], "{1:abcdef}"],
    ["abcdef", [mark("code", 0, 2), mark("helo", 2, 2)], "{1:ab}{2:cd}ef"],
    ["abcdef", [mark("spf-claim", 0, 5), mark("domain", 1, 2), mark("sending-ip", 4, 1)], "{1:a{2:bc}d{3:e}}f"],
    ["abcdef", [mark("domain", 1, 2), mark("mail-from", 1, 2)], "a{1,2:bc}def"],
    ["abcdef", [mark("rule", 0, 4), mark("code", 2, 4)], "{1:ab{2:cd}}{2:ef}"],
    ["abcdef", [mark("rule", 0, 3), mark("rule", 4, 2)], "{1:abc}d{1:ef}"],
  ])("%s with %j", (text, marks, expected) => expect(drawn(text, marks)).toBe(expected));
});
