/** The words on a panel, in the languages that the panel speaks: what a reader looks for must be what stands there. */

/** `gloss`: what it means, where the panel has no English. */
export type Label = { readonly en: string; readonly ja?: string } | { readonly ja: string; readonly gloss: string };

export function both(en: string, ja: string): Label {
  return { en, ja };
}

/** Of a panel in English only: Japanese readers see it in English as well. */
export function english(...labels: readonly string[]): readonly Label[] {
  return labels.map((en) => ({ en }));
}

export function japanese(ja: string, gloss: string): Label {
  return { ja, gloss };
}

/** Buttons that are pictures: the picture is named, as there is no word to look for. */
export const PENCIL = both("Edit (pencil icon)", "編集（鉛筆のアイコン）");
export const BIN = both("Delete (bin icon)", "削除（ごみ箱のアイコン）");

/** As the reader will see it; for readers of English with the meaning behind a Japanese label. */
export function labelText(label: Label, locale: "en" | "ja"): string {
  if ("gloss" in label) return locale === "ja" || label.ja === label.gloss ? label.ja : `${label.ja} (${label.gloss})`;
  return locale === "ja" ? (label.ja ?? label.en) : label.en;
}
