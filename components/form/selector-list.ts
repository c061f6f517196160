/** DKIM selectors as people write lists of them: for the form with scripts, and for where it is sent without. */

/** As many as the API takes. */
const MOST_SELECTORS = 20;

/** Separated by blanks or commas; undefined where none is named. */
export function selectorList(text: string): string[] | undefined {
  const selectors = text.split(/[\s,;、]+/).filter((selector) => selector !== "");
  return selectors.length === 0 ? undefined : selectors.slice(0, MOST_SELECTORS);
}
