/**
 * Who is asking: the address that a request came from, which a client cannot forge.
 *
 * Next hands route handlers headers and no socket, and believes an `X-Forwarded-For` that anybody may send. So at start we
 * listen for each request that Node's HTTP server receives, before Next sees it, and write the address into a header whose
 * name is made up anew in each process. Forwarding headers are believed as far as `REBOUND_TRUST_PROXY` says, and removed
 * when no proxy is trusted.
 */

import type { IncomingHttpHeaders } from "node:http";
import { ipBytes, ipFamily, parseIp } from "../../lib/address/index.ts";
import { onEachRequest } from "./each-request.ts";

declare global {
  var reboundClientHeader: string | undefined;
}

const FORWARDING_HEADERS = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-real-ip"];

/** Call once at start, before requests are handled. */
export function watchClientAddresses(trustProxy: number): void {
  if (globalThis.reboundClientHeader !== undefined) return;
  const header = (globalThis.reboundClientHeader = `x-rebound-client-${crypto.randomUUID()}`);
  onEachRequest((request) => {
    const client = senderAddress(request.headers, request.socket.remoteAddress, trustProxy);
    if (trustProxy === 0) for (const name of FORWARDING_HEADERS) Reflect.deleteProperty(request.headers, name);
    request.headers[header] = client ?? "";
  });
}

/**
 * The socket's address; with `n` trusted proxies the one that the n-th of them, counted from us, says it was asked by.
 * Each proxy appends to `X-Forwarded-For` whom it was asked by: what stands further left anybody may have written.
 */
export function senderAddress(headers: IncomingHttpHeaders, socketAddress: string | undefined, trustProxy: number): string | null {
  const given = headers["x-forwarded-for"];
  const forwarded = (Array.isArray(given) ? given.join(",") : (given ?? "")).split(",").slice(-trustProxy);
  const chain = trustProxy === 0 ? [] : forwarded.filter((entry) => entry.trim() !== "");
  for (const entry of [...chain, socketAddress ?? ""]) {
    const address = parseIp(withoutPort(entry.trim()));
    if (address !== null) return address;
  }
  return null;
}

/** Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`; sockets may have a zone, `fe80::1%eth0`. */
function withoutPort(text: string): string {
  const zoneless = (text.split("%")[0] ?? "");
  return /^\[([^\]]*)\]/.exec(zoneless)?.[1] ?? /^([\d.]+):\d+$/.exec(zoneless)?.[1] ?? zoneless;
}

/** Whom to count a request for: the IPv4 address, or the /64 that an IPv6 customer has whole. Those without an address share one count. */
export function clientKey(request: Request): string {
  const header = globalThis.reboundClientHeader;
  return addressKey(header === undefined ? "" : (request.headers.get(header) ?? ""));
}

/** The same for a connection's address. */
export function addressKey(text: string): string {
  const address = parseIp(text);
  if (address === null) return "unknown";
  return ipFamily(address) === 4 ? address : `${Buffer.from(ipBytes(address).slice(0, 8)).toString("hex")}::/64`;
}
