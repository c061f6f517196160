/** A report as a message to a colleague: already in the reader's language, for Markdown and plain text to write down. */

import type { MessagePart } from "../messages/translate.ts";

/** A sentence of the catalogues with its tags. */
export type Sentence = readonly MessagePart[];

export interface NoteField {
  readonly label: string;
  readonly value: string;
}

export interface NoteChange {
  readonly title: string;
  readonly sentences: readonly Sentence[];
  readonly fields: readonly NoteField[];
  /** Texts to copy or to find, each whole on a line of its own. */
  readonly records: readonly { readonly label: string; readonly lines: readonly string[] }[];
}

export interface Note {
  readonly title: string;
  readonly sentences: readonly Sentence[];
  readonly fields: readonly NoteField[];
  readonly changes: readonly NoteChange[];
  readonly link: { readonly label: string; readonly url: string };
}
