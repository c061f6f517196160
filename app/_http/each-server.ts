/** Node's own HTTP servers, which Next makes without asking us: `next start` one way, the container's server another. */

import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";

/** With its first connection, before any request of it is read: the server stands before any of our code runs. */
export function onEachServer(handle: (server: Server) => void): void {
  const known = new WeakSet<Server>();
  subscribe("net.server.socket", (message) => {
    const server = serverOf(message);
    if (server === null || known.has(server)) return;
    known.add(server);
    handle(server);
  });
}

function serverOf(message: unknown): Server | null {
  const socket = typeof message === "object" && message !== null && "socket" in message ? message.socket : null;
  const server = typeof socket === "object" && socket !== null && "server" in socket ? socket.server : null;
  return server instanceof Server ? server : null;
}

/** `answer`: false when the request is not for it, and then it has left the response alone. Whatever it fails at, Next does. */
export function beforeNext(server: Server, answer: (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | null): void {
  const listeners = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    const pass = () => {
      for (const listener of listeners) Reflect.apply(listener, server, [request, response]);
    };
    const answered = answer(request, response);
    if (answered === null) pass();
    else void answered.catch(() => response.headersSent).then((isAnswered) => (isAnswered ? undefined : pass()));
  });
}
