/**
 * The catalogues as functions: a key and its values in, a sentence out, in the language asked for.
 *
 * Messages are ICU (`{domain}`, `{count, plural, …}`, `{policy, select, …}`) with three tags: `<code>` around what is typed or
 * copied, `<b>` around what matters most, `<i>` around a term. ICU allows neither "-" nor an empty text as a key of `select`:
 * so beside each text value there is one to select by, `{statusIs, select, not_asked {…} empty {…} other {…}}` for `status`.
 * `en.json` is the model: a key that is not in it does not compile, and a test holds `ja.json` to the same keys and values.
 */

import { createTranslator } from "use-intl/core";
import en from "./en.json" with { type: "json" };
import ja from "./ja.json" with { type: "json" };

export const LOCALES = ["en", "ja"] as const;
export type Locale = (typeof LOCALES)[number];

export function isLocale(text: unknown): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];
export type MessageKey = Leaves<typeof en>;
export type MessageValues = Readonly<Record<string, string | number>>;

export const MESSAGE_TAGS = ["code", "b", "i"] as const;
export type MessageTag = (typeof MESSAGE_TAGS)[number];
/** Running text, or text inside a tag. */
export type MessagePart = string | { readonly tag: MessageTag; readonly text: string };

export interface Translator {
  /** The sentence as plain text. */
  (key: MessageKey, values?: MessageValues): string;
  /** The sentence with its tags, for components to draw. */
  readonly parts: (key: MessageKey, values?: MessageValues) => readonly MessagePart[];
  readonly has: (key: string) => key is MessageKey;
  readonly locale: Locale;
}

const CATALOGUES = { en, ja } as const;
const made = new Map<Locale, Translator>();

export function translator(locale: Locale): Translator {
  const known = made.get(locale);
  if (known !== undefined) return known;
  const translate = translatorOver(CATALOGUES[locale], locale);
  made.set(locale, translate);
  return translate;
}

interface Loose {
  rich(key: string, values: Record<string, unknown>): unknown;
  has(key: string): boolean;
}

function translatorOver(messages: Record<string, unknown>, locale: Locale): Translator {
  const loose = createTranslator({ locale, messages, timeZone: "UTC" }) as unknown as Loose;
  const parts = (key: MessageKey, values: MessageValues = {}): readonly MessagePart[] => {
    const tags = Object.fromEntries(MESSAGE_TAGS.map((tag) => [tag, (chunks: unknown): MessagePart => ({ tag, text: textOf(chunks) })]));
    const formatted = loose.rich(key, { ...values, ...selectors(values), ...tags });
    return (Array.isArray(formatted) ? formatted : [formatted]) as MessagePart[];
  };
  const plain = (key: MessageKey, values: MessageValues = {}): string => textOf(parts(key, values));
  return Object.assign(plain, { parts, has: (key: string): key is MessageKey => loose.has(key), locale });
}

/** `statusIs` for `status`: the value as a key that `select` can have. */
function selectors(values: MessageValues): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (typeof value === "string" ? [[`${name}Is`, selectorOf(value)] as const] : [])));
}

function selectorOf(value: string): string {
  const key = value === "" ? "empty" : value.replaceAll("-", "_");
  // The formatter looks keys up in a plain object, which "constructor" is always in.
  return key in Object.prototype ? "other" : key;
}

function textOf(formatted: unknown): string {
  if (Array.isArray(formatted)) return formatted.map(textOf).join("");
  if (typeof formatted === "object" && formatted !== null && "text" in formatted) return String(formatted.text);
  return String(formatted);
}
