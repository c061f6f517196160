/** Today's record to the proposed one, term by term, like a diff: a sign and a word at each, and a reason. */

import type { Fix } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { ForeignCode } from "./foreign.tsx";
import { sentenceFor } from "./say.ts";
import { Sentence } from "./sentence.tsx";

type Change = Fix["changes"][number];
interface Line {
  readonly sign: "+" | "−" | " ";
  readonly word: "added" | "removed" | "kept";
  readonly text: string;
}

const LOOKS: Readonly<Record<Line["word"], string>> = { added: "bg-accepted-soft", removed: "bg-refused-soft", kept: "" };
const SIGNS: Readonly<Record<Line["word"], string>> = { added: "text-accepted", removed: "text-refused", kept: "text-soft" };

export function FixChanges({ changes, t }: { changes: Fix["changes"]; t: Translator }) {
  if (!changes.some((change) => change.kind !== "kept")) return null;
  return (
    <div className="min-w-0">
      <h4 className="text-sm font-semibold text-soft">{t("report.change.heading")}</h4>
      <ul className="mt-2 overflow-hidden rounded-lg border border-line">
        {grouped(changes).map((change, index) => (
          <li key={index} className="border-line not-first:border-t">
            <ChangeLines change={change} t={t} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What stays is context: terms that follow one another share a line. */
function grouped(changes: Fix["changes"]): Change[] {
  const groups: Change[] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (change.kind === "kept" && last?.kind === "kept") groups[groups.length - 1] = { ...last, after: `${last.after ?? ""} ${change.after ?? change.before ?? ""}` };
    else groups.push(change);
  }
  return groups;
}

function ChangeLines({ change, t }: { change: Change; t: Translator }) {
  const reason = change.reason === null ? null : sentenceFor(t, "change", change.reason);
  return (
    <>
      {linesOf(change).map((line) => (
        <div key={line.word} className={`flex min-w-0 items-start gap-2 px-3 py-1.5 leading-6 ${LOOKS[line.word]}`}>
          <span aria-hidden className={`w-3 shrink-0 text-center font-mono font-semibold select-none ${SIGNS[line.word]}`}>
            {line.sign}
          </span>
          <span className="sr-only">{t(`report.change.${line.word}`)}</span>
          <ForeignCode text={line.text} className={`min-w-0 ${line.word === "kept" ? "text-soft" : "text-ink"}`} />
        </div>
      ))}
      {reason === null ? null : (
        <p className="px-3 py-1.5 pl-8 text-sm leading-relaxed wrap-anywhere text-soft">
          <Sentence t={t} sentence={reason} />
        </p>
      )}
    </>
  );
}

function linesOf({ kind, before, after }: Change): readonly Line[] {
  if (kind === "kept") return [{ sign: " ", word: "kept", text: after ?? before ?? "" }];
  return [
    ...(before === null ? [] : [{ sign: "−", word: "removed", text: before } as const]),
    ...(after === null ? [] : [{ sign: "+", word: "added", text: after } as const]),
  ];
}
