/**
 * Next takes `Content-Encoding` off what `proxy.ts` answers, and then compresses what is compressed already. So the proxy says it under
 * another name, which becomes the right one as soon as it reaches Node's own response.
 */

import { onEachRequest } from "./each-request.ts";

export const OWN_ENCODING = "x-rebound-encoding";

declare global {
  var reboundEncodes: boolean | undefined;
}

/** Call once at start, before requests are handled. */
export function letThroughEncodings(): void {
  if (globalThis.reboundEncodes === true) return;
  globalThis.reboundEncodes = true;
  onEachRequest((_, response) => {
    const set = response.setHeader.bind(response);
    response.setHeader = (name, value) => set(name.toLowerCase() === OWN_ENCODING ? "Content-Encoding" : name, value);
  });
}
