/** What was taken for granted, and what is good to know: a sentence each. */

import { CircleAlert } from "../ui/icons.tsx";
import type { Fix } from "../../lib/diagnosis/report.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { Explained } from "../terms/explained.tsx";
import { listed } from "./listed.ts";
import { sentenceFor } from "./say.ts";

interface FixNotesProps {
  codes: readonly Fix["assumptions"][number][];
  /** Whose addresses the record copies, by name. */
  copiedFrom: readonly string[];
  heading: string;
  t: Translator;
}

export function FixNotes({ codes, copiedFrom, heading, t }: FixNotesProps) {
  const owners = copiedFrom.length === 0 ? undefined : listed(copiedFrom, t.locale);
  const notes = codes.flatMap((code) => sentenceFor(t, "note", code, owners) ?? []);
  if (notes.length === 0) return null;
  return (
    <div className="pb-2">
      <h4 className="text-sm font-semibold text-soft">{heading}</h4>
      <ul className="mt-2 grid gap-2">
        {notes.map((note) => (
          <li key={note.id} className="flex items-start gap-2 text-[0.9375rem] leading-relaxed">
            <CircleAlert aria-hidden className="mt-1 text-soft" />
            <span className="min-w-0 wrap-anywhere">
              <Explained t={t} {...note} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
