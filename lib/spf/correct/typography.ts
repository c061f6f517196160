/** What word processors, input methods and control panels do to a record's characters, undone. */

const INVISIBLE = /\u034f|(?![\t\n\v\f\r\u0085])[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;
const DASHES = /[\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff0d\uff70]/g;
const TILDES = /[\u02dc\u2053\u223c\u301c\uff5e]/g;
const STOPS = /[\u3002\uff61]/g;
const COMMAS = /[\u3001\u060c\uff64]/g;
const COLONS = /[\u2236\ua789]/g;
const ENTITIES = /&(?:quot|#34|#39|apos|lt|gt|nbsp);/gi;
const QUOTES = /["'`\u00b4\u2018-\u201f\u2039\u203a\u00ab\u00bb\u300c-\u300f\u301d-\u301f\u2032\u2033\uff02\uff07]/g;

/** Everything that looks like a blank. RFC 7208 section 4.6.1 knows one: SP. */
export const BLANK = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u2800\\u3000\\u3164]";
export const WORD = BLANK.replace("[", "[^");
/** A space as master files write it inside a name (RFC 1035 section 5.1), left so by a control panel. */
export const ESCAPED_SPACE = "\\\\032";
const ESCAPED = /\\(\d{3})/g;

/** The text with its characters as they were meant: ASCII where there is one, no quotes, nothing invisible. */
export function plainText(text: string): string {
  const even = text.replace(ESCAPED, unescaped).replace(ENTITIES, "").replace(INVISIBLE, "").replace(DASHES, "-").replace(TILDES, "~").replace(STOPS, ".").replace(COMMAS, ",").replace(COLONS, ":");
  return even.normalize("NFKC").replace(QUOTES, "").replace(/[\\<>]/g, "");
}

/** Characters that can be seen; another number behind a backslash is no escape. */
function unescaped(whole: string, digits: string): string {
  const code = Number(digits);
  return code > 32 && code < 127 ? String.fromCharCode(code) : whole;
}

export function withoutQuotes(text: string): string {
  return text.replace(ENTITIES, "").replace(QUOTES, "").replace(/\\/g, "");
}

const QUOTE_AT_END = new RegExp(`${QUOTES.source}$`);
const QUOTE_AT_START = new RegExp(`^${QUOTES.source}`);

/** `…"` followed by `"…`: character-strings of a zone file pasted with their quotes (RFC 7208 section 3.3). */
export function isSplitBetween(left: string, right: string): boolean {
  return QUOTE_AT_END.test(left) && QUOTE_AT_START.test(right);
}
