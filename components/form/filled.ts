/** Sentences that the server wrote and the browser completes. */

/** Puts values into a text that came with its names still in braces. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).reduce((sentence, [name, value]) => sentence.replaceAll(`{${name}}`, () => String(value)), text);
}
