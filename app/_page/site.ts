/** The language of the page that is asked for, as `proxy.ts` settled it. Pages that call it are made for each request. */

import { headers } from "next/headers";
import type { Site } from "../../components/site/site.ts";
import { isLocale, translator } from "../../lib/messages/translate.ts";

export const SITE_HEADERS = { locale: "x-rebound-locale", prefix: "x-rebound-prefix", path: "x-rebound-path" } as const;

export async function requestedSite(): Promise<Site> {
  const asked = await headers();
  const locale = asked.get(SITE_HEADERS.locale);
  const known = isLocale(locale) ? locale : "en";
  return { t: translator(known), locale: known, prefix: asked.get(SITE_HEADERS.prefix) === `/${known}` ? `/${known}` : "", path: asked.get(SITE_HEADERS.path) ?? "/" };
}
