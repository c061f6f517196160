import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HEADERS_WITHIN_MS, isSecure, REQUEST_WITHIN_MS, watchEveryAnswer } from "./every-answer.ts";

let server: Server;
let url: string;
beforeAll(async () => {
  // As Next does: the server is there before our code.
  server = createServer({ connectionsCheckingInterval: 20 }, (request, response) => {
    if (request.url === "/") response.setHeader("Content-Security-Policy", "default-src 'self'");
    response.end("ok");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
  watchEveryAnswer({ publicUrl: null, trustProxy: 1 });
});
afterAll(() => server.close());

test.each([
  ["/", "default-src 'self'"],
  ["/api/health", "default-src 'none'; frame-ancestors 'none'"],
  ["/submit?a", "default-src 'none'; frame-ancestors 'none'"],
  ["/apix", null],
])("%s carries what every answer does, and its own policy", async (path, policy) => {
  const { headers } = await fetch(`${url}${path}`);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toBe(policy);
  expect(headers.get("strict-transport-security")).toBeNull();
});

test("by HTTPS, never by HTTP again", async () => {
  const { headers } = await fetch(`${url}/_next/static/x.js`, { headers: { "X-Forwarded-Proto": "https" } });
  expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
});

test.each([
  ["https", null, 1, true],
  ["http, https", null, 1, true],
  ["https, http", null, 1, false],
  ["https", null, 0, false],
  [undefined, null, 1, false],
  [undefined, "https://rebound.example.com", 0, true],
  ["https", "http://rebound.example.com", 1, false],
] as const)("X-Forwarded-Proto %s, PUBLIC_URL %s, %i proxies: secure is %s", (proto, publicUrl, trustProxy, expected) => {
  expect(isSecure({ headers: proto === undefined ? {} : { "x-forwarded-proto": proto } }, { publicUrl, trustProxy })).toBe(expected);
});

test("headers and bodies have to come in time", async () => {
  await fetch(url);
  expect(server).toMatchObject({ headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS });
  // Node looks at these two whenever it looks: a connection that is slow from now on is ended.
  server.headersTimeout = 60;
  server.requestTimeout = 60;
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
  socket.write("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
  await once(socket, "close");
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});
