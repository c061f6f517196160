/**
 * A report's page is drawn once and shown to many: a permalink goes round a company within minutes, and drawing it takes longer than
 * anything else that a look at it costs. What is kept is the page as a stranger sees it; its nonce is made anew for each who asks, and
 * whether the report still stands is the caller's to see to.
 */

import { LRUCache } from "lru-cache";
import { environment } from "../../lib/environment/index.ts";
import { doors } from "./admission.ts";
import type { Locale } from "./locale.ts";
import { newNonce } from "./page-headers.ts";
import { scriptsLater } from "./scripts-later.ts";
import { type Spliced, spliced } from "./spliced.ts";

export interface PageOf {
  readonly locale: Locale;
  /** As the reader's browser has it: links that must be whole begin with it. */
  readonly origin: string;
  /** With its language, if it has one: `/ja/r/{id}`. */
  readonly pathname: string;
}

export interface Drawn {
  /** The page's text, for any nonce. */
  readonly text: Spliced;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** "own": to be drawn for this request alone. */
export type KeptPage = { readonly kind: "page"; readonly page: Drawn } | { readonly kind: "own" } | { readonly kind: "overloaded" };

/** What a page may change by itself: later checks of the same subject. */
const SHOWN_FOR_MS = 20_000;
const MEMORY_MAX = 48 * 1024 * 1024;
const DRAWING_MAX_MS = 20_000;
/** After a failure pages are drawn as they are asked for. */
const PAUSE_MS = 10_000;
/** The header by which our own request for a page is known; nobody outside can know its value. */
const DRAWING = "x-rebound-drawing";
const KEPT_HEADERS = ["content-type", "cache-control"];

interface Kept {
  readonly secret: string;
  readonly pages: LRUCache<string, Drawn, PageOf>;
  pausedUntil: number;
}

declare global {
  var reboundPages: Kept | undefined;
}

/** The nonce that our own request wants its page drawn with, and for which origin; null for all others. */
export function toDraw(headers: Pick<Headers, "get">): { readonly nonce: string; readonly origin: string } | null {
  const [secret, nonce, origin] = (headers.get(DRAWING) ?? "").split(" ");
  return nonce !== undefined && origin !== undefined && secret === pages().secret ? { nonce, origin } : null;
}

export async function pageFor(page: PageOf): Promise<KeptPage> {
  const { pages: kept, pausedUntil } = pages();
  if (pausedUntil > Date.now()) return { kind: "own" };
  const drawn = await kept.fetch(`${page.locale} ${page.origin} ${page.pathname}`, { context: page }).catch((error: unknown) => (error instanceof Overloaded ? "overloaded" : undefined));
  if (drawn === "overloaded") return { kind: "overloaded" };
  return drawn === undefined ? { kind: "own" } : { kind: "page", page: drawn };
}

class Overloaded extends Error {}

function pages(): Kept {
  return (globalThis.reboundPages ??= {
    secret: crypto.randomUUID(),
    pausedUntil: 0,
    pages: new LRUCache<string, Drawn, PageOf>({
      max: 2000,
      maxSize: MEMORY_MAX,
      sizeCalculation: ({ text }) => 1 + text.octets,
      ttl: SHOWN_FOR_MS,
      fetchMethod: (_key, _old, { context }) => draw(context),
    }),
  });
}

async function draw(page: PageOf): Promise<Drawn | undefined> {
  const place = await doors().drawings.enter();
  if (place === null) throw new Overloaded();
  const { port } = environment();
  const mark = newNonce();
  try {
    const answer = await fetch(`http://localhost:${port}${page.pathname}`, {
      headers: { [DRAWING]: `${pages().secret} ${mark} ${page.origin}`, "Accept-Language": page.locale, Accept: "text/html", "Accept-Encoding": "identity" },
      redirect: "manual",
      signal: AbortSignal.timeout(DRAWING_MAX_MS),
    });
    const html = await answer.text();
    if (answer.status !== 200 || answer.headers.get("content-type")?.startsWith("text/html") !== true) return undefined;
    const headers = KEPT_HEADERS.flatMap((name): [string, string][] => {
      const value = answer.headers.get(name);
      return value === null || value.includes(mark) ? [] : [[name, value]];
    });
    return { text: spliced(scriptsLater(html, mark), mark), headers: [...headers, ...stylesEarly(html)] };
  } catch {
    // Not to reach ourselves, where only another address is listened on, is no reason to fail.
    pages().pausedUntil = Date.now() + PAUSE_MS;
    return undefined;
  } finally {
    place.leave();
  }
}

/** What a page cannot be painted without is asked for at its first octet (RFC 8288), and not when the parser comes to it. */
function stylesEarly(html: string): [string, string][] {
  const paths = [...html.matchAll(/<link rel="stylesheet" href="(\/_next\/static\/[\w./~-]+)"/g)].map(([, path]) => path);
  return paths.length === 0 ? [] : [["Link", paths.map((path) => `<${path}>; rel=preload; as=style`).join(", ")]];
}
