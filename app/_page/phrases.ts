/** Where a line of Japanese may end: between phrases, never inside a word. The library that draws pictures would break after any letter. */

const WORDS = new Intl.Segmenter("ja", { granularity: "word" });

/** Endings and particles, which lean on the word before them. */
const ENDING = /^\p{Script=Hiragana}/u;
/** Whatever may not begin a line. */
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}\p{Z}\p{Lm}ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ]/u;
const OPENING = /[\p{Ps}\p{Pi}]$/u;
const PAUSE = /[、。，]$/u;
/** Behind one of these, alone, a verb or a pronoun in hiragana is a word of its own: が|ない. */
const PARTICLE = /^[はがを]$/u;
/** 受信|側: one kanji behind others is their suffix. */
const KANJI = /\p{Script=Han}$/u;
const SUFFIX = /^\p{Script=Han}$/u;
const NUMBER = /\d ?$/;
const COUNTER = /^\p{Script=Han}/u;
const KATAKANA = /[\p{Script=Katakana}ー]/u;
const PLAIN = /[\x21-\x7e]/;

/** The text, cut: joined they are the text again. A phrase may still be longer than a line. */
export function phrases(text: string): readonly string[] {
  const cut: string[] = [];
  let lastWord = "";
  for (const { segment: word } of WORDS.segment(text)) {
    const before = cut.at(-1);
    if (before !== undefined && belongTogether(before, lastWord, word)) cut[cut.length - 1] = before + word;
    else cut.push(word);
    lastWord = word;
  }
  return cut;
}

function belongTogether(before: string, lastWord: string, word: string): boolean {
  const last = before.at(-1) ?? "";
  if (OPENING.test(before) || (NUMBER.test(before) && COUNTER.test(word)) || (KANJI.test(before) && SUFFIX.test(word))) return true;
  // Whole: a domain, an address, a record's term; a foreign word that the dictionary does not know.
  if ([PLAIN, KATAKANA].some((letters) => letters.test(last) && letters.test(word.charAt(0)))) return true;
  // Behind a space, "-all" and its like begin a word.
  if (CLOSING.test(word)) return last !== " " || !PLAIN.test(word.charAt(0));
  return ENDING.test(word) && !PAUSE.test(before) && !(PARTICLE.test(lastWord) && word.length > 1);
}
