/** Records that are others than at the last check: each beside the one in whose place it came, the words that differ marked. */

import { Fragment } from "react";
import type { Report } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { ForeignCode } from "./foreign.tsx";
import { recordDifference, type Word } from "./record-difference.ts";
import { BreakingCode } from "./spf-tree/breaking-code.tsx";
import { recordPairs, wordChanges } from "./word-changes.ts";

interface SinceRecordsProps {
  records: NonNullable<Report["changed"]>["records"];
  t: Translator;
}

export function SinceRecords({ records, t }: SinceRecordsProps) {
  return records.map(({ name, type, before, after }) => (
    <li key={`${type} ${name}`} className="min-w-0">
      <p className="wrap-anywhere">
        <ForeignCode text={`${type} ${name}`} className="font-medium" />
      </p>
      <div className="mt-1 grid gap-2">
        {recordPairs(before, after).map((pair, index) => (
          <div key={index} className="overflow-hidden rounded-lg border border-line">
            <Pair {...pair} t={t} />
          </div>
        ))}
      </div>
    </li>
  ));
}

function Pair({ before, after, t }: { before: string | null; after: string | null; t: Translator }) {
  const changes = wordChanges(before ?? "", after ?? "");
  const difference = recordDifference(changes, before === null ? [] : [before]);
  // A record that is altogether new, or gone, has nothing in it to mark.
  const isMarked = before !== null && after !== null;
  return (
    <>
      {before === null ? null : <Line side="removed" words={difference.before.flat()} isMarked={isMarked} t={t} />}
      {after === null ? null : <Line side="added" words={difference.after} isMarked={isMarked} t={t} />}
    </>
  );
}

const LOOKS = {
  removed: { sign: "−", row: "bg-refused-soft", ink: "text-refused", marked: "bg-refused/20 line-through" },
  added: { sign: "+", row: "bg-accepted-soft", ink: "text-accepted", marked: "bg-accepted/20 underline decoration-1 underline-offset-4" },
} as const;

function Line({ side, words, isMarked, t }: { side: "removed" | "added"; words: readonly Word[]; isMarked: boolean; t: Translator }) {
  const { sign, row, ink, marked } = LOOKS[side];
  return (
    <p className={`flex min-w-0 items-start gap-2 px-3 py-1.5 leading-7 ${row}`}>
      <span aria-hidden className={`w-3 shrink-0 text-center font-mono font-semibold select-none ${ink}`}>
        {sign}
      </span>
      <span className="sr-only select-none">{t(`report.change.${side}`)} </span>
      <span className="min-w-0 text-ink">
        {words.map((word, index) => (
          <Fragment key={index}>
            {index === 0 || word.attached ? "" : " "}
            {word.pieces.map((piece, place) => (
              <BreakingCode key={place} text={piece.text} className={isMarked && piece.marked ? `rounded-sm box-decoration-clone px-0.5 ${marked}` : ""} />
            ))}
          </Fragment>
        ))}
      </span>
    </p>
  );
}
