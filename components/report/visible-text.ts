/**
 * Text of strangers (TXT records, bounces, names in DNS) made plain: what would be invisible, reorder its neighbours or drive
 * a terminal is shown as a mark. React takes care of markup; nothing takes care of U+202E.
 */

/** Controls, formats, surrogates, private use, whatever is drawn as nothing (joiners, fillers, variation selectors), separators, and every space but the ordinary one. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;
/** Marks heaped on one letter draw over the lines around it. */
const HEAPED_MARKS = /(\p{M}{3})\p{M}+/gu;

export function visibleText(text: string): string {
  return text.replace(UNSEEN, mark).replace(HEAPED_MARKS, "$1…");
}

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Unicode's own pictures, ␛ and its like, are missing in many fonts.
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}
