/** Today's records and the corrected one, each whole, with the words that differ marked, numbered, and given a reason. */

import { Fragment } from "react";
import type { Fix } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { type NumberedReason, type Piece, recordDifference, type Word } from "./record-difference.ts";
import { sentenceFor } from "./say.ts";
import { Sentence } from "./sentence.tsx";
import { BreakingCode } from "./spf-tree/breaking-code.tsx";

interface FixChangesProps {
  changes: Fix["changes"];
  /** Today's records as published: in their own order, which the changes don't keep. */
  replaces: Fix["replaces"];
  t: Translator;
}

export function hasDifference(changes: Fix["changes"]): boolean {
  return changes.some((change) => change.kind !== "kept");
}

/** Nothing where nothing changes. */
export function FixChanges({ changes, replaces, t }: FixChangesProps) {
  if (!hasDifference(changes)) return null;
  const { before, after, reasons } = recordDifference(changes, replaces);
  return (
    <div className="min-w-0">
      <h4 className="text-sm font-semibold text-soft">{t("report.change.heading")}</h4>
      <div className="mt-2 overflow-hidden rounded-lg border border-line">
        {before.map((words, index) => (
          <RecordRow key={index} side="removed" label={index === 0 ? t("report.fix.replaced", { count: before.length }) : null} words={words} t={t} />
        ))}
        <RecordRow side="added" label={t("report.change.proposed")} words={after} t={t} />
      </div>
      <ol className="mt-3 grid gap-2.5" aria-label={t("report.change.reasons")}>
        {reasons.map((reason) => (
          <Reason key={reason.number} reason={reason} t={t} />
        ))}
      </ol>
    </div>
  );
}

type Side = "removed" | "added";

const LOOKS = {
  removed: { Element: "del", sign: "−", row: "bg-refused-soft", ink: "text-refused", word: "decoration-refused no-underline", marked: "bg-refused/20 line-through" },
  added: { Element: "ins", sign: "+", row: "bg-accepted-soft", ink: "text-accepted", word: "no-underline", marked: "bg-accepted/20 underline decoration-1 underline-offset-4" },
} as const;

function RecordRow({ side, label, words, t }: { side: Side; label: string | null; words: readonly Word[]; t: Translator }) {
  const { sign, row, ink } = LOOKS[side];
  return (
    <div className={`border-line px-3 py-2 not-first:border-t print:break-inside-avoid ${row}`}>
      {label === null ? null : <p className={`text-sm font-medium ${ink}`}>{label}</p>}
      <p className="flex min-w-0 items-start gap-2 leading-7">
        <span aria-hidden className={`w-3 shrink-0 text-center font-mono font-semibold select-none ${ink}`}>
          {sign}
        </span>
        <span className="min-w-0 text-ink">
          {words.map((word, index) => (
            <Fragment key={index}>
              {index === 0 || word.attached ? "" : " "}
              <span className="inline-block max-w-full">
                <WordOf word={word} side={side} t={t} />
              </span>
            </Fragment>
          ))}
        </span>
      </p>
    </div>
  );
}

/** What is said only to be heard, and the numbers, stay out of a selection: what is copied is the record. */
function WordOf({ word: { pieces, number }, side, t }: { word: Word; side: Side; t: Translator }) {
  if (number === null) return <Pieces pieces={pieces} marked="" />;
  const { Element, word, marked, ink } = LOOKS[side];
  return (
    <Element className={word}>
      <span className="sr-only select-none">{t(`report.change.${side}`)} </span>
      <Pieces pieces={pieces} marked={marked} />
      <sup className={`ml-0.5 text-xs font-semibold select-none ${ink}`}>
        <span className="sr-only">{t("report.change.at", { number })}</span>
        <span aria-hidden>{number}</span>
      </sup>
    </Element>
  );
}

function Pieces({ pieces, marked }: { pieces: readonly Piece[]; marked: string }) {
  return pieces.map((piece, index) => <BreakingCode key={index} text={piece.text} className={piece.marked ? `rounded-sm box-decoration-clone px-0.5 ${marked}` : ""} />);
}

function Reason({ reason: { number, reason, by, before, after }, t }: { reason: NumberedReason; t: Translator }) {
  const sentence = reason === null ? null : sentenceFor(t, "change", reason, by);
  return (
    <li className="flex min-w-0 items-start gap-2.5 text-[0.9375rem] leading-relaxed">
      <span className="mt-0.5 inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full border border-control px-1 text-xs font-semibold text-soft">{number}</span>
      <div className="min-w-0 wrap-anywhere">
        <p className="leading-6">
          <Terms texts={before} side="removed" t={t} />
          {before.length > 0 && after.length > 0 ? (
            <span aria-hidden className="px-1.5 text-soft">
              →
            </span>
          ) : null}
          <Terms texts={after} side="added" t={t} />
        </p>
        {sentence === null ? null : (
          <p className="text-soft">
            <Sentence t={t} sentence={sentence} />
          </p>
        )}
      </div>
    </li>
  );
}

/** So many terms of one reason are named beside it; all of them are in the records above. */
const MOST_NAMED = 4;

function Terms({ texts, side, t }: { texts: readonly string[]; side: Side; t: Translator }) {
  if (texts.length === 0) return null;
  const { Element } = LOOKS[side];
  return (
    <Element className={side === "removed" ? "line-through decoration-refused" : "no-underline"}>
      <span className="sr-only">{t(`report.change.${side}`)} </span>
      <BreakingCode text={texts.slice(0, MOST_NAMED).join(" ")} />
      {texts.length > MOST_NAMED ? ` ${t("report.tree.more", { count: texts.length - MOST_NAMED })}` : ""}
    </Element>
  );
}
