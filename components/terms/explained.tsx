/** Sentences of the catalogues in which each term can be asked about at its first place. */

import { Fragment } from "react";
import type { MessageKey, MessagePart, MessageValues, Translator } from "../../lib/messages/translate.ts";
import { RichPart } from "../ui/rich-text.tsx";
import { TermButton } from "./term-button.tsx";
import { type Term, type TermPart, termParts } from "./terms.ts";

interface Said {
  readonly id: MessageKey;
  readonly values?: MessageValues;
}

interface ExplainedProps extends Said {
  t: Translator;
  /** Sentences that the reader has just read: their terms are not offered once more. */
  after?: readonly (Said | null)[];
}

export function Explained({ t, id, values, after = [] }: ExplainedProps) {
  const told = after.reduce<ReadonlySet<Term>>((seen, said) => (said === null ? seen : withTerms(cut(t, said, seen), seen)), new Set());
  return cut(t, values === undefined ? { id } : { id, values }, told).map((part, index) => (
    <Fragment key={index}>
      <Piece part={part} />
    </Fragment>
  ));
}

/** A label, a name of a fact: plain text. */
export function ExplainedText({ t, text }: { t: Translator; text: string }) {
  return termParts(text, t.locale).map((part, index) => (
    <Fragment key={index}>
      <Piece part={part} />
    </Fragment>
  ));
}

type Part = MessagePart | TermPart;

function Piece({ part }: { part: Part }) {
  if (typeof part === "string") return part;
  return "term" in part ? <TermButton term={part.term}>{part.text}</TermButton> : <RichPart part={part} />;
}

function cut(t: Translator, { id, values }: Said, told: ReadonlySet<Term>): readonly Part[] {
  return t.parts(id, values).reduce<{ readonly parts: readonly Part[]; readonly seen: ReadonlySet<Term> }>(
    ({ parts, seen }, part) => {
      const pieces = typeof part === "string" ? termParts(part, t.locale, seen) : [part];
      return { parts: [...parts, ...pieces], seen: withTerms(pieces, seen) };
    },
    { parts: [], seen: told },
  ).parts;
}

function withTerms(parts: readonly Part[], seen: ReadonlySet<Term>): ReadonlySet<Term> {
  return new Set([...seen, ...parts.flatMap((part) => (typeof part !== "string" && "term" in part ? [part.term] : []))]);
}
