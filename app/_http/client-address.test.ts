import { afterEach, describe, expect, test } from "vitest";
import { clientKey, senderAddress } from "./client-address.ts";

describe("who is asking: the socket's address, or what a trusted proxy says", () => {
  test.each<[forwarded: string | string[] | undefined, proxies: number, socket: string | undefined, address: string | null]>([
    [undefined, 0, "192.0.2.7", "192.0.2.7"],
    ["203.0.113.1", 0, "192.0.2.7", "192.0.2.7"],
    ["203.0.113.1", 1, "192.0.2.7", "203.0.113.1"],
    // What stands further left anybody may have written.
    ["198.51.100.66, 203.0.113.1", 1, "192.0.2.7", "203.0.113.1"],
    ["198.51.100.66, 203.0.113.1, 192.0.2.5", 2, "192.0.2.7", "203.0.113.1"],
    [["198.51.100.66", "203.0.113.1"], 1, "192.0.2.7", "203.0.113.1"],
    ["203.0.113.1:4711", 1, "192.0.2.7", "203.0.113.1"],
    ["[2001:db8::1]:4711", 1, "192.0.2.7", "2001:db8::1"],
    ["", 1, "192.0.2.7", "192.0.2.7"],
    ["unknown", 1, "192.0.2.7", "192.0.2.7"],
    [undefined, 0, "::ffff:192.0.2.7", "192.0.2.7"],
    [undefined, 0, "fe80::1%eth0", "fe80::1"],
    [undefined, 0, undefined, null],
  ])("X-Forwarded-For %j behind %i proxies, from %s: %s", (forwarded, proxies, socket, address) => {
    expect(senderAddress(forwarded === undefined ? {} : { "x-forwarded-for": Array.isArray(forwarded) ? forwarded.join(",") : forwarded }, socket, proxies)).toBe(address);
  });
});

describe("for whom a request counts", () => {
  afterEach(() => {
    globalThis.reboundClientHeader = undefined;
  });
  const keyOf = (address: string) => {
    globalThis.reboundClientHeader = "x-client";
    return clientKey(new Request("http://localhost", { headers: { "x-client": address } }));
  };

  test("one IPv4 address is one client", () => {
    expect(keyOf("192.0.2.7")).toBe("192.0.2.7");
    expect(keyOf("192.0.2.8")).not.toBe(keyOf("192.0.2.7"));
  });

  test("of IPv6 the /64 is, however many addresses a client takes of it", () => {
    expect(keyOf("2001:db8:1:2::1")).toBe(keyOf("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    expect(keyOf("2001:db8:1:2::1")).not.toBe(keyOf("2001:db8:1:3::1"));
  });

  test("without an address all are one, and a header that the client wrote is none", () => {
    expect(keyOf("")).toBe("unknown");
    globalThis.reboundClientHeader = undefined;
    expect(clientKey(new Request("http://localhost", { headers: { "x-client": "192.0.2.7", "x-forwarded-for": "192.0.2.7" } }))).toBe("unknown");
  });
});
