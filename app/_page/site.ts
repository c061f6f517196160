/** What is asked for: the language, as `proxy.ts` settled it, and the origin. Pages that call these are made for each request. */

import { headers } from "next/headers";
import { environment } from "../../lib/environment/index.ts";
import type { Site } from "../../components/site/site.ts";
import { isLocale, translator } from "../../lib/messages/translate.ts";
import { publicOrigin } from "../_http/origin.ts";

export const SITE_HEADERS = { locale: "x-rebound-locale", prefix: "x-rebound-prefix", path: "x-rebound-path", origin: "x-rebound-origin" } as const;

export async function requestedSite(): Promise<Site> {
  const asked = await headers();
  const locale = asked.get(SITE_HEADERS.locale);
  const known = isLocale(locale) ? locale : "en";
  return { t: translator(known), locale: known, prefix: asked.get(SITE_HEADERS.prefix) === `/${known}` ? `/${known}` : "", path: asked.get(SITE_HEADERS.path) ?? "/" };
}

/** For links that must be whole: those to the page in other languages, and to its picture. */
export async function requestedOrigin(): Promise<URL> {
  const asked = await headers();
  // Of the request itself only its headers can be had here.
  return new URL(asked.get(SITE_HEADERS.origin) || publicOrigin({ url: "http://localhost", headers: asked }, environment()));
}
