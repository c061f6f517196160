/** Where the browser thinks it is: the origin of permalinks, and whether a form was sent from our own pages. */

import type { Environment } from "../../lib/environment/index.ts";
import type { WithHeaders } from "./with-headers.ts";

interface Asked extends WithHeaders {
  readonly url: string;
}

/** `https://rebound.example.com`, never with a final slash. `PUBLIC_URL`, or what the request was sent to. */
export function publicOrigin(request: Asked, { publicUrl, trustProxy }: Pick<Environment, "publicUrl" | "trustProxy">): string {
  return publicUrl ?? requestOrigin(request, trustProxy);
}

function requestOrigin(request: Asked, trustProxy: number): string {
  const own = new URL(request.url);
  const forwarded = (name: string) => (trustProxy > 0 ? request.headers.get(name)?.split(",").at(-1)?.trim() : undefined);
  const scheme = forwarded("x-forwarded-proto") ?? own.protocol.replace(":", "");
  const host = forwarded("x-forwarded-host") ?? request.headers.get("host") ?? own.host;
  const isPlain = (scheme === "http" || scheme === "https") && /^[A-Za-z0-9.:_[\]-]{1,255}$/.test(host);
  return (isPlain ? URL.parse(`${scheme}://${host}`)?.origin : undefined) ?? own.origin;
}

/**
 * Whether a request that changes something may have been sent from a page of another site. Browsers say where a request comes
 * from by `Sec-Fetch-Site` (over HTTPS and on localhost) or `Origin`; programs send neither, and have no cookies to abuse.
 */
export function isCrossSite(request: Request, environment: Pick<Environment, "publicUrl" | "trustProxy">): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = request.headers.get("origin");
  // A page that sends no referrer sends its own forms with "null". Whatever a stranger could do with it needs no cookie: those are SameSite=Lax.
  if (origin === null || origin === "null") return false;
  const own = [requestOrigin(request, environment.trustProxy), environment.publicUrl].map((url) => (url === null ? null : URL.parse(url)?.host));
  return !own.includes(URL.parse(origin)?.host);
}

/** True only when a browser says so: then a cookie that we set is kept for our own pages. */
export function isSameOriginFetch(request: Request): boolean {
  return request.headers.get("sec-fetch-site") === "same-origin";
}
