/** Where a finding's reference can be read. */

const GOOGLE: Readonly<Record<string, string>> = {
  "Gmail sender guidelines": "https://support.google.com/a/answer/81126",
  "Gmail SMTP errors and codes": "https://support.google.com/a/answer/3726730",
};

/** "RFC 7208 section 4.6.4" and "RFC 7208 appendix D" lead to the part they name. */
const RFC = /^RFC (\d+)(?: (section|appendix) ([A-Z\d]+(?:\.\d+)*))?$/;

export function referenceLink(reference: string): string | null {
  const [, number, kind, part] = RFC.exec(reference) ?? [];
  if (number === undefined) return GOOGLE[reference] ?? null;
  const anchor = kind === undefined || part === undefined ? "" : `#${kind}-${part}`;
  return `https://www.rfc-editor.org/rfc/rfc${number}.html${anchor}`;
}
