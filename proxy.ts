/**
 * Before every page: which language it is in, and what a browser may do with it. A path without a language is served in the
 * reader's own (`Accept-Language`), at the same URL; `/en/…` and `/ja/…` are served as asked.
 */

import { type NextRequest, NextResponse } from "next/server";
import { acceptedLocale, isLocale, type Locale } from "./app/_http/locale.ts";
import { isReportGone } from "./app/_http/stored-report.ts";
import { toDraw } from "./app/_http/page-cache.ts";
import { contentSecurityPolicy, newNonce, pageHeaders } from "./app/_http/page-headers.ts";
import { SITE_HEADERS } from "./app/_page/site.ts";

/** Pages only: not the API, not where forms are sent, not the files that there are. What looks like another file is a page that there is not. */
export const config = { matcher: ["/((?!api(?:/|$)|submit(?:/|$)|_next/|icon\\.svg$|robots\\.txt$).*)"] };

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { locale, prefix, path } = asked(request);
  const drawn = toDraw(request.headers);
  const nonce = drawn?.nonce ?? newNonce();
  const policy = contentSecurityPolicy(nonce);

  const headers = new Headers(request.headers);
  headers.set(SITE_HEADERS.locale, locale);
  headers.set(SITE_HEADERS.prefix, prefix);
  headers.set(SITE_HEADERS.origin, drawn?.origin ?? "");
  headers.set(SITE_HEADERS.path, `${path}${request.nextUrl.search}`);
  // Next reads the nonce here, and puts it on each script of the page.
  headers.set("Content-Security-Policy", policy);

  const response = await answer(request, headers, { locale, prefix, path }, drawn !== null);
  for (const [name, value] of pageHeaders(policy, path)) response.headers.set(name, value);
  if (prefix === "") response.headers.append("Vary", "Accept-Language");
  return response;
}

/** Next draws its own "not found" by script alone: so that everybody can read it, we lead to a page that says so, with its status. */
async function answer(request: NextRequest, headers: Headers, { locale, prefix, path }: Asked, isDrawing: boolean): Promise<NextResponse> {
  if (!PAGES.test(path) || (!isDrawing && (await isPageGone(path)))) return NextResponse.rewrite(new URL(`/${locale}/nowhere`, request.url), { status: 404, request: { headers } });
  return prefix === "" ? NextResponse.rewrite(localized(request, locale), { request: { headers } }) : NextResponse.next({ request: { headers } });
}

const PAGES = /^\/(?:r\/[^/]+(?:\/opengraph-image[^/]*)?|docs(?:\/.*)?|test(?:\/[\w-]{22})?)?$/;

async function isPageGone(path: string): Promise<boolean> {
  const id = path.startsWith("/r/") ? path.split("/")[2] : undefined;
  return id !== undefined && isReportGone(id);
}

interface Asked {
  readonly locale: Locale;
  readonly prefix: "" | `/${Locale}`;
  /** Without the language. */
  readonly path: string;
}

function asked(request: NextRequest): Asked {
  const { pathname } = request.nextUrl;
  const first = pathname.split("/")[1];
  if (!isLocale(first)) return { locale: acceptedLocale(request), prefix: "", path: pathname };
  const path = pathname.slice(first.length + 1);
  return { locale: first, prefix: `/${first}`, path: path === "" ? "/" : path };
}

function localized(request: NextRequest, locale: Locale): URL {
  const url = request.nextUrl.clone();
  url.pathname = url.pathname === "/" ? `/${locale}` : `/${locale}${url.pathname}`;
  return url;
}
