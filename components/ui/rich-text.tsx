/** A sentence of the catalogues with its tags drawn: `<code>` as what is typed or copied, `<b>` as what matters most, `<i>` as a term. */

import type { MessageKey, MessagePart, MessageValues, Translator } from "../../lib/messages/translate.ts";
import { Terms } from "./terms.tsx";

interface RichTextProps {
  t: Translator;
  id: MessageKey;
  values?: MessageValues;
}

export function RichText({ t, id, values }: RichTextProps) {
  return t.parts(id, values).map((part, index) => (typeof part === "string" ? part : <RichPart key={index} part={part} />));
}

export function RichPart({ part }: { part: MessagePart }) {
  if (typeof part === "string") return part;
  switch (part.tag) {
    case "code":
      return <Code text={part.text} />;
    case "b":
      return <b className="font-semibold text-ink">{part.text}</b>;
    case "i":
      return <i>{part.text}</i>;
  }
}

/** Fits on a line of the narrowest screen, in a heading too. */
const FITS_ON_A_LINE = 26;

/** A piece of running text in monospace. A short one is text like any other, so that the comma after it stays with it. */
export function Code({ text }: { text: string }) {
  const isShort = text.length <= FITS_ON_A_LINE && !text.includes(" ");
  return <code className={isShort ? "chip chip-short" : "chip"}>{isShort ? text : <Terms text={text} />}</code>;
}
