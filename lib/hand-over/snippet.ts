/** What all snippets share: the sentences in their comments, and text that was published by others cut for them. */

import type { TxtChange } from "./changes.ts";

/** Sentences of the catalogues, each for one comment line. */
export interface SnippetWords {
  /** What this is and where it comes from. */
  readonly head: readonly string[];
  /** Before today's records that must go: "Delete:" */
  readonly remove: string;
  /** The other TXT records of the name stay. */
  readonly keep: string;
  /** The other TXT records of the name could not be seen: whoever applies this must add them. */
  readonly othersUnseen: string;
  /** Before a record that is worth having and not the cure. */
  readonly advice: string;
}

/** One comment line: nothing in it may end it. */
export function comment(mark: ";" | "#", text: string): string {
  return `${mark} ${text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ").trim()}`;
}

/** What is told before each change. */
export function notesOf(change: TxtChange, words: SnippetWords): readonly string[] {
  return [...(change.advice ? [words.advice] : []), ...(change.keep === null ? [words.othersUnseen] : change.keep.length > 0 ? [words.keep] : [])];
}

const MOST_OCTETS = 255;

/** RFC 1035 section 3.3: character-strings of 255 octets at most, no letter cut in two. */
export function characterStrings(text: string): readonly string[] {
  const strings: string[] = [];
  let string = "";
  let length = 0;
  for (const letter of text) {
    const octets = new TextEncoder().encode(letter).length;
    if (length + octets > MOST_OCTETS) {
      strings.push(string);
      string = "";
      length = 0;
    }
    string += letter;
    length += octets;
  }
  return [...strings, string];
}

/** The whole set of the name after the change, where a tool writes it at once. */
export function wholeSet({ set, keep }: TxtChange): readonly (readonly string[])[] {
  return [...set, ...(keep ?? []).map(characterStrings)];
}
