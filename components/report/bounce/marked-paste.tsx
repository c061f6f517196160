/** The lines of the paste in which something was found, each place marked and numbered. */

import { Fragment } from "react";
import type { Translator } from "../../../lib/messages/translate.ts";
import { visibleText } from "../visible-text.ts";
import { type Numbers, type Piece, piecesOf } from "./marks.ts";
import { NumberBadge } from "./number-badge.tsx";
import type { ReportBounce } from "../../../lib/diagnosis/report.ts";

export function MarkedPaste({ excerpt, numbers, t }: { excerpt: NonNullable<ReportBounce["excerpt"]>; numbers: Numbers; t: Translator }) {
  return (
    <figure className="min-w-0">
      <figcaption id="marked-paste" className="text-sm text-soft">
        {t("report.bounce.marked")}
      </figcaption>
      <div dir="ltr" className="mt-1 max-h-128 overflow-y-auto print:max-h-none print:overflow-visible rounded-lg border border-line bg-sunken p-3 font-mono text-sm leading-7 wrap-anywhere whitespace-pre-wrap" tabIndex={0} role="group" aria-labelledby="marked-paste">
        <Pieces pieces={piecesOf(excerpt, numbers)} />
      </div>
      <p className="mt-1.5 text-sm leading-relaxed text-soft">
        {t("report.bounce.markedHint")} {excerpt.cut ? t("report.bounce.markedCut") : null}
      </p>
    </figure>
  );
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece, index) =>
    piece.kind === "text" ? (
      <Fragment key={index}>{piece.text.split("\n").map(visibleText).join("\n")}</Fragment>
    ) : (
      <mark key={index} className="read-mark">
        <Pieces pieces={piece.pieces} />
        {piece.numbers.map((number) => (
          <NumberBadge key={number} number={number} />
        ))}
      </mark>
    ),
  );
}
