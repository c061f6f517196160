/** What is to be done with each request that Node's HTTP server receives, before Next sees it. */

import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage, ServerResponse } from "node:http";

/** In the order of the calls. For as long as the process lives: call once for each purpose. */
export function onEachRequest(handle: (request: IncomingMessage, response: ServerResponse) => void): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message) || !("response" in message)) return;
    const { request, response } = message;
    if (request instanceof IncomingMessage && response instanceof ServerResponse) handle(request, response);
  });
}
