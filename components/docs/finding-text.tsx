/** A sentence of a finding, said of samples. */

import type { FindingCode } from "../../lib/diagnosis/finding-codes.ts";
import type { Translator } from "../../lib/messages/translate.ts";
import { RichText } from "../ui/rich-text.tsx";
import { findingWords } from "./finding-words.ts";

export function FindingText({ t, code, part }: { t: Translator; code: FindingCode; part: "title" | "text" | "act" }) {
  const words = findingWords(t, code, part);
  return words === null ? null : <RichText t={t} id={words.key} values={words.values} />;
}
