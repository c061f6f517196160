/**
 * Next takes `Content-Encoding` off what `proxy.ts` answers, and then compresses what is compressed already. So the proxy says it under
 * another name, which becomes the right one as soon as it reaches Node's own response.
 */

import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

export const OWN_ENCODING = "x-rebound-encoding";

declare global {
  var reboundEncodes: boolean | undefined;
}

/** Call once at start, before requests are handled. */
export function letThroughEncodings(): void {
  if (globalThis.reboundEncodes === true) return;
  globalThis.reboundEncodes = true;
  subscribe("http.server.request.start", (message) => {
    const response = responseOf(message);
    if (response === null) return;
    const set = response.setHeader.bind(response);
    response.setHeader = (name, value) => set(name.toLowerCase() === OWN_ENCODING ? "Content-Encoding" : name, value);
  });
}

function responseOf(message: unknown): ServerResponse | null {
  const response = typeof message === "object" && message !== null && "response" in message ? message.response : null;
  return isServerResponse(response) ? response : null;
}

function isServerResponse(value: unknown): value is ServerResponse {
  return typeof value === "object" && value !== null && "setHeader" in value && "writeHead" in value;
}
