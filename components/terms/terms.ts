/** The ten words of mail that the pages cannot do without, and where they stand in a sentence. */

import type { Locale } from "../../lib/messages/translate.ts";

export const TERMS = ["spf", "dkim", "dmarc", "alignment", "helo", "ptr", "mx", "envelope-sender", "selector", "ttl"] as const;
export type Term = (typeof TERMS)[number];

/** As the catalogues write them; of two that begin alike the longer stands first. */
const WORDS: Readonly<Record<Locale, readonly (readonly [word: string, term: Term])[]>> = {
  en: [
    ["SPF", "spf"],
    ["DKIM", "dkim"],
    ["DMARC", "dmarc"],
    ["alignment", "alignment"],
    ["aligned", "alignment"],
    ["HELO", "helo"],
    ["PTR", "ptr"],
    ["reverse DNS", "ptr"],
    ["Reverse DNS", "ptr"],
    ["MX", "mx"],
    ["envelope sender", "envelope-sender"],
    ["Envelope sender", "envelope-sender"],
    ["Return-Path", "envelope-sender"],
    ["return path", "envelope-sender"],
    ["selector", "selector"],
    ["Selector", "selector"],
    ["TTL", "ttl"],
  ],
  ja: [
    ["SPF", "spf"],
    ["DKIM", "dkim"],
    ["DMARC", "dmarc"],
    ["アライメント", "alignment"],
    ["HELO", "helo"],
    ["PTR", "ptr"],
    ["逆引き DNS", "ptr"],
    ["逆引き", "ptr"],
    ["MX", "mx"],
    ["エンベロープの送信者", "envelope-sender"],
    ["エンベロープ送信者", "envelope-sender"],
    ["Return-Path", "envelope-sender"],
    ["セレクター", "selector"],
    ["TTL", "ttl"],
  ],
};

/** Part of a longer name: "_spf.MX-host.test" names no term. */
const BEFORE = /[\w.@=-]$/;
const AFTER = /^(?:[\w@=]|[.-]\w)/;

export type TermPart = string | { readonly term: Term; readonly text: string };

/** A text cut at the terms in it, each at its first place only, and none of those already `told`. */
export function termParts(text: string, locale: Locale, told: ReadonlySet<Term> = new Set()): readonly TermPart[] {
  const first = earliest(text, locale, told);
  if (first === null) return text === "" ? [] : [text];
  const { at, word, term } = first;
  const rest = termParts(text.slice(at + word.length), locale, new Set([...told, term]));
  return [...(at === 0 ? [] : [text.slice(0, at)]), { term, text: word }, ...rest];
}

function earliest(text: string, locale: Locale, told: ReadonlySet<Term>): { readonly at: number; readonly word: string; readonly term: Term } | null {
  const found = WORDS[locale].filter(([, term]) => !told.has(term)).flatMap(([word, term]) => {
    const at = placeOf(word, text);
    return at === -1 ? [] : [{ at, word, term }];
  });
  return found.reduce<(typeof found)[number] | null>((best, one) => (best === null || one.at < best.at ? one : best), null);
}

function placeOf(word: string, text: string): number {
  const isLatin = /^[\w -]+$/.test(word);
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isLatin || (!BEFORE.test(text.slice(Math.max(0, at - 1), at)) && !AFTER.test(text.slice(at + word.length, at + word.length + 2)))) return at;
  }
  return -1;
}
