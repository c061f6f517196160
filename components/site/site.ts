/** What every part of a page must know of it: its language, and whether that language stands in the URL and so must stay in its links. */

import type { Locale, Translator } from "../../lib/messages/translate.ts";

/** "" on `/docs`, where `Accept-Language` chose; "/ja" on `/ja/docs`. */
export type Prefix = "" | `/${Locale}`;

export interface Site {
  readonly t: Translator;
  readonly locale: Locale;
  readonly prefix: Prefix;
  /** Path and query without the prefix: the same in every language. */
  readonly path: string;
}

/** Where one of our own pages is, for links on this one: `pageHref(site, "/docs")`. */
export function pageHref({ prefix }: Pick<Site, "prefix">, path: string): string {
  if (prefix === "") return path;
  return path === "/" || path.startsWith("/?") ? `${prefix}${path.slice(1)}` : `${prefix}${path}`;
}

export function otherLocale(locale: Locale): Locale {
  return locale === "en" ? "ja" : "en";
}
