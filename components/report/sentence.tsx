/** A sentence of the catalogues, where there is one. */

import type { Translator } from "../../lib/messages/translate.ts";
import { RichText } from "../ui/rich-text.tsx";
import type { Sentence as SentenceOf } from "./say.ts";

export function Sentence({ t, sentence }: { t: Translator; sentence: SentenceOf }) {
  return <RichText t={t} id={sentence.id} values={sentence.values} />;
}
