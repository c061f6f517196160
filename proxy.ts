/**
 * Before every page: which language it is in, and what a browser may do with it. A path without a language is served in the
 * reader's own (`Accept-Language`), at the same URL; `/en/…` and `/ja/…` are served as asked.
 */

import { type NextRequest, NextResponse } from "next/server";
import { COME_BACK_SECONDS } from "./app/_http/admission.ts";
import { acceptedLocale, isLocale, type Locale } from "./app/_http/locale.ts";
import { isReportGone } from "./app/_http/stored-report.ts";
import { newNonce, nonceToDraw, pageFor } from "./app/_http/page-cache.ts";
import { SITE_HEADERS } from "./app/_page/site.ts";
import { translator } from "./lib/messages/translate.ts";

/** Pages only: not the API, not where forms are sent, not the files that there are. What looks like another file is a page that there is not. */
export const config = { matcher: ["/((?!api(?:/|$)|submit(?:/|$)|_next/|icon\\.svg$|robots\\.txt$).*)"] };

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { locale, prefix, path } = asked(request);
  const drawn = nonceToDraw(request.headers);
  const nonce = drawn ?? newNonce();
  const policy = contentSecurityPolicy(nonce);

  const headers = new Headers(request.headers);
  headers.set(SITE_HEADERS.locale, locale);
  headers.set(SITE_HEADERS.prefix, prefix);
  headers.set(SITE_HEADERS.path, `${path}${request.nextUrl.search}`);
  // Next reads the nonce here, and puts it on each script of the page.
  headers.set("Content-Security-Policy", policy);

  const response = await answer(request, headers, { locale, prefix, path }, { nonce, isDrawing: drawn !== null });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.headers.set(name, value);
  if (prefix === "") response.headers.append("Vary", "Accept-Language");
  const isReport = path.startsWith("/r/") || path.startsWith("/test/");
  // The address of a report is the key to it, and that of a test mail too.
  response.headers.set("Referrer-Policy", isReport ? "no-referrer" : "same-origin");
  if (isReport) response.headers.set("X-Robots-Tag", "noindex");
  return response;
}

/** Next draws its own "not found" by script alone: so that everybody can read it, we lead to a page that says so, with its status. */
async function answer(request: NextRequest, headers: Headers, { locale, prefix, path }: Asked, { nonce, isDrawing }: { readonly nonce: string; readonly isDrawing: boolean }): Promise<NextResponse> {
  if (!PAGES.test(path) || (!isDrawing && (await isPageGone(path)))) return NextResponse.rewrite(new URL(`/${locale}/nowhere`, request.url), { status: 404, request: { headers } });
  const id = REPORT.exec(path)?.[1];
  if (id !== undefined && !isDrawing) {
    const page = await pageFor(request, { id, locale, pathname: `${prefix}${path}` }, nonce);
    if (page.kind === "page") return new NextResponse(page.body, { headers: page.headers });
    if (page.kind === "overloaded") return overloaded(locale);
  }
  return prefix === "" ? NextResponse.rewrite(localized(request, locale), { request: { headers } }) : NextResponse.next({ request: { headers } });
}

const PAGES = /^\/(?:r\/[^/]+(?:\/opengraph-image[^/]*)?|docs(?:\/.*)?|test(?:\/[\w-]{22})?)?$/;

const REPORT = /^\/r\/([^/]+)$/;

/** No page could be drawn for it either. */
function overloaded(locale: Locale): NextResponse {
  const t = translator(locale);
  const text = [t("error.overloaded.message"), t("error.overloaded.hint", { seconds: COME_BACK_SECONDS })].join("\n");
  return new NextResponse(text, { status: 503, headers: { "Content-Type": "text/plain; charset=utf-8", "Retry-After": String(COME_BACK_SECONDS) } });
}

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

const PAGE_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
} as const;

function contentSecurityPolicy(nonce: string): string {
  // In development React rebuilds stack traces by `eval`, and styles are put in by script.
  const developing = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ""}`,
    developing ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
