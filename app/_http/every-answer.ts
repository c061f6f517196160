/**
 * What holds for every request and answer, whoever of Next's handlers makes it: headers that pages, the API and files have in common, and
 * how long a connection may take. Done at Node's own server, which `next start` and the container's server both make without asking us.
 */

import type { IncomingMessage, Server } from "node:http";
import type { Environment } from "../../lib/environment/index.ts";
import { onEachRequest } from "./each-request.ts";
import { onEachServer } from "./each-server.ts";

/** A browser that came once by HTTPS never comes by HTTP again. Of our name alone: what stands below it is not ours to bind. */
const STRICT_TRANSPORT = "max-age=31536000";
/** Nothing that the API answers is a page. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

/** Who sends its headers an octet at a time holds a connection, and nothing else, for so long. Node looks every 30 s. */
export const HEADERS_WITHIN_MS = 15_000;
/** The largest file that is taken, over a slow line. */
export const REQUEST_WITHIN_MS = 120_000;
/** Of silence on both sides: more than a diagnosis takes, and than a stream of events is silent for. */
const SILENT_FOR_MS = 90_000;

declare global {
  var reboundWatchesAnswers: boolean | undefined;
}

/** Call once at start, before requests are handled, and behind `watchClientAddresses`: a forwarding header that nobody is trusted for is gone by then. */
export function watchEveryAnswer(environment: Pick<Environment, "publicUrl" | "trustProxy">): void {
  if (globalThis.reboundWatchesAnswers === true) return;
  globalThis.reboundWatchesAnswers = true;
  onEachRequest((request, response) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (isSecure(request, environment)) response.setHeader("Strict-Transport-Security", STRICT_TRANSPORT);
    if (/^\/(?:api|submit)(?:[/?]|$)/.test(request.url ?? "")) {
      response.setHeader("Content-Security-Policy", NO_PAGE);
      response.setHeader("Referrer-Policy", "no-referrer");
    }
  });
  onEachServer(limit);
}

/** As the browser sees it: by our public address, or by what a trusted proxy says. */
export function isSecure({ headers }: Pick<IncomingMessage, "headers">, { publicUrl, trustProxy }: Pick<Environment, "publicUrl" | "trustProxy">): boolean {
  if (publicUrl !== null) return publicUrl.startsWith("https:");
  const given = headers["x-forwarded-proto"];
  const schemes = trustProxy === 0 ? "" : Array.isArray(given) ? given.join(",") : (given ?? "");
  return schemes.split(",").at(-1)?.trim().toLowerCase() === "https";
}

function limit(server: Server): void {
  server.headersTimeout = HEADERS_WITHIN_MS;
  server.requestTimeout = REQUEST_WITHIN_MS;
  server.timeout = SILENT_FOR_MS;
}
