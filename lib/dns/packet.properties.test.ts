/** Whatever octets come back for a question: it ends in time, with an answer of its type or a failure. Real sockets, on loopback. */

import { createSocket, type Socket } from "node:dgram";
import { type Answer as WireAnswer, decode, encode, type Question } from "dns-packet";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeResolver } from "./node-resolver.ts";
import { packetResolver } from "./packet-resolver.ts";
import type { Answer, RecordType, Resolver } from "./resolver.ts";

const TYPES: readonly RecordType[] = ["A", "AAAA", "TXT", "MX", "PTR", "CNAME", "NS", "SOA"];
const STATUSES = ["ok", "no-name", "no-data", "server-failure", "timeout", "refused", "malformed"];

const SOA = { mname: "ns.test", rname: "hostmaster.test", serial: 1, refresh: 2, retry: 3, expire: 4, minimum: 5 };
const owner = (name: string) => ({ name, ttl: 300 });
/** What an honest server could say, of every type, with an alias before it. */
function honest(name: string): WireAnswer[] {
  return [
    { ...owner(name), type: "CNAME", data: "shop.test" },
    { ...owner("shop.test"), type: "CNAME", data: name },
    { ...owner(name), type: "A", data: "192.0.2.1" },
    { ...owner(name), type: "AAAA", data: "2001:db8::1" },
    { ...owner(name), type: "TXT", data: ["v=spf1 ", "-all"] },
    { ...owner(name), type: "MX", data: { preference: 10, exchange: "mx.shop.test" } },
    { ...owner(name), type: "PTR", data: "mail.shop.test" },
    { ...owner(name), type: "NS", data: "ns.shop.test" },
    { ...owner(name), type: "SOA", data: SOA },
  ];
}

const change = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), at: fc.nat(), octets: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), octets: fc.uint8Array({ maxLength: 0 }) }),
  fc.record({ kind: fc.constant("insert" as const), at: fc.nat(), octets: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
  // Compression pointers (RFC 1035 section 4.1.4): to the question, to themselves or nearly so, and past the end.
  fc.record({ kind: fc.constant("set" as const), at: fc.nat(), octets: fc.nat(0x3fff).map((to) => Uint8Array.of(0xc0 | (to >> 8), to & 0xff)) }),
  fc.record({ kind: fc.constant("set" as const), at: fc.nat(), octets: fc.constantFrom(Uint8Array.of(0xc0, 0x0c), Uint8Array.of(0xff, 0xff), Uint8Array.of(0, 0)) }),
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

function changed(packet: Buffer, changes: readonly Change[]): Buffer {
  return changes.reduce((octets, { kind, at, octets: put }) => {
    // The id and the question mostly stay, else nobody believes it.
    const from = 12 + (at % Math.max(1, octets.length - 11));
    if (kind === "cut") return octets.subarray(0, from);
    return Buffer.concat([octets.subarray(0, from), put, octets.subarray(kind === "insert" ? from : from + put.length)]);
  }, packet);
}

let server: Socket;
let port = 0;
let spoil: (packet: Buffer) => Buffer = (packet) => packet;
beforeAll(async () => {
  server = createSocket("udp4");
  server.on("message", (query, from) => {
    const { id = 0, questions = [] } = decode(query);
    const [question] = questions;
    const reply = encode({ id, type: "response", flags: 0x180, questions: questions as Question[], answers: question === undefined ? [] : honest(question.name) });
    server.send(spoil(reply), from.port, from.address);
  });
  await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve));
  port = server.address().port;
});
afterAll(() => server.close());

/** One resolver of each kind for the whole run: what one reply does to it must not spoil the next. */
const resolverOf = (make: typeof nodeResolver | typeof packetResolver): Resolver => make({ servers: [`127.0.0.1:${port}`], timeoutMs: 40, tries: 1 });

function expectAnswer(answer: Answer, type: RecordType): void {
  expect(STATUSES).toContain(answer.status);
  expect(answer.type).toBe(type);
  if (answer.status !== "ok") return expect(answer.records).toEqual([]);
  expect(answer.records.length).toBeGreaterThan(0);
  for (const record of answer.records) {
    if (type === "TXT") expect((record as readonly string[]).every((text) => typeof text === "string")).toBe(true);
    else if (type === "MX") expect(record).toEqual({ preference: expect.any(Number), exchange: expect.any(String) });
    else if (type === "SOA") expect(record).toMatchObject({ nsname: expect.any(String), hostmaster: expect.any(String), serial: expect.any(Number), minttl: expect.any(Number) });
    else expect(typeof record).toBe("string");
  }
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
}

test.each([
  ["Node's resolver", nodeResolver],
  ["the packet resolver", packetResolver],
] as const)("%s, given mutated replies", async (_, make) => {
  const resolver = resolverOf(make);
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...TYPES), fc.array(change, { maxLength: 5 }), async (type, changes) => {
      spoil = (packet) => changed(packet, changes);
      const answer = await resolver.query("shop.test", type);
      expectAnswer(answer, type);
      seen.add(answer.status);
    }),
    { numRuns: 250 },
  );
  // The mutations reach both sides.
  expect([...seen]).toEqual(expect.arrayContaining(["ok", "malformed"]));
}, 60_000);

test.each([
  ["Node's resolver", nodeResolver],
  ["the packet resolver", packetResolver],
] as const)("%s, given octets by chance behind the right question", async (_, make) => {
  const resolver = resolverOf(make);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...TYPES), fc.uint8Array({ minLength: 8, maxLength: 400 }), async (type, octets) => {
      // Header counts and all, but for id, QR and the number of questions.
      spoil = (packet) => Buffer.concat([packet.subarray(0, 2), Buffer.of(0x80 | ((octets[0] ?? 0) & 1), octets[1] ?? 0, 0, 1), octets.subarray(2, 8), packet.subarray(12, 12 + "shop.test".length + 6), octets.subarray(8)]);
      expectAnswer(await resolver.query("shop.test", type), type);
    }),
    { numRuns: 150 },
  );
}, 60_000);
